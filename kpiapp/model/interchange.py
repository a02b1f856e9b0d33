"""The open JSON of a form: read and written without loss.

Unknown keys are kept where they stood (in `other`). Ids are made where they are missing and are
written only for forms that came with ids or live in a library (`Form.ids_given`).
"""

from __future__ import annotations

from typing import Any

from kpiapp.model import json_values as values
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
    new_id,
)
from kpiapp.model.json_values import FormJsonError
from kpiapp.model.project_list import ProjectList

FORM_KEYS = (
    "id kind year layout title filled_on amount_unit fields choices tables goals indicators notes"
    " unit project stage revision"
).split()
GOAL_KEYS = "horizon number label until text".split()
INDICATOR_KEYS = (
    "horizon goal level1 level2 level3 target prior2 prior1 long_term_target standard note"
).split()


def form_from_json(data: Any) -> Form:
    """Return the form that a JSON object describes.

    Raises:
        FormJsonError: a needed key is missing or a value has the wrong kind, with its place.
    """
    if not isinstance(data, dict):
        raise FormJsonError("文件内容不是一张申报表", "请选择由本程序导出的JSON文件")
    for key in ("kind", "year", "goals", "indicators"):
        if key not in data:
            raise FormJsonError(f"缺少“{key}”")
    form = Form(
        id=values.text(data, "id", "") or new_id(),
        kind=values.one_of(Kind, data, "kind", ""),
        year=values.whole(data, "year", ""),
        layout=values.text(data, "layout", ""),
        title=values.text(data, "title", ""),
        filled_on=values.optional(data, "filled_on", ""),
        amount_unit=values.text(data, "amount_unit", "") or "万元",
        fields={
            label: values.as_text(text, f"fields / {label}")
            for label, text in values.mapping(data, "fields").items()
        },
        choices=values.each_labelled(data, "choices", choice_from_json),
        tables=values.each_labelled(data, "tables", table_from_json),
        goals=values.each(data, "goals", goal_from_json),
        indicators=values.each(data, "indicators", indicator_from_json),
        notes=[values.as_text(note, "notes") for note in values.sequence(data, "notes")],
        unit=unit_from_json(data["unit"]) if data.get("unit") else None,
        project=project_from_json(data["project"]) if data.get("project") else None,
        stage=values.optional(data, "stage", ""),
        revision=data.get("revision"),
        other=values.rest(data, FORM_KEYS),
    )
    form.ids_given = any(
        "id" in item
        for item in (*values.sequence(data, "goals"), *values.sequence(data, "indicators"))
    )
    _ids_are_unique(form.goals, "goals")
    _ids_are_unique(form.indicators, "indicators")
    return form


def form_to_json(form: Form, *, ids: bool | None = None) -> dict[str, Any]:
    """Return a form as its JSON object, keys in the order of the interchange file.

    Args:
        form: the form.
        ids: write goal and indicator ids; by default, only if the form came with them.
    """
    ids = form.ids_given if ids is None else ids
    data: dict[str, Any] = {
        "id": form.id,
        "layout": form.layout,
        "kind": form.kind.value,
        "year": form.year,
        "title": form.title,
        "filled_on": form.filled_on,
        "amount_unit": form.amount_unit,
        "fields": dict(form.fields),
        "choices": {label: choice_to_json(choice) for label, choice in form.choices.items()},
        "tables": {label: table_to_json(table) for label, table in form.tables.items()},
        "goals": [goal_to_json(goal, ids=ids) for goal in form.goals],
        "indicators": [indicator_to_json(row, ids=ids) for row in form.indicators],
        "notes": list(form.notes),
    }
    if form.unit:
        data["unit"] = unit_to_json(form.unit)
    if form.project:
        data["project"] = project_to_json(form.project)
    if form.stage is not None:
        data["stage"] = form.stage
    if form.revision is not None:
        data["revision"] = form.revision
    return data | form.other


def goal_from_json(data: Any, where: str = "goals") -> Goal:
    """Return the goal that a JSON object describes; raises FormJsonError naming `where`."""
    values.need(data, ("horizon", "number"), where)
    return Goal(
        horizon=values.one_of(Horizon, data, "horizon", where),
        number=values.whole(data, "number", where),
        label=values.text(data, "label", where),
        until=None if data.get("until") is None else values.whole(data, "until", where),
        text=values.text(data, "text", where),
        share=data.get("share"),
        id=values.text(data, "id", where) or new_id(),
        other=values.rest(data, (*GOAL_KEYS, "id", "share")),
    )


def goal_to_json(goal: Goal, *, ids: bool = False) -> dict[str, Any]:
    """Return a goal as its JSON object."""
    data: dict[str, Any] = {"id": goal.id} if ids else {}
    data |= {key: getattr(goal, key) for key in GOAL_KEYS} | {"horizon": goal.horizon.value}
    if goal.share is not None:
        data["share"] = goal.share
    return data | goal.other


def indicator_from_json(data: Any, where: str = "indicators") -> Indicator:
    """Return the indicator that a JSON object describes; raises FormJsonError naming `where`."""
    values.need(data, ("horizon", "goal"), where)
    return Indicator(
        horizon=values.one_of(Horizon, data, "horizon", where),
        goal=values.whole(data, "goal", where),
        level1=values.text(data, "level1", where),
        level2=values.text(data, "level2", where),
        level3=values.text(data, "level3", where),
        target=values.text(data, "target", where),
        prior2=values.optional(data, "prior2", where),
        prior1=values.optional(data, "prior1", where),
        long_term_target=values.optional(data, "long_term_target", where),
        direction=values.optional(data, "direction", where),
        standard=values.text(data, "standard", where),
        note=values.text(data, "note", where),
        weight=data.get("weight"),
        extra={
            label: values.as_text(text, f"{where} / extra / {label}")
            for label, text in values.mapping(data, "extra").items()
        },
        id=values.text(data, "id", where) or new_id(),
        other=values.rest(data, (*INDICATOR_KEYS, "id", "weight", "direction", "extra")),
    )


