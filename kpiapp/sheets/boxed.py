"""Tables of a document, whose rows may be cut differently, as one Grid of rows and columns.

Word and web tables say where a cell's edges lie; several tables under each other, or one inside
another, share few of them. Edges that lie close together are one; the columns run between them.
"""

from __future__ import annotations

from itertools import pairwise
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
