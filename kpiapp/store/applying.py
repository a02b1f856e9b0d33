"""The changes of a step as rows, with the optimistic version of every form they touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpiapp.errors import UserError
from kpiapp.model import interchange
from kpiapp.store import step as steps
from kpiapp.store import whole, writing
from kpiapp.store.rows import table_of
from kpiapp.store.statements import put
from kpiapp.store.step import (
    AddForm,
    Change,
    EditForm,
    PutExcuse,
    PutProjectList,
    PutSetting,
    RemoveForm,
)
from kpiapp.store.tables import ExcuseRow, SettingRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

FIRST_VERSION = 1
SETTINGS, EXCUSES = table_of(SettingRow), table_of(ExcuseRow)


def write_changes(
    connection: Connection, changes: Sequence[Change], known: Mapping[str, int], library: str
) -> dict[str, int | None]:
    """Write changes in order; return the new version of each form touched, None for one gone.

    Args:
        connection: a transaction that writes.
        changes: what to write.
        known: the version at which each form was loaded; a form that was not is read here.
        library: the name of the file, for messages.

    Raises:
        UserError: somebody else has saved one of the forms since it was loaded.
    """
    versions: dict[str, int | None] = {}
    new: list[AddForm] = []  # forms that come one behind the other are written at once
    for change in changes:
        if isinstance(change, AddForm):
            new.append(change)
            continue
        _add_forms(connection, new, versions)
        form_id = steps.form_id(change)
        if isinstance(change, EditForm) and form_id and form_id not in versions:
            versions[form_id] = _next_version(connection, form_id, known.get(form_id), library)
        _write(connection, change, versions)
    _add_forms(connection, new, versions)
    return versions


def _add_forms(connection: Connection, new: list[AddForm], versions: dict[str, int | None]) -> None:
    """Write the forms that wait, and forget them."""
    if new:
        forms = [(steps.whole_form(change.form), change.position) for change in new]
        whole.write_forms(connection, forms)
        versions.update(dict.fromkeys((form.id for form, _ in forms), FIRST_VERSION))
        new.clear()


def _write(connection: Connection, change: Change, versions: dict[str, int | None]) -> None:
    match change:
        case EditForm(form_id, edit):
            writing.write_edit(connection, form_id, edit)
        case RemoveForm(data):
            whole.remove_form(connection, data["id"])
            versions[data["id"]] = None
        case PutProjectList(list_id, _, new):
            whole.remove_project_list(connection, list_id)
            if new:
                projects = interchange.project_list_from_json(new)
                whole.write_project_list(connection, projects)
        case PutSetting(key, _, new):
            _write_setting(connection, key, new)
        case PutExcuse(key, _, None):
            connection.execute(EXCUSES.delete().where(EXCUSES.c.key == key))
        case PutExcuse(key, _, dict(new)):
            put(connection, EXCUSES, {"key": key}, new)


def _write_setting(connection: Connection, key: str, value: Any) -> None:
    """Keep a setting (anything JSON can say); None takes it away."""
    if value is None:
        connection.execute(SETTINGS.delete().where(SETTINGS.c.key == key))
    else:
        put(connection, SETTINGS, {"key": key}, {"value": value})


def _next_version(
    connection: Connection, form_id: str, known: int | None, library: str
) -> int | None:
    version = whole.bump_version(connection, form_id, known)
    if version is None:
        raise UserError(
            f"目标库“{library}”里的这张表已被别人修改，没有保存", "请关闭目标库重新打开，再改一次"
        )
    return version
