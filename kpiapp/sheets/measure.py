"""How much room a text needs: line breaks and row heights of a Grid.

LibreOffice does not grow rows when it opens a file, so writers set every height. Widths are in
half-width characters of the 10 point font; a Chinese character counts as two.
"""

from __future__ import annotations

from functools import cache, lru_cache, partial
from math import ceil
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from kpiapp.sheets.grid import Cell, Grid, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE = 14.5
PADDING = 5.0
TITLE_HEIGHT = 28.5
NOTE_LINE = 13.0
TALLEST = 145.0
"""A taller row is split into several merged ones: Excel allows 409 points, and a page breaks
between rows only, so that a tall row leaves half a page empty."""


def text_width(text: str) -> float:
    """Return the width of one line in half-width characters."""
    return sum(2.0 if east_asian_width(char) in "WFA" else 1.1 for char in text)


def room(widths: Iterable[float]) -> float:
    """Return how much text fits on one line of a cell over columns of these widths."""
    return max(2.0, 1.15 * sum(widths) - 0.5)


@lru_cache(maxsize=20_000)
def line_count(text: str, width: float) -> int:
    """Return how many lines a text takes where `width` half-width characters fit on one."""
    if "\n" not in text:
        return max(1, ceil(text_width(text) / width))
    return sum(max(1, ceil(text_width(line) / width)) for line in text.split("\n"))


def cell_height(cell: Cell, width: float) -> float:
    """Return the height in points that a cell's text needs in a `room` of some width."""
    if cell.role is Role.TITLE:
        return TITLE_HEIGHT
    if cell.role is Role.NOTE:
        return line_count(cell.text, width * 10 / 9) * NOTE_LINE + PADDING
    return line_count(cell.text, width) * LINE + PADDING


def fits_one_line(cell: Cell, widths: tuple[float, ...]) -> bool:
    """Return whether a cell's text stands on one line: such texts are printed centred."""
    return line_count(cell.text, _room_over(widths, cell.column, cell.right)) == 1


@lru_cache(maxsize=4096)
def _room_over(widths: tuple[float, ...], column: int, end: int) -> float:
    """Return the room of a cell over the columns before `end`; 10 wide where none is given."""
    return room(widths[column:end] or (10.0,) * (end - column))


def row_heights(grid: Grid) -> list[float]:
    """Return the height of each row in points, so that every text shows in full."""
    heights = [grid.heights.get(row, LINE + PADDING) for row in range(grid.rows)]
    room_over = cache(partial(_room_over, grid.widths))
    tall = []
    for cell in grid.cells:
        row, column, text, down, across, _ = cell
        if down > 1:
            tall.append(cell)
        elif text:
            needed = cell_height(cell, room_over(column, column + across))
            heights[row] = max(heights[row], needed)
    for cell in tall:
        needed = cell_height(cell, room_over(cell.column, cell.right))
        missing = needed - sum(heights[cell.row : cell.bottom])
        if missing > 0:
            heights[cell.bottom - 1] += missing
    return heights


def split_tall_rows(grid: Grid) -> tuple[Grid, list[float]]:
    """Return the same sheet with rows taller than `TALLEST` cut into merged ones, and heights.

    Cells of a tall row, and those that pass it from above, cover all its parts.
    """
    heights = row_heights(grid)
    parts = [ceil(height / TALLEST) for height in heights]
    if max(parts, default=1) == 1:
        return grid, heights
    first = [0]
    for count in parts:
        first.append(first[-1] + count)
    cells = [
        cell._replace(row=first[cell.row], row_span=first[cell.bottom] - first[cell.row])
        for cell in grid.cells
    ]
    split = Grid(
        grid.name,
        cells,
        grid.widths,
        {first[row]: height for row, height in grid.heights.items()},
        first[grid.repeat_rows],
        grid.marks,
    )
    return split, [h / n for h, n in zip(heights, parts, strict=True) for _ in range(n)]
