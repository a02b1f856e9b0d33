"""Merges that people undid, put together again: a text repeated in each cell, or blanks behind it.

Only what a sheet prints once is joined: titles, headings, labels, heads, and the value beside a
label. Equal values of two columns (≥95% | ≥95%) are two values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from kpiapp.sheets.boxes import BOX
from kpiapp.sheets.detect import vocabulary
from kpiapp.sheets.free.goals import is_goal
from kpiapp.sheets.free.labels import looks_like_label
from kpiapp.sheets.free.meanings import meaning
from kpiapp.sheets.layouts.blocks import ChoiceBlock, FieldsBlock
from kpiapp.sheets.layouts.layout import load_layouts, per_layouts
from kpiapp.sheets.page import written
from kpiapp.sheets.reading import GOAL_ROW, labels_of
from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.sheets.grid import Cell, Grid
    from kpiapp.sheets.page import Line

SENTENCE = re.compile(r"[一-鿿]{2}")
"""A title or remark holds words; `/ | / | /` is a row of values."""
MOST_LABELS = 2
"""A row of fields has so many labels; a row of more is one of heads, whatever they are called."""


def mended(grid: Grid) -> Grid:
    """Return the sheet with repeated texts as one cell; a sheet with our marks as it stands."""
    if grid.marks:
        return grid
    walk = _Rows(min((cell.column for cell in written(grid.cells)), default=0))
    used = {n for cell in written(grid.cells) for n in range(cell.column, cell.right)}
    lines = [list(_closed(line, used)) for line in grid.lines()]
    rows = [walk.across(line, below) for line, below in zip(lines, [*lines[1:], []], strict=True)]
    return replace(grid, cells=_down(rows))


def _closed(line: Line, used: set[int]) -> Iterator[Cell]:
    """Yield the cells of a row; one left of a column that is blank on the whole sheet takes it."""
    for cell in line:
        right = cell.right
        while right not in used and right < max(used, default=0):
            right += 1
        if any(column in used for column in range(cell.column, cell.right)):
            yield cell if right == cell.right else cell._replace(column_span=right - cell.column)


@per_layouts
def _printed() -> frozenset[str]:
    """Return every label and head of the sheets that the program knows."""
    return frozenset().union(*map(vocabulary, load_layouts()))


@per_layouts
def _fields() -> frozenset[str]:
    """Return the labels that stand left of one value."""
    blocks = (b for one in load_layouts() for b in one.blocks)
    return frozenset(
        canonical(label)
        for block in blocks
        if isinstance(block, FieldsBlock | ChoiceBlock)
        for label in labels_of(block)
    )


def _is_printed(cell: Cell) -> bool:
    word = canonical(cell.text)
    if cell.text.strip().isdigit():  # 2026 | 2026: a start and an end
        return False
    return word in _printed() or meaning(word) not in {"", "extra"} or _is_goal(cell)


def _is_goal(cell: Cell) -> bool:
    return is_goal(cell) or bool(GOAL_ROW.fullmatch(canonical(cell.text)))


def _has_one_value(cell: Cell) -> bool:
    return canonical(cell.text) in _fields() or _is_goal(cell)


@dataclass(slots=True)
class _Rows:
    """The walk from row to row.

    Attributes:
        left: the first column that holds a text.
        heads: the ends of the head above each column.
        above: the text that the row above begins with.
        starts: the columns where heads of the row above begin.
    """

    left: int
    heads: dict[int, tuple[int, int]] = field(default_factory=dict)
    above: tuple[str, ...] = ()
    starts: set[int] = field(default_factory=set)

    def across(self, line: Line, below: Line) -> Line:
        """Return the cells of a row with neighbours of one text joined where they were one cell."""
        joined: Line = []
        runs = list(_runs(line))
        texts = [run for run in runs if run[0].text.strip()]
        label: Cell | None = None
        over = len(texts) == 1 and texts[0][0].column <= self.left
        if over:  # a title or heading is no head of the columns that it reaches over
            self.heads.clear()
        words = tuple(run[0].text for run in texts[:1])
        tall, self.above = words == self.above, words
        for run in runs:
            alone = run[0].column <= self.left and _is_words(run[0])
            last = run is texts[-1] if texts else False
            if _is_printed(run[0]):
                label = _one(run) if over else self._head(run)
                joined.append(label)
            elif (
                (last and texts[0] is run and alone)
                or BOX.search(run[0].text)
                or (label and _holds(label, run, last=last and not tall))
            ):
                joined.append(_one(run))
            else:
                joined += self._below_heads(run)
        further = {cell.column for cell in written(below)} if _are_heads(written(below)) else set()
        return self._stretched(joined, further)

    def _stretched(self, line: Line, below: set[int]) -> Line:
        """Let each head reach over the blanks right of it, where its merge left them behind."""
        texts = written(line)
        heads = _are_heads(texts)
        own = {cell.column for cell in texts} if heads or _are_upper_heads(texts) else set()
        above, self.starts = self.starts, own
        end = max(own | below, default=0)
        kept: Line = []
        for cell in line:
            last = kept[-1] if kept else None
            blank = cell.column <= end and cell.column not in own | above
            beside = (
                last and last.text and (cell.column, cell.row_span) == (last.right, last.row_span)
            )
            if last and heads and blank and beside:
                kept[-1] = self._head([last, cell])
            else:
                kept.append(cell)
        return kept

    def _head(self, run: Line) -> Cell:
        cell = _one(run)
        ends = (cell.column, cell.right)
        self.heads |= dict.fromkeys(range(*ends), ends)
        return cell

    def _below_heads(self, run: Line) -> Line:
        """Join the cells of a run that stand below one head."""
        joined: Line = []
        for _, cells in groupby(run, lambda cell: self.heads.get(cell.column, (cell.column, 0))):
            joined.append(_one(list(cells)))
        return joined


def _are_heads(cells: Line) -> bool:
    """Say whether a row holds only heads of a table; labels of fields have their values beside."""
    goals = sum(_is_goal(cell) for cell in cells)
    others = [cell for cell in cells if not _has_one_value(cell)]
    if len(cells) < 2 or not all(map(_is_printed, cells)):  # noqa: PLR2004
        return False
    return len(cells) > MOST_LABELS or bool(others) or goals > 1


def _are_upper_heads(cells: Line) -> bool:
    """Say whether a row holds heads, some of a list of projects (预算单位, 绩效指标值)."""
    known = any(meaning(cell.text) not in {"", "extra"} for cell in cells)
    return len(cells) > MOST_LABELS and known and all(looks_like_label(cell) for cell in cells)


def _holds(label: Cell, run: Line, *, last: bool) -> bool:
    """Say whether a run is the one value of the label left of it: a goal's goes to the end."""
    if canonical(label.text) in _fields():
        return True
    return _is_goal(label) and last and run[0].column == label.right


