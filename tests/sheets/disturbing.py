"""What people do to a sheet before they send it, one function each: Grid in, Grid out.

The sheet says the same afterwards. `head_cells` and `table_rows` find the indicator tables of any
layout, as `fill` prints them.
"""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING

from kpiapp.sheets.grid import Cell, Grid, Role
from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FULL_WIDTH = {ord(char): chr(ord(char) + 0xFEE0) for char in "0123456789%"}
PRINTED = {Role.LABEL, Role.HEAD, Role.HEADING}
GROUPS = "产出指标 效益指标 满意度指标 数量指标 质量指标 时效指标 社会效益指标 成本指标".split()


def changed(grid: Grid, change: Callable[[Cell], Cell]) -> Grid:
    return Grid(grid.name, [change(cell) for cell in grid.cells], grid.widths)


def retold(grid: Grid, say: Callable[[str], str], roles: set[Role]) -> Grid:
    return changed(grid, lambda c: c._replace(text=say(c.text)) if c.role in roles else c)


# -- texts ----------------------------------------------------------------------------------------


def blanks_in_labels(grid: Grid) -> Grid:
    return retold(grid, " ".join, PRINTED)


def line_ends_in_labels(grid: Grid) -> Grid:
    return retold(grid, lambda text: text[:2] + "\n" + text[2:], PRINTED)


def full_width(grid: Grid) -> Grid:
    def say(text: str) -> str:
        return text.translate(FULL_WIDTH).replace("≥", "＞＝").replace("≤", "<=")

    rows = {row for rows in table_rows(grid) for row in rows}
    return changed(
        grid,
        lambda c: c._replace(text=say(c.text)) if c.row in rows and c.role is Role.VALUE else c,
    )


def boxes_before_names(grid: Grid) -> Grid:
    def say(cell: Cell) -> Cell:
        if not set(cell.text) & set("☑□"):
            return cell
        options = [one.strip() for one in cell.text.split("  ")]
        turned = [("☑" if "☑" in x else "□") + x.replace("☑", "").replace("□", "") for x in options]
        return cell._replace(text="  ".join(turned))

    return changed(grid, say)


def ticks_in_brackets(grid: Grid) -> Grid:
    return retold(grid, lambda text: text.replace("☑", "（√）").replace("□", "（ ）"), {*Role})


def numbered_names(before: str, behind: str = "") -> Callable[[Grid], Grid]:
    """Names of indicators with a number before them, or points behind."""

    def number(grid: Grid) -> Grid:
        names = {c for column in name_columns(grid) for c in column}
        count = iter(range(1, 1000))
        return changed(
            grid,
            lambda c: (
                c._replace(text=f"{before.replace('N', str(next(count) % 20 + 1))}{c.text}{behind}")
                if c in names
                else c
            ),
        )

    return number


def points_of_groups(grid: Grid) -> Grid:
    return changed(grid, lambda c: c._replace(text=f"{c.text}（20分）") if c.text in GROUPS else c)


# -- merges ---------------------------------------------------------------------------------------


