"""The columns of the indicator tree and what a cell of it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.services.forms.editing import SHARED, cell_text, differs, sides
from kpiapp.services.forms.shape import EXTRA

if TYPE_CHECKING:
    from kpiapp.services.forms.lines import GoalLines, Line
    from kpiapp.services.forms.shape import Shape

MISSING = "—"
GAP = "  "
"""Between the number of a goal and its text."""
PROBLEMS = "problems"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the cell of a line that it shows, its head, and how wide it begins."""

    cell: str
    head: str
    tip: str
    width: int


def columns_of(shape: Shape, year: int) -> list[Column]:
    """Return the columns that a form needs, in printed order."""
    has = shape.all_values
    annual = Horizon.ANNUAL in shape.horizons
    found = [Column("name", "指标", "目标、一级指标、二级指标、三级指标", 260)]
    if "prior2" in has:
        found.append(Column("prior2", f"前年 {year - 2}", f"前年（{year - 2}年）指标值", 88))
    if "prior1" in has:
        found.append(Column("prior1", f"上年 {year - 1}", f"上年（{year - 1}年）指标值", 88))
    if annual:
        found.append(Column("target", f"当年 {year}", f"当年（{year}年）指标值", 112))
    if Horizon.LONG_TERM in shape.horizons or shape.one_row:
        found.append(Column("long_term", "长期", "长期目标的指标值", 112))
    found += [Column(EXTRA + label, label, label, 96) for label in shape.extras]
    if "weight" in has:
        found.append(Column("weight", "分值", "自评分值", 56))
    found.append(Column("standard", "标准", "绩效标准，或指标值确定依据", 128))
    if "note" in has:
        found.append(Column("note", "说明", "指标值说明", 160))
    found.append(Column(PROBLEMS, "", "检查出的问题", 36))
    return found


def line_text(line: Line, cell: str) -> str:
    """Return what a cell of a line shows.

    A shared cell whose sides differ shows both; a cell of a missing side a stroke.
    """
    if cell in SHARED and differs(line, cell):
        texts = sides(line, cell)
        return "／".join(f"{side.label} {texts[side] or '空'}" for side in reversed(Horizon))
    text = cell_text(line, cell)
    return MISSING if text is None else text


def goal_text(goal: GoalLines) -> str:
    """Return the text that stands for a goal in one line."""
    texts = [side.text for side in (goal.long_term, goal.annual) if side and side.text]
    return " ".join(texts[0].split()) if texts else ""


def goal_title(goal: GoalLines, *, alone: bool) -> str:
    """Return a goal's row: its number, unless it is the only one, and its text."""
    head = "绩效目标" if alone else f"目标{goal.number}"
    return f"{head}{GAP}{goal_text(goal) or '（还没有写目标）'}"
