"""Rule `prior-budget-missing`: see the page of the function below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.budget import PRIOR_LABEL
from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts, past_budgets, terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.form import Row as TableRow
    from kpiapp.model.form import Table
    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.reading.amounts import Block


@rule(Severity.WARNING, order=3, values=False)
def prior_budget_missing(form: Facts, _: Context) -> Iterator[Finding]:
    """前两年预算没有填

    为什么
        没有前两年的预算，看不出当年要的钱是多了还是少了，也无法说明变动理由。
    怎么改
        从前两年批复的预算里取数填上；没有预算的年度写0。
    依据
        财预〔2015〕88号审核表“规范完整性”（内容完整）。
    错例
        项目安排频度：常年性项目
        表 项目前两年预算情况：年度 | 预算数 | 执行数 | 执行率  <- 前两年的预算数、执行数全部没有填
        - 2024年 |  |  |
        - 2025年 |  |  |
    正例
        项目属性：☑持续性项目 ☐新增性项目
        项目前两年预算：2024年项目预算0万元，2025年项目预算9.52万元。
    """
    if not form.is_project:
        yield from _department(form)
        return
    if terms.is_new(form):
        return
    yield from _project(form)


def _project(form: Facts) -> Iterator[Finding]:
    """Yield what a project form lacks: the table, the field, or last year in its text."""
    continuing = terms.is_continuing(form) and not terms.is_one_off(form)
    for label, table in form.form.tables.items():
        if PRIOR_LABEL in label:
            if continuing and not any(_values(table.rows)):
                yield Finding(form.place(label), "前两年的预算数、执行数全部没有填")
            return
    labels = [label for label in form.form.fields if PRIOR_LABEL in label]
    empty = [label for label in labels if amounts.is_empty(form.form.fields[label])]
    if continuing:
        for label in empty:
            yield Finding(form.place(label), f"“{label}”没有填")
    prior = past_budgets.prior_budgets(form.form)
    last = form.form.year - 1
    if prior and prior.amounts and last not in prior.amounts and prior.label not in empty:
        told = "、".join(f"{year}年" for year in sorted(prior.amounts))
        yield Finding(form.place(prior.label), f"只写了{told}，没有{last}年预算")


def _values(rows: list[TableRow]) -> Iterator[bool]:
    for row in rows:
        yield any(not amounts.is_empty(x) for x in row.cells[1:])


def _department(form: Facts) -> Iterator[Finding]:
    """Yield the past years of 部门总体资金情况 that are empty, or hold only a total."""
    found = amounts.funds_table(form.form)
    if found is None:
        return
    label, table = found
    past = [i for i, head in enumerate(table.columns) if "近两年" in head or "上年" in head]
    empty = [i for i in past if not any(_amount(form, row, i) for row in table.rows)]
    if empty:
        names = "、".join(table.columns[i] for i in empty)
        yield Finding(form.place(f"{label} / {names}"), f"{_years(names)}的收支全部没有填")
    for i in past:
        for block in amounts.blocks(table):
            if i not in empty and (message := _only_total(form, table, block, i)):
                place = form.place(f"{label} / {block.name} / {table.columns[i]}")
                yield Finding(place, message)


def _amount(form: Facts, row: TableRow, column: int) -> bool:
    return amounts.number_in(amounts.cell(row, column), form.form.amount_unit) is not None


def _only_total(form: Facts, table: Table, block: Block, column: int) -> str | None:
    total = amounts.number_in(amounts.cell(block.total, column), form.form.amount_unit)
    if total is None or any(_amount(form, row, column) for row in block.parts):
        return None
    name = block.name.removesuffix("构成")
    when = _years(table.columns[column])
    return f"{when}只填了{name}合计{format_amount(total)}，各项没有填"


def _years(heads: str) -> str:
    """Return the years that column heads name, else the heads themselves."""
    found = re.findall(r"20\d\d", heads)
    return "、".join(f"{year}年" for year in found) or heads
