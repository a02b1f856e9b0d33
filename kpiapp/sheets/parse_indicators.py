"""Reading goal rows and indicator tables: columns by what their heads say, else by place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon, Indicator
from kpiapp.sheets.blocks import IndicatorsBlock
from kpiapp.sheets.free_heads import find_heads
from kpiapp.sheets.free_rows import end_of_rows, points, read_rows
from kpiapp.sheets.labels import numbered
from kpiapp.sheets.meanings import meaning, read_values
from kpiapp.sheets.page import Line, written
from kpiapp.sheets.parse_table import Leaf, cell_below, read_heads
from kpiapp.sheets.reading import has_heads
from kpiapp.sheets.words import SIGNATURE, YEAR, Tidy, canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.reading import Reading, Start

DEEPEST = 3
"""No published form has more rows of heads."""
TIDY = {"target", "prior2", "prior1", "long_term_target", "weight"}


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
    leaves, values = reading.heads
    if not leaves:
        return index
    end = reading.end_of(index, None)
    rows = _above_signatures(reading, reading.page.lines[index:end], leaves, values)
    _rows(reading, _real(reading, rows, leaves, values), leaves, values, (horizon, number))
    return end


def split_label(printed: str, template: str) -> tuple[str, int]:
    """Return a goal's label and number (0 if none) from the printed label of its row.

    >>> split_label("长期目标2：", "{label}{number}：")
    ('长期目标', 2)
    >>> split_label("绩效目标1", "{label}")
    ('绩效目标1', 1)
    """
    found = re.search(r"(\d+)\D*$", printed)
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
    side = _side(line) if has_heads(line) else None
    heading = None if has_heads(line) else start.label
    label = side or heading
    name = reading.text(label, Tidy.NAME) if label else ""
    horizon, number = _whose(reading, name)
    top = start.index if heading is None else start.index + 1
    block = reading.block_of(horizon)
    left = _left(lines[top], side)
    depth = _depth(lines, top)
    end = reading.end_of(top + depth, side)
    leaves, body = read_heads(reading, top, end, left, depth)
    values = read_values(leaves, block)
    _learn(reading, leaves, values, block)
    reading.goal(horizon, number)
    reading.heads = (leaves, values)
    rows = _above_signatures(reading, lines[body:end], leaves, values)
    for row in rows[:1]:
        _name(reading, row, horizon, number)
    rows = _real(reading, rows, leaves, values)
    _rows(reading, rows, leaves, values, (horizon, number))
    reading.numbers[horizon] = number
    reading.tables[horizon] += 1
    return end


def parse_beside(reading: Reading, start: Start) -> int:
    """Read one table with both horizons side by side; return the line behind it."""
    heads = find_heads(reading, start.index)
    if heads is None:
        return start.index + 1
    end = end_of_rows(reading, heads)
    if heads.side:
        reading.text(heads.side, Tidy.NAME)
    horizons = [panel.horizon or Horizon.ANNUAL for panel in heads.panels]
    for horizon in horizons:
        reading.goal(horizon, 1)
    read_rows(reading, heads, end, [(horizon, 1) for horizon in horizons])
    return end


def _above_signatures(
    reading: Reading, lines: list[Line], leaves: Sequence[Leaf], values: Sequence[str]
) -> list[Line]:
    """Return the rows of a table without what stands below it: signatures, remarks after a gap."""
    rows: list[Line] = []
    target = leaves[values.index("target")] if "target" in values else None
    for line in lines:
        cells = written(line)
        value = cell_below(reading, line, target) if target else None
        apart = target and not (value and value.text) and _is_gap(reading, line[0].row - 1, leaves)
        if not reading.own and cells and (apart or SIGNATURE.match(cells[0].text.strip())):
            break
        if _is_row(reading, line, leaves):
            rows.append(line)
    return rows


def _is_gap(reading: Reading, row: int, leaves: Sequence[Leaf]) -> bool:
    """Tell whether a row of the sheet is empty below all heads."""
    cells = (reading.page.at(row, leaf.left) for leaf in leaves)
    return not any(cell and cell.text for cell in cells)


def _real(
    reading: Reading, lines: list[Line], leaves: Sequence[Leaf], values: Sequence[str]
) -> list[Line]:
    """Leave out the one empty row that our own sheet prints for a goal without indicators."""
    if reading.own and len(lines) == 1 and not _texts(reading, lines[0], leaves, values):
        return []
    return lines


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


def _side(cells: list[Cell]) -> Cell | None:
    """Return the label left of the heads, if there is one."""
    first = canonical(cells[0].text)
    return None if first.startswith(("一级指标", "目标名称")) else cells[0]


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
    while top + depth < len(lines) and depth < DEEPEST and _is_head_line(lines[top + depth]):
        depth += 1
    return depth


def _is_head_line(line: Line) -> bool:
    words = [canonical(cell.text) for cell in written(line)]
    heads = [word for word in words if re.fullmatch(r"(前年|上年|#年?|.*指标值|.*实现值?)", word)]
    return bool(words) and len(heads) == len(words)


def _learn(
    reading: Reading, leaves: Sequence[Leaf], values: Sequence[str], block: IndicatorsBlock | None
) -> None:
    """Note the budget year that heads such as 2025年 speak for."""
    columns = {column.value: column.head for column in block.columns} if block else {}
    for leaf, value in zip(leaves, values, strict=True):
        if YEAR.search(leaf.path) and value in columns:
            reading.learn_year(leaf.path, columns[value])


def _is_row(reading: Reading, line: Line, leaves: Sequence[Leaf]) -> bool:
    """Tell whether a line holds an indicator; heads that are repeated on a page do not."""
    cells = [c for c in line if leaves and leaves[0].left <= c.column < leaves[-1].right]
    if has_heads(written(cells)) or (written(cells) and _is_head_line(cells)):
        return False
    return bool(cells) if reading.own else bool(written(cells))


def _texts(
    reading: Reading, line: Line, leaves: Sequence[Leaf], values: Sequence[str]
) -> list[Cell]:
    """Return the cells with a text of a row, but for the goal's name."""
    cells = [
        cell_below(reading, line, leaf)
        for leaf, value in zip(leaves, values, strict=True)
        if value != "name"
    ]
    return written(cell for cell in cells if cell)


