"""The annex that is published with a budget: 预算绩效管理情况, 表10, 表11, 表12-1, 表12-2 …"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kpiapp.model.form import Form, Kind
from kpiapp.services.exports.project_lists import BuiltList
from kpiapp.services.exports.situation import HEADING, situations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.grid import Grid

    Item = Form | BuiltList

PROSE_WIDTH = 95.0
"""Of the page with the paragraph, in half-width characters: upright A4."""


def headings(items: Sequence[Item]) -> list[str]:
    """Return what stands above each sheet of an annex, as the budgets are published.

    表10 is the list of projects, 表11 the department's form, 表12-1, 表12-2 … are the projects';
    the tables before are those of the budget itself. Of several units 表10 and 表11 are numbered.
    """
    lists = sum(isinstance(item, BuiltList) for item in items)
    departments = sum(_is_department(item) for item in items)
    counts = {"10": 0, "11": 0, "12": 0}
    result = []
    for item in items:
        table = "10" if isinstance(item, BuiltList) else "11" if _is_department(item) else "12"
        counts[table] += 1
        number = f"-{counts[table]}"
        if isinstance(item, BuiltList):
            result.append(f"表10{number if lists > 1 else ''}.项目支出表")
        elif _is_department(item):
            result.append(f"表11{number if departments > 1 else ''}.部门整体支出绩效目标表")
        else:
            result.append(f"表12{number}.项目支出绩效目标表（{item.name or '未命名'}）")
    return result


def _is_department(item: Item) -> bool:
    return isinstance(item, Form) and item.kind is Kind.DEPARTMENT


def title(items: Sequence[Item]) -> str:
    """Return the name of an annex that holds all these sheets."""
    return f"{department_name(items)}{year_of(items)}年绩效目标表"


def department_name(items: Sequence[Item]) -> str:
    """Return the name of the first department among the forms, or ""."""
    return next((item.name for item in items if _is_department(item)), "")


def year_of(items: Sequence[Item]) -> int:
    """Return the budget year of the first sheet."""
    first = items[0]
    return first.projects.year if isinstance(first, BuiltList) else first.year


class Page(NamedTuple):
    """A page of running text, and what a person must look at before it is published."""

    grid: Grid
    notes: list[str]


def situation_page(items: Sequence[Item]) -> Page | None:
    """Return the page with the paragraph 预算绩效管理情况 of each unit; None without any form."""
    from kpiapp.sheets.grid import Grid, Role
    from kpiapp.sheets.pen import Pen

    forms = [item for item in items if isinstance(item, Form)]
    found = situations(forms)
    pen = Pen((PROSE_WIDTH,))
    for one in found:
        if len(found) > 1 and one.unit:
            pen.line([(one.unit, 1, Role.CAPTION)])
        pen.line([(f"　　{one.text}", 1, Role.PROSE)])
    notes = [note for one in found for note in one.notes]
    return Page(Grid(HEADING, pen.cells, (PROSE_WIDTH,)), notes) if found else None
