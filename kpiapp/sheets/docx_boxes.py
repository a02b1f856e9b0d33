"""A Word table as boxes with edges: merged cells, tables inside cells, rows that were deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kpiapp.sheets.boxed import MOST_COLUMNS, MOST_ROWS, WIDTH, Box, edges_of
from kpiapp.sheets.docx_text import attribute, child, name_of, paragraph_text, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.sheets.docx_numbers import Numbering
    from kpiapp.sheets.docx_text import Element

WRAPPERS = frozenset("sdt sdtContent ins moveTo customXml smartTag".split())
DEEPEST = 6
"""Tables inside tables; deeper ones are read as text."""


class _Slot(NamedTuple):
    """A cell of a row: its columns in Word's own grid."""

    start: int
    end: int
    cell: Element


def frame_cell(table: Element) -> Element | None:
    """Return the only cell of a table that is but a frame around another one; None if it is not."""
    rows = list(_inside(table, "tr"))
    cells = list(_inside(rows[0], "tc")) if len(rows) == 1 else []
    framed = len(cells) == 1 and next(_inside(cells[0], "tbl"), None) is not None
    return cells[0] if framed else None


def lay_table(table: Element, numbers: Numbering) -> tuple[list[Box], int]:
    """Return the boxes of a table, and how many rows it has."""
    return _lay(table, numbers, (0.0, WIDTH), 0)


def _inside(element: Element, wanted: str) -> Iterator[Element]:
    """Yield the rows, cells or tables directly inside an element, through content controls."""
    for one in element:
        name = name_of(one)
        if name == wanted:
            yield one
        elif name in WRAPPERS:
            yield from _inside(one, wanted)


def _lay(
    table: Element, numbers: Numbering, room: tuple[float, float], depth: int
) -> tuple[list[Box], int]:
    rows = [_slots(row) for row in _inside(table, "tr") if not _deleted(row)][:MOST_ROWS]
    count = max((slot.end for slots in rows for slot in slots), default=0)
    grid = child(table, "tblGrid")
    widths = [_number(attribute(one, "w")) for one in (grid if grid is not None else ())]
    edges = edges_of(widths, count, *room)
    boxes: list[Box] = []
    open_above: dict[tuple[int, int], int] = {}
    top = 0
    for slots in rows:
        begun, height = _row(slots, edges, numbers, depth)
        passed: dict[tuple[int, int], int] = {}
        for slot in slots:
            place = (slot.start, slot.end)
            merge = child(slot.cell, "tcPr", "vMerge")
            if merge is not None and attribute(merge, "val") != "restart" and place in open_above:
                passed[place] = open_above[place]
                box = boxes[passed[place]]
                boxes[passed[place]] = box._replace(bottom=top + height)
                continue
            if merge is not None:
                passed[place] = len(boxes)
            boxes += [
                box._replace(row=box.row + top, bottom=box.bottom + top) for box in begun[slot]
            ]
        open_above = passed
        top += height
    return boxes, top


def _row(
    slots: list[_Slot], edges: list[float], numbers: Numbering, depth: int
) -> tuple[dict[_Slot, list[Box]], int]:
    """Return the boxes of each cell of a row, counted from its top, and the row's height.

    A row is one row high unless a cell holds a table: then the others pass all of its rows.
    """
    laid = {
        slot: _cell(slot.cell, numbers, (edges[slot.start], edges[slot.end]), depth)
        for slot in slots
    }
    height = max((rows for _, rows in laid.values()), default=1)
    return {slot: _stretched(boxes, rows, height) for slot, (boxes, rows) in laid.items()}, height


def _stretched(boxes: list[Box], rows: int, height: int) -> list[Box]:
    return [box._replace(bottom=height) if box.bottom == rows else box for box in boxes]


def _cell(
    cell: Element, numbers: Numbering, room: tuple[float, float], depth: int
) -> tuple[list[Box], int]:
    """Return a cell as one box, or as the rows of the tables and texts in it."""
    if depth >= DEEPEST or next(_inside(cell, "tbl"), None) is None:
        return [Box(0, 1, *room, _text(cell, numbers))], 1
    boxes: list[Box] = []
    top = 0
    for block in _blocks(cell):
        if name_of(block) == "tbl":
            inner, rows = _lay(block, numbers, room, depth + 1)
        else:
            text = numbers.label(block) + paragraph_text(block)
            inner, rows = ([Box(0, 1, *room, text)], 1) if text.strip() else ([], 0)
        boxes += [box._replace(row=box.row + top, bottom=box.bottom + top) for box in inner]
        top += rows
    return boxes, max(top, 1)


def _blocks(cell: Element) -> Iterator[Element]:
    for one in cell:
        name = name_of(one)
        if name in {"p", "tbl"}:
            yield one
        elif name in WRAPPERS:
            yield from _blocks(one)


def _text(cell: Element, numbers: Numbering) -> str:
    return "\n".join(numbers.label(one) + paragraph_text(one) for one in paragraphs(cell))


def _slots(row: Element) -> list[_Slot]:
    """Return the cells of a row with their columns; hMerge is how old files merge sideways."""
    slots: list[_Slot] = []
    column = _number(attribute(child(row, "trPr", "gridBefore"), "val"))
    for cell in _inside(row, "tc"):
        properties = child(cell, "tcPr")
        span = max(1, _number(attribute(child(properties, "gridSpan"), "val")) or 1)
        end = min(column + span, MOST_COLUMNS)
        sideways = child(properties, "hMerge")
        if slots and sideways is not None and attribute(sideways, "val") != "restart":
            slots[-1] = slots[-1]._replace(end=end)
        elif column < end:
            slots.append(_Slot(column, end, cell))
        column = end
    return slots


def _deleted(row: Element) -> bool:
    return child(row, "trPr", "del") is not None


def _number(text: str | None) -> int:
    try:
        return max(0, min(int(float(text or 0)), 1_000_000))
    except (ValueError, OverflowError):
        return 0
