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

UNTIL = re.compile(r"(截止|年\s*[—–-]+)\s*(?:(\d{4})|\s*)\s*(年)")
STROKE = re.compile(r"/(?![^（(]*[）)])")
LONG = 12
"""A column of a table with a text longer than this is printed from the left."""


def column_roles(rows: Sequence[Sequence[str]], merged: Sequence[int]) -> list[Role]:
    """Return how each column of a table is printed: groups and short texts centred, else left.

    A column is printed in one way throughout.
    """
    return [
        Role.VALUE if n in merged or max(map(len, texts)) <= LONG else Role.TEXT
        for n, texts in enumerate(zip(*rows, strict=True))
    ]


def path_parts(path: str) -> list[str]:
    """Return the heads of a path from top to bottom; a stroke in brackets divides nothing.

    >>> path_parts("指标值/前年"), path_parts("执行率（B/A）")
    (['指标值', '前年'], ['执行率（B/A）'])
    """
    return STROKE.split(path)


def draw_heads(pen: Pen, paths: Sequence[str], spans: Sequence[int], left: int) -> int:
    """Print the heads and return how many rows they take.

    Args:
        pen: prints from its row on.
        paths: one head a column; `指标值/前年` is 前年 below 指标值, "" goes on from the left one.
        spans: grid columns of each.
        left: the first grid column.
    """
    columns = [(path_parts(path), span) for path, span in zip(paths, spans, strict=True)]
    depth = max((len(path) for path, _ in columns), default=1)
    _draw_level(pen, columns, (pen.row, left), depth)
    return depth


def _draw_level(
    pen: Pen, columns: list[tuple[list[str], int]], place: tuple[int, int], depth: int
) -> None:
    """Print one level of heads from a place (row, column) on, and the `depth` - 1 below it."""
    row, left = place
    first = 0
    while first < len(columns):
        end = _group_end(columns, first)
        path = columns[first][0]
        width = sum(span for _, span in columns[first:end])
        down = 1 if len(path) > 1 else depth
        pen.put(row, left, path[0], Role.HEAD, down, width)
        if len(path) > 1:
            below = [(path[1:] or [""], span) for path, span in columns[first:end]]
            _draw_level(pen, below, (row + 1, left), depth - 1)
        left += width
        first = end


def _group_end(columns: list[tuple[list[str], int]], first: int) -> int:
    """Return the column behind those that share the head of column `first`."""
    path = columns[first][0]
    end = first + 1
    while end < len(columns):
        other = columns[end][0]
        shared = len(path) > 1 and len(other) > 1 and other[0] == path[0]
        if not shared and other != [""]:
            return end
        end += 1
    return end


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
    """Return the table with the long-term goals' year in heads such as 长期目标(截止2028年)."""
    years = {goal.until for goal in form.goals if goal.horizon is Horizon.LONG_TERM}
    if len(years) != 1 or None in years:
        return table
    heads = [UNTIL.sub(rf"\g<1>{years.copy().pop()}\g<3>", head) for head in table.columns]
    return replace(table, columns=heads)


def until_of(heads: Sequence[str]) -> int | None:
    """Return the year that a head such as 长期目标(截止2028年) names, or None."""
    found = (UNTIL.search(head) for head in heads)
    return next((int(one[2]) for one in found if one and one[2]), None)
