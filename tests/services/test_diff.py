"""The edits between two states of a form lead from the one to the other."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kpiapp.model.edit import Insert, Move, apply, apply_all
from kpiapp.model.interchange import form_from_json, form_to_json
from kpiapp.services.imports.aligning import align
from kpiapp.services.imports.diff import diff
from kpiapp.store.step import whole_form, whole_form_json
from tests.model.some_edits import edits
from tests.model.some_forms import form_jsons
from tests.store.conftest import FORM, image

FORMS = form_jsons().map(form_from_json)


def copy_of(form):
    return whole_form(whole_form_json(form))


@settings(deadline=None, max_examples=50)
@given(FORMS, st.data())
def test_edits_between_two_states_lead_from_one_to_the_other(form, data):
    other = copy_of(form)
    for _ in range(data.draw(st.integers(0, 8))):
        apply(other, data.draw(edits(other)))
    other, old = copy_of(other), copy_of(form)  # a file has no rows shorter than the heads
    found = diff(old, other)
    apply_all(old, found)
    assert image(old) == image(other)
    assert diff(old, other) == []


@settings(deadline=None, max_examples=50)
@given(FORMS, FORMS)
def test_any_two_forms_can_be_led_to_each_other(form, other):
    align(form, other, complete=True)
    apply_all(form, diff(form, other))
    # the order of labels is printed; that of unknown keys (`x1`, `x2`) means nothing
    assert form_to_json(form, ids=True) == form_to_json(other, ids=True)
    for labels in ("fields", "choices", "tables"):
        assert list(getattr(form, labels)) == list(getattr(other, labels))
    assert diff(form, other) == []


def test_moving_one_row_is_one_edit():
    form = form_from_json(FORM)
    other = copy_of(form)
    other.indicators.append(other.indicators.pop(0))
    (edit,) = diff(form, other)
    assert isinstance(edit, Move)


def test_rows_without_ids_get_those_of_the_rows_they_are():
    stored = form_from_json(FORM)
    incoming = form_from_json(FORM)
    incoming.indicators[0].level3 = "安保巡逻次数"  # renamed
    del incoming.indicators[1]
    align(stored, incoming, complete=True)
    assert [row.id for row in incoming.indicators] == [
        stored.indicators[0].id,
        stored.indicators[2].id,
    ]
    assert incoming.goals[0].id == stored.goals[0].id
    assert [row.id for row in incoming.tables["资金"].rows] == [
        row.id for row in stored.tables["资金"].rows
    ]


def test_what_a_sheet_cannot_say_is_kept():
    stored = form_from_json(FORM)
    row = stored.indicators[0]
    row.weight, row.direction, row.extra, row.other = 10, "正向", {"计量单位": "次"}, {"x": 1}
    stored.goals[0].share = 50
    before = form_to_json(stored, ids=True)
    incoming = form_from_json(FORM)
    incoming.unit, incoming.other = None, {}
    align(stored, incoming, complete=False)
    assert diff(stored, incoming) == []
    assert form_to_json(incoming, ids=True) == before


def test_a_row_put_in_the_middle_is_one_insertion():
    form = form_from_json(FORM)
    other = form_from_json(FORM)
    extra = form_from_json(FORM).indicators[0]
    extra.level3 = "培训人次"
    other.indicators.insert(1, extra)
    align(form, other, complete=True)
    (edit,) = diff(form, other)
    assert isinstance(edit, Insert)
    assert edit.before == form.indicators[1].id
