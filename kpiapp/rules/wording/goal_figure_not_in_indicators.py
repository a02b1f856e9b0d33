"""Rule `goal-figure-not-in-indicators`: see the page of the function below."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.problem import Severity
from kpiapp.model.target import parse
from kpiapp.model.taxonomy import Level2
from kpiapp.rules import amounts, texts
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts, Row
    from kpiapp.rules.texts import Figure


@rule(Severity.HINT, order=6, compares=True)
def goal_figure_not_in_indicators(form: Facts, _: Context) -> Iterator[Finding]:
    """目标里的数字没有指标

    为什么
        目标写“活动达到2次”，指标却是6次：目标与指标说的不是一回事。
    怎么改
        目标和指标写同一个数，或补一条指标。
    依据
        财预〔2015〕88号审核表“目标相关性”“明确清晰性”。
    错例
        年度目标1：党建活动达到2次  <- 没有一条指标是2次
        年度1 | 产出指标 | 数量指标 | 党建活动开展次数 | ≥6次
    正例
        年度目标1：党建活动达到6次，7*24小时值班
        年度1 | 产出指标 | 数量指标 | 党建活动开展次数 | ≥6次
    """
    for goal in form.goals_of(Horizon.ANNUAL):
        rows = form.of(Horizon.ANNUAL, goal.number)
        missing = _missing(goal.text, rows, form) if rows else []
        if missing:
            figure = missing[0]
            place = form.goal_place(Horizon.ANNUAL, goal.number, field=figure.text)
            message = f"年度目标{goal.number}写“{figure.context}”，没有一条指标是{figure.text}"
            yield Finding(place, message)
    for label, text in () if form.is_project else form.fields("年度工作任务"):
        missing = _missing(text, form.rows, form) if form.rows else []
        if missing:
            told = "、".join(dict.fromkeys(figure.text for figure in missing))
            message = f"{label}写的{told}，没有一条指标与之对应"
            yield Finding(form.place(label), message)


_SAME = {"名": "人", "天": "日", "批": "批次"}
_UNJUDGED = ("小时",)


def _missing(text: str, rows: list[Row], form: Facts) -> list[Figure]:
    """Return the figures of a text that no row has, nor any sum of the quantities."""
    found = texts.figures(text)
    if not found:
        return []
    known: set[tuple[Decimal, str]] = set()
    for row in rows:
        known |= _values(row.source.target, row.source.level3, row.source.note[:300])
    budget = amounts.budget(form.form, "当年预算")
    if budget is not None:
        known |= {(budget, "万元"), (budget * amounts.WAN, "元")}
    return [
        figure
        for figure in found
        if (Decimal(figure.number), _unit(figure.counter)) not in known
        and not _is_sum(figure, rows)
    ]


@lru_cache(maxsize=1024)
def _unit(unit: str) -> str:
    top = unit.split("/", maxsplit=1)[0]
    return _SAME.get(top, top)


@lru_cache(maxsize=16384)
def _values(target: str, name: str, note: str) -> frozenset[tuple[Decimal, str]]:
    """Return the figures of a row's texts with their units."""
    value = parse(target)
    found: set[tuple[Decimal, str]] = set()
    if value.low is not None and value.high is not None:
        found = {(value.low, _unit(value.unit)), (value.high, _unit(value.unit))}
    for text in (target, name, note):
        found |= {(Decimal(x.number), _unit(x.counter)) for x in texts.figures(text)}
    return frozenset(found)


def _is_sum(figure: Figure, rows: list[Row]) -> bool:
    """Say whether a figure is a sum of quantities in its unit: of all, or of two."""
    unit = _unit(figure.counter)
    values = [
        row.target.number
        for row in rows
        if row.group is Level2.QUANTITY
        and row.target.number is not None
        and _unit(row.target.unit) == unit
    ]
    number = Decimal(figure.number)
    return sum(values, Decimal(0)) == number or _has_pair(values[:40], number)


def _has_pair(values: list[Decimal], whole: Decimal) -> bool:
    seen: set[Decimal] = set()
    for value in values:
        if whole - value in seen:
            return True
        seen.add(value)
    return False
