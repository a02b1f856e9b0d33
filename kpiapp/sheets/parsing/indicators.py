"""Reading goal rows and indicator tables: columns by what their heads say, else by place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.sheets.columns import Columns, Leaf
from kpiapp.sheets.filling.beside import goals_by_horizon
from kpiapp.sheets.free import rows
from kpiapp.sheets.free.heads import SIDE, find_heads
from kpiapp.sheets.layouts.blocks import IndicatorsBlock
from kpiapp.sheets.page import Line, written
from kpiapp.sheets.parse_table import read_heads
from kpiapp.sheets.parsing.meanings import is_head_line, meaning, read_values
from kpiapp.sheets.parsing.rows import read_rows, rows_of
from kpiapp.sheets.reading import heads_of
from kpiapp.sheets.words import YEAR, Tidy, canonical

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.layouts.blocks import Layout
    from kpiapp.sheets.reading import Reading, Start

POINTS_OF_GOAL = re.compile(r"[(（]占?\d+[分%][)）]")
"""Behind the label of a goal on a 自评表: 年度绩效目标1（80分）."""
DEEPEST = 3
"""No published form has more rows of heads."""


def parse_goal_row(reading: Reading, start: Start) -> int:
    """Read a goal's label, number and text; return the line behind it."""
    lines = reading.page.lines
    end = (
        reading.end_of(start.index + 1, start.label)
        if start.label.row_span > 1
        else start.index + 1
    )
    printed = reading.text(start.label, Tidy.NAME)
    horizon = _horizon(reading, printed) or _only_horizon(reading)
    block = reading.block_of(horizon)
    label, number = split_label(printed, block.goal_row if block else "{label}")
    number = number or reading.numbers.get(horizon, 0) + 1
    reading.horizon = horizon
    reading.numbers[horizon] = number
    goal = reading.goal(horizon, number)
    goal.label = label
    cells = [
        cell
        for line in lines[start.index : end]
        for cell in line
        if cell.column >= start.label.right
    ]
    cells = written(cells) or cells[:1]
    goal.text = "\n".join(reading.text(cell, Tidy.PROSE) for cell in cells)
    if cells:
        reading.places[goal.id, "text"] = cells[0].name
    return _rows_without_heads(reading, end, horizon, number)


def _rows_without_heads(reading: Reading, index: int, horizon: Horizon, number: int) -> int:
    """Read rows that follow a goal row at once: the heads were printed for the first goal only."""
    if not reading.heads:
        return index
    end = reading.end_of(index, None)
    rows = rows_of(reading, reading.page.lines[index:end], reading.heads)
    read_rows(reading, rows, reading.heads, (horizon, number))
    return end


def split_label(printed: str, template: str) -> tuple[str, int]:
    """Return a goal's label and number (0 if none) from the printed label of its row.

    >>> split_label("长期目标2：", "{label}{number}：")
    ('长期目标', 2)
    >>> split_label("绩效目标1", "{label}")
    ('绩效目标1', 1)
    """
    found = re.search(r"(\d+)\D*$", POINTS_OF_GOAL.sub("", printed))
    number = int(found[1]) if found else 0
    label = printed.rstrip() if template.endswith((":", "：")) else printed
    if template.endswith((":", "：")):
        label = re.sub(r"\s*[:：]$", "", label)
    if "{number}" in template:
        label = re.sub(r"\s*\d+$", "", label)
    return label, number


def parse_indicators(reading: Reading, start: Start) -> int:
    """Read one indicator table; return the line behind it."""
    if any(block.beside for block in reading.layout.of_type(IndicatorsBlock)):
        return parse_beside(reading, start)
    lines = reading.page.lines
    line = written(lines[start.index])
    side = _side(reading.layout, line) if reading.has_heads(line) else None
    heading = None if reading.has_heads(line) else start.label
    label = side or heading
    name = reading.text(label, Tidy.NAME) if label else ""
    horizon, number = _whose(reading, name)
    top = start.index if heading is None else start.index + 1
    block = reading.block_of(horizon)
    left = _left(lines[top], side)
    depth = _depth(lines, top)
    end = _past_repeats(reading, (top, depth), reading.end_of(top + depth, side), side)
    leaves, body = read_heads(reading, top, end, left, depth)
    leaves = _without_blanks(reading, leaves, lines[top:end], body - top)
    columns = reading.heads = Columns(leaves, read_values(leaves, block))
    _learn(reading, columns, block)
    reading.goal(horizon, number)
    read_rows(reading, rows_of(reading, lines[body:end], columns), columns, (horizon, number))
    reading.numbers[horizon] = number
    reading.tables[horizon] += 1
    return end


