"""The official sheet of a form as pages of paper, ready to be drawn at any size.

Lengths are in points. Columns, lines and paper are those of the docx and PDF writers
(`sheets.paper`, `sheets.typeset`), so that what is seen breaks as what is printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from kpiapp.sheets import paper, typeset
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.grid import Cell, Grid, Role
from kpiapp.sheets.layouts.layout import layout
from kpiapp.sheets.project_sheet import fill_list

if TYPE_CHECKING:
    from kpiapp.model.form import Form
    from kpiapp.model.project_list import ProjectList

CENTRED = frozenset({Role.TITLE, Role.LABEL, Role.HEADING, Role.HEAD, Role.VALUE})
BORDERED = frozenset({Role.LABEL, Role.HEADING, Role.HEAD, Role.VALUE, Role.TEXT})
STRONG = frozenset({Role.TITLE, Role.LABEL, Role.HEADING, Role.HEAD})
_SIZES = {
    Role.TITLE: paper.TITLE,
    Role.CAPTION: paper.CAPTION,
    Role.UNIT: paper.CAPTION,
    Role.PROSE: paper.PROSE,
}
_LINES = {
    Role.TITLE: paper.TITLE_LINE,
    Role.CAPTION: paper.CAPTION_LINE,
    Role.UNIT: paper.CAPTION_LINE,
    Role.PROSE: paper.PROSE_LINE,
}


@dataclass(frozen=True, slots=True)
class Box:
    """A cell, or the part of it that falls on one page; places count from the page's corner.

    `cell` is the place of the cell in its file (`B3`).
    """

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    size: float
    line: float
    align: str
    strong: bool
    border: bool
    cell: str = ""


@dataclass(slots=True)
class Sheet:
    """The pages of one form."""

    width: float
    height: float
    pages: list[list[Box]] = field(default_factory=list)


def printed(form: Form) -> Sheet:
    """Return a form as it prints; raises UserError where its layout is not known."""
    return lay_out(fill(form, layout(form.layout, form.kind)))


def printed_list(projects: ProjectList) -> Sheet:
    """Return a 表10 as it prints."""
    return lay_out(fill_list(projects))


def lay_out(grid: Grid) -> Sheet:
    """Return a grid as pages of A4, upright or turned; a row is cut only where no page holds it."""
    page = paper.paper_of(grid)
    widths = paper.column_widths(grid)
    heights = _row_heights(grid, widths)
    tops = [0.0, *accumulate(heights)]
    left = [paper.SIDE, *(paper.SIDE + x for x in accumulate(widths))]
    cuts = _cuts(heights, page.depth)
    sheet = Sheet(page.width, page.height, [[] for _ in cuts])
    for cell in grid.cells:
        for number, (start, end) in enumerate(zip(cuts, [*cuts[1:], tops[-1]], strict=True)):
            top, bottom = max(tops[cell.row], start), min(tops[cell.bottom], end)
            if bottom > top:
                skipped = tops[cell.row] - top
                sheet.pages[number].append(
                    _box(cell, left, paper.TOP + top - start, bottom - top, widths, skipped)
                )
    return sheet


def foot(sheet: Sheet, text: str) -> Box:
    """Return a line of text in the middle of the lower margin of a page."""
    top, line = sheet.height - paper.TOP / 2 - paper.LINE, paper.LINE
    return Box(
        0.0, top, sheet.width, line, (text,), paper.BODY, line, "centre", strong=False, border=False
    )


def _row_heights(grid: Grid, widths: list[float]) -> list[float]:
    """Return the height of each row, so that every text shows in full."""
    heights = [max(grid.heights.get(row, 0.0), paper.LEAST_ROW) for row in range(grid.rows)]
    for cell in grid.cells:
        if cell.row_span == 1 and cell.text:
            heights[cell.row] = max(heights[cell.row], _height(cell, widths))
    for cell in grid.cells:
        missing = _height(cell, widths) - sum(heights[cell.row : cell.bottom])
        if cell.row_span > 1 and missing > 0:
            heights[cell.bottom - 1] += missing
    return heights


def _height(cell: Cell, widths: list[float]) -> float:
    lines = len(_lines(cell, widths))
    return lines * _LINES.get(cell.role, paper.LINE) + 2 * paper.PADDING + 2


def _lines(cell: Cell, widths: list[float]) -> tuple[str, ...]:
    size = _SIZES.get(cell.role, paper.BODY)
    return tuple(typeset.break_lines(cell.text, paper.cell_width(cell, widths) / size))


def _cuts(heights: list[float], depth: float) -> list[float]:
    """Return where each page begins, measured from the top of the sheet."""
    cuts, top = [0.0], 0.0
    for height in heights:
        if top + height - cuts[-1] > depth and top > cuts[-1]:
            cuts.append(top)
        while top + height - cuts[-1] > depth:  # one row that no page can hold
            cuts.append(cuts[-1] + depth)
        top += height
    return cuts


def _align(cell: Cell, lines: int) -> str:
    """Return where a text stands: like the writers, a text of one line in the middle."""
    if cell.role in CENTRED or (cell.role is Role.TEXT and lines == 1):
        return "centre"
    return "right" if cell.role is Role.UNIT else "left"


def _box(  # noqa: PLR0913, PLR0917 - a place and a size
    cell: Cell, left: list[float], y: float, height: float, widths: list[float], skipped: float
) -> Box:
    """Return the part of a cell on one page.

    `skipped` is 0 or minus the height that stands on pages before: a short text is printed
    again there, a long one goes on where it stopped.
    """
    line = _LINES.get(cell.role, paper.LINE)
    lines = _lines(cell, widths)
    align = _align(cell, len(lines))
    if len(lines) * line > height or (skipped and len(lines) * line > -skipped):
        first = round(-skipped / line)
        lines = lines[first : first + max(1, int(height / line))]
    return Box(
        left[cell.column],
        y,
        left[min(cell.right, len(left) - 1)] - left[cell.column],
        height,
        lines,
        _SIZES.get(cell.role, paper.BODY),
        line,
        align,
        cell.role in STRONG,
        cell.role in BORDERED,
        cell.name,
    )
