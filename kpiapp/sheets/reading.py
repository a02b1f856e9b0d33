"""The state of one reading: what was found so far, and where on the sheet a block begins."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from kpiapp.model.form import Form, Goal, Horizon
from kpiapp.sheets.draft import Change
from kpiapp.sheets.heads import path_parts
from kpiapp.sheets.layouts.blocks import (
    Block,
    ChoiceBlock,
    FieldsBlock,
    GoalsBlock,
    IndicatorsBlock,
    Layout,
    TableBlock,
    with_year,
)
from kpiapp.sheets.page import Page, reach, written
from kpiapp.sheets.words import YEAR, Tidy, canonical, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpiapp.sheets.columns import Columns
    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.page import Line

GOAL_ROW = re.compile(r"(长期|年度|中长期|总体)?(绩效)?(总)?目标\(?\d*\)?(\(占?\d+[分%]\))?")
LABEL_AND_TEXT = 2
NARROW = 2
"""A remark goes over more columns than this."""
LEVEL1 = ("一级指标",)
LEVELS_BELOW = ("二级指标", "三级指标", "指标名称", "明细指标", "指标值")


@dataclass(frozen=True, slots=True)
class Start:
    """A place where a block begins: the line, the cell with its label, what kind of line it is."""

    index: int
    label: Cell
    block: Block | None
    kind: str
    """"block", "goal" (a goal's row) or "indicators"."""


@dataclass(slots=True)
class Reading:
    """One sheet being read into one form.

    Attributes:
        page: the sheet.
        layout: what it is read as.
        form: what was read so far.
        own: texts are taken verbatim.
        marks: what our own sheet says of itself besides its cells.
        left: the column where labels stand.
        until: the year the long-term goals run until, if a head tells.
        horizon: of the goal row read last.
        numbers: number of the goal read last, by horizon.
        tables: how many indicator tables of a horizon were read.
        heads: columns and what they hold, of the indicator table read last.
        years: budget years that heads and labels speak for.
        changes: texts that were made plain.
        places: where values were read.
    """

    page: Page
    layout: Layout
    form: Form
    own: bool
    marks: Mapping[str, str] = field(default_factory=dict)
    left: int = 0
    until: int | None = None
    horizon: Horizon | None = None
    numbers: dict[Horizon, int] = field(default_factory=dict)
    tables: Counter[Horizon] = field(default_factory=Counter)
    heads: Columns | None = None
    years: Counter[int] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def text(self, cell: Cell | None, tidy: Tidy) -> str:
        """Use a cell and return its text: verbatim from our own sheet, else made plain."""
        if cell is None:
            return ""
        self.page.use(cell)
        if self.own:
            return cell.text
        text = plain(cell.text, tidy)
        if text != cell.text:
            self.changes.append(Change(cell.name, cell.text, text))
        return text

    def goal(self, horizon: Horizon, number: int) -> Goal:
        """Return a goal of the form, made with the layout's label if it is not there yet."""
        found = self.form.goal(horizon, number)
        if found is None:
            block = self.block_of(horizon)
            found = Goal(horizon, number, block.label_of(number) if block else "")
            self.form.goals.append(found)
        return found

    def block_of(self, horizon: Horizon) -> IndicatorsBlock | None:
        """Return the layout's indicators block of a horizon, or None."""
        blocks = self.layout.of_type(IndicatorsBlock)
        return next((block for block in blocks if block.horizon is horizon), None)

    def learn_year(self, printed: str, template: str) -> None:
        """Note the budget year that a printed label speaks for, if its template names a year."""
        found, asked = YEAR.search(printed), YEAR.search(with_year(template, 2050))
        if found and asked and "{year" in template:
            self.years[int(found[0]) + 2050 - int(asked[0])] += 1

    # -- where blocks begin -------------------------------------------------------------------

    def start(self, index: int) -> Start | None:
        """Return what begins on a line, or None."""
        cells = written(self.page.lines[index])
        while cells and _is_outer(self.layout, cells[0]):
            cells = cells[1:]
        if not cells:
            return None
        outer = cells[0].column > self.left
        if indicators := self._indicators(index, cells):
            return indicators
        if bare := self._bare(index, cells):
            return bare
        found = labels(self.layout).get(canonical(cells[0].text))
        if found and canonical(cells[0].text) not in self.seen and (not outer or found.outer):
            return Start(index, cells[0], found, "block")
        if not outer and self._is_goal_row(index, cells):
            return Start(index, cells[0], None, "goal")
        return None

    def _indicators(self, index: int, cells: list[Cell]) -> Start | None:
        """Return the indicator table that begins here: with its heads, or a heading above them."""
        if self.has_heads(cells):
            return Start(index, cells[0], None, "indicators")
        below = self.page.lines[index + 1] if index + 1 < len(self.page.lines) else []
        heading = len(cells) == 1 and cells[0].column <= self.left
        heading = heading and self.has_heads(written(below))
        known = canonical(cells[0].text) in labels(self.layout)
        if heading and not known and not self._is_goal_row(index, cells):
            return Start(index, cells[0], None, "indicators")
        return None

    def _bare(self, index: int, cells: list[Cell]) -> Start | None:
        """Return the table that begins here with its heads, without a label of its own."""
        bare = bare_tables(self.layout)
        if not bare or canonical(cells[0].text) in self.seen:
            return None
        words = {canonical(cell.text) for cell in cells}
        for block, heads in bare:
            if len(heads & words) >= min(len(heads), LABEL_AND_TEXT):
                return Start(index, cells[0], block, "block")
        return None

    def _is_goal_row(self, index: int, cells: list[Cell]) -> bool:
        """Say whether a line is a goal's label with its text across."""
        label = cells[0]
        if self.own and len(self.page.lines[index]) > LABEL_AND_TEXT:
            return False
        if len(cells) > LABEL_AND_TEXT or (label.right >= self.page.right and len(cells) == 1):
            return False
        blocks = [block for block in self.layout.of_type(IndicatorsBlock) if block.goal_row]
        if not blocks:
            return False
        word = canonical(label.text)
        if GOAL_ROW.fullmatch(word) or word in {canonical(b.goal_label) for b in blocks}:
            return True
        below = self.page.lines[index + 1] if index + 1 < len(self.page.lines) else []
        return self.own and self.has_heads(written(below)) and word not in labels(self.layout)

    def has_heads(self, cells: list[Cell]) -> bool:
        """Say whether a line holds the heads of an indicator table, of whatever words."""
        if has_heads(cells):
            return True
        others = other_heads(self.layout)
        words = {canonical(cell.text) for cell in cells} if others else set()
        return any(heads <= words for heads in others)

    def end_of(self, index: int, label: Cell | None, *, headings_only: bool = False) -> int:
        """Return the line after the last one of a block whose rows begin at `index`.

        A label merged down says how far; else the block ends where the next one begins.
        """
        lines = self.page.lines
        if label is not None and label.row_span > 1:
            return reach(lines, index, label.bottom)
        while index < len(lines):
            start = self.start(index)
            if start and not (headings_only and start.kind == "goal"):
                return index
            if self._is_remark(lines[index]):
                return index
            index += 1
        return index

    def _is_remark(self, line: Line) -> bool:
        """Say whether a line is one text over the whole width, as below the table."""
        cells = written(line)
        wide = len(cells) == 1 and cells[0].column <= self.left
        return wide and cells[0].column_span > NARROW and cells[0].right >= self.page.right


@lru_cache(maxsize=64)
def bare_tables(layout: Layout) -> list[tuple[TableBlock, frozenset[str]]]:
    """Return the tables that begin with their heads, with those of the first row."""
    bare = [block for block in layout.of_type(TableBlock) if block.bare]
    return [(block, heads) for block in bare if (heads := _top_heads(block))]


@lru_cache(maxsize=64)
def other_heads(layout: Layout) -> list[frozenset[str]]:
    """Return the first row of heads of the indicator tables whose heads name no 一级指标."""
    blocks = (block for block in layout.of_type(IndicatorsBlock) if not block.beside)
    words = [_top_heads(block) for block in blocks]
    return [heads for heads in words if not any(head.startswith(LEVEL1) for head in heads)]


@lru_cache(maxsize=64)
def heads_of(layout: Layout) -> frozenset[str]:
    """Return the first row of heads of all indicator tables of a layout."""
    return frozenset().union(*map(_top_heads, layout.of_type(IndicatorsBlock)))


def _top_heads(block: IndicatorsBlock | TableBlock) -> frozenset[str]:
    heads = (path_parts(with_year(column.head, 2050))[0] for column in block.columns)
    return frozenset(canonical(head) for head in heads if head)


def has_heads(cells: list[Cell]) -> bool:
    """Say whether a line holds the heads of an indicator table."""
    words = [canonical(cell.text) for cell in cells]
    return any(w.startswith(LEVEL1) for w in words) and any(
        w.startswith(LEVELS_BELOW) for w in words
    )


def _is_outer(layout: Layout, cell: Cell) -> bool:
    return canonical(cell.text) in outers(layout)


@lru_cache(maxsize=64)
def outers(layout: Layout) -> frozenset[str]:
    """Return the labels merged down beside several blocks."""
    return frozenset(canonical(block.outer) for block in layout.blocks if block.outer)


@lru_cache(maxsize=64)
def labels(layout: Layout) -> dict[str, Block]:
    """Return the block that each printed label begins."""
    found: dict[str, Block] = {}
    for block in layout.blocks:
        for label in labels_of(block):
            found.setdefault(canonical(with_year(label, 2050)), block)
    return found


def labels_of(block: Block) -> list[str]:
    """Return the labels with which a block can begin, year words as placeholders."""
    if isinstance(block, FieldsBlock):
        return [label for row in block.rows for label in row]
    if isinstance(block, ChoiceBlock):
        return [block.name]
    if isinstance(block, TableBlock):
        return [] if block.bare else [block.label or block.key or block.name]
    if isinstance(block, GoalsBlock):
        return [block.label or block.name]
    return []
