"""The projects of 表10 as the rules read them: its rows without totals and headings of groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpiapp.rules.reading import amounts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from kpiapp.model.project_list import ProjectList

_SUMMARY = frozenset(
    ("", "合计", "总计", "小计", "项目支出", "本级支出项目", "其他运转类", "特定目标类")
)
_MARKS = ("项目单位", "项目分类", "单位名称")
"""Columns that are filled for a project and empty for a total."""


@dataclass(frozen=True, slots=True)
class ListedProject:
    """One project of 表10: the amount in 万元, and which row of the list it is."""

    list_id: str
    name: str
    amount: Decimal | None
    unit: str = ""
    row: int = -1


def listed_projects(one: ProjectList) -> Iterator[ListedProject]:
    """Yield the projects of a 表10: its rows without totals and headings of groups."""
    name = _first(one.columns, "项目名称")
    amount = _first(one.columns, "合计", "总计", "金额")
    if name is None or amount is None:
        return
    marks = [i for i, head in enumerate(one.columns) if head in _MARKS and i != name]
    for number, row in enumerate(one.rows):
        text = row[name].strip()
        if text in _SUMMARY or text.isdigit() or (marks and not any(row[i].strip() for i in marks)):
            continue
        unit = next((row[i].strip() for i in marks if one.columns[i] == "项目单位"), "")
        yield ListedProject(
            one.id, text, amounts.in_wan(row[amount], one.amount_unit), unit, number
        )


def _first(heads: Iterable[str], *words: str) -> int | None:
    for i, head in enumerate(heads):
        if any(word in head for word in words):
            return i
    return None