def indicator_to_json(row: Indicator, *, ids: bool = False) -> dict[str, Any]:
    """Return an indicator as its JSON object."""
    data: dict[str, Any] = {"id": row.id} if ids else {}
    data |= {key: getattr(row, key) for key in INDICATOR_KEYS} | {"horizon": row.horizon.value}
    for key in ("weight", "direction"):
        if getattr(row, key) is not None:
            data[key] = getattr(row, key)
    if row.extra:
        data["extra"] = dict(row.extra)
    return data | row.other


def choice_from_json(data: Any, where: str = "choices") -> Choice:
    """Return the group of boxes that a JSON object describes."""
    values.need(data, (), where)
    return Choice(
        options=[values.as_text(x, where) for x in values.sequence(data, "options")],
        checked=[values.as_text(x, where) for x in values.sequence(data, "checked")],
        values={key: values.as_text(x, where) for key, x in values.mapping(data, "values").items()},
        other=values.rest(data, ("options", "checked", "values")),
    )


def choice_to_json(choice: Choice) -> dict[str, Any]:
    """Return a group of boxes as its JSON object."""
    data: dict[str, Any] = {"options": list(choice.options), "checked": list(choice.checked)}
    if choice.values:
        data["values"] = dict(choice.values)
    return data | choice.other


def table_from_json(data: Any, where: str = "tables") -> Table:
    """Return the inner table that a JSON object describes; short rows are filled up."""
    values.need(data, (), where)
    columns = [values.as_text(x, f"{where} / columns") for x in values.sequence(data, "columns")]
    rows = [row_from_json(row, f"{where} / rows") for row in values.sequence(data, "rows")]
    for row in rows:
        row.cells.extend([""] * (len(columns) - len(row.cells)))
    return Table(columns, rows, values.rest(data, ("columns", "rows")))


def table_to_json(table: Table, *, ids: bool = False) -> dict[str, Any]:
    """Return an inner table as its JSON object.

    Args:
        table: the table.
        ids: rows are objects with their ids, as an Insert carries them, so that older edits still
            find them; else lists of texts.
    """
    rows = [row_to_json(row) if ids else list(row.cells) for row in table.rows]
    return {"columns": list(table.columns), "rows": rows} | table.other


def row_from_json(data: Any, where: str = "rows") -> Row:
    """Return a row from a list of texts, or from the object an Insert carries."""
    if isinstance(data, dict):
        values.need(data, ("id", "cells"), where)
        return Row([values.as_text(x, where) for x in data["cells"]], data["id"])
    if not isinstance(data, list):
        raise FormJsonError(f"“{where}”应是一列文字")
    return Row([values.as_text(x, where) for x in data])


def row_to_json(row: Row, *, ids: bool = True) -> dict[str, Any]:
    """Return a row as the object an Insert carries."""
    return {"id": row.id, "cells": list(row.cells)} if ids else {"cells": list(row.cells)}


def unit_from_json(data: Any) -> Unit:
    """Return the unit that a JSON object describes."""
    values.need(data, (), "unit")
    name = values.text(data, "name", "unit")
    rest = values.rest(data, ("id", "name", "parent"))
    return Unit(
        values.text(data, "id", "unit") or name, name, values.optional(data, "parent", "unit"), rest
    )


def unit_to_json(unit: Unit) -> dict[str, Any]:
    """Return a unit as its JSON object."""
    return {"id": unit.id, "name": unit.name, "parent": unit.parent} | unit.other


def project_from_json(data: Any) -> Project:
    """Return the project that a JSON object describes."""
    values.need(data, (), "project")
    rest = values.rest(data, ("id", "code"))
    return Project(
        values.text(data, "id", "project") or new_id(), values.text(data, "code", "project"), rest
    )


def project_to_json(project: Project) -> dict[str, Any]:
    """Return a project as its JSON object."""
    return {"id": project.id, "code": project.code} | project.other


def project_list_from_json(data: Any) -> ProjectList:
    """Return the 项目支出表 that a JSON object with kind "project_list" describes."""
    values.need(data, ("year", "columns", "rows"), "项目支出表")
    known = ("id", "kind", "layout", "year", "title", "amount_unit", "columns", "rows")
    return ProjectList(
        id=values.text(data, "id", "") or new_id(),
        year=values.whole(data, "year", ""),
        layout=values.text(data, "layout", ""),
        title=values.text(data, "title", "", default="项目支出表"),
        amount_unit=values.text(data, "amount_unit", "") or "万元",
        columns=[values.as_text(x, "columns") for x in values.sequence(data, "columns")],
        rows=[
            row_from_json(row, f"rows 第{n}行").cells
            for n, row in enumerate(values.sequence(data, "rows"), 1)
        ],
        other=values.rest(data, known),
    )


def project_list_to_json(projects: ProjectList) -> dict[str, Any]:
    """Return a 项目支出表 as its JSON object."""
    return {
        "id": projects.id,
        "kind": "project_list",
        "layout": projects.layout,
        "year": projects.year,
        "title": projects.title,
        "amount_unit": projects.amount_unit,
        "columns": list(projects.columns),
        "rows": [list(row) for row in projects.rows],
    } | projects.other


def _ids_are_unique(items: list[Goal] | list[Indicator], key: str) -> None:
    seen = set()
    for item in items:
        if item.id in seen:
            raise FormJsonError(f"“{key}”里有两项的“id”都是“{item.id}”")
        seen.add(item.id)
