"""What scoring reads in a 指标值 and in a result, over the one parser of `model.target`.

It reads more than the rules do: a limit in words has a sign here, a date is a deadline, 是/否 and
达标/未达标 are answers, and words are judged by tiers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from typing import TYPE_CHECKING

from kpiapp.model import dates, units
from kpiapp.model.numerals import CHINESE, NUMBER
from kpiapp.model.target import Target, TargetKind, parse
from kpiapp.scoring.outcome import Unscored

if TYPE_CHECKING:
    from decimal import Decimal


class Aim(Enum):
    """What a 指标值 asks for, and so how its result is judged."""

    FIGURE = auto()
    CORRIDOR = auto()  # 97%-100%
    BAND = auto()  # ±3%
    DEADLINE = auto()  # 6月30日前
    ANSWER = auto()  # 是, 通过, 达标
    WORDS = auto()
    COMPOUND = auto()  # ≥4次/4份


@dataclass(frozen=True, slots=True)
class Goal:
    """A 指标值 as scoring reads it."""

    aim: Aim
    target: Target


YES = {"是": "否", "通过": "未通过 不通过", "达标": "未达标 不达标"}
"""Answers that 直接赋分 knows, each with its opposite."""

_OPPOSITES = {yes: frozenset(no.split()) for yes, no in YES.items()}
_ABOUT = re.compile(
    rf"(?:大约|约|将近|接近|近|不到|不足)(?={NUMBER}|{CHINESE})"
    r"|(?<=[^\s])(?:左右|上下)|(?<=[\d十百千万亿])[余多]"
)
_PART = rf"[≥≤=><]?(?:{NUMBER})[^\d≥≤=><,、;/及和+]{{1,6}}"
_COMPOUND = re.compile(rf"{_PART}(?:[,、;/及和+]?{_PART}){{1,8}}")
_SIGN = re.compile(r"[≥≤=><±]")
_RESIDUE = re.compile(r"\*\*|xx|XX|××")
_BEHIND_A_DATE = re.compile(r"(?:之前|以前|前|以内|之内|内|止|完成|办结|$)")
_BEHIND_A_MONTH = re.compile(r"\D{0,6}(?:完成|办结)")
_LONGEST_SENTENCE = 200


def read_goal(text: str | None) -> Goal:
    """Return what a 指标值 asks for.

    Raises:
        Unscored: target-missing, or target-unreadable.
    """
    target = parse(text)
    if target.is_blank:
        raise Unscored("target-missing")
    match target.kind:
        case TargetKind.RANGE:
            return Goal(Aim.BAND if target.words.startswith("±") else Aim.CORRIDOR, target)
        case TargetKind.LIMIT:
            return Goal(_aim_of_limit(target), target)
        case TargetKind.WORDS:
            return Goal(_aim_of_words(target.words), target)
        case TargetKind.UNPARSEABLE:
            return Goal(_aim_of_unclear(target), target)
        case _:
            return Goal(Aim.FIGURE, target)


def _aim_of_limit(target: Target) -> Aim:
    if target.low is None:
        return Aim.DEADLINE
    return Aim.FIGURE if target.sign else Aim.WORDS


def _aim_of_words(words: str) -> Aim:
    if any(words == yes or words in no for yes, no in _OPPOSITES.items()):
        return Aim.ANSWER
    return Aim.DEADLINE if _is_deadline(words) else Aim.WORDS


def _aim_of_unclear(target: Target) -> Aim:
    """A text with digits that is no figure: several figures, dates, a sentence, or nonsense."""
    words = target.words
    if len(words) <= _LONGEST_SENTENCE and _COMPOUND.fullmatch(words):
        return Aim.COMPOUND
    if _SIGN.search(words) or _RESIDUE.search(words) or is_about(words, whole=True):
        raise Unscored("target-unreadable", target.text)
    if _is_deadline(words):
        return Aim.DEADLINE
    if sum("\u4e00" <= char <= "\u9fff" for char in words) < 2:  # noqa: PLR2004
        raise Unscored("target-unreadable", target.text)
    return Aim.WORDS


def _is_deadline(words: str) -> bool:
    """Say whether a text names days until which something is done, not only a year of a plan."""
    if len(words) > _LONGEST_SENTENCE:
        return False
    return any(_is_due(words, found) for found in dates.find_dates(words))


def _is_due(words: str, found: re.Match[str]) -> bool:
    if _BEHIND_A_DATE.match(words, found.end()):
        return True
    return not found["year4"] and bool(_BEHIND_A_MONTH.match(words, found.end()))


def is_about(words: str, *, whole: bool = False) -> bool:
    """Say whether a half-width text tells a number only roughly: 约100场, 95%左右, 100余人.

    Args:
        words: the text.
        whole: the text must be nothing but the number; 近三年无事故 is a sentence.
    """
    if len(words) > _LONGEST_SENTENCE or not _ABOUT.search(words):
        return False
    return not whole or _is_figure(words)


def _is_figure(words: str) -> bool:
    kind = parse(_ABOUT.sub("", words)).kind
    return kind not in (TargetKind.WORDS, TargetKind.UNPARSEABLE)


def is_not_evaluated(result: Target) -> bool:
    """Say whether a result cell says nothing: blank, a stroke, dots, 无."""
    return result.is_blank or result.words == "无"


def has_sign(result: Target) -> bool:
    """Say whether a result was typed with a sign or a limit, and so states no exact value."""
    return result.sign is not None or result.words[:1] == "±"


def opposite_of(answer: str, result: str) -> bool:
    """Say whether a result is the other answer: 否 for 是, 达标 for 未达标."""
    return result in _OPPOSITES.get(answer, ()) or any(
        answer in no and result == yes for yes, no in _OPPOSITES.items()
    )


# -- a result in the unit of its target -----------------------------------------------------------


def value_of(result: Target, target: Target, magnitude: Decimal) -> Fraction:
    """Return the number of a result in the unit and period of its target.

    Args:
        result: a result that is one figure.
        target: the target, a figure or a corridor.
        magnitude: bare money so many times the target is not believed.

    Raises:
        Unscored: text-for-number, unit-mismatch, percent-ambiguous, magnitude-suspect.
    """
    if result.number is None or not result.is_numeric:
        code = "compound-value" if _has_two_figures(result) else "text-for-number"
        raise Unscored(code, result.text)
    number = Fraction(result.number)
    if not result.unit and not result.period:
        return _bare(number, result, target, Fraction(magnitude))
    factor = _factor(result, target)
    if factor is None:
        raise Unscored("unit-mismatch", f"{result.text}与{target.text}")
    return number * factor


def _has_two_figures(result: Target) -> bool:
    if result.kind is not TargetKind.UNPARSEABLE or len(result.words) > _LONGEST_SENTENCE:
        return result.kind is TargetKind.RANGE
    return bool(_COMPOUND.fullmatch(result.words))


def _bare(number: Fraction, result: Target, target: Target, magnitude: Fraction) -> Fraction:
    """A bare result takes the target's unit, unless that makes no sense."""
    if units.is_rate(target.unit) and 0 < abs(number) <= 1:
        raise Unscored("percent-ambiguous", result.text)
    if units.is_money(target.unit) or target.unit == "万":
        aim = abs(Fraction(target.high or 0))
        if number and aim and not 1 / magnitude < abs(number) / aim < magnitude:
            raise Unscored("magnitude-suspect", f"{result.text}与{target.text}")
    return number


def _factor(result: Target, target: Target) -> Fraction | None:
    factor = _unit_factor(result.unit, target.unit)
    per = _period_factor(result.period, target.period)
    return None if factor is None or per is None else factor * per


def _unit_factor(unit: str, to: str) -> Fraction | None:
    if unit == to:
        return Fraction(1)
    factor = units.unit_factor(unit, to)
    if factor is None and unit in units.MULTIPLIERS and not units.is_rate(to):
        return units.unit_factor(unit + to, to) if to else Fraction(units.MULTIPLIERS[unit])
    return factor


def _period_factor(period: str, to: str) -> Fraction | None:
    """A missing period is the sheet's year where the other side says 年 or the target none."""
    if period == to:
        return Fraction(1)
    if not period:
        return Fraction(1) if to == "年" else None
    return units.period_factor(period, to or "年")
