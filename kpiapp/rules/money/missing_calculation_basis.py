"""Rule `missing-calculation-basis`: see the page of the function below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.edit import SetValue
from kpiapp.model.names import normalise
from kpiapp.model.problem import Fix, Severity
from kpiapp.model.shortening import one_line
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts, formulas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.form import Row as TableRow
    from kpiapp.model.form import Table
    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts

_LONGEST = 30
"""Characters of a cell that a message repeats."""


@rule(Severity.WARNING, order=10, values=False)
def missing_calculation_basis(form: Facts, _: Context) -> Iterator[Finding]:
    """没有测算标准

    为什么
        测算依据里没有一个数，说不清为什么要这么多钱；支出标准应是每单位多少钱，不是总数。
    怎么改
        写明单价、数量和标准文件的规定数；支出标准填单价。
    依据
        财预〔2015〕88号审核表“资金匹配性”；预算支出标准管理要求。
    错例
        测算依据及说明：1. 根据工作需要测算。  <- 没有任何数量或金额
        表 支出明细测算：任务 | 支出标准 | 单价 | 计量数 | 测算数 | 测算依据  <- 1行的支出标准
        - 编外人员经费 | 140,000 | 70,000 | 2 | 140,000 | 2人*70000元
    正例
        测算依据及说明：按70元/平方米计算。
        表 项目支出明细测算：项目任务明细 | 支出标准 | 单价 | 计量数 | 测算数 | 测算依据及说明
        - 编外人员经费 | 70,000元/人 | 70,000 | 2 | 140,000 | 2人*70000元
    """
    for label, text in form.fields("测算依据"):
        if text.strip() and not _has_figure(text):
            yield Finding(form.place(label), f"“{one_line(text, _LONGEST)}”里没有任何数量或金额")
    found = amounts.detail_table(form.form)
    standard = amounts.column(found[1], "支出标准") if found else None
    if not found or standard is None:
        return
    label, table = found
    wrong = [row for row in amounts.detail_rows(table) if _is_wrong(table, row, standard)]
    if wrong:
        named = "；".join(_named(table, row, standard) for row in wrong[:3])
        message = f"{len(wrong)}行的支出标准不是标准数值：{named}"
        place = form.place(f"{label} / 支出标准")
        yield Finding(place, message, _fix(label, table, wrong, standard))


def _has_figure(text: str) -> bool:
    """Say whether a text holds a figure beside the numbers of its points and of documents."""
    plain = re.sub(r"(?m)^\s*[（(]?\d+[）).、．]\s*|[；;。]\s*\d+[.、．](?!\d)", "", text)
    plain = re.sub(r"[〔\[【(（]20\d\d[〕\]】)）]\s*\d*号?|20\d\d年(?:度)?|《[^》]*》", "", plain)
    return any(x.isdigit() for x in plain)


def _is_wrong(table: Table, row: TableRow, standard: int) -> bool:
    text = amounts.cell(row, standard)
    basis = amounts.cell(row, amounts.column(table, "测算依据"))
    if not text:
        return False
    number = formulas.plain_number(text)
    if number is not None:
        price = formulas.plain_number(amounts.cell(row, amounts.column(table, "单价")))
        return price is not None and number != price
    if not any(x.isdigit() for x in text):
        return True
    return normalise(text) == normalise(basis)


def _named(table: Table, row: TableRow, standard: int) -> str:
    price = amounts.cell(row, amounts.column(table, "单价"))
    text = amounts.cell(row, standard)
    told = (
        f"{one_line(text, _LONGEST)}（单价{price}）"
        if formulas.plain_number(text) is not None
        else one_line(text, _LONGEST)
    )
    return f"{one_line(amounts.row_name(row), _LONGEST)}：{told}"


def _fix(label: str, table: Table, wrong: list[TableRow], standard: int) -> Fix | None:
    price = amounts.column(table, "单价")
    edits = tuple(
        SetValue(("tables", label, row.id, standard), text)
        for row in wrong
        if (text := amounts.cell(row, price))
    )
    return Fix("支出标准填单价", edits) if edits else None
