"""Rule `prior-budget-contradicts`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.model.target import in_unit
from kpiapp.model.taxonomy import Level2
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts, naming, past_budgets
from kpiapp.rules.row import PRIOR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.ERROR, order=4, compares=True)
def prior_budget_contradicts(form: Facts, _: Context) -> Iterator[Finding]:
    """前两年预算与历年指标值矛盾

    为什么
        那一年没有预算，却有那一年的指标值；或有预算却没有值：必有一处不对。
    怎么改
        核对那一年到底有没有这个项目，改正预算数或历年值。
    依据
        申报表备注5；申报表“项目前两年预算”与“项目近两年指标值”的勾稽。
    错例
        项目前两年预算：2024年项目预算0万元，2025年项目预算9.52万元。  <- 2024年预算为0
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 前年=≥12次 | 上年=≥12次
    正例
        项目前两年预算：2024年项目预算0万元，2025年项目预算9.52万元。
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 前年= | 上年=≥12次
        年度1 | 成本指标 | 经济成本指标 | 成本控制额度 | ≤9.52万元 | 前年= | 上年=≤9.52万元
    """
    prior = past_budgets.prior_budgets(form.form)
    rows = [row for row in form.rows if row.is_annual and row.prior1 is not None]
    if not prior or not prior.amounts or not rows or not form.is_project:
        return
    messages = list(_contradictions(form, rows, prior.amounts))
    if messages:
        yield Finding(form.place(prior.label), "；".join(messages))


def _contradictions(form: Facts, rows: list[Row], budgets: dict[int, Decimal]) -> Iterator[str]:
    filled = {cell: [row for row in rows if _is_filled(row, cell)] for cell in PRIOR}
    for cell, back in (("prior2", 2), ("prior1", 1)):
        year = form.form.year - back
        budget = budgets.get(year)
        other = "prior1" if cell == "prior2" else "prior2"
        if budget is None:
            continue
        told = format_amount(budget)
        if budget == 0 and filled[cell]:
            yield f"{year}年预算为0，{len(filled[cell])}条指标却有{year}年指标值"
        elif budget > 0 and not filled[cell] and filled[other]:
            yield f"{year}年预算{told}万元，指标值的{year}年一列全部没有填"
        elif budget > 0:
            yield from _costs(rows, cell, year, budget)


def _costs(rows: list[Row], cell: str, year: int, budget: Decimal) -> Iterator[str]:
    """Yield whole costs of a past year that are not its budget."""
    for row in rows:
        value = row.prior(cell)
        if row.group is not Level2.COST or not naming.is_total_cost(row.key) or value is None:
            continue
        cost = in_unit(value, "万元") if value.is_numeric else None
        if cost is not None and not amounts.agree(cost, budget):
            told = format_amount(budget)
            yield f"{year}年预算{told}万元，“{row.name}”的{year}年值为{value}"


def _is_filled(row: Row, cell: str) -> bool:
    value = row.prior(cell)
    return value is not None and not value.is_blank