def _one(run: Line) -> Cell:
    return run[0]._replace(column_span=run[-1].right - run[0].column)


def _is_words(cell: Cell) -> bool:
    return bool(SENTENCE.search(cell.text))


def _runs(line: Line) -> Iterator[Line]:
    """Yield neighbours that say the same, as far as they go."""
    run: Line = []
    for cell in line:
        last = run[-1] if run else None
        if (
            last
            and (cell.column, cell.row_span) == (last.right, last.row_span)
            and _same(cell, last)
        ):
            run.append(cell)
            continue
        if run:
            yield run
        run = [cell]
    if run:
        yield run


def _same(cell: Cell, other: Cell) -> bool:
    return bool(cell.text.strip()) and cell.text.strip() == other.text.strip()


def _down(rows: list[Line]) -> list[Cell]:
    """Return all cells with labels, heads and values beside labels joined, row by row."""
    above: dict[tuple[int, int, int], int] = {}
    cells: list[Cell] = []
    first: dict[int, int] = {}
    for line in rows:
        left: Cell | None = None
        for cell in line:
            first.setdefault(cell.row, next((one.column for one in written(line)), -1))
            place = above.get((cell.row, cell.column, cell.column_span))
            label = left is not None and left.row < cell.row and _has_one_value(left)
            both = place is not None and first[cells[place].row] == first[cell.row] == cell.column
            if place is not None and _goes_on(cells[place], cell, label=label, leftmost=both):
                cells[place] = cells[place]._replace(row_span=cell.bottom - cells[place].row)
            else:
                place = len(cells)
                cells.append(cell)
            above[cell.bottom, cell.column, cell.column_span] = place
            left = cells[place]
    return cells


def _goes_on(above: Cell, cell: Cell, *, label: bool, leftmost: bool) -> bool:
    """Say whether a cell repeats the one above it: a label, or the value of a label that does."""
    if not _same(above, cell):
        return False
    return label or (leftmost and _is_words(cell)) or _is_printed(cell)
