"""The formulas for a figure: A the target, B the result, W the weight. Exact fractions inside.

Each returns the points before rounding and the sentence's body, such as `23/25 × 5`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from kpiapp.scoring.outcome import Unscored, shown

if TYPE_CHECKING:
    from kpiapp.scoring.scheme import Scheme


class Points(NamedTuple):
    """Points before rounding, how they came, and flags."""

    value: Fraction
    how: str
    flags: frozenset[str] = frozenset()


def full(weight: Fraction, how: str, *flags: str) -> Points:
    """Return the whole weight."""
    return Points(weight, how, frozenset(flags))


def forward(a: Fraction, b: Fraction, weight: Fraction, sign: str, scheme: Scheme) -> Points:
    """More is better (≥ > =): reached gives all, else W×B/A, never below 0.

    Raises:
        Unscored: negative-target.
    """
    b = _not_negative(b, scheme)
    if a < 0:
        return _negative(b >= a, weight, scheme)
    if a == 0:
        return _zero_forward(b, weight, sign, scheme)
    if b < a:
        how = f"{shown(b)}/{shown(a)} × {shown(weight)}"
        return Points(max(Fraction(0), weight * b / a), how if b >= 0 else f"{how}，不低于0")
    over = b >= a * Fraction(scheme.over_achievement)
    return full(
        weight, f"完成值{shown(b)}达到指标值{shown(a)}，得满分", *(["over-achievement"] * over)
    )


def reverse(a: Fraction, b: Fraction, weight: Fraction, scheme: Scheme) -> Points:
    """Less is better (≤ <): within the limit gives all, else by the scheme's formula.

    Raises:
        Unscored: negative-target.
    """
    b = _not_negative(b, scheme)
    if a < 0:
        return _negative(b <= a, weight, scheme)
    if b <= a:
        return full(weight, f"完成值{shown(b)}不超过指标值{shown(a)}，得满分")
    if a == 0:
        return Points(Fraction(0), f"完成值{shown(b)}超过指标值0，不得分")
    if not scheme.by_deviation:
        return Points(weight * a / b, f"{shown(a)}/{shown(b)} × {shown(weight)}")
    if b >= 2 * a:
        return Points(Fraction(0), f"完成值{shown(b)}不小于指标值{shown(a)}的两倍，不得分")
    how = f"(1 − ({shown(b)} − {shown(a)})/{shown(a)}) × {shown(weight)}"
    return Points(weight * (1 - (b - a) / a), how)


def corridor(
    low: Fraction, high: Fraction, b: Fraction, weight: Fraction, scheme: Scheme
) -> Points:
    """Both ends bind: inside gives all, below counts as ≥ low, above as ≤ high."""
    b = _not_negative(b, scheme)
    if low <= b <= high:
        return full(weight, f"完成值{shown(b)}在{shown(low)}—{shown(high)}之内，得满分")
    if b < low:
        return forward(low, b, weight, "≥", scheme)
    return reverse(high, b, weight, scheme)


def _not_negative(b: Fraction, scheme: Scheme) -> Fraction:
    return max(b, Fraction(0)) if scheme.negative_is_zero else b


def _negative(reached: bool, weight: Fraction, scheme: Scheme) -> Points:  # noqa: FBT001
    """A target below 0 has no ratio: all if reached, else refused; some schemes refuse it all."""
    if scheme.refuses_negative_targets or not reached:
        raise Unscored("negative-target")
    return full(weight, "完成值达到指标值，得满分")


def _zero_forward(b: Fraction, weight: Fraction, sign: str, scheme: Scheme) -> Points:
    """=0 wants nothing to happen; ≥0 wants nothing at all, so it is flagged."""
    match sign:
        case "=":
            reached = b <= 0
        case ">" if scheme.strict:
            reached = b > 0
        case _:
            reached = b >= 0
    flags = ["zero-target"] * (sign == "≥")
    if reached:
        return full(weight, f"完成值{shown(b)}达到指标值0，得满分", *flags)
    return Points(Fraction(0), f"完成值{shown(b)}没有达到指标值，不得分", frozenset(flags))
