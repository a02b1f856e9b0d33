"""A form's own amount as lists show it: 9.52 万元."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kpiapp.model.form import Kind
from kpiapp.model.money import format_amount, parse_amount

if TYPE_CHECKING:
    from decimal import Decimal

    from kpiapp.model.form import Form

BUDGET_FIELDS: Final = ("项目当年预算", "年度资金总额", "当年资金总额", "资金总额")
OTHER_HEADS: Final = re.compile("占比|比例|近[两三]年|上年|前年|去年")
"""Heads of shares and past years: no stand-in for this year's amount where that is blank."""
YEAR: Final = re.compile(r"20\d\d")
FUNDS_TABLES: Final = ("部门总体资金情况", "部门总体资金情况（万元）")


def amount_in_wan(form: Form) -> Decimal | None:
    """Return this year's budget of a form in 万元, or None where it is not given."""
    text = _project_text(form) if form.kind is Kind.PROJECT else _department_text(form)
    amount = parse_amount(text, form.amount_unit) if text else None
    return amount.in_wan() if amount else None


def amount_text(form: Form) -> str:
    """Return this year's budget as 9.52 万元, or nothing where it is not given."""
    amount = amount_in_wan(form)
    return f"{format_amount(amount, thousands=True)} 万元" if amount is not None else ""


def _project_text(form: Form) -> str:
    return next((form.fields[label] for label in BUDGET_FIELDS if form.fields.get(label)), "")


def _department_text(form: Form) -> str:
    """Return the total of the unit's money: the first 合计 row of the table of its funds."""
    for table in (form.tables[label] for label in FUNDS_TABLES if label in form.tables):
        for row in table.rows:
            if "合计" in row.cells[:2]:
                return _of_this_year(table.columns, row.cells, form.year)
    return ""


def _of_this_year(heads: list[str], cells: list[str], year: int) -> str:
    """Return the first cell after 合计 under a head that can mean this year, "" if it is blank."""
    after = cells.index("合计") + 1
    found = zip(heads[after:], cells[after:], strict=False)
    return next((text for head, text in found if head and not _is_past_or_share(head, year)), "")


def _is_past_or_share(head: str, year: int) -> bool:
    return bool(OTHER_HEADS.search(head)) or any(int(x) < year for x in YEAR.findall(head))
