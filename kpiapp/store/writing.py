"""From forms and edits to rows: an edit writes only the rows that it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from kpiapp.model import interchange
from kpiapp.model.edit import FORM_VALUES, Edit, Insert, Move, Remove, SetValue
from kpiapp.store import tables as t
from kpiapp.store.ordering import GAP, position_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpiapp.model.form import Choice, Form, Goal, Indicator, Row
    from kpiapp.model.form import Table as InnerTable
    from kpiapp.model.project_list import ProjectList

Values = dict[str, Any]


class RowMissingError(LookupError):
    """An edit met no row, or two: the file and the screen differ, which is a fault of ours."""


def table_of(row: type[t.Base]) -> Table:
    """Return the table behind a row class."""
    table = row.__table__
    assert isinstance(table, Table)
    return table


FORMS, FIELDS, NOTES = map(table_of, (t.FormRow, t.FieldRow, t.NoteRow))
CHOICES, CHOICE_ITEMS = map(table_of, (t.ChoiceRow, t.ChoiceItemRow))
TABLES, COLUMNS = map(table_of, (t.TableRow, t.TableColumnRow))
LINES, CELLS = map(table_of, (t.TableLineRow, t.TableCellRow))
GOALS, INDICATORS, EXTRAS = map(table_of, (t.GoalRow, t.IndicatorRow, t.IndicatorValueRow))
UNITS, PROJECTS = map(table_of, (t.UnitRow, t.ProjectRow))
LISTS, LIST_CELLS = map(table_of, (t.ProjectListRow, t.ProjectListCellRow))


# -- one edit ---------------------------------------------------------------------------------


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
            _one(connection, delete(table).where(*_is(table, {**scope, key: item_id})))
        case Move(path, item_id, before):
            _move(connection, form_id, path, item_id, before)


def _move(
    connection: Connection, form_id: str, path: Any, item_id: str, before: str | None
) -> None:
    if before == item_id:
        return
    table, scope, key = _list(form_id, path)
    position = position_before(connection, table, scope, key, before)
    _update(connection, table, {**scope, key: item_id}, {"position": position})


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
            connection.execute(delete(NOTES).where(*_is(NOTES, form)))
            _many(connection, NOTES, note_rows(form_id, value))
        case (str(name),) if name in FORM_VALUES:
            _update(connection, FORMS, {"id": form_id}, {name: value})
        case ("fields", label):
            _update(connection, FIELDS, {**form, "label": label}, {"text": value})
        case ("choices", label, str(role)):
            here = {**form, "label": label, "role": role}
            connection.execute(delete(CHOICE_ITEMS).where(*_is(CHOICE_ITEMS, here)))
            _many(connection, CHOICE_ITEMS, _choice_items(form_id, label, role, value))
        case ("tables", label, "columns"):
            here = {**form, "label": label}
            connection.execute(delete(COLUMNS).where(*_is(COLUMNS, here)))
            _many(connection, COLUMNS, _columns(form_id, label, value))
        case ("tables", label, row_id, column):
            here = {**form, "label": label, "row_id": row_id, "column": column}
            _update(connection, CELLS, here, {"text": value})
        case ("goals", goal_id, str(name)):
            _update(connection, GOALS, {**form, "id": goal_id}, {name: value})
        case ("indicators", row_id, "extra"):
            here = {**form, "indicator_id": row_id}
            connection.execute(delete(EXTRAS).where(*_is(EXTRAS, here)))
            _many(connection, EXTRAS, extra_rows(form_id, row_id, value))
        case ("indicators", row_id, str(name)):
            _update(connection, INDICATORS, {**form, "id": row_id}, {name: value})
        case ("indicators", row_id, "extra", label):
            _set_extra(connection, {**form, "indicator_id": row_id}, label, value)
        case _:
            raise RowMissingError(path)


def _set_extra(connection: Connection, scope: Values, label: str, text: str | None) -> None:
    here = {**scope, "label": label}
    if text is None:
        connection.execute(delete(EXTRAS).where(*_is(EXTRAS, here)))
        return
    if connection.execute(update(EXTRAS).where(*_is(EXTRAS, here)).values(text=text)).rowcount:
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
    _write(connection, rows)


# -- whole things as rows ---------------------------------------------------------------------


def goal_rows(form_id: str, position: int, goal: Goal) -> Iterable[tuple[Table, Values]]:
    """Yield the row of a goal."""
    names = "id horizon number label until text share other".split()
    yield GOALS, {"form_id": form_id, "position": position} | _values(goal, names)


INDICATOR_COLUMNS = (
    "id horizon goal level1 level2 level3 target prior2 prior1 long_term_target standard note"
    " weight direction other"
).split()


def indicator_rows(form_id: str, position: int, row: Indicator) -> Iterable[tuple[Table, Values]]:
    """Yield the rows of an indicator and of its extra values."""
    yield INDICATORS, {"form_id": form_id, "position": position} | _values(row, INDICATOR_COLUMNS)
    for values in extra_rows(form_id, row.id, row.extra):
        yield EXTRAS, values


def extra_rows(form_id: str, row_id: str, extra: Mapping[str, str]) -> list[Values]:
    """Return the rows of an indicator's extra values, in their order."""
    place = {"form_id": form_id, "indicator_id": row_id}
    return [
        {**place, "label": label, "position": number * GAP, "text": text}
        for number, (label, text) in enumerate(extra.items(), 1)
    ]


