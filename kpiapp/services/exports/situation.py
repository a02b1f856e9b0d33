"""预算绩效管理情况: the paragraph of a published budget, counted from the forms of a unit.

"2026年，预算支出1,602.84万元全面实施预算绩效目标管理。设置了整体支出绩效目标、11个一级项目支出绩效目标……"
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.model.form import Horizon, Kind
from kpiapp.model.money import format_amount
from kpiapp.rules.reading import amounts
from kpiapp.services.checks.grouping import group_into_units
from kpiapp.services.exports.project_cells import year_amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.form import Form
    from kpiapp.services.session import Session

HEADING = "预算绩效管理情况"
LEVEL1_PROJECT = "一级项目名称"


@dataclass(frozen=True, slots=True)
class Situation:
    """The paragraph of one unit, and what a person must look at before it is published."""

    unit: str
    text: str
    notes: list[str] = field(default_factory=list)


def situations_of(session: Session, year: int) -> list[Situation]:
    """Return the paragraph of each unit of a library.

    Raises:
        UserError: there are no forms of that year.
    """
    found = situations(session.forms(year))
    if not found:
        raise UserError(f"目标库里没有{year}年的表", "请检查年度")
    return found


def situations(forms: Sequence[Form]) -> list[Situation]:
    """Return the paragraph of each unit that these forms of one year belong to.

    Projects that belong to no department's form are told of together.
    """
    units = group_into_units(forms)
    named = [_situation(unit.title, unit.forms) for unit in units if not unit.alone]
    alone = [form for unit in units if unit.alone for form in unit.forms]
    return [*named, *([_situation("", alone)] if alone else [])]


def _situation(unit: str, forms: Sequence[Form]) -> Situation:
    department = next((form for form in forms if form.kind is Kind.DEPARTMENT), None)
    projects = [form for form in forms if form.kind is Kind.PROJECT]
    notes: list[str] = []
    spending = spending_of(department) if department else None
    if spending is None:
        spending, notes = _sum_of(projects)
    money = f"{format_amount(spending, thousands=True)}万元" if spending else "　　万元"
    goals = [*(["整体支出绩效目标"] if department else []), *_project_goals(projects)]
    text = f"{forms[0].year}年，预算支出{money}全面实施预算绩效目标管理。"
    return Situation(unit, f"{text}设置了{'、'.join(goals)}{_indicators(forms)}。", notes)


def _project_goals(projects: Sequence[Form]) -> list[str]:
    """Return how many projects have goals; those below a 一级项目 are no 一级项目 themselves."""
    if not projects:
        return []
    above = {form.fields.get(LEVEL1_PROJECT, "").strip() for form in projects}
    if "" in above or above <= {form.name for form in projects}:
        return [f"{len(projects)}个一级项目支出绩效目标"]
    return [f"{len(projects)}个项目支出绩效目标（分属{len(above)}个一级项目）"]


def _indicators(forms: Sequence[Form]) -> str:
    """Return how many indicators there are; one row may hold both horizons."""
    rows = [row for form in forms for row in form.indicators if row.level3.strip()]
    annual = sum(row.horizon is Horizon.ANNUAL for row in rows)
    long_term = sum(row.horizon is Horizon.LONG_TERM or bool(row.long_term_target) for row in rows)
    parts = [(annual, "年度"), (long_term, "长期")]
    counted = "、".join(f"{word}绩效指标{number}条" for number, word in parts if number)
    return f"，共{counted}" if counted else ""


def spending_of(department: Form) -> Decimal | None:
    """Return the total of 支出构成 of this year in 万元, or None where it is blank."""
    found = amounts.funds_table(department)
    if found is None:
        return None
    table = found[1]
    first = next((n for n, row in enumerate(table.rows) if "支出" in "".join(row.cells[:1])), 0)
    this_year = amounts.column(table, "当年")
    totals = [row for row in table.rows[first:] if amounts.is_total(row)]
    texts = [amounts.cell(row, this_year) for row in reversed(totals)]
    return amounts.in_wan(texts[0], department.amount_unit) if texts else None


def _sum_of(projects: Sequence[Form]) -> tuple[Decimal | None, list[str]]:
    """Return what the projects come to in 万元, and that this is not the whole spending."""
    budgets = {form.name: year_amount(form) for form in projects}
    blank = [name for name, amount in budgets.items() if amount is None]
    known = [amount for amount in budgets.values() if amount is not None]
    notes = ["部门整体表没有写当年支出合计，这里只有各项目预算之和，请核对"]
    if blank:
        notes.append(f"没有填项目当年预算，没有算进去：{'、'.join(blank)}")
    return (sum(known, Decimal(0)) if known else None), notes
