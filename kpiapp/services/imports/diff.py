"""From one state of a form to another, as edits: what an import or a merge changes, and no more.

Goals, indicators and rows are the same where their ids are (`aligning.py` gives an imported form
the ids of the stored one). Not compared are id, unit, project and unknown keys of the form itself:
they are not edited, they come with the form.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from typing import TYPE_CHECKING, Any

from kpiapp.model import interchange
from kpiapp.model.edit import (
    FORM_VALUES,
    GOAL_VALUES,
    INDICATOR_VALUES,
    Edit,
    Insert,
    Move,
    Remove,
    SetValue,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kpiapp.model.edit import Path
    from kpiapp.model.form import Choice, Form, Indicator, Table

Json = dict[str, Any]


def diff(old: Form, new: Form) -> list[Edit]:
    """Return the edits that turn `old` into `new`, in the order to apply them."""
    return [*_values((), old, new, sorted(FORM_VALUES)), *_parts(old, new)]


def _parts(old: Form, new: Form) -> Iterator[Edit]:
    """Yield what comes, goes and changes in each part of a form, part by part."""
    yield from _fields(old.fields, new.fields)
    choices = _staying(old.choices, new.choices)
    yield from _labelled(("choices",), old.choices, new.choices, interchange.choice_to_json)
    for label, choice in choices:
        yield from _values(("choices", label), *choice, ("options", "checked", "values"))
    tables = _staying(old.tables, new.tables)
    yield from _labelled(
        ("tables",), old.tables, new.tables, partial(interchange.table_to_json, ids=True)
    )
    for label, table in tables:
        yield from _table(label, *table)
    goals = _staying(_by_id(old.goals), _by_id(new.goals))
    yield from _listed(("goals",), old.goals, new.goals, interchange.goal_to_json)
    for goal_id, goal in goals:
        yield from _values(("goals", goal_id), *goal, sorted(GOAL_VALUES))
    indicators = _staying(_by_id(old.indicators), _by_id(new.indicators))
    yield from _listed(
        ("indicators",), old.indicators, new.indicators, interchange.indicator_to_json
    )
    for row_id, rows in indicators:
        yield from _values(("indicators", row_id), *rows, sorted(INDICATOR_VALUES))
        yield from _extra(row_id, *rows)


# -- values -----------------------------------------------------------------------------------


def _values(path: Path, old: Any, new: Any, names: Iterable[str]) -> Iterator[Edit]:
    for name in names:
        value = getattr(new, name)
        if value != getattr(old, name):
            yield SetValue((*path, name), getattr(value, "value", value))


def _fields(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Edit]:
    yield from _sequence(
        ("fields",), list(old), list(new), lambda label: {"label": label, "value": new[label]}
    )
    for label, (before, after) in _both(old, new):
        if before != after:
            yield SetValue(("fields", label), after)


def _extra(row_id: str, old: Indicator, new: Indicator) -> Iterator[Edit]:
    path = ("indicators", row_id, "extra")
    if list(old.extra) != list(new.extra):
        yield SetValue(path, dict(new.extra))
        return
    for label, (before, after) in _both(old.extra, new.extra):
        if before != after:
            yield SetValue((*path, label), after)


def _table(label: str, old: Table, new: Table) -> Iterator[Edit]:
    path = ("tables", label)
    yield from _values(path, old, new, ["columns"])
    known = {row.id: len(row.cells) for row in old.rows}
    kept = [row for row in new.rows if known.get(row.id, -1) == len(row.cells)]
    by_id = _by_id(new.rows)
    before = [row.id for row in old.rows]
    fixed = {row.id for row in kept}
    yield from _sequence(
        path, before, list(by_id), lambda i: interchange.row_to_json(by_id[i]), fixed
    )
    for row_id, (one, other) in _both(_by_id(old.rows), _by_id(kept)):
        for column, (text, wanted) in enumerate(zip(one.cells, other.cells, strict=True)):
            if text != wanted:
                yield SetValue((*path, row_id, column), wanted)


# -- lists ------------------------------------------------------------------------------------


def _labelled(
    path: Path,
    old: Mapping[str, Choice] | Mapping[str, Table],
    new: Mapping[str, Choice] | Mapping[str, Table],
    write: Callable[[Any], Json],
) -> Iterator[Edit]:
    same = {label for label, _ in _staying(old, new)}
    yield from _sequence(
        path, list(old), list(new), lambda label: {"label": label, **write(new[label])}, same
    )


def _listed(
    path: Path, old: Sequence[Any], new: Sequence[Any], write: Callable[..., Json]
) -> Iterator[Edit]:
    by_id = _by_id(new)
    same = {item_id for item_id, _ in _staying(_by_id(old), by_id)}
    ids = [item.id for item in old]
    yield from _sequence(path, ids, list(by_id), lambda i: write(by_id[i], ids=True), same)


def _sequence(
    path: Path,
    old: list[str],
    new: list[str],
    write: Callable[[str], Json],
    same: set[str] | None = None,
) -> Iterator[Edit]:
    """Yield what turns one list of keys into another: removals, then from the end what goes where.

    Args:
        path: the list.
        old: its keys now.
        new: its keys then.
        write: gives the JSON of a new item.
        same: keys whose items may stay; those of both lists, if not given. Others are replaced.
    """
    stay = (set(old) & set(new)) & (set(old) if same is None else same)
    for key in old:
        if key not in stay:
            yield Remove(path, key)
    place = {key: number for number, key in enumerate(old)}
    fixed = _longest_rising([key for key in new if key in stay], place)
    before: str | None = None
    for key in reversed(new):
        if key not in stay:
            yield Insert(path, write(key), before)
        elif key not in fixed:
            yield Move(path, key, before)
        before = key


def _longest_rising(keys: list[str], place: Mapping[str, int]) -> set[str]:
    """Return the most keys that need not move: the longest run with rising places."""
    tails: list[int] = []
    ends: list[str] = []
    previous: dict[str, str | None] = {}
    for key in keys:
        at = bisect_left(tails, place[key])
        previous[key] = ends[at - 1] if at else None
        tails[at:] = [place[key], *tails[at + 1 :]]
        ends[at:] = [key, *ends[at + 1 :]]
    found: set[str] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = previous[last]
    return found


def _both(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, tuple[Any, Any]]]:
    return [(key, (old[key], new[key])) for key in old if key in new]


def _staying(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, tuple[Any, Any]]]:
    """Return the things of both that edits can lead to each other; others must be replaced.

    No edit reaches what a file says of them in keys that this program does not know.
    """
    return [(key, pair) for key, pair in _both(old, new) if pair[0].other == pair[1].other]


def _by_id(items: Iterable[Any]) -> dict[str, Any]:
    return {item.id: item for item in items}
