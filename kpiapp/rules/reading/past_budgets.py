"""The budgets of the two years before, as a form tells them: in a table, or in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from kpiapp.model.budget import PRIOR_LABEL
from kpiapp.rules.reading.amounts import WAN, in_wan

if TYPE_CHECKING:
    from kpiapp.model.form import Form, Table

_BUDGET = (
    r"(?:(?:项目|部门|年初|当年|批复|安排|申请|财政|总)*预算"
    r"(?:批复|安排)?(?:数|金额|资金|经费|额)?(?:批复|安排)?)"
)
_IS = r"(?:均为|各为|为|是|均|各)?[:：]?\s*"
_SUM = r"(\d[\d,]*(?:\.\d+)?)\s*(万|元)"
_YEARLY = re.compile(
    rf"(20\d\d)\s*年(?:度)?[:：]?{_BUDGET}?{_IS}(?:{_SUM}|(无预算|无此项目|未安排|没有预算))"
)
_BOTH = re.compile(
    rf"(20\d\d)\s*年?(?:度)?[、和及与](20\d\d)\s*年(?:度)?{_BUDGET}?(?:安排)?(?:均为|各为|均|各|都是){_SUM}"
)
_NONE_BEFORE = re.compile(r"前两年(?:均)?(?:无|没有)预算")


@dataclass(frozen=True, slots=True)
class PriorBudgets:
    """Budgets in 万元 by year, and the label of the field or table that tells them."""

    label: str
    amounts: dict[int, Decimal]


def prior_budgets(form: Form) -> PriorBudgets | None:
    """Return the budgets of the years before, or None where the form has no place for them."""
    for label, table in form.tables.items():
        if PRIOR_LABEL in label:
            return PriorBudgets(label, _from_table(table, form))
    first: PriorBudgets | None = None
    for label, text in form.fields.items():
        if PRIOR_LABEL in label:
            found = PriorBudgets(label, budgets_in(text, form.year))
            if found.amounts:
                return found
            first = first or found
    return first


def _from_table(table: Table, form: Form) -> dict[int, Decimal]:
    found = {}
    for row in table.rows:
        year = re.match(r"20\d\d", row.cells[0].strip()) if row.cells else None
        amount = in_wan(row.cells[1], form.amount_unit) if year and len(row.cells) > 1 else None
        if year and amount is not None:
            found[int(year.group())] = amount
    return found


@lru_cache(maxsize=4096)
def budgets_in(text: str, year: int) -> dict[int, Decimal]:
    """Return the first amount named for each year before `year`, in 万元."""
    if _NONE_BEFORE.search(text):
        return {year - 2: Decimal(0), year - 1: Decimal(0)}
    found: dict[int, Decimal] = {}
    for match in _BOTH.finditer(text):
        for when in (int(match[1]), int(match[2])):
            found.setdefault(when, _in_wan(match[3], match[4]))
    for match in _YEARLY.finditer(text):
        found.setdefault(int(match[1]), _in_wan(match[2], match[3]))
    return {when: amount for when, amount in found.items() if when < year}


def _in_wan(number: str | None, unit: str | None) -> Decimal:
    amount = Decimal((number or "0").replace(",", ""))
    return amount / WAN if unit == "元" else amount
