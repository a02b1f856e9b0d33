"""Columns of an indicator table that speak of the whole form: 单位名称, 项目名称, 预算数, 年度目标.

Where a bureau prints many projects as one list, these stand left of 一级指标 and are merged down
over the rows of a project; on a sheet of its own they would be fields and goals above the table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.sheets.free.fields import put_field
from kpiapp.sheets.free.goals import horizon_of, is_goal, put_goals
from kpiapp.sheets.page import written
from kpiapp.sheets.parse_table import cell_with_text
from kpiapp.sheets.words import Tidy, canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.columns import Leaf
    from kpiapp.sheets.free.panels import Heads
    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.reading import Reading

PROJECT = re.compile(r".*(项目|专项)\)?(\(政策\))?名称\)?|项目|.*\(项目名称\)")
"""The head over the names of projects: 项目名称, 单位(专项)名称, 项目单位（项目名称）."""
NAME = "项目名称"
LEVEL = re.compile(r"[一二三]级|指标")
FIELDS = {"", "extra", "unit", "sign"}
"""What else a head may mean left of the levels, where 单位 is an office and 资金性质 no sign."""


def parted(leaves: Sequence[Leaf], meanings: Sequence[str]) -> tuple[tuple[Leaf, ...], list[Leaf]]:
    """Return the columns that speak of the whole form, and the others.

    Args:
        leaves: the columns of an indicator table from left to right.
        meanings: what the head of each says.
    """
    levels = (n for n, leaf in enumerate(leaves) if LEVEL.search(leaf.path))
    first = next(levels, 0)
    pairs = zip(leaves[:first], meanings, strict=False)
    whole = [leaf for leaf, value in pairs if leaf.path and value in FIELDS]
    return tuple(whole), [leaf for leaf in leaves if leaf not in whole]


def is_name(leaf: Leaf) -> bool:
    """Say whether a column holds the names of projects."""
    return bool(PROJECT.fullmatch(canonical(leaf.last)))


def read_whole(reading: Reading, heads: Heads, end: int) -> Heads:
    """Read the columns that speak of the whole form as fields and goals.

    Args:
        reading: the sheet.
        heads: the heads of a table.
        end: the line behind it.

    Returns:
        The heads; a column that says different things in its rows is one of the indicators'.
    """
    other: list[Leaf] = []
    for leaf in heads.whole:
        cells = _texts(reading, heads, leaf, end)
        label = _label(reading, heads, leaf)
        texts = {canonical(cell.text) for cell in cells}
        if label and is_goal(label):
            goals = [cell for n, cell in enumerate(cells) if cell.text not in _before(cells, n)]
            put_goals(reading, horizon_of(label.text) or Horizon.ANNUAL, label, goals)
        elif is_name(leaf):
            _put_name(reading, heads, cells)
        elif len(texts) > 1:
            other.append(leaf)
            continue
        elif cells:
            put_field(reading, leaf.path, reading.text(cells[0], Tidy.PROSE), cells[0])
        if len(texts) == 1 or (label and is_goal(label)):
            reading.page.use(*cells)
    return heads.undivided(tuple(other))


def _texts(reading: Reading, heads: Heads, leaf: Leaf, end: int) -> list[Cell]:
    """Return the cells with a text below a head; the head again on a further page is none."""
    lines = reading.page.lines[heads.body : end]
    below = (cell for line in lines for cell in written(line))
    head = canonical(leaf.last)
    return [c for c in below if leaf.left <= c.column < leaf.right and canonical(c.text) != head]


def _before(cells: Sequence[Cell], place: int) -> set[str]:
    return {cell.text for cell in cells[:place]}


def _label(reading: Reading, heads: Heads, leaf: Leaf) -> Cell | None:
    """Return the cell with the lowest head over a column."""
    head = canonical(leaf.last)
    rows = (line[0].row for line in reversed(reading.page.lines[: heads.body]))
    cells = (reading.page.at(row, leaf.left) for row in rows)
    return next((cell for cell in cells if cell and canonical(cell.text) == head), None)


def _put_name(reading: Reading, heads: Heads, cells: Sequence[Cell]) -> None:
    """Write the project's name: the lowest one above the first indicator; one higher is a unit."""
    leaves = [leaf for panel in heads.panels if (leaf := panel.leaf("level3"))]
    lines = reading.page.lines[heads.body :]
    first = next(
        (line[0].row for line in lines if any(cell_with_text(line, leaf) for leaf in leaves)), 0
    )
    above = [cell for cell in cells if cell.row <= first]
    if above:
        put_field(reading, NAME, reading.text(above[-1], Tidy.PROSE), above[-1])
        reading.page.use(*(cell for cell in cells if cell.text == above[-1].text))
