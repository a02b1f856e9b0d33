"""Heads of tables, and runs of equal cells: what inner tables and indicator tables share."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.sheets.grid import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpiapp.model.form import Form, Table
    from kpiapp.sheets.pen import Pen

UNTIL = re.compile(r"(截止)\s*(?:(\d{4})|\s*)\s*(年)")
LONG = 12
"""A text of a table with more half-width characters than this is printed from the left."""


def role_of(text: str) -> Role:
    """Return how a text of a table is printed: short ones centred, sentences from the left."""
    return Role.TEXT if len(text) > LONG else Role.VALUE


def draw_heads(pen: Pen, paths: Sequence[str], spans: Sequence[int], left: int) -> int:
    """Print the heads and return how many rows they take.

    Args:
        pen: prints from its row on.
        paths: one head a column; `指标值/前年` is 前年 below 指标值, "" goes on from the left one.
        spans: grid columns of each.
        left: the first grid column.
    """
    split = [path.split("/") for path in paths]
    depth = max(map(len, split), default=1)
    _draw_level(pen, split, list(spans), left, 0, depth)
    return depth


def _draw_level(
    pen: Pen, paths: list[list[str]], spans: list[int], left: int, level: int, depth: int
) -> None:
    """Print one level of heads over the columns given, and those below it."""
    column = 0
    while column < len(paths):
        path = paths[column]
        end = column + 1
        below = len(path) > level + 1
        while end < len(paths) and (
            paths[end] == [""]
            or (below and len(paths[end]) > level + 1 and paths[end][level] == path[level])
        ):
            end += 1
        width = sum(spans[column:end])
        down = 1 if below else depth - level
        pen.put(pen.row + level, left, path[level], Role.HEAD, down, width)
        if below:
            _draw_level(pen, paths[column:end], spans[column:end], left, level + 1, depth)
        left += width
        column = end


def fit_spans(spans: list[int], columns: int, width: int) -> list[int]:
    """Return the spans of as many columns as a table really has, over the whole width."""
    if len(spans) == columns:
        return spans
    columns = max(1, columns)
    share, more = divmod(width, columns)
    return [max(1, share + (n < more)) for n in range(columns)]


def runs(
    rows: Sequence[Sequence[str]], merged: Sequence[int]
) -> Iterator[tuple[int, dict[int, int]]]:
    """Yield each row's number and, for each merged column, how many rows its cell covers.

    0 means that the cell above covers it. A run of a column ends where one left of it ends.
    """
    lengths: dict[int, list[int]] = {column: [1] * len(rows) for column in merged}
    for n in range(len(rows) - 1, 0, -1):
        same = True
        for column in merged:
            same = same and rows[n][column] == rows[n - 1][column]
            if same:
                lengths[column][n - 1] = lengths[column][n] + 1
                lengths[column][n] = 0
    for n in range(len(rows)):
        yield n, {column: lengths[column][n] for column in merged}


def with_until(table: Table, form: Form) -> Table:
    """Return the table with the years of the long-term goals in heads such as 长期目标(截止2028年)."""
    years = {goal.until for goal in form.goals if goal.horizon is Horizon.LONG_TERM}
    if len(years) != 1 or None in years:
        return table
    heads = [UNTIL.sub(rf"\g<1>{years.copy().pop()}\g<3>", head) for head in table.columns]
    return replace(table, columns=heads)


def until_of(heads: Sequence[str]) -> int | None:
    """Return the year that a head such as 长期目标(截止2028年) names, or None."""
    found = (UNTIL.search(head) for head in heads)
    return next((int(one[2]) for one in found if one and one[2]), None)
