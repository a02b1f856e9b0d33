"""A worksheet as the XML in its file: its cells, and the merges behind them."""

from __future__ import annotations

import re

LAST_ROW, LAST_COLUMN = 5_000, 100
"""A sheet is read this far; the longest published form has 185 rows."""
END_OF_CELLS = re.compile(rb"</(?:\w+:)?sheetData\s*>")
MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']")


def cells_alone(xml: bytes) -> bytes:
    """Return a worksheet that ends behind its cells.

    What follows (merges, lists to choose from, colours by condition) costs a third of the time of
    reading, and openpyxl refuses the whole sheet for one attribute there that it does not know.
    """
    end = _end_of_cells(xml)
    return xml[:end] + xml[xml.rfind(b"</") :] if end else xml


def merges(xml: bytes) -> dict[tuple[int, int], tuple[int, int]]:
    """Return row and column span by upper left corner, as far as the sheet is read."""
    found = {}
    for left, top, right, bottom in MERGE.findall(xml, _end_of_cells(xml)):
        row, column = int(top) - 1, _column(left)
        rows = min(int(bottom), LAST_ROW) - row
        columns = min(_column(right) + 1, LAST_COLUMN) - column
        if rows > 0 and columns > 0:
            found[row, column] = (rows, columns)
    return found


def covered(merged: dict[tuple[int, int], tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the places of a sheet that lie under a merged cell, without its corner."""
    return {
        (row + down, column + across)
        for (row, column), (rows, columns) in merged.items()
        for down in range(rows)
        for across in range(columns)
        if down or across
    }


def _end_of_cells(xml: bytes) -> int:
    """Return the place behind the cells; 0 where it is not found (none, UTF-16, or cut off)."""
    found = END_OF_CELLS.search(xml)
    return found.end() if found else 0


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
