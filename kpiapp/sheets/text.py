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
    from collections.abc import Iterable

NAME = "剪贴板"
QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)')
PLAIN = re.compile(r"([^\t\n]*)")
MOST_ROWS, MOST_COLUMNS = 5_000, 200


def to_text(grid: Grid) -> str:
    """Return a grid as tab-separated text, one line a row."""
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = legal(cell.text)
    return "".join(line_of(row) + "\r\n" for row in rows)


def line_of(row: Iterable[str]) -> str:
    """Return a row of cells as one line, without a line end."""
    return "\t".join(map(_quoted, row))


def _quoted(text: str) -> str:
    if any(char in text for char in "\t\r\n") or text.startswith('"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def read_text(text: str) -> Grid:
    """Return the cells of tab-separated text, as far as any form reaches."""
    cells = [
        Cell(row, column, value)
        for row, line in enumerate(rows_of(legal(text))[:MOST_ROWS])
        for column, value in enumerate(line[:MOST_COLUMNS])
    ]
    return Grid(NAME, cells)


def rows_of(text: str) -> list[list[str]]:
    r"""Return the cells of tab-separated text by rows; a line end (`\n`) at its end is no row.

    A quote that is never closed is a plain character.

    >>> rows_of('a\tb\n"c\nd"\t"e\n')
    [['a', 'b'], ['c\nd', '"e']]
    """
    rows: list[list[str]] = [[]]
    place = 0
    end = len(text) - text.endswith("\n")
    while place <= end:
        found = QUOTED.match(text, place) or PLAIN.match(text, place)
        assert found
        rows[-1].append(found[1].replace('""', '"') if found.re is QUOTED else found[1])
        if text[found.end() : found.end() + 1] == "\n" and found.end() < end:
            rows.append([])
        place = found.end() + 1
    return rows
