"""A Grid laid out on pages: which text stands where, in points.

Heads are printed again where their table goes on, and so is the text of a merged cell that goes on.
A row too long for the rest of a page breaks between two lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from kpiapp.sheets import paper
from kpiapp.sheets.breaks import UNBROKEN_LINES, heads_of_rows, is_outside, rows_kept
from kpiapp.sheets.grid import Cell, Grid, Role
from kpiapp.sheets.typeset import break_lines, usual_width

if TYPE_CHECKING:
    from typing import TypeAlias

    from kpiapp.sheets.typeset import Widths

    Shown: TypeAlias = dict[tuple[int, int], int]

SIZES = {
    Role.TITLE: (paper.TITLE, paper.TITLE_LINE),
    Role.CAPTION: (paper.CAPTION, paper.CAPTION_LINE),
    Role.UNIT: (paper.CAPTION, paper.CAPTION_LINE),
    Role.PROSE: (paper.PROSE, paper.PROSE_LINE),
}
ALIGNED = {Role.CAPTION: "left", Role.UNIT: "right", Role.NOTE: "left", Role.PROSE: "left"}
MOST_BLANK = 0.3
"""A long row breaks over two pages only if more of the page would else stay blank."""
FEW_LINES = 4
"""A text of so few lines in a broken row is printed whole on its first page."""


class Placed(NamedTuple):
    """A cell, or a part of one, on a page; lengths in points from the corner of the margins."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    align: str
    role: Role


class Piece(NamedTuple):
    """A row on a page, or the part of it from line `first` up to, not including, `last`."""

    row: int
    y: float
    height: float
    first: int
    last: int


@dataclass(slots=True)
class Measured:
    """A sheet with its lines broken.

    Attributes:
        grid: the sheet.
        widths: of the columns.
        texts: printed lines of each cell, by row and column.
        heights: of the rows.
        longest: lines of the longest cell of each row.
    """

    grid: Grid
    widths: list[float]
    texts: dict[tuple[int, int], list[str]]
    heights: list[float]
    longest: list[int]
    lines: list[list[Cell]] = field(default_factory=list)


def line_height(role: Role) -> float:
    """Return the distance from one line to the next in a cell of this role."""
    return SIZES.get(role, (0.0, paper.LINE))[1]


def size_of(role: Role) -> float:
    """Return the type size of a cell of this role."""
    return SIZES.get(role, (paper.BODY, 0.0))[0]


def measure(grid: Grid, width: Widths = usual_width) -> Measured:
    """Return a sheet with its lines broken and the height of each row."""
    widths = paper.column_widths(grid)
    texts = {
        (cell.row, cell.column): break_lines(
            cell.text, paper.cell_width(cell, widths) / size_of(cell.role), width
        )
        for cell in grid.cells
    }
    measured = Measured(grid, widths, texts, [], [], grid.lines())
    for row in range(grid.rows):
        height, longest = _row_height(measured, row)
        measured.heights.append(height)
        measured.longest.append(longest)
    for cell in (one for one in grid.cells if one.row_span > 1):
        needed = paper.text_height(len(texts[cell.row, cell.column]))
        missing = needed - sum(measured.heights[cell.row : cell.bottom])
        measured.heights[cell.bottom - 1] += max(0.0, missing)
    return measured


def _row_height(measured: Measured, row: int) -> tuple[float, int]:
    line = measured.lines[row]
    counts = [(len(measured.texts[cell.row, cell.column]), cell) for cell in line]
    if is_outside(line):
        return max(count * line_height(cell.role) for count, cell in counts) + paper.ABOVE, 1
    longest = max((count for count, cell in counts if cell.row_span == 1), default=1)
    least = max(measured.grid.heights.get(row, 0.0), paper.LEAST_ROW)
    return max(least, paper.text_height(longest)), longest


# -- rows on pages ------------------------------------------------------------------------------


@dataclass(slots=True)
class _Filling:
    """The pages being filled from top to bottom."""

    measured: Measured
    depth: float
    pages: list[list[Piece]]
    y: float
    begun: float
    """Where the first row of this page may stand: below what is printed again."""

    def put(self, row: int, height: float, first: int, last: int) -> None:
        self.pages[-1].append(Piece(row, self.y, height, first, last))
        self.y += height

    def turn(self, row: int, heads: range) -> None:
        """Begin a page before a row with the rows that are printed again."""
        self.pages.append([])
        self.y = 0.0
        heights = self.measured.heights
        for again in (*range(min(self.measured.grid.repeat_rows, row)), *heads):
            self.put(again, heights[again], 0, self.measured.longest[again])
        self.begun = self.y
        for cell in self.measured.grid.cells:
            if cell.row < row < cell.bottom:
                again_too = sum(heights[head] for head in heads if head >= cell.row)
                self._make_room(cell, row, again_too)

    def _make_room(self, cell: Cell, row: int, above: float) -> None:
        """Let the rest of a merged cell be high enough for its text."""
        lines = len(self.measured.texts[cell.row, cell.column])
        rest = sum(self.measured.heights[row : cell.bottom])
        missing = paper.text_height(lines) - above - rest
        if missing > 0 and lines <= UNBROKEN_LINES:
            self.measured.heights[cell.bottom - 1] += missing


