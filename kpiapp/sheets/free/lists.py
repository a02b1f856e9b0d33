"""Many projects in one table (部门预算项目绩效目标表): the rows of each as a sheet of its own."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kpiapp.sheets.free.freeform import begin
from kpiapp.sheets.free.heads import DEEPEST, find_heads
from kpiapp.sheets.free.meanings import meaning
from kpiapp.sheets.free.mending import mended
from kpiapp.sheets.free.rows import end_of_rows
from kpiapp.sheets.free.whole import PROJECT, is_name
from kpiapp.sheets.page import written
from kpiapp.sheets.parse_table import cell_with_text
from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.sheets.columns import Leaf
    from kpiapp.sheets.free.panels import Heads
    from kpiapp.sheets.grid import Cell, Grid
    from kpiapp.sheets.page import Line
    from kpiapp.sheets.reading import Reading

LEAST = 2
"""A list has so many projects; one project is a form."""


class Listed(NamedTuple):
    """A table with a column of project names.

    Attributes:
        top: the grid row below its heads.
        edges: the rows in which a project begins, and the row behind the last one.
        units: the columns left of the names; a project without a text in them goes on with the
            one above.
    """

    top: int
    edges: list[int]
    units: tuple[Leaf, ...]


def projects_on(grid: Grid) -> list[Grid]:
    """Return the sheet of each project where a table lists several, else nothing.

    Each has what stands above the table, its heads and the project's own rows, all at the places
    where they stand in the file; what stands below the table goes with the last one.
    """
    listed = _find(grid)
    if listed is None:
        return []
    last = listed.edges[-1]
    parts = [_cells(grid, listed, rows) for rows in pairwise(listed.edges)]
    parts[-1] += [cell for cell in grid.cells if cell.row >= last]
    return [grid.part(cells, number) for number, cells in enumerate(parts, 1)]


def _find(grid: Grid) -> Listed | None:
    """Return the table that lists projects, None if the sheet has none with several of them."""
    if next(_beginnings(grid.lines()), None) is None:
        return None
    reading = begin(mended(grid))
    lines = reading.page.lines
    for index in _beginnings(lines):
        heads = find_heads(reading, index)
        name = next((leaf for leaf in heads.whole if is_name(leaf)), None) if heads else None
        if heads and name:
            edges = _edges(reading, heads, name)
            units = tuple(leaf for leaf in heads.whole if leaf.left < name.left)
            return Listed(lines[heads.body][0].row, edges, units) if len(edges) > LEAST else None
    return None


def _beginnings(lines: list[Line]) -> Iterator[int]:
    """Yield the lines on which the heads of a list of projects could begin."""
    for index, line in enumerate(lines):
        if not any(PROJECT.fullmatch(canonical(cell.text)) for cell in written(line)):
            continue
        near = [cell for one in lines[index : index + DEEPEST] for cell in written(one)]
        if any(meaning(cell.text) == "level3" for cell in near):
            yield from range(max(0, index - DEEPEST + 1), index + 1)


def _edges(reading: Reading, heads: Heads, name: Leaf) -> list[int]:
    """Return the row in which each project with indicators begins, and the row behind the last."""
    lines = reading.page.lines[heads.body : end_of_rows(reading, heads)]
    leaves = [leaf for panel in heads.panels if (leaf := panel.leaf("level3"))]
    edges: list[int] = []
    rows = False
    above = ""
    for line in lines:
        cell = cell_with_text(line, name)
        if cell and cell.text != above:
            above = cell.text
            if rows or not edges:
                edges.append(line[0].row)
                rows = False
        rows |= any(cell_with_text(line, leaf) for leaf in leaves)
    return [*edges, lines[-1][0].row + 1] if edges else []


def _cells(grid: Grid, listed: Listed, rows: tuple[int, int]) -> list[Cell]:
    """Return the cells of one project, with the heads; merges end where its rows do."""
    top, bottom = rows
    above = [cell for cell in grid.cells if cell.row < listed.top]
    own = [cell for cell in grid.cells if top <= cell.row < bottom]
    units = [cell for leaf in listed.units for cell in _carried(grid, listed, leaf, top)]
    blank = {(cell.row, cell.column) for cell in units}
    own = [*units, *(cell for cell in own if (cell.row, cell.column) not in blank)]
    clipped = (cell._replace(row_span=min(cell.bottom, bottom) - cell.row) for cell in own)
    return [*above, *sorted(clipped)]


def _carried(grid: Grid, listed: Listed, leaf: Leaf, top: int) -> Iterator[Cell]:
    """Yield the unit that a project goes on with: printed above it, merged down or not."""
    inside = [c for c in grid.cells if leaf.left <= c.column < leaf.right and c.text.strip()]
    above = [cell for cell in inside if listed.top <= cell.row <= top]
    if above and above[-1].row < top:
        yield above[-1]._replace(row=top, row_span=max(1, above[-1].bottom - top))
