"""What the forms of a unit hold for the columns of 表10; which, a list's layout says as data."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.model.budget import budget_field
from kpiapp.rules.reading import amounts
from kpiapp.sheets.labels import look_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpiapp.model.form import Form
    from kpiapp.rules.pairing.matching import Match
    from kpiapp.sheets.layouts.blocks import ListColumn

AMOUNTS = frozenset({"total", "source"})
"""Values of a column that are amounts."""


def is_amount(column: ListColumn) -> bool:
    """Say whether a column holds amounts; one that no form knows does where it has a head above.

    本年拨款 and 财政拨款结转结余 stand above amounts only.
    """
    return column.value in AMOUNTS or (not column.value and "/" in column.head)


def has_place(match: Match, column: ListColumn, department: Form | None) -> bool:
    """Say whether the forms of a project have a place for a column, filled or not."""
    if column.value == "source":
        return bool(list(_source_rows(match.project.form, column.labels)))
    if column.value == "total":
        return budget_field(match.project.form, "当年预算") is not None
    return bool(text_of(match, column, department))


def text_of(match: Match, column: ListColumn, department: Form | None) -> str:
    """Return the words that the forms hold for a column, "" where they hold none."""
    form = match.project.form
    if column.value == "name":
        return form.name
    if column.value == "field":
        found = (look_up(form.fields, label) for label in column.labels)
        return next((pair[1].strip() for pair in found if pair and pair[1].strip()), "")
    if column.value == "department" and match.line and department:
        table = department.tables[match.line.table]
        return amounts.cell(match.line.row, amounts.column(table, *column.labels))
    return ""


def amount_of(match: Match, column: ListColumn) -> Decimal | None:
    """Return an amount that a project's form holds, in 万元; None where it says nothing."""
    form = match.project.form
    if column.value == "total":
        return year_amount(form)
    found = [x for x in _source_rows(form, column.labels) if x is not None]
    if not found:
        return None
    less = [x for x in _source_rows(form, column.less) if x is not None]
    return sum(found, Decimal(0)) - sum(less, Decimal(0))


def year_amount(form: Form) -> Decimal | None:
    """Return this year's budget of a project in 万元: its field, else 合计 of 项目资金来源."""
    budget = amounts.budget(form, "当年预算")
    if budget is not None:
        return budget
    total = amounts.printed_total(form, amounts.sources_table(form))
    return None if total is None else amounts.in_wan(str(total), form.amount_unit)


def _source_rows(form: Form, words: Sequence[str]) -> Iterator[Decimal | None]:
    """Yield the amounts, in 万元, of the rows of 项目资金来源 that are called so."""
    found = amounts.sources_table(form)
    for row in found[1].rows if found else ():
        name = amounts.row_name(row)
        if any(word in name for word in words):
            values = (amounts.in_wan(cell, form.amount_unit) for cell in row.cells[1:])
            yield next((value for value in values if value is not None), None)
