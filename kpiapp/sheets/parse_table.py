"""Reading inner tables: heads by place, rows below them, goals out of overviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Row, Table
from kpiapp.sheets.columns import Leaf
from kpiapp.sheets.heads import path_parts, until_of
from kpiapp.sheets.layouts.blocks import with_year
from kpiapp.sheets.overview import read_column
from kpiapp.sheets.page import Line, reach, written
from kpiapp.sheets.words import Tidy, canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.layouts.blocks import Column, TableBlock
    from kpiapp.sheets.reading import Reading, Start


def parse_table(reading: Reading, start: Start, block: TableBlock) -> int:
    """Read an inner table; return the line behind it."""
    lines = reading.page.lines
    template = block.key or block.name
    label = template if block.bare else reading.text(start.label, Tidy.NAME)
    beside = not block.bare and (
        not block.heads
        or len([c for c in written(lines[start.index]) if c.column >= start.label.column]) > 1
    )
    top = start.index if beside or block.bare else start.index + 1
    end = reading.end_of(top if top > start.index else top + 1, start.label if beside else None)
    left = start.label.right if beside else start.label.column
    if not block.heads:
        return _parse_amounts(reading, block, label, (top, end, left))
    leaves, body = read_heads(reading, top, end, left, _depth(block.columns))
    leaves = _without_blank(leaves, lines[body:end])
    leaves = _split_blank_heads(reading, leaves, block.columns, body, end)
    merged = {n for n, column in enumerate(block.columns) if column.merge}
    rows = [_row(reading, line, leaves, merged) for line in lines[body:end]]
    rows = _real_rows(reading, lines[body:end], rows)
    table = Table([leaf.path for leaf in leaves], [Row(cells) for cells in rows])
    _carry_down(reading, table, merged)
    key = with_year(template, _year_of(reading, label)) if block.label else label
    reading.form.tables[key] = table
    _learn(reading, block, label, table)
    _goals(reading, block, table)
    return end


def _parse_amounts(
    reading: Reading, block: TableBlock, label: str, place: tuple[int, int, int]
) -> int:
    """Read a table that prints no heads: its columns are those of its widest row."""
    top, end, left = place
    lines = reading.page.lines[top:end]
    widest = max(([c for c in line if c.column >= left] for line in lines), key=len, default=[])
    edges = [*(cell.column for cell in widest), reading.page.right]
    names = [with_year(column.head, _year_of(reading, label)) for column in block.columns]
    leaves = [Leaf(*one) for one in zip(names, edges, edges[1:], strict=False)]
    rows = [_row(reading, line, leaves, set()) for line in lines]
    rows = [row + [""] * (len(names) - len(row)) for row in _real_rows(reading, lines, rows)]
    table = reading.form.tables[label] = Table(names, [Row(cells) for cells in rows])
    _goals(reading, block, table)
    return end


def read_heads(
    reading: Reading, top: int, end: int, left: int, depth: int
) -> tuple[list[Leaf], int]:
    """Return the columns that the heads from line `top` on show, and the line below the heads.

    Args:
        reading: the sheet.
        top: the first line of heads.
        end: the line behind the table.
        left: the first grid column of the table.
        depth: rows of heads in the layout, believed where no head is merged down.
    """
    lines = reading.page.lines
    if top >= end:
        return [], top
    first = [cell for cell in lines[top] if cell.column >= left]
    merged = max((cell.row_span for cell in first), default=1)
    row = lines[top][0].row
    below = reach(lines, top, row + merged) if merged > 1 else min(top + depth, end)
    rows = [line[0].row for line in lines[top:below]]
    leaves: list[Leaf] = []
    column = left
    while column < reading.page.right:
        bottom = reading.page.at(rows[-1], column)
        path = _path(reading, rows, column)
        right = max(_right(reading, rows, column), column + 1)
        if path or bottom:
            leaves.append(Leaf(path, column, right))
        column = right
    while leaves and not leaves[-1].path:
        leaves.pop()
    return leaves, below


def _right(reading: Reading, rows: Sequence[int], column: int) -> int:
    """Return where the lowest head over a column ends; a blank below it is part of it.

    Where several heads stand below one, it ends where the first of them begins.
    """
    place = len(rows) - 1
    cell = bottom = reading.page.at(rows[place], column)
    while place and not (cell and cell.text.strip()):
        place -= 1
        cell = reading.page.at(rows[place], column)
    if bottom is None or cell is None or not cell.text.strip() or reading.own:
        return bottom.right if bottom else column + 1
    for other in range(column + 1, cell.right):
        lower = (reading.page.at(row, other) for row in rows[place + 1 :])
        if any(one and one.text.strip() for one in lower):
            return other
    return cell.right


def _path(reading: Reading, rows: Sequence[int], column: int) -> str:
    """Return the heads over a column, from top to bottom, each once, repeated or not."""
    cells: list[Cell] = []
    for row in rows:
        cell = reading.page.at(row, column)
        if cells and cell and canonical(cells[-1].text) == canonical(cell.text):
            reading.page.use(cell)
        elif cell and cell.text.strip() and cell not in cells:
            cells.append(cell)
    return "/".join(reading.text(cell, Tidy.NAME) for cell in cells)


def _depth(columns: Sequence[Column]) -> int:
    return max((len(path_parts(column.head)) for column in columns), default=1)


def _split_blank_heads(
    reading: Reading, leaves: list[Leaf], columns: Sequence[Column], body: int, end: int
) -> list[Leaf]:
    """Split heads printed over two columns of the table (总体资金情况) where its rows do."""
    result: list[Leaf] = []
    for leaf in leaves:
        result.append(leaf)
        following = len(result)
        if following < len(columns) and not columns[following].head:
            starts = _starts(reading.page.lines[body:end], leaf)
            middle = min(starts, default=min(leaf.left + 1, leaf.right))
            result[-1:] = [leaf._replace(right=middle), Leaf("", middle, leaf.right)]
    return result


def _without_blank(leaves: Sequence[Leaf], lines: list[Line]) -> list[Leaf]:
    """Leave out a blank column that somebody put in below one head: 金额 over 2024年 | 2025年."""
    paths = [leaf.path for leaf in leaves]
    kept: list[Leaf] = []
    for n, leaf in enumerate(leaves):
        beside = any(path.startswith(f"{leaf.path}/") for path in paths[max(0, n - 1) : n + 2])
        if leaf.path and beside and not any(cell_with_text(line, leaf) for line in lines):
            continue
        kept.append(leaf)
    return kept


def _starts(lines: list[Line], leaf: Leaf) -> set[int]:
    """Return the columns inside a head where cells of the rows begin; those with a text first."""
    inside = [c for line in lines for c in line if leaf.left < c.column < leaf.right]
    return {cell.column for cell in written(inside)} or {cell.column for cell in inside}


def _row(reading: Reading, line: Line, leaves: Sequence[Leaf], merged: set[int]) -> list[str]:
    """Return the texts of one row, a cell merged down in each row it covers."""
    return [
        cell_text(reading, line, leaf, Tidy.NAME if n in merged else Tidy.PROSE)
        for n, leaf in enumerate(leaves)
    ]


def cell_text(reading: Reading, line: Line, leaf: Leaf, tidy: Tidy) -> str:
    """Return the text that a row shows below a head."""
    cell = cell_below(reading, line, leaf)
    return reading.text(cell, tidy) if cell else ""


def cell_with_text(line: Line, leaf: Leaf) -> Cell | None:
    """Return the cell with a text that begins in a row below a head, or None."""
    return next((cell for cell in written(line) if leaf.left <= cell.column < leaf.right), None)


def cell_below(reading: Reading, line: Line, leaf: Leaf) -> Cell | None:
    """Return the cell that a row shows below a head: one with a text if there are several."""
    empty = None
    for cell in line:
        if leaf.left <= cell.column < leaf.right:
            if cell.text.strip():
                return cell
            empty = empty or cell
    if empty:
        return empty
    above = reading.page.at(line[0].row, leaf.left)
    return above if above and above.column >= leaf.left else None


def _real_rows(reading: Reading, lines: list[Line], rows: list[list[str]]) -> list[list[str]]:
    """Leave out empty rows; our own sheet prints one for a table without any."""
    if reading.own:
        return [] if len(rows) == 1 and not any(rows[0]) else rows
    return [row for line, row in zip(lines, rows, strict=True) if written(line) and any(row)]


def _carry_down(reading: Reading, table: Table, merged: set[int]) -> None:
    """Fill blanks below a group's name where a person undid the merge."""
    if reading.own:
        return
    for above, row in zip(table.rows, table.rows[1:], strict=False):
        for column in merged:
            if not row.cells[column] and any(row.cells):
                row.cells[column] = above.cells[column]


def _year_of(reading: Reading, _label: str) -> int:
    return reading.form.year or reading.layout.first_year


def _learn(reading: Reading, block: TableBlock, label: str, table: Table) -> None:
    """Note the budget year that label, heads and rows speak for."""
    reading.learn_year(label, block.key)
    for printed, column in zip(table.columns, block.columns, strict=False):
        if canonical(printed) == canonical(with_year(column.head, 2050)):
            reading.learn_year(printed, column.head)
    for row, template in zip(table.rows, block.rows, strict=False):
        reading.learn_year(row.cells[0], template[0])


def _goals(reading: Reading, block: TableBlock, table: Table) -> None:
    """Read goals out of an overview, and until when the long-term ones run."""
    rows = [row.cells for row in table.rows]
    for carried in block.carries:
        for number, text in read_column(rows, carried):
            goal = reading.goal(carried.horizon, number)
            goal.text = text if reading.own else text.strip()
            goal.label = carried.label.replace("{number}", str(number))
    until = until_of([head for head in table.columns if "长期" in head])
    if until:
        reading.until = until
