"""Rule `detail-not-broken-down`: see the page of the function below."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts, formulas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.form import Row as TableRow
    from kpiapp.model.form import Table
    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.HINT, order=9, values=False)
def detail_not_broken_down(form: Facts, _: Context) -> Iterator[Finding]:
    """支出明细没有分项

    为什么
        上百万元只列一行，看不出钱花在哪里、按什么标准算的。
    怎么改
        按支出内容分行，写明单价和数量；“其他”写清用途。
    依据
        财预〔2015〕88号审核表“资金匹配性”。
    错例
        表 项目支出明细：项目支出明细 | 金额（万元）  <- 70万元只列一行
        - 合计 | 70
        - 1. 机房设备升级服务 | 70
    正例
        表 项目支出明细：项目支出明细 | 金额（万元）
        - 合计 | 9.52
        - 1. 后勤保障：1360平方米*70元/平方米 | 9.52
    """
    found = amounts.detail_table(form.form)
    if found is None:
        return
    label, table = found
    lines = [(row, _amount(table, row, form)) for row in amounts.detail_rows(table)]
    filled = [(row, amount) for row, amount in lines if amount]
    whole = sum((amount for _, amount in filled), Decimal(0))
    if len(filled) == 1 and len(lines) == 1 and not _is_explained(table, filled[0][0]):
        name = amounts.row_name(filled[0][0])
        message = f"{format_amount(_in_wan(whole, form))}万元只列一行“{name}”，没有分项"
        yield Finding(form.place(label), message)
        return
    for row, amount in filled:
        name = amounts.row_name(row)
        if _OTHER.fullmatch(formulas.without_number(name)) and amount > whole * OTHER:
            told = format_amount(_in_wan(amount, form))
            message = f"“其他”{told}万元占{100 * amount / whole:.1f}%，没有说明用途"
            yield Finding(form.place(f"{label} / {name}"), message)


_OTHER = re.compile(r"其[他它](?:工作)?(?:经费|费用?|支出|项目|事项|杂项)*等?")
"""A line that only says that it is something else; 其他交通费用 says what."""
OTHER = Decimal("0.1")
"""Share of the total from which a line 其他 should say what it is for."""


def _amount(table: Table, row: TableRow, form: Facts) -> Decimal | None:
    values = [
        amounts.number_in(amounts.cell(row, i), form.form.amount_unit)
        for i in amounts.amount_columns(table)
    ]
    return sum((x for x in values if x), Decimal(0)) or None


def _is_explained(table: Table, row: TableRow) -> bool:
    """Say whether a line tells how it was reckoned: a number of units, a formula, two amounts."""
    count = amounts.cell(row, amounts.column(table, "计量数"))
    if count.replace(",", "").isdigit() and int(count.replace(",", "")) > 1:
        return True
    text = " ".join(
        cell for i, cell in enumerate(row.cells) if i not in amounts.amount_columns(table)
    )
    return formulas.has_formula(text) or formulas.count_amounts(text) > 1


def _in_wan(value: Decimal, form: Facts) -> Decimal:
    return value / amounts.WAN if form.form.amount_unit == "元" else value