def _past_repeats(reading: Reading, heads: tuple[int, int], end: int, side: Cell | None) -> int:
    """Return the line behind a table whose heads are printed again where a page breaks.

    Args:
        reading: the sheet.
        heads: the first line of heads, and how many there are.
        end: where the table ends, or heads follow.
        side: the label at the left.
    """
    top, depth = heads
    lines = reading.page.lines
    words = {canonical(cell.text) for cell in written(lines[top])}
    name = canonical(lines[top - 1][0].text) if top else ""
    while not reading.own and end < len(lines):
        again = end
        if len(written(lines[end])) == 1 and canonical(lines[end][0].text) in {name, f"{name}(续)"}:
            again += 1
        cells = written(lines[again]) if again < len(lines) else []
        if not reading.has_heads(cells) or not {canonical(cell.text) for cell in cells} <= words:
            break
        for line in lines[end : again + depth]:
            reading.page.use(*written(line))
        end = reading.end_of(again + depth, side)
    return end


def _without_blanks(
    reading: Reading, leaves: Sequence[Leaf], lines: Sequence[Line], depth: int
) -> list[Leaf]:
    """Leave out columns that were put in empty: without a head of their own, and blank below."""
    if reading.own or len(lines) <= depth:
        return list(leaves)
    heads = [cell for line in lines[:depth] for cell in written(line)]
    bottom = lines[depth][0].row
    named = {c.column for c in heads if c.column_span == 1 or c.bottom >= bottom}
    below = [cell.column for line in lines[depth:] for cell in written(line)]
    return [
        leaf
        for leaf in leaves
        if leaf.left in named or any(leaf.left <= column < leaf.right for column in below)
    ]


def parse_beside(reading: Reading, start: Start) -> int:
    """Read one table with both horizons side by side; return the line behind it."""
    heads = find_heads(reading, start.index)
    if heads is None:
        return start.index + 1
    end = rows.end_of_rows(reading, heads)
    if heads.side:
        reading.text(heads.side, Tidy.NAME)
    horizons = [panel.horizon or Horizon.ANNUAL for panel in heads.panels]
    for horizon in horizons:
        reading.goal(horizon, 1)
    rows.read_rows(reading, heads, end, [(horizon, 1) for horizon in horizons])
    if reading.own:
        _give_goals(reading, goals_by_horizon(reading.marks.get("goals", "")))
    return end


def _give_goals(reading: Reading, goals: Mapping[str, Sequence[int]]) -> None:
    """Give the rows of our own sheet back to their goals, if no row was put in or taken out."""
    for horizon in Horizon:
        rows = [row for row in reading.form.indicators if row.horizon is horizon]
        numbers = goals.get(horizon, ())
        if len(numbers) == len(rows):
            for row, number in zip(rows, numbers, strict=True):
                row.goal = number


def _whose(reading: Reading, name: str) -> tuple[Horizon, int]:
    """Return horizon and goal number of a table: its name says so, else the goal row above it."""
    horizon = _horizon(reading, name) or reading.horizon or _only_horizon(reading)
    digits = re.search(r"(\d+)\s*$", name)
    if digits:
        return horizon, int(digits[1])
    block = reading.block_of(horizon)
    if block and block.goal_row:
        return horizon, reading.numbers.get(horizon, 1)
    return horizon, reading.tables[horizon] + 1


def _horizon(reading: Reading, text: str) -> Horizon | None:
    if "长期" in text:
        return Horizon.LONG_TERM
    if "年度" in text and reading.block_of(Horizon.ANNUAL):
        return Horizon.ANNUAL
    return None


def _only_horizon(reading: Reading) -> Horizon:
    blocks = list(reading.layout.of_type(IndicatorsBlock))
    return blocks[0].horizon if len(blocks) == 1 else Horizon.ANNUAL


def _side(layout: Layout, cells: list[Cell]) -> Cell | None:
    """Return the label left of the heads, if there is one."""
    word = canonical(cells[0].text)
    sides = {canonical(block.side) for block in layout.of_type(IndicatorsBlock)}
    if word in heads_of(layout) and word not in sides:
        return None
    return cells[0] if SIDE.fullmatch(word) or not meaning(word) else None


def _left(line: Line, side: Cell | None) -> int:
    if side:
        return side.right
    heads = written(line)
    return heads[0].column if heads else 0


def _depth(lines: list[Line], top: int) -> int:
    """Return how many lines the heads take: as far as they are merged, or hold words of heads."""
    merged = max(
        (c.row_span for c in written(lines[top]) if meaning(c.text) == "level1"), default=1
    )
    if merged > 1:
        bottom = lines[top][0].row + merged
        return sum(line[0].row < bottom for line in lines[top : top + merged])
    depth = 1
    while (
        top + depth < len(lines) and depth < DEEPEST and is_head_line(written(lines[top + depth]))
    ):
        depth += 1
    return depth


def _learn(reading: Reading, columns: Columns, block: IndicatorsBlock | None) -> None:
    """Note the budget year that heads such as 2025年 speak for."""
    heads = {column.value: column.head for column in block.columns} if block else {}
    for leaf, value in zip(columns.leaves, columns.values, strict=True):
        if YEAR.search(leaf.path) and value in heads:
            reading.learn_year(leaf.path, heads[value])
