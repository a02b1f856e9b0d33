"""Rule `goal-figure-not-in-indicators`: see the page of the function below."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from kpiapp.model import units
from kpiapp.model.form import Horizon
from kpiapp.model.problem import Severity
from kpiapp.model.target import parse
from kpiapp.model.taxonomy import Level2
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.reading.texts import Figure
    from kpiapp.rules.row import Row


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


_Amount = tuple[Fraction, str]
"""A number in the smallest unit of its family, with the family: 2500㎡ is 2500平方米."""


def _missing(text: str, rows: list[Row], form: Facts) -> list[Figure]:
    """Return the figures of a text that no row has, nor any sum of the quantities."""
    found = texts.figures(text)
    if not found:
        return []
    known: set[_Amount] = set()
    for row in rows:
        known |= _values(row.source.target, row.source.level3, row.source.note[:300])
    budget = amounts.budget(form.form, "当年预算")
    if budget is not None:
        known.add(_amount(budget, "万元"))
    return [
        figure
        for figure in found
        if (amount := _amount_of(figure)) not in known and not _is_sum(amount, rows)
    ]


@lru_cache(maxsize=1024)
def _amount(number: Decimal, unit: str) -> _Amount:
    top = unit.split("/", maxsplit=1)[0]
    scale = units.scale(top)
    return (Fraction(number) * scale.factor, scale.family) if scale else (Fraction(number), top)


def _amount_of(figure: Figure) -> _Amount:
    return _amount(Decimal(figure.number), figure.counter)


@lru_cache(maxsize=16384)
def _values(target: str, name: str, note: str) -> frozenset[_Amount]:
    """Return the figures of a row's texts with their units."""
    value = parse(target)
    found: set[_Amount] = set()
    if value.low is not None and value.high is not None:
        found = {_amount(value.low, value.unit), _amount(value.high, value.unit)}
    for text in (target, name, note):
        found |= {_amount_of(x) for x in texts.figures(text)}
    return frozenset(found)


def _is_sum(amount: _Amount, rows: list[Row]) -> bool:
    """Say whether a figure is a sum of quantities in its unit: of all, or of two."""
    number, family = amount
    values = [
        value[0]
        for row in rows
        if row.group is Level2.QUANTITY
        and row.target.number is not None
        and (value := _amount(row.target.number, row.target.unit))[1] == family
    ]
    return sum(values, Fraction(0)) == number or _has_pair(values[:40], number)


def _has_pair(values: list[Fraction], whole: Fraction) -> bool:
    seen: set[Fraction] = set()
    for value in values:
        if whole - value in seen:
            return True
        seen.add(value)
    return False
