"""An empty form: every field, box, table row, goal and 二级指标 that its sheet prints."""

from __future__ import annotations

from kpiapp.model.form import Choice, Form, Goal, Horizon, Indicator, Row, Table, new_id
from kpiapp.sheets.layouts.blocks import (
    ChoiceBlock,
    FieldsBlock,
    GoalsBlock,
    IndicatorsBlock,
    Layout,
    NotesBlock,
    TableBlock,
    TitleBlock,
    with_year,
)


def blank_form(layout: Layout, year: int, name: str = "", *, template: bool = False) -> Form:
    """Return an empty form as the district's template prints it.

    Args:
        layout: the sheet it will be printed on.
        year: its budget year.
        name: name of the project or the department.
        template: as many goals and empty table rows as the bureau's empty template prints, else
            one goal a horizon and no empty rows.
    """
    form = Form(id=new_id(), kind=layout.kind, year=year, layout=layout.id)
    form.title = title_of(layout, year, name)
    form.amount_unit = layout.amount_unit
    form.stage = layout.stage or None
    for block in layout.blocks:
        if isinstance(block, FieldsBlock):
            form.fields |= {with_year(label, year): "" for row in block.rows for label in row}
        elif isinstance(block, ChoiceBlock):
            form.choices |= {row.key: Choice(list(row.options)) for row in block.rows}
        elif isinstance(block, TableBlock):
            form.tables[with_year(block.key or block.name, year)] = (
                blank_table(block, year, block.blank_rows) if template else _one_goal(block, year)
            )
        elif isinstance(block, NotesBlock):
            form.notes = list(block.notes)
    for number in range(1, (layout.goals if template else 1) + 1):
        _add_goals(form, layout, number)
    form.goals.sort(key=lambda goal: (goal.horizon is Horizon.ANNUAL, goal.number))
    form.indicators.sort(key=lambda row: (row.horizon is Horizon.ANNUAL, row.goal))
    _put_name(form, name)
    return form


def title_of(layout: Layout, year: int, name: str) -> str:
    """Return the title that a form with this name gets; 项目项目 is printed once."""
    block = next(layout.of_type(TitleBlock), None)
    text = with_year(block.title, year) if block else layout.name
    return text.replace("{name}", name).replace("项目项目", "项目")


def blank_table(block: TableBlock, year: int, blank_rows: int = 0) -> Table:
    """Return a table with the rows that an empty sheet prints."""
    heads = [with_year(column.head, year) for column in block.columns]
    rows = [[with_year(text, year) for text in row] for row in block.rows]
    rows += [[] for _ in range(blank_rows)]
    return Table(heads, [Row(row + [""] * (len(heads) - len(row))) for row in rows])


def _one_goal(block: TableBlock, year: int) -> Table:
    """Return an empty table; of an overview with a row a goal, the first."""
    table = blank_table(block, year)
    if any(carried.label_column >= 0 for carried in block.carries):
        del table.rows[1:]
    return table


def _add_goals(form: Form, layout: Layout, number: int) -> None:
    """Add goal `number` of each horizon, with the indicator rows the template prints for it."""
    named = any(layout.of_type(GoalsBlock))
    for block in layout.of_type(IndicatorsBlock):
        label = block.label_of(number)
        _add_goal(form, Goal(block.horizon, number, label))
        if block.name_key:
            key = block.name_key.replace("{number}", str(number))
            form.fields[key] = block.goal_label if named else f"{block.heading_word}{number}"
        values = {column.value for column in block.columns}
        form.indicators += [
            Indicator(
                block.horizon,
                number,
                level1,
                level2,
                prior2="" if "prior2" in values else None,
                prior1="" if "prior1" in values else None,
                long_term_target="" if "long_term_target" in values else None,
            )
            for level1, level2 in block.rows
        ]
    for table in layout.of_type(TableBlock):
        for carried in table.carries:
            label = carried.label.replace("{number}", str(number))
            _add_goal(form, Goal(carried.horizon, number, label))


def _add_goal(form: Form, goal: Goal) -> None:
    if form.goal(goal.horizon, goal.number) is None:
        form.goals.append(goal)


def _put_name(form: Form, name: str) -> None:
    """Write the name into the first field: on every sheet it is the project's or department's."""
    first = next(iter(form.fields), "")
    if first and name:
        form.fields[first] = name
