"""A Grid as a reader sees it: printed rows, the cell that covers a place, what was used so far."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpiapp.sheets.grid import Cell, Grid

Line = list["Cell"]
"""The cells that begin in one row, from left to right."""
PAGE_MARK = re.compile(r"\(?(续上?[表页]|[接转][上下][表页]|第\d+页([,/]?共\d+页)?)\)?|-\d+-")
"""Printed where a page ends in the middle of a table; says nothing of the form."""
UNIT_LINE = re.compile(r"\(?(金额|计量)?单位:[万千亿]?元\)?")
TOP = 8
"""An amount unit below so many lines is printed again on another page, in the middle of a table."""


class Page:
    """What `parse` walks over.

    Attributes:
        lines: rows in which a cell begins; the further parts of a tall merged row are none, nor is
            what is printed where a page ends.
        right: the first column right of the table.
    """

    def __init__(self, grid: Grid) -> None:
        """Index the cells of a grid by every place they cover."""
        self.lines: list[Line] = [line for line in grid.lines() if line]
        self._aside: list[Line] = []
        if not grid.marks:
            self.lines = [line for line in self.lines if not _is_alone(line, PAGE_MARK)]
            self._aside = [one for one in self.lines[TOP:] if _is_alone(one, UNIT_LINE)]
            self.lines = [line for line in self.lines if line not in self._aside]
        self.right = max((cell.right for cell in grid.cells if cell.text), default=0)
        self._covering: dict[tuple[int, int], Cell] = {}
        for cell in grid.cells:
            top, left, _, down, across, _ = cell
            if down == across == 1:
                self._covering[top, left] = cell
                continue
            for row in range(top, top + down):
                for column in range(left, left + across):
                    self._covering[row, column] = cell
        self._used: dict[tuple[int, int], str] = {}

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a place, or None."""
        return self._covering.get((row, column))

    def is_gap(self, row: int) -> bool:
        """Say whether nothing stands in a row of the sheet."""
        return not any(
            cell.text.strip()
            for column in range(self.right)
            if (cell := self._covering.get((row, column)))
        )

    def use(self, *cells: Cell, rest: str = "") -> None:
        """Remember that these cells were read, all but the `rest` of their text."""
        for cell in cells:
            self._used[cell.row, cell.column] = rest

    def is_used(self, cell: Cell) -> bool:
        """Say whether a cell was read."""
        return (cell.row, cell.column) in self._used

    def unread(self) -> list[Cell]:
        """Return every cell with a text that was not used, or what of it, from top to bottom."""
        return [
            cell._replace(text=text)
            for line in sorted([*self.lines, *self._aside])
            for cell in line
            if (text := self._used.get((cell.row, cell.column), cell.text).strip())
        ]


def _is_alone(line: Line, pattern: re.Pattern[str]) -> bool:
    """Say whether the only text of a line is of a kind."""
    texts = [cell.text for cell in written(line)]
    return len(texts) == 1 and bool(pattern.fullmatch(canonical(texts[0])))


def written(line: Iterable[Cell]) -> list[Cell]:
    """Return the cells of a line that hold a text."""
    return [cell for cell in line if cell.text.strip()]


def reach(lines: list[Line], index: int, bottom: int) -> int:
    """Return the index of the first line at or below the row `bottom`."""
    while index < len(lines) and lines[index][0].row < bottom:
        index += 1
    return index