def field_rows(
    form_id: str, position: int, label: str, text: str
) -> Iterable[tuple[Table, Values]]:
    """Yield the row of a field."""
    yield FIELDS, {"form_id": form_id, "label": label, "position": position, "text": text}


def choice_rows(
    form_id: str, position: int, label: str, choice: Choice
) -> Iterable[tuple[Table, Values]]:
    """Yield the rows of a group of boxes."""
    place = {"form_id": form_id, "label": label}
    yield CHOICES, {**place, "position": position, "other": choice.other or None}
    for role in ("options", "checked", "values"):
        for item in _choice_items(form_id, label, role, getattr(choice, role)):
            yield CHOICE_ITEMS, item


def _choice_items(form_id: str, label: str, role: str, value: Any) -> list[Values]:
    pairs = value.items() if isinstance(value, dict) else ((option, None) for option in value)
    place = {"form_id": form_id, "label": label, "role": role}
    return [
        {**place, "position": number, "option": option, "text": text}
        for number, (option, text) in enumerate(pairs)
    ]


def table_rows(
    form_id: str, position: int, label: str, table: InnerTable
) -> Iterable[tuple[Table, Values]]:
    """Yield the rows of an inner table."""
    place = {"form_id": form_id, "label": label}
    yield TABLES, {**place, "position": position, "other": table.other or None}
    for column in _columns(form_id, label, table.columns):
        yield COLUMNS, column
    for number, row in enumerate(table.rows, 1):
        yield from line_rows(form_id, number * GAP, label, row)


def _columns(form_id: str, label: str, columns: list[str]) -> list[Values]:
    return [
        {"form_id": form_id, "label": label, "position": number, "text": text}
        for number, text in enumerate(columns)
    ]


def line_rows(form_id: str, position: int, label: str, row: Row) -> Iterable[tuple[Table, Values]]:
    """Yield the rows of one row of an inner table."""
    place = {"form_id": form_id, "label": label}
    yield LINES, {**place, "id": row.id, "position": position}
    for column, text in enumerate(row.cells):
        yield CELLS, {**place, "row_id": row.id, "column": column, "text": text}


def note_rows(form_id: str, notes: list[str]) -> list[Values]:
    """Return the rows of the remarks under a form."""
    return [{"form_id": form_id, "position": n, "text": text} for n, text in enumerate(notes)]


# -- whole forms ------------------------------------------------------------------------------


def write_form(connection: Connection, form: Form, position: int | None = None) -> int:
    """Write a whole new form; return its place in the lists (the end, if none is given)."""
    if position is None:
        last = connection.scalar(select(func.max(FORMS.c.position)))
        position = GAP if last is None else last + GAP
    _write_unit_and_project(connection, form)
    connection.execute(insert(FORMS).values(_form_values(form) | {"position": position}))
    _write(connection, _form_parts(form))
    return position


