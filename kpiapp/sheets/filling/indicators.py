"""Printing the indicators of one goal: goal row or heading, heads, rows with merged groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.sheets import heads
from kpiapp.sheets.grid import Role
from kpiapp.sheets.labels import numbered
from kpiapp.sheets.layouts.blocks import with_year

if TYPE_CHECKING:
    from kpiapp.model.form import Form, Indicator
    from kpiapp.sheets.layouts.blocks import Column, IndicatorsBlock
    from kpiapp.sheets.pen import Pen


def fill_indicators(pen: Pen, form: Form, block: IndicatorsBlock, number: int) -> None:
    """Print one goal of one horizon with its indicators.

    Args:
        pen: prints from its row on.
        form: the form.
        block: how the layout prints the tables of this horizon.
        number: the goal's number.
    """
    goal = form.goal(block.horizon, number)
    label = goal.label if goal else block.label_of(number)
    if block.goal_row:
        _goal_row(pen, block, label, number, goal.text if goal else "")
    if block.heading:
        pen.line([(numbered(block.heading, number), pen.columns, Role.HEADING)])
    left = 1 if block.side else 0
    top = pen.row
    indicators = list(form.rows(block.horizon, number))
    columns = fitting_columns(block, indicators)
    if not (block.head_once and number > first_number(form, block)):
        paths = [with_year(column.head, form.year) for column in columns]
        pen.row += heads.draw_heads(pen, paths, [column.span for column in columns], left)
    name = form.fields.get(numbered(block.name_key, number), label) if block.name_key else label
    rows = [[cell_text(row, column, name) for column in columns] for row in indicators]
    _rows(pen, columns, rows or [_empty_row(columns, name)], left)
    if block.side:
        pen.put(top, 0, block.side, Role.LABEL, row_span=pen.row - top)


def first_number(form: Form, block: IndicatorsBlock) -> int:
    """Return the number of the first goal that a block prints."""
    goals = {goal.number for goal in form.goals if goal.horizon is block.horizon}
    return min(goals | {row.goal for row in form.rows(block.horizon)}, default=1)


def fitting_columns(block: IndicatorsBlock, rows: list[Indicator]) -> tuple[Column, ...]:
    """Return the heads that show most of what the rows hold: the usual ones, or the other ones."""
    if not block.other_columns:
        return block.columns
    usual, other = (
        sum(bool(cell_text(row, column, "")) for row in rows for column in columns)
        for columns in (block.columns, block.other_columns)
    )
    return block.other_columns if other > usual else block.columns


def cell_text(row: Indicator, column: Column, name: str) -> str:
    """Return what an indicator shows in a column; `name` is the printed 目标名称."""
    if column.value == "name":
        return name
    if column.value.startswith("extra:"):
        return row.extra.get(column.value.removeprefix("extra:"), "")
    value = getattr(row, column.value)
    return "" if value is None else str(value)


def _goal_row(pen: Pen, block: IndicatorsBlock, label: str, number: int, text: str) -> None:
    printed = block.goal_row.replace("{label}", label).replace("{number}", str(number))
    pen.line([(printed, 1, Role.LABEL), (text, pen.columns - 1, Role.TEXT)])


def _empty_row(columns: tuple[Column, ...], name: str) -> list[str]:
    return [name if column.value == "name" else "" for column in columns]


def _rows(pen: Pen, columns: tuple[Column, ...], rows: list[list[str]], left: int) -> None:
    merged = [n for n, column in enumerate(columns) if column.merge]
    roles = heads.column_roles(rows, merged)
    names = {n for n, column in enumerate(columns) if column.value == "level3"}
    roles = [Role.TEXT if n in names else role for n, role in enumerate(roles)]
    for n, lengths in heads.runs(rows, merged):
        place = left
        for number, column in enumerate(columns):
            down = lengths.get(number, 1)
            if down:
                pen.put(pen.row, place, rows[n][number], roles[number], down, column.span)
            place += column.span
        pen.row += 1
