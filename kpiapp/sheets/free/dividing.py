"""Several forms on one worksheet, each as a sheet of its own: one below the other, or as a list.

A further form begins where the first label of a form (项目名称, 部门名称) stands again below an
indicator table; title, date and unit above it are part of it. Cells keep their places in the file.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kpiapp.sheets.free.lists import projects_on
from kpiapp.sheets.free.meanings import is_head_line
from kpiapp.sheets.free.mending import mended
from kpiapp.sheets.layouts.blocks import FieldsBlock
from kpiapp.sheets.layouts.layout import load_layouts, per_layouts
from kpiapp.sheets.page import written
from kpiapp.sheets.reading import labels_of
from kpiapp.sheets.stacking import LONGEST_TITLE, TOP_LINE, Part, is_title
from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from kpiapp.sheets.grid import Grid
    from kpiapp.sheets.page import Line

NAMES = frozenset("项目名称 部门名称 单位名称 部门(单位)名称 专项名称".split())
"""What forms of districts without a layout begin with."""


def forms_on(grid: Grid) -> list[Grid]:
    """Return the forms on a sheet: mostly the sheet itself; a sheet of ours holds one."""
    if grid.marks:
        return [grid]
    named = {cell.row for cell in grid.cells if canonical(cell.text) in _names()}
    starts = _starts(mended(grid).lines()) if len(named) > 1 else []
    if len(starts) < 2:  # noqa: PLR2004  one form
        return projects_on(grid) or [grid]
    edges = [0, *starts[1:], grid.rows]
    return [
        grid.part([cell for cell in grid.cells if top <= cell.row < bottom], n)
        for n, (top, bottom) in enumerate(pairwise(edges), 1)
    ]


@per_layouts
def _names() -> frozenset[str]:
    """Return the labels with which the forms of the known layouts begin."""
    blocks = (next(one.of_type(FieldsBlock), None) for one in load_layouts())
    return NAMES | {canonical(labels_of(block)[0]) for block in blocks if block}


def _starts(lines: list[Line]) -> list[int]:
    """Return the rows in which forms begin."""
    starts: list[int] = []
    left = -1
    table = True
    for row, line in enumerate(lines):
        cells = written(line)
        if not cells:
            continue
        table |= is_head_line(cells)
        name = canonical(cells[0].text) in _names() and left in {-1, cells[0].column}
        if name and table:
            left = cells[0].column
            starts.append(_top(lines, row, starts[-1] if starts else -1))
            table = False
    return starts


def _top(lines: list[Line], row: int, last: int) -> int:
    """Return the row where the title above a form's first row stands."""
    found = row
    for top in range(row - 1, last, -1):
        cells = written(lines[top])
        texts = [cell.text for cell in cells]
        dated = all(TOP_LINE.search(text) for text in texts)
        if any(len(text) > LONGEST_TITLE for text in texts) or not (len(texts) < 2 or dated):  # noqa: PLR2004
            break
        if texts and (dated or is_title(Part(texts[0]))):
            found = top
    return found