def _form_values(form: Form) -> Values:
    names = "id kind year layout title filled_on amount_unit stage revision other".split()
    values = _values(form, names)
    if form.unit:
        values |= {"unit_id": form.unit.id, "unit_name": form.unit.name}
        values |= {"unit_parent": form.unit.parent, "unit_other": form.unit.other or None}
    if form.project:
        values |= {"project_id": form.project.id, "project_code": form.project.code}
        values |= {"project_other": form.project.other or None}
    return values


def _form_parts(form: Form) -> Iterable[tuple[Table, Values]]:
    for n, (label, text) in enumerate(form.fields.items(), 1):
        yield from field_rows(form.id, n * GAP, label, text)
    for n, (label, choice) in enumerate(form.choices.items(), 1):
        yield from choice_rows(form.id, n * GAP, label, choice)
    for n, (label, table) in enumerate(form.tables.items(), 1):
        yield from table_rows(form.id, n * GAP, label, table)
    for n, goal in enumerate(form.goals, 1):
        yield from goal_rows(form.id, n * GAP, goal)
    for n, row in enumerate(form.indicators, 1):
        yield from indicator_rows(form.id, n * GAP, row)
    for note in note_rows(form.id, form.notes):
        yield NOTES, note


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


def put(
    connection: Connection, table: Table, key: Values, row: Values, first: Mapping[str, Any] = {}
) -> None:
    """Update the row `key`, or insert it (then with what it needs `first`)."""
    if connection.scalar(select(func.count()).select_from(table).where(*_is(table, key))):
        if row:
            _update(connection, table, key, row)
    else:
        connection.execute(insert(table).values({**key, **first, **row}))


def remove_form(connection: Connection, form_id: str) -> None:
    """Delete a form; its parts go with it."""
    _one(connection, delete(FORMS).where(FORMS.c.id == form_id))


def bump_version(connection: Connection, form_id: str, known: int | None) -> int | None:
    """Count one saved step on a form.

    Args:
        connection: a transaction that writes.
        form_id: the form.
        known: the version at which it was loaded, or None if it was not.

    Returns:
        Its new version, or None if somebody else has saved or removed it meanwhile.
    """
    here = [FORMS.c.id == form_id]
    if known is None:
        known = connection.scalar(select(FORMS.c.version).where(*here))
        if known is None:
            return None
    here.append(FORMS.c.version == known)
    saved = connection.execute(update(FORMS).where(*here).values(version=known + 1)).rowcount
    return known + 1 if saved == 1 else None


# -- project lists ----------------------------------------------------------------------------


def remove_project_list(connection: Connection, list_id: str) -> None:
    """Delete a 项目支出表, if it is there."""
    connection.execute(delete(LISTS).where(LISTS.c.id == list_id))


def write_project_list(connection: Connection, projects: ProjectList) -> None:
    """Write a 项目支出表 in the place of the one with its id."""
    remove_project_list(connection, projects.id)
    names = "id year layout title amount_unit other".split()
    connection.execute(insert(LISTS).values(_values(projects, names)))
    rows = []
    for number, row in enumerate([projects.columns, *projects.rows]):
        cells = enumerate(row) if row else [(-1, "")]
        place = {"list_id": projects.id, "row": number}
        rows += [{**place, "column": column, "text": text} for column, text in cells]
    _many(connection, LIST_CELLS, rows)


# -- statements -------------------------------------------------------------------------------


def _values(thing: Any, names: Iterable[str]) -> Values:
    values = {name: getattr(thing, name) for name in names}
    if not values.get("other"):
        values["other"] = None
    return values


def _is(table: Table, key: Values) -> list[Any]:
    return [table.c[name] == value for name, value in key.items()]


def _update(connection: Connection, table: Table, key: Values, values: Values) -> None:
    _one(connection, update(table).where(*_is(table, key)).values(values))


def _one(connection: Connection, statement: Any) -> None:
    if connection.execute(statement).rowcount != 1:
        raise RowMissingError(str(statement))


def _many(connection: Connection, table: Table, rows: list[Values]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _write(connection: Connection, rows: Iterable[tuple[Table, Values]]) -> None:
    """Insert rows, those of one table at once, parents before their parts."""
    by_table: dict[Table, list[Values]] = {}
    for table, row in rows:
        by_table.setdefault(table, []).append(row)
    for table, batch in by_table.items():
        _many(connection, table, batch)