def pieces(measured: Measured, top: float = 0.0) -> list[list[Piece]]:
    """Return the rows of each page.

    Args:
        measured: the sheet.
        top: height of what stands above it on the first page.
    """
    depth = paper.paper_of(measured.grid).depth
    filling = _Filling(measured, depth, [[]], top, top)
    heads = heads_of_rows(measured.lines)
    for group in _groups(_kept(measured)):
        _put_group(filling, group, heads[group[0]])
    return filling.pages


def _kept(measured: Measured) -> list[bool]:
    """Tell which rows stay with the next: also those that a merged cell needs for its text."""
    kept = rows_kept(measured.lines)
    for cell in measured.grid.cells:
        lines = len(measured.texts[cell.row, cell.column])
        if cell.row_span > 1 and 1 < lines <= UNBROKEN_LINES:
            height = 0.0
            for row in range(cell.row, cell.bottom - 1):
                height += measured.heights[row]
                kept[row] |= height < paper.text_height(lines)
    return kept


def _groups(kept: list[bool]) -> list[list[int]]:
    groups: list[list[int]] = [[]]
    for row, bound in enumerate(kept):
        groups[-1].append(row)
        if not bound:
            groups.append([])
    return [group for group in groups if group]


def _put_group(filling: _Filling, group: list[int], heads: range) -> None:
    """Put rows that belong together on a page; break the last one if it is long."""
    heights = filling.measured.heights
    last = group[-1]
    bound = sum(heights[row] for row in group[:-1])
    whole = filling.y + bound + heights[last] <= filling.depth
    breaks = filling.measured.longest[last] > UNBROKEN_LINES
    room = filling.depth - filling.y - bound
    if (
        not whole
        and not (breaks and room > filling.depth * MOST_BLANK)
        and filling.y > filling.begun
    ):
        filling.turn(group[0], heads)
    for row in group[:-1]:
        filling.put(row, heights[row], 0, filling.measured.longest[row])
    _put_row(filling, last, heads)


def _put_row(filling: _Filling, row: int, heads: range) -> None:
    """Put a row on the page, and what does not fit on the next ones."""
    measured = filling.measured
    first, count = 0, measured.longest[row]
    height = measured.heights[row]
    while filling.y + height > filling.depth and count - first > 1:
        room = filling.depth - filling.y - 2 * paper.ABOVE
        fitting = min(max(1, floor(room / paper.LINE)), count - first - 1)
        filling.put(row, paper.text_height(fitting), first, first + fitting)
        first += fitting
        filling.turn(row, heads)
        height = max(paper.text_height(count - first), paper.LEAST_ROW)
    filling.put(row, height, first, count)


# -- cells on pages -----------------------------------------------------------------------------


def lay_out(measured: Measured, top: float = 0.0) -> list[list[Placed]]:
    """Return the cells of each page, from left to right and from top to bottom.

    Args:
        measured: the sheet.
        top: height of what stands above it on the first page.
    """
    shown: Shown = {}
    return [_page(measured, rows, shown) for rows in pieces(measured, top)]


def _page(measured: Measured, rows: list[Piece], shown: Shown) -> list[Placed]:
    """Return the cells on one page; `shown` counts the lines of merged cells printed so far."""
    by_row: dict[int, list[Piece]] = {}
    for piece in rows:
        by_row.setdefault(piece.row, []).append(piece)
    placed = []
    for cell in measured.grid.cells:
        parts = [piece for row in range(cell.row, cell.bottom) for piece in by_row.get(row, ())]
        if parts:
            y = min(piece.y for piece in parts)
            height = max(piece.y + piece.height for piece in parts) - y
            lines = _lines(measured, cell, parts, height, shown)
            placed.append(_placed(measured, cell, y, height, lines))
    return sorted(placed, key=lambda one: (one.y, one.x))


def _lines(
    measured: Measured, cell: Cell, parts: list[Piece], height: float, shown: Shown
) -> list[str]:
    """Return the lines of a cell that stand on this page."""
    lines = measured.texts[cell.row, cell.column]
    if cell.row_span > 1:
        return _lines_of_merged(cell, lines, parts[-1].row, height, shown)
    first, last = parts[0].first, parts[0].last
    whole = last - first >= measured.longest[cell.row]
    if whole or (len(lines) <= FEW_LINES and (first == 0 or cell.role is Role.LABEL)):
        return lines
    return lines[first:last] if len(lines) > FEW_LINES else []


def _lines_of_merged(
    cell: Cell, lines: list[str], last_row: int, height: float, shown: Shown
) -> list[str]:
    """Return the lines of a merged cell on this page: all on each, or the next ones of many."""
    place = (cell.row, cell.column)
    start = shown.get(place, 0)
    fits = paper.text_height(len(lines)) <= height + paper.ABOVE
    if start in {0, len(lines)} and (fits or start):
        shown[place] = len(lines)
        return lines if fits else []
    fitting = max(1, floor((height - 2 * paper.ABOVE) / paper.LINE))
    end = len(lines) if last_row == cell.bottom - 1 else min(start + fitting, len(lines))
    shown[place] = end
    return lines[start:end]


def _placed(measured: Measured, cell: Cell, y: float, height: float, lines: list[str]) -> Placed:
    left = sum(measured.widths[: cell.column])
    width = sum(measured.widths[cell.column : cell.right])
    several = len(measured.texts[cell.row, cell.column]) > 1
    usual = "left" if cell.role is Role.TEXT and several else "center"
    align = ALIGNED.get(cell.role, usual)
    return Placed(left, y, width, height, tuple(lines), align, cell.role)
