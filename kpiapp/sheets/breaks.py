"""Where a sheet may break over pages: which rows stay together, which heads are printed again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kpiapp.sheets.grid import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.grid import Cell, Grid

    Line = Sequence[Cell]

UNBROKEN_LINES = 12
"""A row with more lines may break over two pages, a shorter one moves to the next."""
LEAST_FILLED = 0.6
"""A page may end so early to keep the rows of a merged cell together."""
HEAD_LEFT_ALONE = 10
"""Ending a page behind a head is as bad as cutting so many merged cells."""
ABOVE_OTHERS = frozenset({Role.HEAD, Role.HEADING, Role.TITLE})
"""Cells that say nothing without the row below them."""
OUTSIDE = frozenset({Role.TITLE, Role.CAPTION, Role.UNIT, Role.NOTE, Role.PROSE})
"""Cells without border: they stand around the table."""


def is_outside(line: Line) -> bool:
    """Say whether a row has no borders and stands outside the table."""
    return bool(line) and all(cell.role in OUTSIDE for cell in line)


def rows_kept(lines: Sequence[Line]) -> list[bool]:
    """Tell for each row whether it stays on one page with the next.

    Heads and headings do, and the row with a goal's text above a table's heads.
    """
    roles = [{cell.role for cell in line} for line in lines]
    kept = [not one.isdisjoint(ABOVE_OTHERS) for one in roles]
    for row in range(len(lines) - 1):
        goal = len(lines[row]) == 2 and Role.LABEL in roles[row]  # noqa: PLR2004 (label, text)
        kept[row] |= goal and Role.HEAD in roles[row + 1]
    return kept


def heads_of_rows(lines: Sequence[Line]) -> list[range]:
    """Return for each row the rows with the heads of the table it belongs to; none for others.

    A table goes from its heads to the next row that begins with a label, a heading or a remark.
    """
    heads = range(0)
    found = []
    for row, line in enumerate(lines):
        roles = {cell.role for cell in line}
        if Role.HEAD in roles:
            heads = (
                range(heads.start, row + 1) if row and heads.stop == row else range(row, row + 1)
            )
            found.append(range(0))
            continue
        if roles & {Role.LABEL, Role.HEADING, *OUTSIDE}:
            heads = range(0)
        found.append(heads)
    return found


def page_starts(grid: Grid, heights: Sequence[float], depth: float) -> list[int]:
    """Return the rows that begin a page, after the first, where rows are never cut.

    A page ends where the fewest merged cells are cut, as late as that allows.

    Args:
        grid: the sheet.
        heights: of its rows.
        depth: room on a page, in the unit of the heights.
    """
    kept, cut = rows_kept(grid.lines()), _cells_cut(grid)

    def cost(row: int) -> tuple[int, int]:
        return cut[row] + (HEAD_LEFT_ALONE if kept[row - 1] else 0), -row

    starts: list[int] = []
    begun, room = 0, depth
    while rows := _ends(heights, begun, room):
        begun = min(rows, key=cost)
        starts.append(begun)
        room = depth - sum(heights[: min(grid.repeat_rows, begun)])
    return starts


def _cells_cut(grid: Grid) -> Counter[int]:
    """Return how many merged cells a page would cut that begins at a row."""
    spans = (cell for cell in grid.cells if cell.row_span > 1)
    return Counter(row for cell in spans for row in range(cell.row + 1, cell.bottom))


def _ends(heights: Sequence[float], begun: int, room: float) -> list[int]:
    """Return the rows before which a page that begins at `begun` may end; none for the last."""
    found: list[tuple[int, float]] = []
    height = 0.0
    for row in range(begun, len(heights)):
        if row > begun and height + heights[row] > room:
            return [x for x, filled in found if filled >= room * LEAST_FILLED] or [row]
        height += heights[row]
        found.append((row + 1, height))
    return []
