"""Tables of a document, whose rows may be cut differently, as one Grid of rows and columns.

Word and web tables say where a cell's edges lie; several tables under each other, or one inside
another, share few of them. Edges that lie close together are one; the columns run between them.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from kpiapp.sheets.grid import Cell, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 100.0
"""How wide every table is taken to be."""
NEAR = 0.7
"""Edges of different tables no farther apart are one."""
MOST_ROWS = 5_000
MOST_COLUMNS = 200


class Box(NamedTuple):
    """A cell before there are columns: rows from `row` to `bottom`, edges from 0 to `WIDTH`."""

    row: int
    bottom: int
    left: float
    right: float
    text: str
    role: Role = Role.VALUE


class Slot(NamedTuple):
    """A cell of a table by the table's own rows and columns, ends not included.

    `content` is what stands in it from top to bottom: texts and further tables.
    """

    row: int
    bottom: int
    start: int
    end: int
    content: tuple[str | Table, ...]


class Table(NamedTuple):
    """A table as its file has it; `widths` of the columns in any unit, 0 where unknown."""

    slots: list[Slot]
    rows: int
    widths: list[float]


def boxes_of(table: Table, room: tuple[float, float] = (0.0, WIDTH)) -> tuple[list[Box], int]:
    """Return the boxes of a table between two edges, and how many rows they take.

    A row is one row high unless a cell of it holds a table: then its other cells pass all rows.
    """
    count = max((slot.end for slot in table.slots), default=0)
    edges = edges_of(table.widths, count, *room)
    laid = [_content(slot.content, (edges[slot.start], edges[slot.end])) for slot in table.slots]
    heights = [1] * table.rows
    for slot, (_, rows) in zip(table.slots, laid, strict=True):
        above = sum(heights[slot.row : slot.bottom - 1])
        heights[slot.bottom - 1] = max(heights[slot.bottom - 1], rows - above)
    tops = [0, *accumulate(heights)]
    boxes = []
    for slot, (inner, rows) in zip(table.slots, laid, strict=True):
        top, bottom = tops[slot.row], tops[slot.bottom]
        for box in inner:
            end = bottom if box.bottom == rows else box.bottom + top
            boxes.append(box._replace(row=box.row + top, bottom=end))
    return boxes, tops[-1]


def _content(content: tuple[str | Table, ...], room: tuple[float, float]) -> tuple[list[Box], int]:
    """Return what stands in a cell as boxes under each other, and how many rows they take."""
    boxes: list[Box] = []
    top = 0
    for part in content or ("",):
        if isinstance(part, str):
            inner, rows = [Box(0, 1, *room, part)], 1
        else:
            inner, rows = boxes_of(part, room)
        boxes += [box._replace(row=box.row + top, bottom=box.bottom + top) for box in inner]
        top += rows
    return boxes, top


def edges_of(widths: Sequence[float], count: int, left: float, right: float) -> list[float]:
    """Return `count + 1` edges between `left` and `right`, as far apart as the widths say.

    Args:
        widths: stated widths of the columns in any unit; missing or senseless ones are guessed.
        count: how many columns there are.
        left: the first edge.
        right: the last edge.
    """
    known = [width for width in widths[:count] if width > 0]
    usual = sum(known) / len(known) if known else 1.0
    taken = [width if width > 0 else usual for width in widths[:count]]
    taken += [usual] * (count - len(taken))
    whole = sum(taken) or 1.0
    edges = [left]
    for width in taken:
        edges.append(edges[-1] + width / whole * (right - left))
    return edges


def to_cells(boxes: Iterable[Box], near: float) -> tuple[list[Cell], tuple[float, ...]]:
    """Return the cells, and the width of each column in half-width characters.

    Args:
        boxes: the cells with their edges.
        near: edges no farther apart than this become one.
    """
    boxes = list(boxes)
    columns: dict[float, int] = {}
    starts: list[float] = []
    for edge in sorted({edge for box in boxes for edge in (box.left, box.right)}):
        if not starts or edge - starts[-1] > near:
            starts.append(edge)
        columns[edge] = len(starts) - 1
    cells = []
    for box in boxes:
        column = columns[box.left]
        wide = max(1, columns[box.right] - column)
        cells.append(Cell(box.row, column, box.text, box.bottom - box.row, wide, box.role))
    widths = tuple(round(b - a, 2) for a, b in pairwise(starts))
    return cells, widths


def without_overlaps(cells: list[Cell]) -> list[Cell]:
    """Return the cells with those left out that stand where another one does.

    Edges that became one can push two cells together; a text is never lost: it joins the cell that
    stands there.
    """
    taken: dict[tuple[int, int], int] = {}
    kept: list[Cell] = []
    for cell in sorted(cells):
        places = [
            (row, column)
            for row in range(cell.row, cell.bottom)
            for column in range(cell.column, cell.right)
        ]
        other = next((taken[place] for place in places if place in taken), None)
        if other is None:
            taken |= dict.fromkeys(places, len(kept))
            kept.append(cell)
        elif cell.text:
            joined = "\n".join(text for text in (kept[other].text, cell.text) if text)
            kept[other] = kept[other]._replace(text=joined)
    return kept
