"""The score of one indicator, with a sentence saying how. Nothing unreadable is scored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from kpiapp.model.numerals import half_width
from kpiapp.model.target import Target, TargetKind, parse
from kpiapp.scoring import formulas, reading
from kpiapp.scoring.deadlines import deadline
from kpiapp.scoring.outcome import Score, Unscored, ordered, shown, two_places, unscored
from kpiapp.scoring.reading import Aim
from kpiapp.scoring.tiers import tiered
from kpiapp.scoring.wrapped import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from kpiapp.scoring.formulas import Points
    from kpiapp.scoring.outcome import Scope
    from kpiapp.scoring.reading import Goal
    from kpiapp.scoring.scheme import Scheme

REVERSE, FORWARD = "反向", "正向"
_ALL = 100
_IN_WORDS = (Aim.WORDS, Aim.ANSWER)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a 自评表, as printed.

    Attributes:
        target: 指标值.
        actual: 实际完成值; None and "" are no result.
        weight: 分值, or None.
        level2: 二级指标; it decides the direction of a target without a sign.
        direction: 正向 or 反向, or None.
        year: the year of the sheet, for dates without one.
        tier: the tier that a person chose for a result in words, or None.
        typed_score: the points that a person gave a result in words, or None.
    """

    target: str | None
    actual: str | None
    weight: Decimal | None
    level2: str = ""
    direction: str | None = None
    year: int | None = None
    tier: str | None = None
    typed_score: Decimal | None = None


def score(entry: Entry, scheme: Scheme) -> Score:
    """Return the points of one indicator under a scheme, or why it has none.

    Where there are several reasons, only the first that `_score` comes to is told.
    """
    target, actual = plain(entry.target, entry.actual)
    try:
        return _score(replace(entry, target=target, actual=actual), scheme)
    except Unscored as reason:
        return unscored(reason)


def _score(entry: Entry, scheme: Scheme) -> Score:
    """Score an indicator; raise Unscored where its target, result or weight does not allow it."""
    if entry.weight is None or not entry.weight.is_finite() or entry.weight < 0:
        raise Unscored("weight-missing")
    weight = Fraction(entry.weight)
    goal = reading.read_goal(entry.target)
    result = parse(_result_text(entry, goal))
    if reading.is_not_evaluated(result):
        raise Unscored("not-evaluated")
    if reading.is_about(result.words, whole=goal.aim in _IN_WORDS):
        raise Unscored("approximate-actual", result.text)
    if goal.aim is Aim.DEADLINE:
        return _finished(deadline(goal.target, result, weight, entry.year), weight)
    if reading.has_sign(result):
        raise Unscored("operator-in-actual", result.text)
    if goal.aim in _IN_WORDS:
        return _score_words(goal, result, weight, entry, scheme)
    return _score_figure(goal, result, weight, entry, scheme)


def _result_text(entry: Entry, goal: Goal) -> str | None:
    """A tier that a person chose says more than the words beside it."""
    return entry.tier if entry.tier and goal.aim in _IN_WORDS else entry.actual


def _score_words(
    goal: Goal, result: Target, weight: Fraction, entry: Entry, scheme: Scheme
) -> Score:
    """Score a result against words: an answer such as 达标, else by tiers."""
    words = goal.target.words
    if goal.aim is Aim.ANSWER:
        if result.words == words:
            return _finished(formulas.full(weight, f"“{result.text}”达到指标值，得满分"), weight)
        if reading.opposite_of(words, result.words):
            how = f"“{result.text}”没有达到“{goal.target.text}”，不得分"
            return _finished(formulas.Points(Fraction(0), how), weight)
    if result.words != words and _is_figure(result):
        raise Unscored("number-for-text", f"{goal.target.text}；{result.text}")
    typed = None if entry.typed_score is None else two_places(Fraction(entry.typed_score))
    points, scope = tiered(words, result.words, weight, typed, scheme)
    return _finished(points, weight, scope)


def _is_figure(result: Target) -> bool:
    return result.is_numeric or (result.kind is TargetKind.LIMIT and result.low is not None)


def _score_figure(
    goal: Goal, result: Target, weight: Fraction, entry: Entry, scheme: Scheme
) -> Score:
    """Score a result against figures: a limit on one side, a band around 0, a corridor."""
    target = goal.target
    if goal.aim is Aim.COMPOUND:
        digits = any(char.isdecimal() for char in result.words)
        raise Unscored("compound-value" if digits else "text-for-number", target.text)
    b = reading.value_of(result, target, scheme.magnitude)
    assert target.low is not None
    assert target.high is not None
    low, high = Fraction(target.low), Fraction(target.high)
    match goal.aim:
        case Aim.BAND:
            points = formulas.reverse(high, abs(b), weight, scheme)
        case Aim.CORRIDOR:
            points = formulas.corridor(low, high, b, weight, scheme)
        case _:
            points = _one_sided(target, b, weight, entry, scheme)
    return _finished(_with_conversion(points, result, target, b), weight)


def _one_sided(
    target: Target, b: Fraction, weight: Fraction, entry: Entry, scheme: Scheme
) -> Points:
    assert target.number is not None
    a = Fraction(target.number)
    sign = target.sign or ("≤" if _less_is_better(entry) else "=")
    if sign in ("≤", "<"):
        points = formulas.reverse(a, b, weight, scheme)
    else:
        points = formulas.forward(a, b, weight, sign, scheme)
    flags = set(points.flags)
    if target.sign is None:
        flags.add("operator-assumed")
    if target.unit == "%" and sign not in ("≤", "<") and a <= _ALL < b:
        flags.add("result-over-100")
    return points._replace(flags=frozenset(flags))


def _less_is_better(entry: Entry) -> bool:
    """Return the direction of a target without a sign; what a person set goes before the group."""
    if entry.direction in (FORWARD, REVERSE):
        return entry.direction == REVERSE
    return "成本" in half_width(entry.level2)


def _with_conversion(points: Points, result: Target, target: Target, b: Fraction) -> Points:
    if result.number is None or Fraction(result.number) == b:
        return points
    unit = target.unit + (f"/{target.period}" if target.period else "")
    return points._replace(how=f"{result.text}折合{shown(b)}{unit}，{points.how}")


def _finished(points: Points, weight: Fraction, scope: Scope | None = None) -> Score:
    value = two_places(points.value)
    assert 0 <= points.value <= weight
    equals = "" if points.how.endswith("得满分") else "：" if points.how.endswith("分") else " = "
    return Score(value, f"{points.how}{equals}{value}", None, ordered(set(points.flags)), scope)
