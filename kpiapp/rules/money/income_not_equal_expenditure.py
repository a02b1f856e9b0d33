"""Rule `income-not-equal-expenditure`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from kpiapp.model.form import Table
    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.ERROR, order=3, compares=True, values=False)
def income_not_equal_expenditure(form: Facts, _: Context) -> Iterator[Finding]:
    """收入合计不等于支出合计

    为什么
        部门预算收支平衡，当年收入合计必须等于支出合计。
    怎么改
        对照部门预算公开表1核对两个合计。
    依据
        部门总体资金情况表的勾稽（收支平衡）。
    错例
        表 部门总体资金情况：总体资金情况 |  | 当年金额 | 占比
        - 收入构成 | 财政拨款 | 944.14 | 100%
        - 收入构成 | 合计 | 944.14 | 100%  <- 当年收入合计944.14万元，支出合计994.14万元
        - 支出构成 | 项目支出 | 994.14 | 100%
        - 支出构成 | 合计 | 994.14 | 100%
    正例
        表 部门总体资金情况：总体资金情况 |  | 当年金额 | 占比
        - 收入构成 | 财政拨款 | 994.14 | 100%
        - 收入构成 | 合计 | 994.14 | 100%
        - 支出构成 | 项目支出 | 994.14 | 100%
        - 支出构成 | 合计 | 994.14 | 100%
    """
    found = amounts.funds_table(form.form)
    if found is None:
        return
    label, table = found
    totals = _totals(table, form)
    if len(totals) == len(("收入", "支出")) and totals[0] != totals[1]:
        income, spending = map(format_amount, totals)
        message = f"当年收入合计{income}万元，支出合计{spending}万元"
        yield Finding(form.place(f"{label} / 合计 / 当年"), message)


def _totals(table: Table, form: Facts) -> list[Decimal]:
    """Return the totals of the year's column: income first, then expenditure."""
    year = amounts.column(table, "当年", "本年")
    values = [
        amounts.number_in(amounts.cell(block.total, year), form.form.amount_unit)
        for block in amounts.blocks(table)
    ]
    return [value for value in values if value is not None]
