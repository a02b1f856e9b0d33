"""Rule `amount-differs-within-form`: see the page of the function below."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.model.budget import budget_field
from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts, formulas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.ERROR, order=4, compares=True, values=False)
def amount_differs_within_form(form: Facts, _: Context) -> Iterator[Finding]:
    """表内金额前后不符

    为什么
        资金来源、支出明细和当年预算说的是同一笔钱，对不上就批不下来。
    怎么改
        以批复的预算数为准，改正另一处；差一万倍的，多半是元和万元写混了。
    依据
        申报表各栏的勾稽；项目申报文本填报说明：资金总额等于各来源之和。
    错例
        项目当年预算：9.52万元
        表 项目支出明细：项目支出明细 | 金额（万元）
        - 合计 | 9.25  <- 支出明细合计9.25万元，当年预算9.52万元
        - 1. 后勤保障 | 9.25
    正例
        项目总预算：20万元
        项目当年预算：9.52万元
        表 项目支出明细：项目支出明细 | 金额（万元）
        - 合计 | 9.52
        - 1. 后勤保障：1360平方米*70元/平方米 | 9.52
    """
    budget = budget_field(form.form, "当年预算")
    year = amounts.number_in(budget[1], form.form.amount_unit) if budget else None
    if budget and year is not None:
        yield from _against_budget(form, year)
        yield from _total_budget(form, year, budget[0])
    yield from _wrong_lines(form)


MIXED = Decimal(10_000)


def _against_budget(form: Facts, year: Decimal) -> Iterator[Finding]:
    """Yield the tables that come to something else than this year's budget."""
    unit = form.form.amount_unit
    for found, word in (
        (amounts.sources_table(form.form), "资金来源"),
        (amounts.detail_table(form.form), "支出明细"),
    ):
        total = amounts.printed_total(form.form, found)
        if found and total is None and (added := amounts.sum_of(form.form, found)):
            total = added.value
        if found and total is not None and abs(total - year) > amounts.CENT:
            message = (
                f"{word}合计{_told(total, unit)}，当年预算{_told(year, unit)}{_mixed(total, year)}"
            )
            yield Finding(form.place(f"{found[0]} / 合计"), message)
    found = amounts.purchase_table(form.form)
    bought = amounts.sum_of(form.form, found)
    if bought and bought.value - year > amounts.CENT:
        message = (
            f"采购合计{_told(bought.value, unit)}，超过当年预算{_told(year, unit)}"
            f"{_mixed(bought.value, year)}"
        )
        yield Finding(form.place(bought.label), message)


def _total_budget(form: Facts, year: Decimal, label: str) -> Iterator[Finding]:
    unit = form.form.amount_unit
    found = budget_field(form.form, "总预算")
    total = amounts.number_in(found[1], unit) if found else None
    if total is not None and year - total > amounts.CENT:
        message = f"当年预算{_told(year, unit)}大于总预算{_told(total, unit)}{_mixed(total, year)}"
        yield Finding(form.place(label), message)


def _wrong_lines(form: Facts) -> Iterator[Finding]:
    """Yield the lines of the details whose own multiplication does not come out."""
    found = amounts.detail_table(form.form)
    if found is None:
        return
    label, table = found
    for row in amounts.detail_rows(table):
        for message in formulas.faults(table, row, form.form.amount_unit):
            yield Finding(form.place(f"{label} / {amounts.row_name(row)}"), message)


def _told(value: Decimal, unit: str) -> str:
    return f"{format_amount(value)}{unit}"


def _mixed(one: Decimal, other: Decimal) -> str:
    """Return a hint where two amounts differ by 元 against 万元."""
    if not one or not other:
        return ""
    return "，元和万元写混了" if max(one, other) / min(one, other) == MIXED else ""
