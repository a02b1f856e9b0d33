"""What a step is made of, as data: edits of forms, whole forms, lists, settings, excuses.

Every change knows its inverse, so that undo is the same road travelled backwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kpiapp.model import edit as edits
from kpiapp.model import interchange
from kpiapp.model.edit import Edit, Insert, SetValue
from kpiapp.model.form import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.form import Form
    from kpiapp.model.project_list import ProjectList

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class EditForm:
    """One edit of one form, and the edit that undoes it."""

    form_id: str
    edit: Edit
    inverse: Edit


@dataclass(frozen=True, slots=True)
class AddForm:
    """A form comes into the library; `form` is its whole JSON, `position` its place in lists."""

    form: Json
    position: int | None = None


@dataclass(frozen=True, slots=True)
class RemoveForm:
    """A form leaves the library; it is kept here, so that undo can bring it back."""

    form: Json
    position: int | None = None


@dataclass(frozen=True, slots=True)
class PutProjectList:
    """The 项目支出表 `id` becomes `new`; None where there is none before or after."""

    id: str
    old: Json | None
    new: Json | None


@dataclass(frozen=True, slots=True)
class PutSetting:
    """The setting `key` of the library becomes `new`; None where there is none before or after."""

    key: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class PutExcuse:
    """Why the finding `key` does not count becomes `new`; None where it counts.

    Each is a row of the table of excuses without its key: form_id, code, reason, who, time.
    """

    key: str
    old: Json | None
    new: Json | None


Change = EditForm | AddForm | RemoveForm | PutProjectList | PutSetting | PutExcuse


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a person did. `id` is its place in the history, None until it is saved."""

    label: str
    changes: Sequence[Change]
    who: str = ""
    time: str = ""
    id: int | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class StepHead:
    """A line of the history: a step without its changes. `time` is ISO, in UTC."""

    id: int
    label: str
    time: str
    who: str
    undone: bool
    forms: tuple[str, ...] = field(default=())


def whole_form_json(form: Form) -> Json:
    """Return a form's JSON with every id, those of table rows included; the form is not shared."""
    data = interchange.form_to_json(form, ids=True)
    for label, table in form.tables.items():
        data["tables"][label]["rows"] = [interchange.row_to_json(row) for row in table.rows]
    return data


def whole_form(data: Json) -> Form:
    """Return the form that `whole_form_json` wrote."""
    form = interchange.form_from_json(data)
    form.ids_given = True
    return form


def copy_of(form: Form) -> Form:
    """Return a form of the same ids and contents that shares nothing with the first."""
    return whole_form(whole_form_json(form))


def add_form(form: Form) -> AddForm:
    """Return the change that brings a form in."""
    return AddForm(whole_form_json(form))


def put_project_list(old: ProjectList | None, new: ProjectList) -> PutProjectList:
    """Return the change that puts a 项目支出表 in the place of `old`."""
    before = interchange.project_list_to_json(old) if old else None
    return PutProjectList(new.id, before, interchange.project_list_to_json(new))


def with_ids(edit: Edit) -> Edit:
    """Return an edit that makes the same things each time it is done: rows get their ids now."""
    match edit:
        case Insert(("tables",), item, before):
            rows = [_row_with_id(row) for row in item.get("rows", ())]
            return Insert(edit.path, {**item, "rows": rows}, before)
        case SetValue(path, list(value)):
            return SetValue(path, list(value))
        case SetValue(path, dict(value)):
            return SetValue(path, dict(value))
        case _:
            return edit


def _row_with_id(row: Any) -> Json:
    return row if isinstance(row, dict) else {"id": new_id(), "cells": list(row)}


def inverse(change: Change) -> Change:
    """Return the change that undoes a change."""
    match change:
        case EditForm(form_id, edit, back):
            return EditForm(form_id, back, edit)
        case AddForm(form, position):
            return RemoveForm(form, position)
        case RemoveForm(form, position):
            return AddForm(form, position)
        case PutProjectList(list_id, old, new):
            return PutProjectList(list_id, new, old)
        case PutSetting(key, old, new):
            return PutSetting(key, new, old)
        case PutExcuse(key, old, new):
            return PutExcuse(key, new, old)


def form_id(change: Change) -> str | None:
    """Return the id of the form a change touches, or None."""
    match change:
        case EditForm(touched):
            return touched
        case AddForm(form) | RemoveForm(form):
            return str(form["id"])
        case PutProjectList() | PutSetting() | PutExcuse():
            return None


def to_json(change: Change) -> tuple[Json, Json]:
    """Return a change and its inverse as the two JSON objects of one row of the history."""
    match change:
        case EditForm(_, edit, back):
            return edits.to_json(edit), edits.to_json(back)
        case AddForm(form, position):
            return {"op": "AddForm", "form": form, "position": position}, {"op": "RemoveForm"}
        case RemoveForm(form, position):
            return {"op": "RemoveForm"}, {"op": "AddForm", "form": form, "position": position}
        case PutProjectList(list_id, old, new):
            head = {"op": "PutProjectList", "id": list_id}
            return {**head, "list": new}, {**head, "list": old}
        case PutSetting(key, old, new):
            head = {"op": "PutSetting", "key": key}
            return {**head, "value": new}, {**head, "value": old}
        case PutExcuse(key, old, new):
            head = {"op": "PutExcuse", "key": key}
            return {**head, "excuse": new}, {**head, "excuse": old}


def from_json(form: str | None, edit: Json, back: Json) -> Change:
    """Return the change that `to_json` wrote."""
    match edit["op"]:
        case "AddForm":
            return AddForm(edit["form"], edit["position"])
        case "RemoveForm":
            return RemoveForm(back["form"], back["position"])
        case "PutProjectList":
            return PutProjectList(edit["id"], back["list"], edit["list"])
        case "PutSetting":
            return PutSetting(edit["key"], back["value"], edit["value"])
        case "PutExcuse":
            return PutExcuse(edit["key"], back["excuse"], edit["excuse"])
        case _:
            return EditForm(form or "", edits.from_json(edit), edits.from_json(back))
