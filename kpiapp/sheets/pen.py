"""Writing cells from top to bottom while a Grid is filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.sheets.grid import Cell, Role

if TYPE_CHECKING:
    from collections.abc import Iterable


class Pen:
    """Where the next row is printed.

    Attributes:
        cells: what was printed.
        heights: least heights of rows.
        columns: how many columns the sheet has.
        row: the next row.
        left: the first column that blocks may use.
    """

    def __init__(self, widths: tuple[float, ...]) -> None:
        """Begin an empty sheet with columns of these widths."""
        self.cells: list[Cell] = []
        self.heights: dict[int, float] = {}
        self.columns = len(widths)
        self.row = 0
        self.left = 0

    def put(  # noqa: PLR0913, PLR0917  the parts of a Cell, in its order
        self,
        row: int,
        column: int,
        text: str,
        role: Role,
        row_span: int = 1,
        column_span: int = 1,
    ) -> None:
        """Print one cell at a place."""
        self.cells.append(Cell(row, column, text, row_span, column_span, role))

    def line(self, cells: Iterable[tuple[str, int, Role]], *, least: float = 0) -> None:
        """Print the next row: (text, columns, role) from `left` on; `least` points high."""
        column = self.left
        for text, span, role in cells:
            self.cells.append(Cell(self.row, column, text, 1, span, role))
            column += span
        if least:
            self.heights[self.row] = least
        self.row += 1
