"""From rows to forms: one short query a table, for one form or for all of a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from kpiapp.model.form import (
    Choice,
    Form,
    Goal,
    Horizon,
    Indicator,
    Kind,
    Project,
    Row,
    Table,
    Unit,
)
from kpiapp.model.project_list import ProjectList
from kpiapp.store import rows as w

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, Select
    from sqlalchemy import Table as SqlTable

Forms = dict[str, Form]


def _columns(table: SqlTable, names: str) -> list[Any]:
    return [table.c[name] for name in names.split()]


_PARTS: dict[str, tuple[SqlTable, str, str]] = {
    "fields": (w.FIELDS, "form_id label text", "position"),
    "choices": (w.CHOICES, "form_id label other", "position"),
    "choice_items": (w.CHOICE_ITEMS, "form_id label role option text", "position"),
    "tables": (w.TABLES, "form_id label other", "position"),
    "columns": (w.COLUMNS, "form_id label text", "position"),
    "lines": (w.LINES, "form_id label id", "position"),
    "cells": (w.CELLS, "form_id label row_id text", "column"),
    "goals": (w.GOALS, "form_id horizon number label until text share id other", "position"),
    "indicators": (
        w.INDICATORS,
        (
            "form_id id other horizon goal level1 level2 level3 target prior2 prior1"
            " long_term_target standard note weight direction"
        ),
        "position",
    ),
    "extras": (w.EXTRAS, "form_id indicator_id label text", "position"),
    "notes": (w.NOTES, "form_id text", "position"),
}
_YEAR = select(w.FORMS.c.id).where(w.FORMS.c.year == bindparam("key"))


def _statements(of_year: bool) -> dict[str, Select[Any]]:  # noqa: FBT001 - built twice, here
    """Return the query of each table; built once, so that only running them costs time."""
    statements = {}
    for name, (table, columns, order) in _PARTS.items():
        owner = table.c.form_id
        mine = owner.in_(_YEAR) if of_year else owner == bindparam("key")
        statements[name] = select(*_columns(table, columns)).where(mine).order_by(table.c[order])
    which = w.FORMS.c.year if of_year else w.FORMS.c.id
    forms = select(w.FORMS).where(which == bindparam("key"))
    statements["forms"] = forms.order_by(w.FORMS.c.kind, w.FORMS.c.position)
    return statements


_OF_FORM, _OF_YEAR = _statements(of_year=False), _statements(of_year=True)


def read_form(connection: Connection, form_id: str) -> tuple[Form, int] | None:
    """Return a form and its version, or None if there is none with this id."""
    return next(iter(_read(connection, _OF_FORM, form_id)), None)


def read_year(connection: Connection, year: int) -> list[tuple[Form, int]]:
    """Return all forms of a year with their versions, department forms first."""
    return _read(connection, _OF_YEAR, year)


def _read(
    connection: Connection, statements: dict[str, Select[Any]], key: str | int
) -> list[tuple[Form, int]]:
    def rows(name: str) -> Iterable[Any]:
        return connection.execute(statements[name], {"key": key})

    heads = [(_form(row), row.version) for row in rows("forms")]
    forms = {form.id: form for form, _ in heads}
    if forms:
        _read_parts(forms, rows)
    return heads


def _read_parts(forms: Forms, rows: Any) -> None:
    for form_id, label, text in rows("fields"):
        forms[form_id].fields[label] = text
    for form_id, label, other in rows("choices"):
        forms[form_id].choices[label] = Choice(other=other or {})
    for form_id, label, role, option, text in rows("choice_items"):
        _add_item(forms[form_id].choices[label], role, option, text)
    _read_tables(forms, rows)
    for form_id, horizon, number, label, until, text, share, goal_id, other in rows("goals"):
        goal = Goal(Horizon(horizon), number, label, until, text, share, goal_id, other or {})
        forms[form_id].goals.append(goal)
    by_id: dict[tuple[str, str], Indicator] = {}
    for form_id, row_id, other, horizon, *values in rows("indicators"):
        row = Indicator(Horizon(horizon), *values)
        row.id, row.other = row_id, other or {}
        forms[form_id].indicators.append(row)
        by_id[form_id, row_id] = row
    for form_id, row_id, label, text in rows("extras"):
        by_id[form_id, row_id].extra[label] = text
    for form_id, text in rows("notes"):
        forms[form_id].notes.append(text)


def _add_item(choice: Choice, role: str, option: str, text: str | None) -> None:
    if role == "values":
        choice.values[option] = text or ""
    else:
        getattr(choice, role).append(option)


def _read_tables(forms: Forms, rows: Any) -> None:
    for form_id, label, other in rows("tables"):
        forms[form_id].tables[label] = Table(other=other or {})
    for form_id, label, text in rows("columns"):
        forms[form_id].tables[label].columns.append(text)
    by_id: dict[tuple[str, str, str], list[str]] = {}
    for form_id, label, row_id in rows("lines"):
        row = Row([], row_id)
        forms[form_id].tables[label].rows.append(row)
        by_id[form_id, label, row_id] = row.cells
    for form_id, label, row_id, text in rows("cells"):
        by_id[form_id, label, row_id].append(text)


def _form(row: Any) -> Form:
    unit = project = None
    if row.unit_id is not None:
        unit = Unit(row.unit_id, row.unit_name or "", row.unit_parent, row.unit_other or {})
    if row.project_id is not None:
        project = Project(row.project_id, row.project_code or "", row.project_other or {})
    return Form(
        id=row.id,
        kind=Kind(row.kind),
        year=row.year,
        layout=row.layout,
        title=row.title,
        filled_on=row.filled_on,
        amount_unit=row.amount_unit,
        unit=unit,
        project=project,
        stage=row.stage,
        revision=row.revision,
        ids_given=True,
        other=row.other or {},
    )


_LISTS = select(w.LISTS).where(w.LISTS.c.year == bindparam("year")).order_by(w.LISTS.c.id)
_LIST_CELLS = (
    select(*_columns(w.LIST_CELLS, "list_id row column text"))
    .join(w.LISTS, w.LISTS.c.id == w.LIST_CELLS.c.list_id)
    .where(w.LISTS.c.year == bindparam("year"))
    .order_by(w.LIST_CELLS.c.row, w.LIST_CELLS.c.column)
)


def read_project_lists(connection: Connection, year: int) -> list[ProjectList]:
    """Return the 项目支出表 of a year."""
    lists = {
        row.id: ProjectList(
            row.id, row.year, row.layout, row.title, row.amount_unit, other=row.other or {}
        )
        for row in connection.execute(_LISTS, {"year": year})
    }
    for list_id, number, column, text in connection.execute(_LIST_CELLS, {"year": year}):
        projects = lists[list_id]
        if number > len(projects.rows):
            projects.rows.append([])
        if column >= 0:
            (projects.rows[number - 1] if number else projects.columns).append(text)
    return list(lists.values())
