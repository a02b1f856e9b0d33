"""Rows of an indicator table of any district: signs, units, slots (指标1：), points (（20分）)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon, Indicator
from kpiapp.model.taxonomy import level1_of, level2_of
from kpiapp.sheets.free.groups import Groups, groups_of, heading_of
from kpiapp.sheets.free.meanings import is_head_line
from kpiapp.sheets.free.whole import is_name
from kpiapp.sheets.page import reach, written
from kpiapp.sheets.parse_table import cell_below
from kpiapp.sheets.slots import (
    DOTS,
    SLOT,
    bare_name,
    divided,
    points,
    without_numbers,
)
from kpiapp.sheets.words import BLANKS, SIGNATURE, Tidy, canonical, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.columns import Leaf
    from kpiapp.sheets.free.panels import Heads, Panel
    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.page import Line
    from kpiapp.sheets.reading import Reading

SIGNS = {
    "大于等于": "≥", "不小于": "≥", "不少于": "≥", "不低于": "≥", ">=": "≥",
    "小于等于": "≤", "不大于": "≤", "不超过": "≤", "不高于": "≤", "<=": "≤",
    "大于": ">", "小于": "<", "等于": "=", "≥": "≥", "≤": "≤", "=": "=", ">": ">", "<": "<",
}  # fmt: skip
"""Words in a column 指标性质 or 计算符号; 定性 and the like print no sign."""
NO_UNIT = {"", "/", "\\", "无", "-", "—"}
ENDS = re.compile(
    r"(总分|合计|总计|其他需要|其他说明|备注|注|说明|填表说明|.*意见|.*原因分析|.*改进措施.*"
    r"|(年度|中期|长期|总体|绩效)*目标[^指]*)[:：\d(（]*.*"
)
DIGIT = re.compile(r"\d")


def end_of_rows(reading: Reading, heads: Heads) -> int:
    """Return the line behind a table: as far as its label is merged, else where it stops."""
    lines = reading.page.lines
    index = heads.body
    side = heads.side
    if side is not None and index < len(lines) and side.bottom > lines[index][0].row:
        return reach(lines, index, side.bottom)
    while index < len(lines) and not _stops(reading, lines[index], heads):
        index += 1
    return index


def _stops(reading: Reading, line: Line, heads: Heads) -> bool:
    """Say whether the rows of indicators end above a line: it is something else."""
    cells = written(line)
    if not cells:
        return False
    first = cells[0]
    if any(heading_of(cells, panel, Groups()) for panel in heads.panels):
        return False
    if SIGNATURE.match(first.text.strip()) or is_head_line(cells):
        return True
    if heads.side and first.column < heads.side.right:
        return True
    if _is_project(first, heads):
        return False
    left = min(leaf.left for panel in heads.panels for leaf, _ in panel.columns)
    word = canonical(first.text)
    if first.column <= left and (ENDS.fullmatch(word) or first.right >= reading.page.right > 1):
        return not (level1_of(word) and len(cells) > 1)
    values = [panel.leaf(value) for panel in heads.panels for value in ("level3", "target")]
    held = [cell_below(reading, line, leaf) for leaf in values if leaf]
    if reading.page.is_gap(line[0].row - 1) and not all(cell and cell.text for cell in held):
        return True
    return not any(cell and cell.text.strip() for cell in held) and not (
        level1_of(word) or level2_of(word) or DOTS.fullmatch(word)
    )


def _is_project(cell: Cell, heads: Heads) -> bool:
    """Say whether a cell is the name of the project whose indicators follow in further rows."""
    names = [leaf for leaf in heads.whole if is_name(leaf)]
    inside = any(leaf.left <= cell.column and cell.right <= leaf.right for leaf in names)
    return inside and not ENDS.fullmatch(canonical(cell.text))


def read_rows(reading: Reading, heads: Heads, end: int, whose: list[tuple[Horizon, int]]) -> None:
    """Read the rows of a table into the form.

    Args:
        reading: the sheet.
        heads: its heads.
        end: the line behind it.
        whose: horizon and goal number of each panel.
    """
    for printed, (horizon, number) in zip(heads.panels, whose, strict=True):
        panel = with_levels(reading, printed, heads.body, end)
        groups = Groups(panel.level1)
        first = len(reading.form.indicators)
        for line in reading.page.lines[heads.body : end]:
            if not reading.own and is_head_line(written(line)):
                reading.page.use(*written(line))
                continue
            if heading := heading_of(written(line), panel, groups):
                groups = heading
                reading.page.use(*written(line))
                continue
            groups = groups_of(reading, line, panel, groups)
            reading.form.indicators += _indicators(reading, line, panel, groups, (horizon, number))
        if not reading.own:
            without_numbers(reading, reading.form.indicators[first:])
    _drop_empty(reading)


def with_levels(reading: Reading, panel: Panel, body: int, end: int) -> Panel:
    """Return the panel with its columns of groups as 一级 and 二级, by what stands in them.

    A head may name neither (评价内容 | 绩效内容), or 一级 over a column with 数量指标 and such.
    """
    if panel.leaf("level2") or panel.level1:
        return panel
    lines = reading.page.lines[body:end]
    columns = []
    held = {value for _, value in panel.columns}
    for leaf, value in panel.columns:
        level = _level_in(reading, lines, leaf) if value in {"level1", "extra"} else ""
        free = level and (value == "level1" or level not in held)
        columns.append((leaf, level if free else value))
        held |= {level} if free else set()
    return panel._replace(columns=tuple(columns))


def _level_in(reading: Reading, lines: Sequence[Line], leaf: Leaf) -> str:
    """Return which level most cells of a column name, "" if they name none."""
    found = (cell_below(reading, line, leaf) for line in lines)
    words = {canonical(cell.text) for cell in found if cell and cell.text}
    upper = sum(bool(level1_of(word)) for word in words if not level2_of(word))
    lower = sum(bool(level2_of(word)) for word in words)
    if 2 * (upper + lower) <= len(words):
        return ""
    return "level1" if upper and upper >= lower else "level2"


def _indicators(
    reading: Reading, line: Line, panel: Panel, groups: Groups, whose: tuple[Horizon, int]
) -> list[Indicator]:
    """Return the indicators of one row of a panel: several where one cell holds several slots."""
    texts: dict[str, str] = {}
    cells: dict[str, Cell] = {}
    extra: dict[str, str] = {}
    for leaf, value in panel.columns:
        if value in {"level1", "level2"}:
            continue
        found = _begin_here(reading, line, leaf)
        if found and value == "number":
            reading.page.use(*found)
        elif found and value in {"extra", ""}:
            extra[leaf.path or f"第{leaf.left + 1}列"] = _joined(reading, found, value)
        elif found:
            texts[value], cells[value] = _joined(reading, found, value), found[0]
    if not any(texts.values()) and not any(extra.values()):
        return _blank(panel, groups, whose, line)
    rows = []
    for part in [texts] if reading.own else divided(texts):
        row = _own_row(part, groups, whose) if reading.own else _row(panel, part, groups, whose)
        row.extra |= {label: text for label, text in extra.items() if text}
        for value, cell in cells.items():
            reading.places[row.id, value] = cell.name
        rows.append(row)
    return rows


def _blank(panel: Panel, groups: Groups, whose: tuple[Horizon, int], line: Line) -> list[Indicator]:
    """A printed 二级 without 三级 is a row; a further empty line below it is none."""
    leaf = panel.leaf("level2")
    begins = leaf and any(leaf.left <= cell.column < leaf.right and cell.text for cell in line)
    return [_row(panel, {}, groups, whose)] if begins and groups.level2 else []


def _begin_here(reading: Reading, line: Line, leaf: Leaf) -> list[Cell]:
    """Return the cells with a text that begin in this row below a head."""
    row = line[0].row
    texts = [cell for cell in line if cell.text] if reading.own else written(line)
    cells = [cell for cell in texts if leaf.left <= cell.column < leaf.right]
    if cells:
        return cells
    cell = reading.page.at(row, leaf.left)
    return [cell] if cell and cell.row == row and cell.text.strip() else []


def _joined(reading: Reading, cells: list[Cell], value: str) -> str:
    """Return the text of a column's cells; line breaks stay where they part several slots."""
    if reading.own or value in {"standard", "note", "extra", ""}:
        return "".join(reading.text(cell, Tidy.PROSE) for cell in cells)
    tidy = Tidy.TARGET if value not in {"level3", "unit"} else Tidy.NAME
    whole = "".join(cell.text for cell in cells)
    if "\n" not in whole.strip():
        return "".join(reading.text(cell, tidy) for cell in cells)
    for cell in cells:
        reading.text(cell, tidy)
    return "\n".join(plain(part, tidy) for part in whole.split("\n"))


