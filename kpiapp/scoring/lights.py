"""运行监控 lights: how far an indicator or the money is, measured by the months gone by.

Thresholds are those of a fielded provincial system; they are settings. Counted things grow with
the months; rates, frequencies and limits of time do not and are held against the whole target.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from kpiapp.model import units
from kpiapp.model.money import in_one_unit, parse_amount
from kpiapp.model.target import TargetKind, parse
from kpiapp.scoring import reading
from kpiapp.scoring.outcome import WHY, Unscored, shown, two_places
from kpiapp.scoring.reading import Aim

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpiapp.model.target import Target

_YEAR = 12
_MAGNITUDE = Decimal(1000)
_REVERSE = ("≤", "<")


class Light(StrEnum):
    """The four lights; a result that cannot be read has none."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return {"red": "红灯", "yellow": "黄灯", "green": "绿灯", "blue": "蓝灯"}[self.value]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Percent of what the months call for: below `red`, below `yellow`, and from `blue` on."""

    red: Fraction = Fraction(60)
    yellow: Fraction = Fraction(80)
    blue: Fraction = Fraction(120)


DEFAULT = Thresholds()


@dataclass(frozen=True, slots=True)
class Progress:
    """A light, the percent it stands for, and a sentence saying how, or why there is none."""

    light: Light | None
    percent: Decimal | None
    how: str


def indicator_light(
    target: str, actual: str | None, month: int, level2: str = "", limits: Thresholds = DEFAULT
) -> Progress:
    """Return the light of an indicator by the end of a month.

    Args:
        target: 年度指标值.
        actual: the state so far, as typed.
        month: 1 to 12.
        level2: 二级指标; 成本 makes a target without a sign a limit.
        limits: the thresholds.
    """
    try:
        return _light(target, actual, month, level2, limits)
    except Unscored as reason:
        return Progress(None, None, f"看不出进度：{WHY[reason.code]}")


def _light(
    target: str, actual: str | None, month: int, level2: str, limits: Thresholds
) -> Progress:
    """Return the light; raise Unscored where target and state so far cannot be compared."""
    goal = reading.read_goal(target)
    result = parse(actual)
    if reading.is_not_evaluated(result):
        raise Unscored("not-evaluated")
    if goal.aim in (Aim.WORDS, Aim.ANSWER, Aim.DEADLINE):
        return _by_words(target, result)
    if goal.aim is not Aim.FIGURE and goal.aim is not Aim.CORRIDOR:
        raise Unscored("target-unreadable")
    if reading.has_sign(result):
        raise Unscored("operator-in-actual")
    done = reading.value_of(result, goal.target, _MAGNITUDE)
    assert goal.target.low is not None
    aim = Fraction(goal.target.low)
    if goal.target.sign in _REVERSE or (goal.target.sign is None and "成本" in level2):
        light = Light.GREEN if done <= aim else Light.RED
        return Progress(light, None, f"{shown(done)}对照上限{shown(aim)}")
    if aim <= 0:
        return Progress(Light.GREEN if done >= aim else Light.RED, None, "指标值为0")
    part = Fraction(1) if not _grows(goal.target) else Fraction(month, _YEAR)
    return _by_percent(100 * done / (aim * part), f"应完成{shown(aim * part)}，已完成{shown(done)}",
                       limits)  # fmt: skip


def _grows(target: Target) -> bool:
    """Say whether what a target counts adds up over the year."""
    if target.period or target.kind in (TargetKind.FREQUENCY, TargetKind.CLOCK):
        return target.period == "年"
    return not (units.is_rate(target.unit) or units.is_time(target.unit))


def _by_words(target: str, result: Target) -> Progress:
    words = result.words
    for start, light in (
        ("未达成", Light.RED), ("部分达成", Light.YELLOW), ("达成", Light.GREEN),
        ("完成", Light.GREEN), ("已完成", Light.GREEN),
    ):  # fmt: skip
        if words.startswith(start) or (light is Light.GREEN and words == parse(target).words):
            return Progress(light, None, f"“{result.text}”")
    raise Unscored("tier-needed")


def _by_percent(percent: Fraction, how: str, limits: Thresholds) -> Progress:
    if percent < limits.red:
        light = Light.RED
    elif percent < limits.yellow:
        light = Light.YELLOW
    else:
        light = Light.BLUE if percent >= limits.blue else Light.GREEN
    value = two_places(percent)
    return Progress(light, value, f"{how}，进度{value}%")


def money_light(
    planned: str | None, spent: str | None, month: int, limits: Thresholds = DEFAULT
) -> Progress:
    """Return the light of the money: the rate against the months; it is never blue.

    If only one of the two amounts has a unit, both have it.
    """
    base, done = parse_amount(planned, ""), parse_amount(spent, "")
    if base is None or base.value <= 0:
        return Progress(None, None, _no_amount("年初预算数", planned))
    if done is None:
        return Progress(None, None, _no_amount("执行数", spent))
    whole, part = in_one_unit(base, done)
    rate = 100 * part / whole
    progress = _by_percent(rate / Fraction(month, _YEAR), f"执行率{two_places(rate)}%", limits)
    light = Light.GREEN if progress.light is Light.BLUE else progress.light
    return Progress(light, progress.percent, progress.how)


def _no_amount(what: str, text: str | None) -> str:
    """Say that an amount is missing, or that what was typed is none."""
    return f"{what}“{text.strip()}”不是大于0的数" if text and text.strip() else f"没有{what}"


def worst(lights: Iterable[Light | None]) -> Light | None:
    """Return the light of a goal: red if any is, else yellow if any is, else green."""
    found = {light for light in lights if light}
    for light in (Light.RED, Light.YELLOW):
        if light in found:
            return light
    return Light.GREEN if found else None