def _rows(
    reading: Reading,
    lines: list[Line],
    leaves: Sequence[Leaf],
    values: Sequence[str],
    whose: tuple[Horizon, int],
) -> None:
    """Read the rows of one table; group names are carried down over the rows they stand for."""
    above = {"level1": "", "level2": ""}
    for line in lines:
        row = Indicator(*whose)
        for value in ("prior2", "prior1", "long_term_target"):
            if value in values:
                setattr(row, value, "")
        _name(reading, line, *whose)
        for leaf, value in zip(leaves, values, strict=True):
            _put(reading, line, leaf, value, row)
        if not reading.own or not (row.level1 or row.level2):
            _carry(row, above)
        above |= {"level1": row.level1, "level2": row.level2}
        reading.form.indicators.append(row)


def _put(reading: Reading, line: Line, leaf: Leaf, value: str, row: Indicator) -> None:
    """Write one cell of a row into its indicator."""
    cell = cell_below(reading, line, leaf)
    if value == "name" or cell is None:
        return
    if not value:
        if leaf.path and cell.text.strip():
            row.extra[leaf.path] = reading.text(cell, Tidy.PROSE)
        return
    label = value.removeprefix("extra:")
    if label != value:
        if cell.text:
            row.extra[label] = reading.text(cell, Tidy.PROSE)
        return
    tidy = Tidy.TARGET if value in TIDY else Tidy.NAME
    text = reading.text(cell, Tidy.PROSE if value in {"standard", "note"} else tidy)
    setattr(row, value, points(text) if value == "weight" else text)
    if cell.row == line[0].row:
        reading.places[row.id, value] = cell.name


def _carry(row: Indicator, above: dict[str, str]) -> None:
    """Carry 一级 and 二级 down over blank cells: a merge was undone, or a row put in below it."""
    if not row.level2 and row.level1 in ("", above["level1"]):
        row.level2 = above["level2"]
    row.level1 = row.level1 or above["level1"]


def _name(reading: Reading, line: Line, horizon: Horizon, number: int) -> None:
    """Keep the printed 目标名称 of a table as its field."""
    leaves, values = reading.heads
    block = reading.block_of(horizon)
    if "name" not in values or block is None or not block.name_key:
        return
    key = numbered(block.name_key, number)
    cell = cell_below(reading, line, leaves[values.index("name")])
    if cell and (cell.text.strip() or key not in reading.form.fields):
        reading.form.fields[key] = reading.text(cell, Tidy.NAME)
