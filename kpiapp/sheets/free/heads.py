"""Heads of an indicator table of any district: what each column holds, and for which horizon.

Heads may stand in any order; two horizons may stand side by side; operator, number and unit may
have columns of their own; what is none of these is kept under its head.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.taxonomy import level1_of, level2_of
from kpiapp.sheets.columns import Leaf
from kpiapp.sheets.free.columns import panels_of
from kpiapp.sheets.free.labels import looks_like_label
from kpiapp.sheets.free.meanings import FREE_HEAD, is_head_line, meaning
from kpiapp.sheets.free.panels import LEVELS, Heads, Panel
from kpiapp.sheets.free.whole import parted
from kpiapp.sheets.page import written
from kpiapp.sheets.parse_table import read_heads
from kpiapp.sheets.words import YEAR, canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.page import Line
    from kpiapp.sheets.reading import Reading

SIDE = re.compile(
    r"(项目|部门|整体)*(中?长期|中期|本?年度|当年|总体?|实施周?期)?(目标)?(绩效)?(目标)?(指标|目标)表?\d*"
)
DEEPEST = 4
MOST_LEVELS = 3
FIRST_LINES = 6


def find_heads(reading: Reading, index: int) -> Heads | None:
    """Return the heads that begin on a line, or None if it begins no indicator table."""
    cells = written(reading.page.lines[index])
    found = {meaning(cell.text) for cell in [*cells, *_lower_heads(reading, index)]}
    if not (found.intersection(LEVELS) or _free_place(cells)) or len(cells) == 1:
        return None
    side = _side(cells)
    left = side.right if side else cells[0].column
    depth = _depth(reading, index, left)
    end = min(len(reading.page.lines), index + DEEPEST)
    used = len(reading.changes)
    leaves, body = read_heads(reading, index, end, left, depth)
    leaves = _cut_open(reading, leaves, body)
    whole, leaves = parted(leaves, [meaning(leaf.last) for leaf in leaves])
    panels = panels_of(leaves, _year_above(reading, index))
    if not panels or not _is_enough(panels[0]):
        del reading.changes[used:]
        return None
    return Heads(side, panels, _behind_numbers(reading, body), whole)


def _lower_heads(reading: Reading, index: int) -> list[Cell]:
    """Return the heads below a line, beside heads on it that are merged down, or once were."""
    lines = reading.page.lines
    top = lines[index][0].row
    tall = {cell.bottom for cell in written(lines[index]) if cell.row_span > 1}
    bottom = min(tall, default=top)
    if not tall:
        return _heads_under(lines, index)
    if bottom - top > DEEPEST:
        return []
    lower = [line for line in lines[index + 1 : index + DEEPEST] if line[0].row < bottom]
    heads = [cell for line in lower for cell in written(line)]
    ends = {cell.bottom for cell in heads if meaning(cell.text) in LEVELS}
    return heads if ends == {bottom} else []


def _heads_under(lines: Sequence[Line], index: int) -> list[Cell]:
    """Return the heads on the next line where each line is blank below or above some of the other.

    That is what undoing the merges of heads leaves; below a row of labels and values no place is.
    """
    upper = written(lines[index])
    lower = written(lines[index + 1]) if index + 1 < len(lines) else []
    above, below = ({cell.column for cell in cells} for cells in (upper, lower))
    labels = len(upper) > 1 and all(
        looks_like_label(cell) or meaning(cell.text) for cell in (*upper, *lower)
    )
    return lower if labels and is_head_line(lower) and above - below and below - above else []


def _behind_numbers(reading: Reading, body: int) -> int:
    """Return the line behind one that numbers the columns (1 | 2 | 3), if there is one."""
    cells = written(reading.page.lines[body]) if body < len(reading.page.lines) else []
    digits = [cell.text.strip() for cell in cells]
    if len(digits) < MOST_LEVELS or digits != [str(n) for n in range(1, len(digits) + 1)]:
        return body
    reading.page.use(*cells)
    return body + 1


def _year_above(reading: Reading, index: int) -> str:
    """Return the budget year that a line above the heads names by itself or in a title, or ""."""
    lines = (written(line) for line in reading.page.lines[: min(index, FIRST_LINES)])
    found = (YEAR.findall(cells[0].text) for cells in lines if len(cells) == 1)
    return next((years[0] for years in found if len(years) == 1), "")


def _free_place(cells: Iterable[Cell]) -> bool:
    """Say whether one head stands over all levels: 绩效指标 | 目标值."""
    words = [canonical(cell.text) for cell in cells]
    return any(map(FREE_HEAD.fullmatch, words)) and any(meaning(x) == "target" for x in words)


def _is_enough(panel: Panel) -> bool:
    held = {value for _, value in panel.columns}
    return "level3" in held and bool(held & {"target", "long_term_target"})


def _side(cells: list[Cell]) -> Cell | None:
    """Return the label left of the heads (绩效指标), if there is one."""
    first, others = cells[0], cells[1:]
    names = sum(meaning(cell.text) in LEVELS for cell in others)
    word = canonical(first.text)
    plain = meaning(first.text) in {"", "target"}
    tall = first.row_span > max(cell.row_span for cell in others)
    return first if names and plain and (SIDE.fullmatch(word) or tall) else None


def _depth(reading: Reading, index: int, left: int) -> int:
    """Return how many lines the heads take: as they are merged, or as far as heads go on."""
    lines = reading.page.lines
    heads = [cell for cell in written(lines[index]) if cell.column >= left]
    levels = [cell.row_span for cell in heads if meaning(cell.text) in LEVELS]
    lower = _lower_heads(reading, index)
    tall = max(levels, default=max((c.bottom - heads[0].row for c in lower), default=1))
    bottom = lines[index][0].row + tall
    depth = sum(line[0].row < bottom for line in lines[index : index + tall])
    while depth < DEEPEST and index + depth < len(lines):
        below = [cell for cell in written(lines[index + depth]) if cell.column >= left]
        on = all(_goes_on(cell) for cell in below) or _divides(
            reading, lines[index + depth - 1], below
        )
        if not below or not on:
            break
        depth += 1
    return depth


def _divides(reading: Reading, heads: Line, below: Sequence[Cell]) -> bool:
    """Say whether cells divide a head above them that names no level: 基本支出 | 项目支出."""
    over = [reading.page.at(heads[0].row, cell.column) for cell in below]
    starts = {cell.column for cell in written(heads)}
    levels = any(head and meaning(head.text) in LEVELS for head in over)
    inside = any(cell.column not in starts for cell in below)
    return inside and not levels and all(looks_like_label(cell) for cell in below)


def _goes_on(cell: Cell) -> bool:
    """Say whether a cell below a head is a head too: no name of a group, no value."""
    word = canonical(cell.text)
    if level1_of(word) or (level2_of(word) and meaning(word) not in LEVELS):
        return False
    return meaning(word) not in {"", "note"} or word in {"备注", "指标"}


def _cut_open(reading: Reading, leaves: list[Leaf], body: int) -> list[Leaf]:
    """Cut one head over all three levels (绩效指标) where the rows below it do."""
    if any(meaning(leaf.last) in LEVELS for leaf in leaves):
        return leaves
    place = next((n for n, x in enumerate(leaves) if FREE_HEAD.fullmatch(_word(x))), None)
    if place is None:
        return leaves
    whole = leaves[place]
    if place + 1 < len(leaves):
        whole = whole._replace(right=leaves[place + 1].left)
    lines = reading.page.lines[body : body + 40]
    cells = [cell for line in lines for cell in written(line)]
    starts = sorted({c.column for c in cells if whole.left <= c.column < whole.right})
    if len(starts) == 1:
        return leaves
    names = ("一级指标", "二级指标", "三级指标")[-len(starts) :] if starts else ("三级指标",)
    edges = [*starts[: len(names)], whole.right]
    cut = [Leaf(name, a, b) for name, a, b in zip(names, edges, edges[1:], strict=False)]
    return [*leaves[:place], *cut, *leaves[place + 1 :]]


def _word(leaf: Leaf) -> str:
    return canonical(leaf.path)
