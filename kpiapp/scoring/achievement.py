"""How much of a target was reached, in percent: what charts of target against result draw."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kpiapp.model.target import parse
from kpiapp.scoring import reading
from kpiapp.scoring.outcome import Unscored, two_places
from kpiapp.scoring.reading import Aim
from kpiapp.scoring.wrapped import plain

_MAGNITUDE = Decimal(1000)
_REVERSE = ("≤", "<")


class Achieved(NamedTuple):
    """Result ÷ target in percent, and whether the target was met."""

    percent: Decimal
    met: bool


def achieved(target: str, actual: str | None, level2: str = "") -> Achieved | None:
    """Return how much of a figure was reached; None for words, dates and what cannot be read.

    Args:
        target: 指标值.
        actual: 实际完成值.
        level2: 二级指标; 成本 makes a target without a sign a limit.
    """
    wanted, text = plain(target, actual)
    try:
        goal, result = reading.read_goal(wanted), parse(text)
        if goal.aim not in (Aim.FIGURE, Aim.CORRIDOR) or reading.has_sign(result):
            return None
        done = reading.value_of(result, goal.target, _MAGNITUDE)
    except Unscored:
        return None
    low, high = goal.target.low, goal.target.high
    if low is None or high is None or low <= 0:
        return None
    sign = goal.target.sign or ("≤" if "成本" in level2 else "")
    met = done <= high if sign in _REVERSE else done >= low
    if goal.aim is Aim.CORRIDOR:
        met = low <= done <= high
    return Achieved(two_places(100 * Fraction(done) / Fraction(low)), met)
