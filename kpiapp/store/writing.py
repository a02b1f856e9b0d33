"""From edits to rows: an edit writes only the rows that it touches."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, delete, insert, update

from kpiapp.model import interchange
from kpiapp.model.edit import FORM_VALUES, Edit, Insert, Move, Remove, SetValue
from kpiapp.store.ordering import position_before
from kpiapp.store.rows import (
    CELLS,
    CHOICE_ITEMS,
    CHOICES,
    COLUMNS,
    EXTRAS,
    FIELDS,
    FORMS,
    GOALS,
    INDICATORS,
    LINES,
    NOTES,
    TABLES,
    Values,
    choice_item_rows,
    choice_rows,
    column_rows,
    extra_rows,
    field_rows,
    goal_rows,
    indicator_rows,
    line_rows,
    note_rows,
    table_rows,
)
from kpiapp.store.statements import (
    RowMissingError,
    exactly_one,
    insert_all,
    insert_many,
    matches,
    update_one,
)


def write_edit(connection: Connection, form_id: str, edit: Edit) -> None:
    """Write one edit that has already been applied in memory.

    Raises:
        RowMissingError: the rows do not fit the edit; the transaction must be rolled back.
    """
    match edit:
        case SetValue(path, value):
            _set(connection, form_id, path, value)
        case Insert(path, item, before):
            _insert(connection, form_id, path, item, before)
        case Remove(path, item_id):
            table, scope, key = _list(form_id, path)
            exactly_one(connection, delete(table).where(*matches(table, {**scope, key: item_id})))
        case Move(path, item_id, before):
            _move(connection, form_id, path, item_id, before)


def _move(
    connection: Connection, form_id: str, path: Any, item_id: str, before: str | None
) -> None:
    if before == item_id:
        return
    table, scope, key = _list(form_id, path)
    position = position_before(connection, table, scope, key, before)
    update_one(connection, table, {**scope, key: item_id}, {"position": position})


def _list(form_id: str, path: Any) -> tuple[Table, Values, str]:
    """Return where a list lies: table, the columns that pick it, and the column of its keys."""
    scope: Values = {"form_id": form_id}
    match path:
        case ("goals",):
            return GOALS, scope, "id"
        case ("indicators",):
            return INDICATORS, scope, "id"
        case ("fields",):
            return FIELDS, scope, "label"
        case ("choices",):
            return CHOICES, scope, "label"
        case ("tables",):
            return TABLES, scope, "label"
        case ("tables", label):
            return LINES, {**scope, "label": label}, "id"
        case _:
            raise RowMissingError(path)


def _set(  # noqa: C901 - one case a kind of place
    connection: Connection, form_id: str, path: Any, value: Any
) -> None:
    form = {"form_id": form_id}
    match path:
        case ("notes",):
            connection.execute(delete(NOTES).where(*matches(NOTES, form)))
            insert_many(connection, NOTES, note_rows(form_id, value))
        case (str(name),) if name in FORM_VALUES:
            update_one(connection, FORMS, {"id": form_id}, {name: value})
        case ("fields", label):
            update_one(connection, FIELDS, {**form, "label": label}, {"text": value})
        case ("choices", label, str(role)):
            here = {**form, "label": label, "role": role}
            connection.execute(delete(CHOICE_ITEMS).where(*matches(CHOICE_ITEMS, here)))
            insert_many(connection, CHOICE_ITEMS, choice_item_rows(form_id, label, role, value))
        case ("tables", label, "columns"):
            here = {**form, "label": label}
            connection.execute(delete(COLUMNS).where(*matches(COLUMNS, here)))
            insert_many(connection, COLUMNS, column_rows(form_id, label, value))
        case ("tables", label, row_id, column):
            here = {**form, "label": label, "row_id": row_id, "column": column}
            update_one(connection, CELLS, here, {"text": value})
        case ("goals", goal_id, str(name)):
            update_one(connection, GOALS, {**form, "id": goal_id}, {name: value})
        case ("indicators", row_id, "extra"):
            here = {**form, "indicator_id": row_id}
            connection.execute(delete(EXTRAS).where(*matches(EXTRAS, here)))
            insert_many(connection, EXTRAS, extra_rows(form_id, row_id, value))
        case ("indicators", row_id, str(name)):
            update_one(connection, INDICATORS, {**form, "id": row_id}, {name: value})
        case ("indicators", row_id, "extra", label):
            _set_extra(connection, {**form, "indicator_id": row_id}, label, value)
        case _:
            raise RowMissingError(path)


def _set_extra(connection: Connection, scope: Values, label: str, text: str | None) -> None:
    here = {**scope, "label": label}
    if text is None:
        connection.execute(delete(EXTRAS).where(*matches(EXTRAS, here)))
        return
    if connection.execute(update(EXTRAS).where(*matches(EXTRAS, here)).values(text=text)).rowcount:
        return
    position = position_before(connection, EXTRAS, scope, "label", None)
    connection.execute(insert(EXTRAS).values({**here, "position": position, "text": text}))


def _insert(
    connection: Connection, form_id: str, path: Any, item: Values, before: str | None
) -> None:
    table, scope, key = _list(form_id, path)
    position = position_before(connection, table, scope, key, before)
    content = {name: value for name, value in item.items() if name != "label"}
    match path:
        case ("goals",):
            rows = goal_rows(form_id, position, interchange.goal_from_json(item))
        case ("indicators",):
            rows = indicator_rows(form_id, position, interchange.indicator_from_json(item))
        case ("fields",):
            rows = field_rows(form_id, position, item["label"], item["value"])
        case ("choices",):
            choice = interchange.choice_from_json(content)
            rows = choice_rows(form_id, position, item["label"], choice)
        case ("tables",):
            inner = interchange.table_from_json(content)
            rows = table_rows(form_id, position, item["label"], inner)
        case _:
            rows = line_rows(form_id, position, path[1], interchange.row_from_json(item))
    insert_all(connection, rows)
