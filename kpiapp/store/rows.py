"""Forms and their parts as rows of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Table

from kpiapp.store import tables as t
from kpiapp.store.ordering import GAP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpiapp.model.form import Choice, Form, Goal, Indicator, Row
    from kpiapp.model.form import Table as InnerTable

Values = dict[str, Any]


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


def values_of(thing: Any, names: Iterable[str]) -> Values:
    """Return attributes as columns; no unknown keys are NULL."""
    values = {name: getattr(thing, name) for name in names}
    if not values.get("other"):
        values["other"] = None
    return values


def goal_rows(form_id: str, position: int, goal: Goal) -> Iterable[tuple[Table, Values]]:
    """Yield the row of a goal."""
    names = "id horizon number label until text share other".split()
    yield GOALS, {"form_id": form_id, "position": position} | values_of(goal, names)


INDICATOR_COLUMNS = (
    "id horizon goal level1 level2 level3 target prior2 prior1 long_term_target standard note"
    " weight direction other"
).split()


def indicator_rows(form_id: str, position: int, row: Indicator) -> Iterable[tuple[Table, Values]]:
    """Yield the rows of an indicator and of its extra values."""
    yield INDICATORS, {"form_id": form_id, "position": position} | values_of(row, INDICATOR_COLUMNS)
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
        for item in choice_item_rows(form_id, label, role, getattr(choice, role)):
            yield CHOICE_ITEMS, item


def choice_item_rows(form_id: str, label: str, role: str, value: Any) -> list[Values]:
    """Return the rows of a group's options, checked boxes or values."""
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
    for column in column_rows(form_id, label, table.columns):
        yield COLUMNS, column
    for number, row in enumerate(table.rows, 1):
        yield from line_rows(form_id, number * GAP, label, row)


def column_rows(form_id: str, label: str, columns: list[str]) -> list[Values]:
    """Return the rows of an inner table's heads."""
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


def form_values(form: Form) -> Values:
    """Return the row of a form itself, without its position."""
    names = "id kind year layout title filled_on amount_unit stage revision other".split()
    values = values_of(form, names)
    unit, project = form.unit, form.project  # every row names every column: they go in together
    values |= {"unit_id": unit and unit.id, "unit_name": unit and unit.name}
    values |= {"unit_parent": unit and unit.parent, "unit_other": (unit and unit.other) or None}
    values |= {"project_id": project and project.id, "project_code": project and project.code}
    values |= {"project_other": (project and project.other) or None}
    return values


def form_parts(form: Form) -> Iterable[tuple[Table, Values]]:
    """Yield the rows of all that a form consists of."""
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
