"""Rule `continuing-project-without-prior-values`: see the page of the function below."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.problem import Place, Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import past_budgets, terms
from kpiapp.rules.row import PRIOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=1, compares=True)
def continuing_project_without_prior_values(form: Facts, _: Context) -> Iterator[Finding]:
    """持续项目没有历年值

    为什么
        持续项目以前年度有指标值，不填就看不出当年目标定得高还是低。
    怎么改
        从前两年的申报表或自评表里取值填上。
    依据
        申报表“项目近两年指标值”栏；项目申报文本填报说明（延续项目应填以前年度情况）。
    错例
        项目安排频度：常年性项目
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 前年= | 上年=
        年度1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥99% | 前年= | 上年=
    <- 2条年度指标的前年、上年值全部没有填
    正例
        项目属性：☑持续性项目 ☐新增性项目
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 前年= | 上年=≥12次
        年度1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥99% | 前年= | 上年=≥99%
    """
    rows = [row for row in form.rows if row.is_annual and row.prior1 is not None]
    if not rows or terms.is_new(form) or terms.is_one_off(form):
        return
    if all(_is_empty(row, cell) for row in rows for cell in PRIOR):
        if terms.is_continuing(form) and form.is_project:
            kind = "常年性" if "常年" in terms.attributes(form) else "持续性"
            message = f"{kind}项目，{len(rows)}条年度指标的前年、上年值全部没有填"
            place = form.goal_place(Horizon.ANNUAL, None, rows=True)
            yield Finding(place, message, alone=True)
        return
    by_goal: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_goal[row.goal].append(row)
    for mates in by_goal.values():
        yield from _single_rows(form, mates)


MOST = 0.6
"""Share of a goal's rows with a value from which an empty cell stands out."""


def _is_empty(row: Row, cell: str) -> bool:
    value = row.prior(cell)
    return value is None or value.is_blank


def _single_rows(form: Facts, rows: list[Row]) -> Iterator[Finding]:
    """Yield the rows that lack a value most of their goal have; 上年 counts before 前年."""
    prior = past_budgets.prior_budgets(form.form)
    explained = {
        cell
        for cell, back in (("prior1", 1), ("prior2", 2))
        if prior and prior.amounts.get(form.form.year - back) == 0
    }
    usual = [
        cell
        for cell in ("prior1", "prior2")
        if cell not in explained
        and sum(not _is_empty(row, cell) for row in rows) >= MOST * len(rows)
    ]
    for row in rows:
        cells = [cell for cell in usual if _is_empty(row, cell)]
        if cells:
            word = "、".join(PRIOR[cell] for cell in cells)
            also: tuple[Place, ...] = tuple(row.place(cell) for cell in cells[1:])
            message = f"同一目标的其他指标大多有{word}值，这一条没有"
            yield Finding(row.place(cells[0]), message, also=also)
