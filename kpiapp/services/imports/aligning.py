"""Giving an imported form the ids of the stored one, so that the same indicator stays the same.

An office file carries no ids of rows, and nothing of what a sheet does not print. What it cannot
say is taken over from the stored form: nothing is lost by a way through a workbook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from kpiapp.model import names

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from kpiapp.model.form import Form, Goal, Indicator, Row


class Named(Protocol):
    """A goal or an indicator: it has an id."""

    id: str


T = TypeVar("T", bound=Named)


def align(old: Form, new: Form, *, complete: bool) -> None:
    """Change `new` so that it can be compared with `old` item by item.

    Args:
        old: the stored form.
        new: the imported one; its goals, indicators and rows get the ids of those they are.
        complete: it says all there is (JSON); else what a sheet cannot say comes from `old`.
    """
    new.id, new.unit, new.project = old.id, old.unit, old.project
    new.other = old.other
    new.stage = old.stage if new.stage is None else new.stage
    new.revision = old.revision if new.revision is None else new.revision
    goals = _match(old.goals, new.goals, _goal_key)
    rows = _match(old.indicators, new.indicators, _row_key)
    rows += _near(old.indicators, new.indicators, rows)
    for label, table in new.tables.items():
        if label in old.tables:
            _take_ids(_match_rows(old.tables[label].rows, table.rows))
    _take_ids(goals)
    _take_ids(rows)
    if not complete:
        _take_unsaid(old, new, goals, rows)


def _goal_key(goal: Goal) -> Hashable:
    return goal.horizon, goal.number


def _row_key(row: Indicator) -> Hashable:
    return row.horizon, row.goal, row.level1, row.level2, row.level3


def _match(old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable]) -> list[tuple[T, T]]:
    """Pair items by id, then by key, the n-th of a key with the n-th."""
    known = {item.id: item for item in old}
    pairs = [(known[i.id], i) for i in new if i.id in known]
    taken = {id(item) for pair in pairs for item in pair}
    waiting: dict[Hashable, list[T]] = {}
    for item in old:
        if id(item) not in taken:
            waiting.setdefault(key(item), []).append(item)
    free = (item for item in new if id(item) not in taken)
    return pairs + [(waiting[key(x)].pop(0), x) for x in free if waiting.get(key(x))]


def _near(
    old: Sequence[Indicator], new: Sequence[Indicator], pairs: list[tuple[Indicator, Indicator]]
) -> list[tuple[Indicator, Indicator]]:
    """Pair what is left by name, as a person would, within a horizon and goal."""
    taken = {id(item) for pair in pairs for item in pair}
    groups: dict[Hashable, tuple[list[Indicator], list[Indicator]]] = {}
    for side, rows in enumerate((old, new)):
        for row in rows:
            if id(row) not in taken:
                groups.setdefault((row.horizon, row.goal), ([], []))[side].append(row)
    return [
        (pair.left, pair.right)
        for left, right in groups.values()
        if left and right
        for pair in names.pair(left, right).pairs
    ]


def _match_rows(old: Sequence[Row], new: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Pair the rows of an inner table: equal rows, then by first cell, then by place."""
    pairs = _match(old, new, lambda row: tuple(row.cells))
    for key in (lambda row: tuple(row.cells[:1]), lambda row: len(row.cells)):
        taken = {id(row) for pair in pairs for row in pair}
        left = [row for row in old if id(row) not in taken]
        right = [row for row in new if id(row) not in taken]
        pairs += _match(left, right, key)
    return pairs


def _take_ids(pairs: Sequence[tuple[Any, Any]]) -> None:
    for old, new in pairs:
        new.id = old.id


def _take_unsaid(
    old: Form,
    new: Form,
    goals: Sequence[tuple[Goal, Goal]],
    rows: Sequence[tuple[Indicator, Indicator]],
) -> None:
    """Take over what no sheet prints."""
    new.filled_on = new.filled_on or old.filled_on
    for label, choice in new.choices.items():
        if label in old.choices:
            choice.other = choice.other or old.choices[label].other
    for label, table in new.tables.items():
        if label in old.tables:
            table.other = table.other or old.tables[label].other
    for goal, other in goals:
        other.share = goal.share if other.share is None else other.share
        other.other = other.other or goal.other
    for row, imported in rows:
        imported.weight = row.weight if imported.weight is None else imported.weight
        imported.direction = imported.direction or row.direction
        imported.extra = {**row.extra, **imported.extra}
        imported.other = imported.other or row.other
