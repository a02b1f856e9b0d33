"""One printed sheet as cells with spans: knows nothing of files or of what a cell means.

Every reader makes Grids and every writer takes one. Rows and columns count from 0; `Cell.name`
gives the place as a person reads it in the file (`B3`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from kpiapp.sheets.legal import legal


class Role(StrEnum):
    """What a cell is on the paper; each writer decides how that looks."""

    TITLE = "title"
    """The sheet's title, without border."""
    CAPTION = "caption"
    """The date above the table, at the left, without border."""
    UNIT = "unit"
    """The amount unit above the table, at the right, without border."""
    LABEL = "label"
    """The name of a field, or of an inner table at its left."""
    HEADING = "heading"
    """The name of an inner table, over the whole width."""
    HEAD = "head"
    """The head of a column."""
    VALUE = "value"
    """A short text of a table, centred."""
    TEXT = "text"
    """A text of any length, from the left."""
    NOTE = "note"
    """A remark under the table, without border."""
    PROSE = "prose"
    """A paragraph of running text on a page without a table."""


class Cell(NamedTuple):
    """One cell: its upper left corner, its text and how many rows and columns it covers."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    role: Role = Role.VALUE

    @property
    def name(self) -> str:
        """The place in the file's own words, such as `B3`."""
        return column_name(self.column) + str(self.row + 1)

    @property
    def bottom(self) -> int:
        """The first row below the cell."""
        return self.row + self.row_span

    @property
    def right(self) -> int:
        """The first column to the right of the cell."""
        return self.column + self.column_span


@dataclass(slots=True)
class Grid:
    """One printed sheet.

    Attributes:
        name: the name of the sheet in its file.
        cells: every cell once, at its upper left corner; blank ones with a border included.
        widths: width of each column in half-width characters; empty if unknown.
        heights: least height of a row in points, where it is more than its text needs.
        repeat_rows: this many rows at the top are printed again on each page.
        marks: what a workbook says of the sheet besides its cells (template, version, form id).
        hidden: the sheet is not shown when its file is opened.
        numbers: places of cells that hold a number, a date or a formula rather than a text.
        notes: what a person must know of the file besides its cells, a sentence each.
    """

    name: str
    cells: list[Cell] = field(default_factory=list)
    widths: tuple[float, ...] = ()
    heights: dict[int, float] = field(default_factory=dict)
    repeat_rows: int = 0
    marks: dict[str, str] = field(default_factory=dict)
    hidden: bool = False
    numbers: dict[tuple[int, int], str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows the cells cover."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def columns(self) -> int:
        """How many columns the cells cover, or the widths name."""
        used = max((cell.column + cell.column_span for cell in self.cells), default=0)
        return max(used, len(self.widths))

    @property
    def title(self) -> str:
        """What the sheet is called in a list: its printed title in one line, else its name."""
        titles = (one.text for one in sorted(self.cells) if one.role is Role.TITLE and one.text)
        return legal(next(titles, self.name)).replace("\n", " ")

    def part(self, cells: list[Cell], number: int) -> Grid:
        """Return some cells of the sheet as a sheet, at the places where they stand in it.

        Args:
            cells: the cells.
            number: which part it is, from 1 on; it gets a name of its own.
        """
        rows = {cell.row for cell in cells}
        return Grid(
            f"{self.name}（第{number}张）",
            cells,
            self.widths,
            {row: height for row, height in self.heights.items() if row in rows},
            hidden=self.hidden,
            numbers={place: text for place, text in self.numbers.items() if place[0] in rows},
        )

    def lines(self) -> list[list[Cell]]:
        """Return the cells that begin in each row, from left to right; rows without any too."""
        lines: list[list[Cell]] = [[] for _ in range(self.rows)]
        for cell in sorted(self.cells):
            lines[cell.row].append(cell)
        return lines


@cache
def column_name(column: int) -> str:
    """Return the letters of a column that counts from 0.

    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
