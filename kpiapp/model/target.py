"""指标值, parsed once: sign, number(s), unit, period or words; compared, and printed as typed.

One parser serves the rules and the scoring.
What differs between them is policy and stands with them: for the rules a limit in words stays
words, and no sign counts as =.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from kpiapp.model import grammar, units
from kpiapp.model.grammar import TargetKind
from kpiapp.model.numerals import half_width

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

__all__ = ["Comparison", "Target", "TargetKind", "compare", "in_unit", "parse", "same_unit"]

_NUMERIC = frozenset((TargetKind.NUMBER, TargetKind.RANGE, TargetKind.FREQUENCY, TargetKind.CLOCK))


@dataclass(frozen=True, slots=True)
class Target:
    """A target as typed and as understood. `str()` gives back exactly what was typed.

    Attributes:
        text: exactly as typed.
        kind: what it is.
        sign: ≥ ≤ = > <, or None. Words such as 不低于 and 以内 are signs when a number is there.
        low: the lower end; of a single number the number itself.
        high: the upper end; of a single number the number itself.
        unit: as typed, without period, what stands below the line sorted: %, 万元, 元/人; or "".
        period: 年 半年 季 月 周 日 小时 分钟, perhaps counted (2小时); or "".
        words: the text half-width and without blanks.
    """

    text: str
    kind: TargetKind
    sign: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    period: str = ""
    words: str = ""

    def __str__(self) -> str:
        return self.text

    @property
    def number(self) -> Decimal | None:
        """The single number, or None: for a range, a date and words."""
        return self.low if self.low == self.high else None

    @property
    def is_numeric(self) -> bool:
        """Whether this is a figure rather than words (a limit in words counts as words)."""
        return self.kind in _NUMERIC

    @property
    def is_words(self) -> bool:
        """Whether the rules treat this as words: words, or a limit in words."""
        return self.kind in (TargetKind.WORDS, TargetKind.LIMIT)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is said: an empty cell or a placeholder."""
        return self.kind in (TargetKind.EMPTY, TargetKind.PLACEHOLDER)


@lru_cache(maxsize=16384)
def parse(text: str | None) -> Target:
    """Return what a 指标值 says; anything may be handed in, and nothing is raised.

    The work is linear in the length of the text.
    """
    typed = text or ""
    words = half_width(typed)
    kind, sign, value = grammar.read(words)
    if value is None:
        return Target(typed, kind, sign, words=words)
    return Target(typed, kind, sign, value.low, value.high, value.unit, value.period, words)


# -- comparing ----------------------------------------------------------------------------------


class Comparison(StrEnum):
    """How much a target demands beside another: "a is WEAKER than b"."""

    WEAKER = "weaker"
    STRONGER = "stronger"
    EQUAL = "equal"
    NOT_COMPARABLE = "not-comparable"


def unit_ratio(a: Target, b: Target) -> Fraction | None:
    """Return by what a's numbers are multiplied to stand in b's unit and period, or None.

    A period on one side only (≥15套/年 and ≥15套) is no difference.
    """
    factor = units.unit_factor(a.unit, b.unit)
    if factor is None or not (a.period and b.period):
        return factor
    per = units.period_factor(a.period, b.period)
    return None if per is None else factor * per


def same_unit(a: Target, b: Target) -> bool:
    """Say whether two targets are told in one unit, or in units that convert into each other."""
    return unit_ratio(a, b) is not None


def in_unit(target: Target, unit: str) -> Decimal | None:
    """Return the number of a target in another unit (1.5小时 in 分钟 is 90), or None."""
    factor = units.unit_factor(target.unit, unit)
    if factor is None or target.number is None:
        return None
    return target.number * factor.numerator / factor.denominator


def compare(
    a: Target,
    b: Target,
    *,
    less_is_better: bool | None = None,
    limits_are_words: bool = True,
) -> Comparison:
    """Say whether target `a` demands less than `b`, more, or the same.

    Args:
        a: a target.
        b: the target that it is held against.
        less_is_better: the direction of good, where neither target has ≥ > ≤ <.
        limits_are_words: compare 7天内 as words (the policy of the rules), not as ≤7天.
    """
    if a.is_blank or b.is_blank:
        return Comparison.NOT_COMPARABLE
    if a.words == b.words:
        return Comparison.EQUAL
    ratio = unit_ratio(a, b) if _has_figures(a, b, limits_are_words=limits_are_words) else None
    if ratio is None or a.low is None or b.low is None or a.high is None or b.high is None:
        return Comparison.NOT_COMPARABLE
    low, high = (end * ratio.numerator / ratio.denominator for end in (a.low, a.high))
    if low == high and b.low == b.high:
        return _compare_numbers((low, a.sign), (b.low, b.sign), less_is_better=less_is_better)
    return _compare_sets(_set(low, high, a), _set(b.low, b.high, b))


def _has_figures(a: Target, b: Target, *, limits_are_words: bool) -> bool:
    return all(
        x.is_numeric or (x.kind is TargetKind.LIMIT and x.sign and not limits_are_words)
        for x in (a, b)
    )


def _compare_numbers(
    a: tuple[Decimal, str | None],
    b: tuple[Decimal, str | None],
    *,
    less_is_better: bool | None,
) -> Comparison:
    signs = (a[1] or "=") + (b[1] or "=")
    up, down = any(x in signs for x in "≥>"), any(x in signs for x in "≤<")
    if up and down:
        return Comparison.NOT_COMPARABLE
    if a[0] == b[0]:
        return _compare_signs(signs)
    if not (up or down) and less_is_better is None:
        return Comparison.NOT_COMPARABLE
    more_demands_more = up if up or down else not less_is_better
    return Comparison.STRONGER if (a[0] > b[0]) == more_demands_more else Comparison.WEAKER


def _compare_signs(signs: str) -> Comparison:
    """Of equal numbers: > demands more than ≥; ≥98% and =98% are the same demand."""
    if signs in (">≥", "<≤"):
        return Comparison.STRONGER
    return Comparison.WEAKER if signs in ("≥>", "≤<") else Comparison.EQUAL


_Set = tuple["Decimal | None", "Decimal | None"]


def _set(low: Decimal, high: Decimal, target: Target) -> _Set:
    """Return the ends of the results that reach a target; None where there is no end."""
    if low != high:
        return low, None if target.unit == "%" and high == 100 else high  # noqa: PLR2004
    if target.sign in ("≥", ">"):
        return low, None
    return (None, high) if target.sign in ("≤", "<") else (low, high)


def _compare_sets(a: _Set, b: _Set) -> Comparison:
    inside, around = _within(a, b), _within(b, a)
    if inside and around:
        return Comparison.EQUAL
    if inside or around:
        return Comparison.STRONGER if inside else Comparison.WEAKER
    return Comparison.NOT_COMPARABLE


def _within(a: _Set, b: _Set) -> bool:
    low = b[0] is None or (a[0] is not None and a[0] >= b[0])
    return low and (b[1] is None or (a[1] is not None and a[1] <= b[1]))
