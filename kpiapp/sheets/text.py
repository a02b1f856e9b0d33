"""Tab-separated text: what Excel and WPS put on the clipboard, and take from it.

A cell with a tab, a line end or a leading quote stands in double quotes, quotes inside doubled.
Merged cells fill their first place; the others are empty, as in Excel.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.sheets.grid import Cell, Grid
from kpiapp.sheets.legal import legal

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "剪贴板"
QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)')
PLAIN = re.compile(r"([^\t\n]*)")
MOST_ROWS, MOST_COLUMNS = 5_000, 200


def to_text(grid: Grid) -> str:
    """Return a grid as tab-separated text, one line a row."""
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = _quoted(legal(cell.text))
    return "".join("\t".join(row) + "\r\n" for row in rows)


def _quoted(text: str) -> str:
    if any(char in text for char in "\t\n") or text.startswith('"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def read_text(text: str) -> Grid:
    """Return the cells of tab-separated text, as far as any form reaches."""
    cells = [
        Cell(row, column, value)
        for row, column, value in _cells(legal(text))
        if row < MOST_ROWS and column < MOST_COLUMNS
    ]
    return Grid(NAME, cells)


def _cells(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and text of each cell."""
    row = column = place = 0
    end = len(text) - text.endswith("\n")
    while place <= end:
        found = QUOTED.match(text, place) or PLAIN.match(text, place)
        assert found
        yield row, column, found[1].replace('""', '"') if found.re is QUOTED else found[1]
        after = text[found.end() : found.end() + 1]
        row, column = (row, column + 1) if after == "\t" else (row + 1, 0)
        place = found.end() + 1
