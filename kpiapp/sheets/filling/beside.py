"""Printing the indicators of both horizons side by side, as 财预〔2015〕88号 has them.

Rows of one 一级 and 二级 stand side by side; where one horizon has fewer, the rest stays blank. One
table holds the rows of all goals; which row is whose has no place on the paper and is a mark.
"""

from __future__ import annotations

import re
import string
from itertools import zip_longest
from typing import TYPE_CHECKING

from kpiapp.sheets import heads
from kpiapp.sheets.filling.indicators import cell_text
from kpiapp.sheets.grid import Role
from kpiapp.sheets.layouts.blocks import with_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.form import Form, Indicator
    from kpiapp.sheets.layouts.blocks import Column, IndicatorsBlock
    from kpiapp.sheets.pen import Pen

    Group = list[list[Indicator]]

DIGITS = string.digits + string.ascii_lowercase


def fill_beside(pen: Pen, form: Form, blocks: Sequence[IndicatorsBlock]) -> None:
    """Print the indicators of several blocks side by side.

    Args:
        pen: prints from its row on.
        form: the form.
        blocks: from left to right; the first has the label at the left and the 一级 column.
    """
    first, left, top = blocks[0], 1 if blocks[0].side else 0, pen.row
    columns = [column for block in blocks for column in block.columns]
    paths = [with_year(column.head, form.year) for column in columns]
    pen.row += heads.draw_heads(pen, paths, [column.span for column in columns], left)
    for level1, groups in _groups(form, blocks):
        begin = pen.row
        for group in groups:
            _group(pen, group, blocks, left + first.columns[0].span)
        pen.put(begin, left, level1, Role.VALUE, pen.row - begin, first.columns[0].span)
    if first.side:
        pen.put(top, 0, first.side, Role.LABEL, row_span=pen.row - top)


def goals_of_rows(form: Form, blocks: Sequence[IndicatorsBlock]) -> str:
    """Return the goal of each printed row by horizon, "" if all rows are of the first goal.

    `annual=11122;long_term=1111` says: three rows of goal 1 and two of goal 2, then four of goal 1.
    A mark is short, so a goal is one digit or letter; the rows of more than 35 goals have none.
    """
    numbers = {row.goal for row in form.indicators}
    if numbers <= {1} or not numbers <= set(range(len(DIGITS))):
        return ""
    sides: list[str] = ["" for _ in blocks]
    for _, groups in _groups(form, blocks):
        for group in groups:
            found = ("".join(DIGITS[row.goal] for row in rows) for rows in group)
            sides = [side + more for side, more in zip(sides, found, strict=True)]
    return ";".join(f"{b.horizon}={side}" for b, side in zip(blocks, sides, strict=True))


def goals_by_horizon(mark: str) -> dict[str, list[int]]:
    """Return the goal of each row by horizon from what `goals_of_rows` wrote.

    >>> goals_by_horizon("annual=112")
    {'annual': [1, 1, 2]}
    """
    found = re.findall(rf"(\w+)=([{DIGITS}]+)", mark)
    return {horizon: [DIGITS.index(digit) for digit in digits] for horizon, digits in found}


def _groups(form: Form, blocks: Sequence[IndicatorsBlock]) -> list[tuple[str, list[Group]]]:
    """Return each 一级 with the rows of its 二级, horizon by horizon; one blank row if none."""
    rows = [[row for row in form.indicators if row.horizon is b.horizon] for b in blocks]
    names = dict.fromkeys((row.level1, row.level2) for side in rows for row in side)
    found: dict[str, list[Group]] = {}
    for level1, level2 in names:
        group = [[r for r in side if (r.level1, r.level2) == (level1, level2)] for side in rows]
        found.setdefault(level1, []).append(group)
    return list(found.items()) or [("", [[[] for _ in blocks]])]


def _group(pen: Pen, group: Group, blocks: Sequence[IndicatorsBlock], left: int) -> None:
    """Print the rows of one 二级; its name is merged down over them."""
    height = max(1, *map(len, group))
    for rows, block in zip(group, blocks, strict=True):
        columns = [column for column in block.columns if column.value != "level1"]
        for column in columns:
            _column(pen, rows, column, (left, height))
            left += column.span
    pen.row += height


def _column(pen: Pen, rows: list[Indicator], column: Column, place: tuple[int, int]) -> None:
    left, height = place
    if column.merge:
        text = cell_text(rows[0], column, "") if rows else ""
        pen.put(pen.row, left, text, Role.VALUE, height, column.span)
        return
    role = Role.TEXT if column.value == "level3" else Role.VALUE
    for n, row in zip_longest(range(height), rows):
        text = cell_text(row, column, "") if row else ""
        pen.put(pen.row + n, left, text, role, 1, column.span)