def unmerged(*, down: bool, across: bool, repeated: bool) -> Callable[[Grid], Grid]:
    """Merges undone: the text only in the first cell, or in each cell."""

    def undo(grid: Grid) -> Grid:
        return Grid(
            grid.name,
            [part for cell in grid.cells for part in parts(cell)],
            grid.widths,
        )

    def parts(cell: Cell) -> Iterator[Cell]:
        rows = cell.row_span if down else 1
        columns = cell.column_span if across else 1
        size = (cell.row_span // rows, cell.column_span // columns)
        for n in range(rows * columns):
            place = (cell.row + n // columns, cell.column + n % columns)
            text = cell.text if repeated or not n else ""
            yield Cell(*place, text, *size, cell.role)

    return undo


# -- rows and columns -----------------------------------------------------------------------------


def with_row(grid: Grid, row: int, size: int = 1) -> Grid:
    def move(cell: Cell) -> Cell:
        if cell.row >= row:
            return cell._replace(row=cell.row + size)
        return cell._replace(row_span=cell.row_span + size) if cell.bottom > row else cell

    return changed(grid, move)


def with_column(grid: Grid, column: int) -> Grid:
    def move(cell: Cell) -> Cell:
        if cell.column >= column:
            return cell._replace(column=cell.column + 1)
        wider = cell._replace(column_span=cell.column_span + 1)
        return wider if cell.right > column else cell

    return changed(grid, move)


def empty_rows(grid: Grid) -> Grid:
    for row in sorted(random.Random(1).sample(range(1, grid.rows), 6), reverse=True):
        grid = with_row(grid, row)
    return grid


def empty_columns(grid: Grid) -> Grid:
    for column in sorted(random.Random(2).sample(range(grid.columns), 2), reverse=True):
        grid = with_column(grid, column)
    return grid


def column_of_numbers(grid: Grid) -> Grid:
    tables = table_rows(grid)
    heads = head_cells(grid)
    column = min(head.column for head in heads)
    grid = with_column(grid, column)
    taken = {(row, x.column) for x in grid.cells for row in range(x.row, x.bottom)}
    for head, rows in zip(heads, tables, strict=True):
        if (head.row, column) not in taken:
            grid.cells.append(Cell(head.row, column, "序号", head.row_span))
            grid.cells += [Cell(row, column, str(n)) for n, row in enumerate(rows, 1)]
    return grid


def column_of_remarks(grid: Grid) -> Grid:
    column = grid.columns
    for head, rows in zip(head_cells(grid), table_rows(grid), strict=True):
        grid.cells.append(Cell(head.row, column, "审核备注", head.row_span))
        grid.cells += [Cell(row, column, "已核") for row in rows]
    return grid


def heads_printed_again(grid: Grid) -> Grid:
    """The heads of each table once more, above its last row, as after a page break."""
    for head, rows in reversed([*zip(head_cells(grid), table_rows(grid), strict=True)]):
        if len(rows) < 2:
            continue
        row, size = rows[-1], head.row_span
        heads = [c for c in grid.cells if head.row <= c.row and c.bottom <= head.bottom]
        heads = [c for c in heads if c.column >= head.column]
        parts: list[Cell] = []
        for cell in with_row(grid, row, size).cells:
            over = cell.row < row < cell.bottom and cell.column >= head.column
            parts.append(cell._replace(row_span=row - cell.row) if over else cell)
            if over:
                rest = cell.bottom - row - size
                parts.append(cell._replace(row=row + size, row_span=rest))
        parts += [c._replace(row=c.row - head.row + row) for c in heads]
        grid = Grid(grid.name, sorted(parts), grid.widths)
    return grid


def page_marks(grid: Grid) -> Grid:
    """What is printed where a page ends, in the middle of each table."""
    for rows in reversed(table_rows(grid)):
        row = rows[len(rows) // 2] if rows else grid.rows
        tall = [c for c in grid.cells if c.row < row < c.bottom]
        if rows and not tall:
            grid = with_row(with_row(grid, row), row)
            grid.cells += [Cell(row, 0, "（续上表）"), Cell(row + 1, 0, "单位：万元")]
    return grid


def heads_in_order(order: Callable[[int], Sequence[int]]) -> Callable[[Grid], Grid]:
    """The columns of each table, by their top heads, in another order."""

    def reorder(grid: Grid) -> Grid:
        cells = list(grid.cells)
        for head, rows in zip(head_cells(grid), table_rows(grid), strict=True):
            end = rows[-1] + 1 if rows else head.bottom
            inside = [c for c in cells if head.row <= c.row < end and c.column >= head.column]
            tops = sorted(c for c in inside if c.row == head.row)
            column = head.column
            for top in (tops[n] for n in order(len(tops))):
                for c in (c for c in inside if top.column <= c.column < top.right):
                    cells[cells.index(c)] = c._replace(column=-1 - column - c.column + top.column)
                column += top.column_span
            cells = [c._replace(column=-1 - c.column) if c.column < 0 else c for c in cells]
        return Grid(grid.name, sorted(cells), ())

    return reorder


def title_lines_and_signatures(grid: Grid) -> Grid:
    grid = changed(grid, lambda c: c._replace(row=c.row + 2))
    bottom = grid.rows + 1
    grid.cells += [
        Cell(0, 0, "附件2"),
        Cell(bottom, 0, "填表人：某某"),
        Cell(bottom, 3, "负责人："),
    ]
    return grid


# -- where the tables are -------------------------------------------------------------------------


def head_cells(grid: Grid) -> list[Cell]:
    """Return the head 一级指标 of each indicator table."""
    heads = [c for c in grid.cells if c.role is Role.HEAD]
    return sorted(c for c in heads if canonical(c.text).startswith("一级指标"))


def table_rows(grid: Grid) -> list[list[int]]:
    """Return the rows of each indicator table below its heads."""
    found: list[list[int]] = []
    starts: dict[int, set[int]] = defaultdict(set)
    for cell in grid.cells:
        for row in range(cell.row, cell.bottom):
            starts[row].add(cell.column)
    for head in head_cells(grid):
        columns = {c.column for c in grid.cells if c.row == head.row and c.column >= head.column}
        rows = []
        for row in range(head.bottom, grid.rows):
            others = [
                c for c in grid.cells if c.row == row and c.role not in {Role.VALUE, Role.TEXT}
            ]
            if others or not columns <= starts[row]:
                break
            rows.append(row)
        found.append(rows)
    return found


def name_columns(grid: Grid) -> list[list[Cell]]:
    """Return the cells below the head of 三级指标 of each table."""
    heads = [c for c in grid.cells if c.role is Role.HEAD]
    return [
        [c for c in grid.cells if c.row in rows and c.column == name.column and c.text]
        for head, rows in zip(head_cells(grid), table_rows(grid), strict=True)
        for name in heads
        if name.row == head.row and any(x in name.text for x in ("三级", "指标名称", "明细"))
    ]
