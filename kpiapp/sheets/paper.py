"""The sheet of paper: A4, margins, upright or turned, and how wide each column is on it.

Lengths are in points (1/72 inch). Word documents and PDF share these, so that they break alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kpiapp.sheets.grid import Cell, Grid

A4 = (595.28, 841.89)
SIDE = 51.0
"""Margin at the left and right: 18 mm."""
TOP = 56.7
"""Margin at the top and the bottom: 20 mm."""
WIDEST_UPRIGHT = 135
"""Half-width characters of all columns; a wider sheet is printed on turned paper."""
BODY = 9.0
TITLE = 16.0
CAPTION = 10.5
LINE = 12.5
"""From one line of body text to the next."""
PROSE = 12.0
PROSE_LINE = 24.0
HEADING = 12.0
HEADING_LINE = 20.0
TITLE_LINE = 24.0
CAPTION_LINE = 15.0
PADDING = 2.0
"""Between a cell's border and its text."""
ABOVE = 1.5
"""Between a cell's text and the borders above and below it."""
LEAST_ROW = 18.0
DEFAULT_WIDTH = 12.0


class Paper(NamedTuple):
    """A page: its size, and the room inside its margins."""

    width: float
    height: float

    @property
    def room(self) -> float:
        """Width between the margins."""
        return self.width - 2 * SIDE

    @property
    def depth(self) -> float:
        """Height between the margins."""
        return self.height - 2 * TOP

    @property
    def turned(self) -> bool:
        """Whether the long side lies below."""
        return self.width > self.height


UPRIGHT = Paper(*A4)
TURNED = Paper(*reversed(A4))


def paper_of(grid: Grid) -> Paper:
    """Return upright A4, or turned A4 for a sheet with wide or many columns."""
    return UPRIGHT if sum(_units(grid)) <= WIDEST_UPRIGHT else TURNED


def column_widths(grid: Grid) -> list[float]:
    """Return the width of each column in points; together they fill the paper."""
    units = _units(grid)
    whole = sum(units) or 1.0
    return [unit * paper_of(grid).room / whole for unit in units]


def text_height(lines: int) -> float:
    """Return the height of a row whose longest cell has so many lines."""
    return lines * LINE + 2 * ABOVE


def _units(grid: Grid) -> list[float]:
    missing = grid.columns - len(grid.widths)
    return [max(width, 1.0) for width in grid.widths] + [DEFAULT_WIDTH] * missing


def cell_width(cell: Cell, widths: list[float]) -> float:
    """Return the room for text in a cell over columns of these widths."""
    return max(sum(widths[cell.column : cell.right]) - 2 * PADDING, BODY)
