"""Overviews of goals: 整体绩效总目标 where it is the only place that prints a goal's text.

`goals[].text` is the truth and the overview is filled from it; how it is written there (目标1： or
目标1: , or no number at all) stays as it stands as long as it says the same.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kpiapp.model.form import Row
from kpiapp.sheets.heads import with_until

if TYPE_CHECKING:
    from kpiapp.model.form import Form, Goal, Table
    from kpiapp.sheets.layouts.blocks import Carried, TableBlock

NUMBERED = re.compile(r"^\s*目\s*标\s*(\d+)\s*[:：]\s?")
PLAIN_PREFIX = "目标{number}: "
"""Numbers goals in an overview without numbers of its own, where a text looks numbered itself."""


def split_goals(cell: str, prefix: str, *, one_cell: bool) -> list[tuple[int, str]]:
    """Return number and text of each goal in a cell; a text without number is goal 0.

    Args:
        cell: what is printed.
        prefix: how the layout numbers it, such as `目标{number}: `.
        one_cell: the cell holds all goals, one below the other.
    """
    if not cell.strip():
        return [(0, cell)] if cell else []
    found: list[tuple[int, str]] = []
    for line in cell.split("\n") if one_cell else [cell]:
        match = NUMBERED.match(line)
        if match is None and found:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}")
        elif match is None:
            found.append((0, line))
        else:
            number = int(match[1])
            exact = prefix.replace("{number}", str(number))
            cut = len(exact) if exact and line.startswith(exact) else match.end()
            found.append((number, line[cut:]))
    return found


def carried_table(block: TableBlock, form: Form, table: Table) -> Table:
    """Return the overview with the goals' texts; `table` is what is stored."""
    rows = [list(row.cells) for row in table.rows]
    for carried in block.carries:
        goals = [goal for goal in form.goals if goal.horizon is carried.horizon]
        if not says(rows, carried, goals):
            write_column(rows, carried, goals, len(table.columns))
    return with_until(replace(table, rows=[Row(cells) for cells in rows]), form)


def read_column(rows: list[list[str]], carried: Carried) -> list[tuple[int, str]]:
    """Return number and text of the goals in one column, in printed order."""
    found: list[tuple[int, str]] = []
    for cells in rows:
        cell = cells[carried.column] if carried.column < len(cells) else ""
        parts = split_goals(cell, carried.prefix, one_cell=carried.one_cell)
        if carried.label_column >= 0:
            label = cells[carried.label_column] if carried.label_column < len(cells) else ""
            digits = re.search(r"\d+", label)
            parts = [(int(digits[0]) if digits else 0, cell)] if label or cell else []
        found += parts
    return [(number or place, text) for place, (number, text) in enumerate(found, 1)]


def says(rows: list[list[str]], carried: Carried, goals: list[Goal]) -> bool:
    """Say whether a column already says what the goals say."""
    said = {number: text for number, text in read_column(rows, carried) if text}
    return said == {goal.number: goal.text for goal in goals if goal.text}


def write_column(rows: list[list[str]], carried: Carried, goals: list[Goal], columns: int) -> None:
    """Write the goals into a column; rows are added and blank ones at the end taken away."""
    prefix = carried.prefix
    if any(NUMBERED.match(goal.text) for goal in goals) and carried.label_column < 0:
        prefix = prefix or PLAIN_PREFIX  # else the text's own beginning would be read as one
    texts = [prefix.replace("{number}", str(goal.number)) + goal.text for goal in goals]
    if carried.one_cell:
        texts = ["\n".join(texts)]
    while len(rows) < len(texts):
        rows.append([""] * columns)
    needed = max(columns, carried.column + 1, carried.label_column + 1)
    for n, cells in enumerate(rows):
        cells.extend([""] * (needed - len(cells)))
        cells[carried.column] = texts[n] if n < len(texts) else ""
        if carried.label_column >= 0:
            cells[carried.label_column] = _label(carried, goals[n]) if n < len(goals) else ""
    while rows and not any(rows[-1]):
        rows.pop()


def _label(carried: Carried, goal: Goal) -> str:
    return f"{carried.label.replace('{number}', str(goal.number)) or goal.label}:"
