"""A Word table as a Table of slots: merged cells, tables inside cells, rows that were deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.sheets.boxed import MOST_COLUMNS, MOST_ROWS, Slot, Table
from kpiapp.sheets.docx.text import attribute, child, name_of, paragraph_text, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.sheets.docx.numbers import Numbering
    from kpiapp.sheets.docx.text import Element

WRAPPERS = frozenset("sdt sdtContent ins moveTo customXml smartTag".split())
DEEPEST = 6
"""Tables inside tables; deeper ones are read as text."""


def frame_cell(table: Element) -> Element | None:
    """Return the only cell of a table that is but a frame around another one; None if it is not."""
    rows = list(_inside(table, "tr"))
    cells = list(_inside(rows[0], "tc")) if len(rows) == 1 else []
    framed = len(cells) == 1 and next(_inside(cells[0], "tbl"), None) is not None
    return cells[0] if framed else None


def read_table(table: Element, numbers: Numbering, depth: int = 0) -> Table:
    """Return a table; `numbers` counts the automatic numbers in it."""
    grid = child(table, "tblGrid")
    widths = [float(_number(attribute(one, "w"))) for one in (grid if grid is not None else ())]
    rows = [row for row in _inside(table, "tr") if child(row, "trPr", "del") is None][:MOST_ROWS]
    slots: list[Slot] = []
    above: dict[tuple[int, int], int] = {}
    for number, row in enumerate(rows):
        passed: dict[tuple[int, int], int] = {}
        for start, end, cell in _cells(row):
            merge = child(cell, "tcPr", "vMerge")
            place = (start, end)
            if merge is not None and attribute(merge, "val") != "restart" and place in above:
                passed[place] = above[place]
                slots[above[place]] = slots[above[place]]._replace(bottom=number + 1)
                continue
            if merge is not None:
                passed[place] = len(slots)
            slots.append(Slot(number, number + 1, start, end, _content(cell, numbers, depth)))
        above = passed
    return Table(slots, len(rows), widths)


def _inside(element: Element, wanted: str) -> Iterator[Element]:
    """Yield the rows, cells or tables directly inside an element, through content controls."""
    for one in element:
        name = name_of(one)
        if name == wanted:
            yield one
        elif name in WRAPPERS:
            yield from _inside(one, wanted)


def _cells(row: Element) -> list[tuple[int, int, Element]]:
    """Return the cells of a row with their columns; hMerge is how old files merge sideways."""
    cells: list[tuple[int, int, Element]] = []
    column = _number(attribute(child(row, "trPr", "gridBefore"), "val"))
    for cell in _inside(row, "tc"):
        properties = child(cell, "tcPr")
        span = _number(attribute(child(properties, "gridSpan"), "val")) or 1
        end = min(column + span, MOST_COLUMNS)
        sideways = child(properties, "hMerge")
        if cells and sideways is not None and attribute(sideways, "val") != "restart":
            cells[-1] = (cells[-1][0], end, cells[-1][2])
        elif column < end:
            cells.append((column, end, cell))
        column = end
    return cells


def _content(cell: Element, numbers: Numbering, depth: int) -> tuple[str | Table, ...]:
    """Return a cell's text, or the texts and tables in it from top to bottom."""
    if depth >= DEEPEST or next(_inside(cell, "tbl"), None) is None:
        return ("\n".join(numbers.label(one) + paragraph_text(one) for one in paragraphs(cell)),)
    content: list[str | Table] = []
    for block in _blocks(cell):
        if name_of(block) == "tbl":
            content.append(read_table(block, numbers, depth + 1))
        elif text := (numbers.label(block) + paragraph_text(block)).strip():
            content.append(text)
    return tuple(content)


def _blocks(cell: Element) -> Iterator[Element]:
    for one in cell:
        name = name_of(one)
        if name in {"p", "tbl"}:
            yield one
        elif name in WRAPPERS:
            yield from _blocks(one)


def _number(text: str | None) -> int:
    try:
        return max(0, min(int(float(text or 0)), 1_000_000))
    except (ValueError, OverflowError):
        return 0
