"""What a unit enters at year end (RESULTS.json), and which indicator each result belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kpiapp.errors import UserError
from kpiapp.model.form import Horizon
from kpiapp.model.numerals import half_width
from kpiapp.scoring.score import FORWARD, REVERSE
from kpiapp.scoring.values import figure, number, text

if TYPE_CHECKING:
    from kpiapp.model.form import Form, Indicator


QUALITATIVE = "定性"
"""A direction that the systems of provinces know; it says nothing about figures."""
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Result:
    """One row of results; attributes as in `score.Entry`."""

    level3: str
    goal: int | None = None
    level2: str | None = None
    actual: str | None = None
    weight: Decimal | None = None
    direction: str | None = None
    tier: str | None = None
    typed_score: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """The money row: amounts as typed."""

    initial: str | None = None
    adjusted: str | None = None
    spent: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """All results of a form; `shares` says how much of the points each goal carries."""

    budget: Budget
    rows: tuple[Result, ...]
    shares: dict[int, Decimal] = field(default_factory=dict)


def results_from_json(data: Any) -> Results:
    """Return the results that a JSON object holds.

    Raises:
        UserError: the object has another shape, with the place.
    """
    if not isinstance(data, dict):
        raise UserError("自评结果应是一个对象", "请对照帮助中的格式")
    return Results(_budget(data.get("budget")), _rows(data), _shares(data))


def _budget(data: Any) -> Budget:
    if data is None:
        return Budget()
    if not isinstance(data, dict):
        raise UserError("“budget”应是一个对象", "应有“initial”“adjusted”“spent”")
    try:
        initial, adjusted, spent, reason = (
            text(data.get(key)) for key in ("initial", "adjusted", "spent", "reason")
        )
    except UserError as error:
        raise UserError(f"“budget”里的{error.message}", error.way_out) from error
    return Budget(initial, adjusted, spent, reason or "")


def _rows(data: dict[str, Any]) -> tuple[Result, ...]:
    items = data.get("indicators")
    if not isinstance(items, list):
        raise UserError("自评结果缺少“indicators”", "应是一列指标")
    return tuple(_row(item, place) for place, item in enumerate(items, 1))


def _row(data: Any, place: int) -> Result:
    if not isinstance(data, dict) or not isinstance(data.get("level3"), str):
        raise UserError(f"自评结果的第{place}个指标缺少“level3”", "应是三级指标的名称")
    try:
        return Result(
            level3=data["level3"],
            goal=_goal(data.get("goal")),
            level2=text(data.get("level2")),
            actual=text(data.get("actual")),
            weight=_weight(data.get("weight")),
            direction=_direction(data.get("direction")),
            tier=text(data.get("tier")),
            typed_score=figure(data.get("typed_score"), "评定得分"),
            reason=text(data.get("reason")) or "",
        )
    except UserError as error:
        where = f"自评结果的第{place}个指标“{data['level3']}”"
        raise UserError(f"{where}：{error.message}", error.way_out) from error


def _goal(value: Any) -> int | None:
    goal = figure(value, "目标序号")
    if goal is not None and goal != int(goal):
        raise UserError(f"目标序号“{goal}”应是整数", "例如 1")
    return None if goal is None else int(goal)


def _weight(value: Any) -> Decimal | None:
    """Return the points to be had; below 0 they are left to the scoring, which tells of them."""
    weight = figure(value, "分值")
    return weight if weight is None or weight < 0 else figure(value, "分值", _FULL)


def _direction(value: Any) -> str | None:
    found = (text(value) or "").strip()
    if found not in ("", FORWARD, REVERSE, QUALITATIVE):
        raise UserError(f"指标方向“{found}”应是{FORWARD}或{REVERSE}", "没有方向的不用写")
    return found or None


def _shares(data: dict[str, Any]) -> dict[int, Decimal]:
    items = data.get("goals") or ()
    goals = [_share(item) for item in items] if isinstance(items, list | tuple) else [None]
    shares: dict[int, Decimal] = {}
    for found in goals:
        if found is None:
            raise UserError("“goals”里应是目标序号“goal”和比例“share”", "例如 1 和 60")
        goal, share = found
        if goal in shares:
            raise UserError(f"“goals”里目标{goal}写了两次", "每个目标写一个比例")
        if share is not None:
            shares[goal] = share
    return shares


def _share(item: Any) -> tuple[int, Decimal | None] | None:
    goal = number(item.get("goal")) if isinstance(item, dict) else None
    if goal is None or goal != int(goal):
        return None
    return int(goal), figure(item.get("share"), f"目标{goal}的比例", _FULL)


def indicators_to_score(form: Form) -> list[Indicator]:
    """Return the indicators that are evaluated: the year's, or all where there is one horizon.

    A row that prints a target and has lost its name is one; an empty 二级 is none.
    """
    printed = [row for row in form.indicators if row.level3 or row.target.strip()]
    return [row for row in printed if row.horizon is Horizon.ANNUAL] or printed


def match(
    indicators: list[Indicator], rows: tuple[Result, ...]
) -> tuple[list[Result | None], list[Result]]:
    """Return the result of each indicator, or None, and the results that belong to none.

    Names, goals and, where given, groups must be equal; of several the first that is free.
    """
    free = list(rows)
    found: list[Result | None] = []
    for indicator in indicators:
        place = next((i for i, row in enumerate(free) if _belongs(row, indicator)), None)
        found.append(None if place is None else free.pop(place))
    return found, free


def _belongs(row: Result, indicator: Indicator) -> bool:
    return (
        half_width(row.level3) == half_width(indicator.level3)
        and row.goal in (None, indicator.goal)
        and (not row.level2 or half_width(row.level2) == half_width(indicator.level2))
    )
