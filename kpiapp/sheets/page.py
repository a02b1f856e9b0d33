"""A Grid as a reader sees it: printed rows, the cell that covers a place, what was used so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpiapp.sheets.grid import Cell, Grid

Line = list["Cell"]
"""The cells that begin in one row, from left to right."""


class Page:
    """What `parse` walks over.

    Attributes:
        lines: rows in which a cell begins; the further parts of a tall merged row are none.
        right: the first column right of the table.
    """

    def __init__(self, grid: Grid) -> None:
        """Index the cells of a grid by every place they cover."""
        self.lines: list[Line] = [line for line in grid.lines() if line]
        self.right = max((cell.right for cell in grid.cells if cell.text), default=0)
        self._covering: dict[tuple[int, int], Cell] = {}
        for cell in grid.cells:
            if cell.row_span == cell.column_span == 1:
                self._covering[cell.row, cell.column] = cell
                continue
            for row in range(cell.row, cell.bottom):
                for column in range(cell.column, cell.right):
                    self._covering[row, column] = cell
        self._used: set[tuple[int, int]] = set()

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a place, or None."""
        return self._covering.get((row, column))

    def is_gap(self, row: int) -> bool:
        """Tell whether nothing stands in a row of the sheet."""
        return not any(
            cell.text.strip()
            for column in range(self.right)
            if (cell := self._covering.get((row, column)))
        )

    def use(self, *cells: Cell) -> None:
        """Remember that these cells were read."""
        self._used.update((cell.row, cell.column) for cell in cells)

    def is_used(self, cell: Cell) -> bool:
        """Tell whether a cell was read."""
        return (cell.row, cell.column) in self._used

    def unread(self) -> list[Cell]:
        """Return every cell with a text that was not used, from top to bottom."""
        return [
            cell
            for line in self.lines
            for cell in line
            if cell.text.strip() and (cell.row, cell.column) not in self._used
        ]


def written(line: Iterable[Cell]) -> list[Cell]:
    """Return the cells of a line that hold a text."""
    return [cell for cell in line if cell.text.strip()]


def reach(lines: list[Line], index: int, bottom: int) -> int:
    """Return the index of the first line at or below the row `bottom`."""
    while index < len(lines) and lines[index][0].row < bottom:
        index += 1
    return index
