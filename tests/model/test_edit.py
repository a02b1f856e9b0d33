"""Edits: what undoes one gives back an equal form, and one that fails changes nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from some_forms import form_jsons

from kpiapp.model.edit import (
    FORM_VALUES,
    GOAL_VALUES,
    INDICATOR_VALUES,
    EditError,
    Insert,
    Move,
    Remove,
    SetValue,
    apply,
    apply_all,
    from_json,
    to_json,
)
from kpiapp.model.form import Form, Horizon, Indicator, Kind, Row, Table
from kpiapp.model.interchange import form_from_json, form_to_json
from tests.model import some_edits
from tests.model.some_edits import edits

FORMS = form_jsons().map(form_from_json)


def image(form):
    """Everything a form holds, in order: ids of rows and the order of dicts included."""
    rows = [[row.id for row in table.rows] for table in form.tables.values()]
    return json.dumps([form_to_json(form, ids=True), rows], ensure_ascii=False)


# -- properties -----------------------------------------------------------------------------------


def test_every_value_of_a_form_is_among_the_random_edits():
    assert set(some_edits.FORM) == set(FORM_VALUES)
    assert set(some_edits.OF_GOAL) == set(GOAL_VALUES)
    assert set(some_edits.OF_INDICATOR) == {*INDICATOR_VALUES, "extra"}


@given(FORMS, st.data())
def test_the_inverse_gives_back_an_equal_form(form, data):
    before = image(form)
    edit = data.draw(edits(form))
    inverse = apply(form, edit)
    after = image(form)
    again = apply(form, inverse)
    assert image(form) == before
    apply(form, again)
    assert image(form) == after


@given(FORMS, st.data())
def test_a_chain_of_edits_is_undone_from_its_end(form, data):
    before = image(form)
    inverses = [apply(form, data.draw(edits(form))) for _ in range(5)]
    for inverse in reversed(inverses):
        apply(form, inverse)
    assert image(form) == before


@given(FORMS, st.data())
def test_an_edit_survives_its_json(form, data):
    edit = data.draw(edits(form))
    stored = json.loads(json.dumps(to_json(edit)))
    assert from_json(stored) == edit
    inverse = apply(form, edit)
    assert from_json(json.loads(json.dumps(to_json(inverse)))) == inverse


@given(FORMS, st.data())
def test_several_edits_are_done_all_or_none_and_undone_together(form, data):
    before, chain = image(form), []
    trial = form_from_json(json.loads(json.dumps(form_to_json(form, ids=True))))
    for old, new in zip(form.tables.values(), trial.tables.values(), strict=True):
        for row, copy in zip(old.rows, new.rows, strict=True):
            copy.id = row.id
    for _ in range(3):
        # done, undone and done again, so that what it puts in has its ids
        chain.append(apply(trial, apply(trial, data.draw(edits(trial)))))
        apply(trial, chain[-1])
    with pytest.raises(EditError):
        apply_all(form, [*chain, Remove(("goals",), "没有这个")])
    assert image(form) == before
    for inverse in apply_all(form, chain):
        apply(form, inverse)
    assert image(form) == before


FAILING = [
    SetValue(("没有",), 1),
    SetValue((), 1),
    SetValue(("fields", "没有"), "1"),
    SetValue(("choices", "没有", "checked"), []),
    SetValue(("tables", "没有", "columns"), []),
    SetValue(("tables", "表", "没有", 0), "1"),
    SetValue(("tables", "表", "r1", 2), "1"),
    SetValue(("tables", "表", "r1", -1), "1"),
    SetValue(("goals", "没有", "text"), "1"),
    SetValue(("indicators", "没有", "target"), "1"),
    SetValue(("indicators", "i1", "没有"), "1"),
    SetValue(("indicators", "i1", "id"), "1"),
    SetValue(("indicators", "i1", "horizon"), "明年"),
    SetValue(("indicators", "i1", "extra"), 5),
    SetValue(("kind",), "别的"),
    Insert(("没有",), {"id": "x"}),
    Insert(("goals",), {"horizon": "annual", "number": 1}),
    Insert(("goals",), {"id": "g", "number": 1}),
    Insert(("goals",), {"id": "g", "horizon": "annual", "number": 1}, before="没有"),
    Insert(("indicators",), {"id": "i1", "horizon": "annual", "goal": 1}),
    Insert(("indicators",), {"id": "i9", "horizon": "明年", "goal": 1}),
    Insert(("fields",), {"value": "1"}),
    Insert(("fields",), {"label": "新"}),
    Insert(("fields",), {"label": "甲", "value": "1"}),
    Insert(("fields",), {"label": "新", "value": "1"}, before="没有"),
    Insert(("choices",), {"label": "新", "options": "不是列表"}),
    Insert(("tables", "表"), {"id": "r9"}),
    Insert(("tables", "没有"), {"id": "r9", "cells": []}),
    Remove(("goals",), "没有"),
    Remove(("fields",), "没有"),
    Remove(("tables", "表"), "没有"),
    Move(("indicators",), "没有"),
    Move(("indicators",), "i1", "没有"),
    Move(("fields",), "甲", "没有"),
    Move(("fields",), "没有", "没有"),
]


def _form():
    return Form(
        "f", Kind.PROJECT, 2026, fields={"甲": "1", "乙": "2"},
        tables={"表": Table(["a", "b"], [Row(["1", "2"], "r1")])},
        indicators=[Indicator(Horizon.ANNUAL, 1, id="i1"), Indicator(Horizon.ANNUAL, 1, id="i2")],
    )  # fmt: skip


@pytest.mark.parametrize("edit", FAILING, ids=repr)
def test_a_failing_edit_changes_nothing(edit):
    form = _form()
    before = image(form)
    with pytest.raises(EditError):
        apply(form, edit)
    with pytest.raises(EditError):
        apply_all(form, [SetValue(("title",), "新"), edit])
    assert image(form) == before


def test_undoing_the_removal_of_a_label_keeps_its_place():
    form = _form()
    form.indicators[0].extra = {"一": "1", "二": "2"}
    apply(form, apply(form, SetValue(("indicators", "i1", "extra", "一"), None)))
    assert list(form.indicators[0].extra) == ["一", "二"]


def test_a_removed_table_comes_back_with_the_ids_of_its_rows():
    form = _form()
    apply(form, apply(form, Remove(("tables",), "表")))
    assert form.tables["表"].rows[0].id == "r1"
