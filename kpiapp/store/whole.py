"""Whole forms and 项目支出表 coming into a library and leaving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from kpiapp.store.ordering import GAP
from kpiapp.store.rows import (
    FORMS,
    LIST_CELLS,
    LISTS,
    PROJECTS,
    UNITS,
    form_parts,
    form_values,
    values_of,
)
from kpiapp.store.statements import exactly_one, insert_all, insert_many, put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.form import Form
    from kpiapp.model.project_list import ProjectList


def write_forms(connection: Connection, forms: Sequence[tuple[Form, int | None]]) -> None:
    """Write whole new forms, all rows of a table at once.

    Args:
        connection: a transaction that writes.
        forms: each with its place in the lists; None puts it at the end.
    """
    last = connection.scalar(select(func.max(FORMS.c.position))) or 0
    rows = []
    for form, position in forms:
        place = last + GAP if position is None else position
        last = max(last, place)
        rows.append(form_values(form) | {"position": place})
    for form, _ in forms:
        _write_unit_and_project(connection, form)
    insert_many(connection, FORMS, rows)
    insert_all(connection, (part for form, _ in forms for part in form_parts(form)))


def _write_unit_and_project(connection: Connection, form: Form) -> None:
    unit_id = None
    if form.unit:
        unit_id = form.unit.id
        if form.unit.parent is not None:
            put(connection, UNITS, {"id": form.unit.parent}, {}, {"name": ""})
        row = {"name": form.unit.name, "parent_id": form.unit.parent}
        put(connection, UNITS, {"id": unit_id}, row)
    if form.project:
        row = {"code": form.project.code, "unit_id": unit_id}
        put(connection, PROJECTS, {"id": form.project.id}, row)


def remove_form(connection: Connection, form_id: str) -> None:
    """Delete a form; its parts go with it."""
    exactly_one(connection, delete(FORMS).where(FORMS.c.id == form_id))


_BUMP = (
    update(FORMS)
    .where(FORMS.c.id == bindparam("form"), FORMS.c.version == bindparam("known"))
    .values(version=bindparam("next"))
)
"""Made once: it is part of every edit."""


def bump_version(connection: Connection, form_id: str, known: int | None) -> int | None:
    """Count one saved step on a form.

    Args:
        connection: a transaction that writes.
        form_id: the form.
        known: the version at which it was loaded, or None if it was not.

    Returns:
        Its new version, or None if somebody else has saved or removed it meanwhile.
    """
    if known is None:
        known = connection.scalar(select(FORMS.c.version).where(FORMS.c.id == form_id))
        if known is None:
            return None
    values = {"form": form_id, "known": known, "next": known + 1}
    return known + 1 if connection.execute(_BUMP, values).rowcount == 1 else None


def remove_project_list(connection: Connection, list_id: str) -> None:
    """Delete a 项目支出表, if it is there."""
    connection.execute(delete(LISTS).where(LISTS.c.id == list_id))


def write_project_list(connection: Connection, projects: ProjectList) -> None:
    """Write a 项目支出表 in the place of the one with its id."""
    remove_project_list(connection, projects.id)
    names = "id year layout title amount_unit other".split()
    connection.execute(insert(LISTS).values(values_of(projects, names)))
    rows = []
    for number, row in enumerate([projects.columns, *projects.rows]):
        cells = enumerate(row) if row else [(-1, "")]
        place = {"list_id": projects.id, "row": number}
        rows += [{**place, "column": column, "text": text} for column, text in cells]
    insert_many(connection, LIST_CELLS, rows)