def _row(
    panel: Panel, texts: dict[str, str], groups: Groups, whose: tuple[Horizon, int]
) -> Indicator:
    """Return an indicator of a row's texts."""
    row = Indicator(*whose, groups.level1, groups.level2)
    row.level3, weight = bare_name(
        texts.get("level3", ""), scored=bool(groups.points1 or groups.points2)
    )
    row.weight = points(texts.get("weight", "")) if texts.get("weight") else None
    if weight and row.weight is None:
        row.weight = points(weight)
    row.target, kind = _target(texts)
    if kind:
        row.extra["指标性质"] = kind
    for value in ("prior2", "prior1", "long_term_target"):
        if panel.leaf(value):
            setattr(row, value, texts.get(value, ""))
    row.standard, row.note = texts.get("standard", ""), texts.get("note", "")
    row.direction = texts.get("direction") or None
    for label, text in (("一级指标分值", groups.points1), ("二级指标分值", groups.points2)):
        if text:
            row.extra[label] = text
    return row


def _own_row(texts: dict[str, str], groups: Groups, whose: tuple[Horizon, int]) -> Indicator:
    """Return an indicator of a row that this program printed: verbatim."""
    row = Indicator(*whose, groups.level1, groups.level2)
    for value, text in texts.items():
        setattr(row, value, text)
    return row


def _target(texts: dict[str, str]) -> tuple[str, str]:
    """Return the value with its sign and unit put together, and the kind (定性) if one is named.

    >>> _target({"sign": "大于等于", "target": "95", "unit": "%"})
    ('≥95%', '')
    """
    value = SLOT.sub("", texts.get("target", ""))
    printed = BLANKS.sub("", texts.get("sign", ""))
    unit = BLANKS.sub("", texts.get("unit", ""))
    sign = SIGNS.get(printed, "")
    kind = printed if printed and not sign and printed not in NO_UNIT else ""
    if not value:
        return "", kind
    if sign and not value.startswith(tuple("≥≤=<>")):
        value = sign + value
    if unit not in NO_UNIT and DIGIT.search(value) and not value.endswith(unit):
        value += unit
    return value, kind


def _drop_empty(reading: Reading) -> None:
    """Leave out rows without 三级 where their group has another one."""
    rows = reading.form.indicators
    filled = {(r.horizon, r.goal, r.level1, r.level2) for r in rows if r.level3 or r.target}
    reading.form.indicators = [
        r
        for r in rows
        if r.level3 or r.target or (r.horizon, r.goal, r.level1, r.level2) not in filled
    ]
