"""Which cell of the printed sheet a finding stands in."""

from __future__ import annotations

import pytest

from kpiapp.model.problem import Place
from kpiapp.paths import resource
from kpiapp.services.exports import pointing
from kpiapp.services.files import json_files
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.layouts.layout import layout


def text_at(form, cell):
    grid = fill(form, layout(form.layout, form.kind))
    return next((x.text for x in grid.cells if x.name == cell), None)


@pytest.fixture(params=["p03", "dept"])
def form(request):
    """A project form and a department form of the sample."""
    return json_files.read(resource("samples", "2026", f"{request.param}.json"))


def test_every_indicator_is_found_by_name_and_by_value(form):
    for row in form.indicators:
        for cell, text in (("name", row.level3), ("target", row.target)):
            place = Place(form.id, row.horizon, row.goal, row.id, cell)
            assert text_at(form, pointing.cell_of(form, place)) == text


def test_of_two_rows_that_say_the_same_each_has_its_own_cell(form):
    first = form.indicators[0]
    second = next(
        x for x in form.indicators[1:] if (x.horizon, x.goal) == (first.horizon, first.goal)
    )
    second.level3, second.target = first.level3, first.target
    cells = {pointing.cell_of(form, Place(form.id, None, None, x.id)) for x in (first, second)}
    assert len(cells) == 2
    assert "" not in cells


def test_the_texts_of_goals_and_fields_are_found(form):
    for goal in form.goals:
        place = Place(form.id, goal.horizon, goal.number)
        assert goal.text in text_at(form, pointing.cell_of(form, place))
    label, value = next((x, y) for x, y in form.fields.items() if y and "/" not in x)
    assert text_at(form, pointing.cell_of(form, Place(form.id, field=label))) == value


def test_an_inner_table_is_found_by_its_row_else_by_its_name(form):
    label, table = next((x, y) for x, y in form.tables.items() if y.rows)
    row = table.rows[-1].cells[0]
    cell = pointing.cell_of(form, Place(form.id, field=f"{label} / {row}"))
    assert text_at(form, cell) == row
    cell = pointing.cell_of(form, Place(form.id, field=f"{label} / 没有这一行"))
    assert label in "".join(text_at(form, cell).split())


def test_what_is_not_on_the_sheet_has_no_cell(form):
    assert not pointing.cell_of(form, Place(form.id, indicator="没有"))
    assert not pointing.cell_of(form, Place(form.id, field="没有这一栏"))
    assert not pointing.cell_of(form, Place(form.id))
