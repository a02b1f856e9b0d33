"""A change as data. `apply` performs it and returns the edit that undoes it.

A path names a thing on a form by label or id, never by position:

    ("title",) ("filled_on",) ("year",) ("layout",) ("amount_unit",) ("notes",) ("stage",)
    ("revision",)
    ("fields", label)
    ("choices", label, "checked" | "options" | "values")
    ("tables", label, "columns")          ("tables", label, row id, column index)
    ("goals", id, attribute)              ("indicators", id, attribute)
    ("indicators", id, "extra", label)    a value of None takes the label away
    ("indicators", id, "extra")           all labels at once, in their order

and the lists that Insert, Remove and Move work on:

    ("fields",) ("choices",) ("tables",) ("tables", label) ("goals",) ("indicators",)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from kpiapp.model import interchange
from kpiapp.model.json_values import FormJsonError
from kpiapp.model.packing import packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kpiapp.model.form import Form, Indicator

Path = tuple[str | int, ...]

FORM_VALUES = frozenset("title filled_on year layout amount_unit notes stage revision kind".split())
GOAL_VALUES = frozenset("horizon number label until text share".split())
INDICATOR_VALUES = frozenset(
    "horizon goal level1 level2 level3 target prior2 prior1 long_term_target standard note weight"
    " direction".split()
)


class EditError(Exception):
    """An edit that does not fit the form: an unknown place, or an id that is already there."""


@packed
@dataclass(frozen=True, slots=True)
class SetValue:
    """Put `value` in the place that `path` names."""

    path: Path
    value: Any


@packed
@dataclass(frozen=True, slots=True)
class Insert:
    """Put `item` (its JSON, with its id or label) before the item `before`, or at the end."""

    path: Path
    item: dict[str, Any]
    before: str | None = None


@packed
@dataclass(frozen=True, slots=True)
class Remove:
    """Take the item `id` out of a list."""

    path: Path
    id: str


@packed
@dataclass(frozen=True, slots=True)
class Move:
    """Put the item `id` before the item `before`, or at the end."""

    path: Path
    id: str
    before: str | None = None


Edit = SetValue | Insert | Remove | Move


def apply(form: Form, edit: Edit) -> Edit:
    """Change `form` and return the edit that undoes it; raises EditError and changes nothing."""
    try:
        return _apply(form, edit)
    except (KeyError, TypeError, ValueError, AttributeError, FormJsonError) as fault:
        raise EditError(f"{edit!r} carries no such item or value: {fault}") from fault


def _apply(form: Form, edit: Edit) -> Edit:
    match edit:
        case SetValue(path, value):
            return _set(form, path, value)
        case Insert(path, item, before):
            items = _items(form, path)
            items.insert(item, before)
            return Remove(path, items.key(item))
        case Remove(path, item_id):
            items = _items(form, path)
            before = items.after(item_id)
            return Insert(path, items.remove(item_id), before)
        case Move(path, item_id, before):
            items = _items(form, path)
            old = items.after(item_id)
            items.move(item_id, before)
            return Move(path, item_id, old)


def apply_all(form: Form, edits: Iterable[Edit]) -> list[Edit]:
    """Apply all edits or none; return the edits that undo them, in the order to apply them."""
    inverses: list[Edit] = []
    try:
        for edit in edits:
            inverses.insert(0, apply(form, edit))
    except EditError:
        for inverse in inverses:
            apply(form, inverse)
        raise
    return inverses


def to_json(edit: Edit) -> dict[str, Any]:
    """Return an edit as a JSON object, for the steps kept in a library."""
    data: dict[str, Any] = {"op": type(edit).__name__, "path": list(edit.path)}
    for name in ("value", "item", "id", "before"):
        if hasattr(edit, name):
            data[name] = getattr(edit, name)
    return data


def from_json(data: dict[str, Any]) -> Edit:
    """Return the edit that `to_json` wrote."""
    kinds: dict[str, Callable[..., Edit]] = {
        "SetValue": SetValue, "Insert": Insert, "Remove": Remove, "Move": Move
    }  # fmt: skip
    values = {key: value for key, value in data.items() if key not in ("op", "path")}
    return kinds[data["op"]](tuple(data["path"]), **values)


# -- one value ------------------------------------------------------------------------------


def _set(form: Form, path: Path, value: Any) -> SetValue:  # noqa: C901 - one case a kind of place
    match path:
        case (str(name),) if name in FORM_VALUES:
            return _swap_attribute(form, name, path, value)
        case ("fields", str(label)):
            return _swap_key(form.fields, label, path, value, "栏目")
        case ("choices", str(label), "checked" | "options" | "values" as name):
            choice = _get(form.choices, label, "选项")
            return _swap_attribute(choice, str(name), path, value)
        case ("tables", str(label), "columns"):
            return _swap_attribute(_get(form.tables, label, "表"), "columns", path, value)
        case ("tables", str(label), str(row_id), int(column)):
            table = _get(form.tables, label, "表")
            cells = next((row.cells for row in table.rows if row.id == row_id), None)
            if cells is None or not 0 <= column < len(cells):
                raise EditError(f"no cell {path!r}")
            old, cells[column] = cells[column], value
            return SetValue(path, old)
        case ("goals", str(goal_id), str(name)) if name in GOAL_VALUES:
            return _swap_attribute(_by_id(form.goals, goal_id), name, path, value)
        case ("indicators", str(row_id), str(name)) if name in INDICATOR_VALUES:
            return _swap_attribute(_by_id(form.indicators, row_id), name, path, value)
        case ("indicators", str(row_id), "extra"):
            return _swap_attribute(_by_id(form.indicators, row_id), "extra", path, dict(value))
        case ("indicators", str(row_id), "extra", str(label)):
            return _swap_extra(_by_id(form.indicators, row_id), label, path, value)
        case _:
            raise EditError(f"no such place: {path!r}")


def _swap_attribute(thing: Any, name: str, path: Path, value: Any) -> SetValue:
    old = getattr(thing, name)
    setattr(thing, name, type(old)(value) if name in ("horizon", "kind") else value)
    return SetValue(path, old)


def _swap_extra(row: Indicator, label: str, path: Path, value: Any) -> SetValue:
    """Set or take away one label; what undoes a removal gives the labels back in their order."""
    old, old_value = dict(row.extra), row.extra.get(label)
    if value is None:
        row.extra.pop(label, None)
        return SetValue(path[:-1], old)
    row.extra[label] = value
    return SetValue(path, old_value)


def _swap_key(values: dict[str, Any], key: str, path: Path, value: Any, what: str) -> SetValue:
    old = _get(values, key, what)
    values[key] = value
    return SetValue(path, old)


def _get(values: dict[str, Any], key: str, what: str) -> Any:
    if key not in values:
        raise EditError(f"no {what} {key!r}")
    return values[key]


def _by_id(items: list[Any], item_id: str) -> Any:
    for item in items:
        if item.id == item_id:
            return item
    raise EditError(f"no item {item_id!r}")


# -- lists ----------------------------------------------------------------------------------


def _items(form: Form, path: Path) -> _Items:
    """Return the list that a path names, by whichever way it is stored."""
    match path:
        case ("goals",):
            return _ById(form.goals, interchange.goal_from_json, interchange.goal_to_json)
        case ("indicators",):
            return _ById(
                form.indicators, interchange.indicator_from_json, interchange.indicator_to_json
            )
        case ("tables", str(label)):
            rows = _get(form.tables, label, "表").rows
            return _ById(rows, interchange.row_from_json, interchange.row_to_json)
        case ("fields",):
            return _ByLabel(form.fields, lambda item: item["value"], lambda text: {"value": text})
        case ("choices",):
            return _ByLabel(form.choices, interchange.choice_from_json, interchange.choice_to_json)
        case ("tables",):
            write = partial(interchange.table_to_json, ids=True)
            return _ByLabel(form.tables, interchange.table_from_json, write)
        case _:
            raise EditError(f"no such list: {path!r}")


class _ById:
    """Items in a list that carry an id."""

    def __init__(
        self, items: list[Any], read: Callable[..., Any], write: Callable[..., Any]
    ) -> None:
        self.items, self.read, self.write = items, read, write

    def key(self, item: dict[str, Any]) -> str:
        return str(item["id"])

    def ids(self) -> list[str]:
        return [item.id for item in self.items]

    def after(self, item_id: str) -> str | None:
        ids = self.ids()
        return _next(ids, item_id)

    def insert(self, item: dict[str, Any], before: str | None) -> None:
        ids = self.ids()
        if not item.get("id") or item["id"] in ids:
            raise EditError(f"an item needs a new id: {item.get('id')!r}")
        self.items.insert(_position(ids, before), self.read(item))

    def remove(self, item_id: str) -> dict[str, Any]:
        item = self.items.pop(_position(self.ids(), item_id))
        return dict(self.write(item, ids=True))

    def move(self, item_id: str, before: str | None) -> None:
        if before == item_id:
            return
        ids = self.ids()
        _position(ids, before)
        item = self.items.pop(_position(ids, item_id))
        self.items.insert(_position(self.ids(), before), item)


class _ByLabel:
    """Items in a dict, whose label is their id; the order of the dict is the printed order."""

    def __init__(
        self, items: dict[str, Any], read: Callable[..., Any], write: Callable[..., Any]
    ) -> None:
        self.items, self.read, self.write = items, read, write

    def key(self, item: dict[str, Any]) -> str:
        return str(item["label"])

    def after(self, item_id: str) -> str | None:
        return _next(list(self.items), item_id)

    def insert(self, item: dict[str, Any], before: str | None) -> None:
        if not item.get("label") or item["label"] in self.items:
            raise EditError(f"an item needs a new label: {item.get('label')!r}")
        content = {key: value for key, value in item.items() if key != "label"}
        pairs = list(self.items.items())
        pairs.insert(_position(list(self.items), before), (item["label"], self.read(content)))
        self._reorder(pairs)

    def remove(self, item_id: str) -> dict[str, Any]:
        _position(list(self.items), item_id)
        return {**self.write(self.items.pop(item_id)), "label": item_id}

    def move(self, item_id: str, before: str | None) -> None:
        if before == item_id:
            return
        labels = list(self.items)
        _position(labels, before)
        pairs = list(self.items.items())
        pair = pairs.pop(_position(labels, item_id))
        labels.remove(item_id)
        pairs.insert(_position(labels, before), pair)
        self._reorder(pairs)

    def _reorder(self, pairs: list[tuple[str, Any]]) -> None:
        self.items.clear()
        self.items.update(pairs)


_Items = _ById | _ByLabel


def _position(ids: list[str], item_id: str | None) -> int:
    if item_id is None:
        return len(ids)
    try:
        return ids.index(item_id)
    except ValueError:
        raise EditError(f"no item {item_id!r}") from None


def _next(ids: list[str], item_id: str) -> str | None:
    position = _position(ids, item_id) + 1
    return ids[position] if position < len(ids) else None
