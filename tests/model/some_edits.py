"""Random edits that fit a form, each value of the kind its place holds."""

from hypothesis import strategies as st

from kpiapp.model.edit import Insert, Move, Remove, SetValue
from tests.model.some_forms import CHOICE, GOAL, HORIZON, INDICATOR, LABEL, TEXT, tables

TEXTS = st.lists(TEXT, max_size=2)
OPTIONAL = st.none() | TEXT
ANY = st.none() | TEXT | st.integers(0, 90) | st.booleans()
WHOLE = st.integers(1, 3)
FORM = {
    "title": TEXT, "layout": TEXT, "amount_unit": TEXT, "filled_on": OPTIONAL, "stage": OPTIONAL,
    "year": st.integers(2020, 2030), "revision": ANY, "notes": TEXTS,
    "kind": st.sampled_from(["project", "department"]),
}  # fmt: skip
OF_GOAL = {
    "horizon": HORIZON, "number": WHOLE, "label": TEXT, "until": st.none() | WHOLE,
    "text": TEXT, "share": ANY,
}  # fmt: skip
OF_INDICATOR = {
    "horizon": HORIZON, "goal": WHOLE, "level1": TEXT, "level2": TEXT, "level3": TEXT,
    "target": TEXT, "prior1": OPTIONAL, "prior2": OPTIONAL, "long_term_target": OPTIONAL,
    "standard": TEXT, "note": TEXT, "weight": ANY, "direction": OPTIONAL,
    "extra": st.dictionaries(LABEL, TEXT, max_size=3),
}  # fmt: skip
OF_CHOICE = {"options": TEXTS, "checked": TEXTS, "values": st.dictionaries(LABEL, TEXT, max_size=2)}


def _places(form):
    """Every place of a form, and what may stand there."""
    yield from (((name,), kind) for name, kind in FORM.items())
    yield from ((("fields", label), TEXT) for label in form.fields)
    for label in form.choices:
        yield from ((("choices", label, name), kind) for name, kind in OF_CHOICE.items())
    for goal in form.goals:
        yield from ((("goals", goal.id, name), kind) for name, kind in OF_GOAL.items())
    for row in form.indicators:
        yield from ((("indicators", row.id, name), kind) for name, kind in OF_INDICATOR.items())
        yield from ((("indicators", row.id, "extra", x), OPTIONAL) for x in [*row.extra, "新"])
    for label, table in form.tables.items():
        yield ("tables", label, "columns"), TEXTS
        for row in table.rows:
            yield from ((("tables", label, row.id, n), TEXT) for n in range(len(row.cells)))


def _lists(form):
    """Every list of a form with its keys and what may be put into it."""
    yield ("fields",), list(form.fields), st.fixed_dictionaries({"value": TEXT}), "label"
    yield ("choices",), list(form.choices), CHOICE, "label"
    yield ("tables",), list(form.tables), tables(), "label"
    yield ("goals",), [x.id for x in form.goals], GOAL, "id"
    yield ("indicators",), [x.id for x in form.indicators], INDICATOR, "id"
    for label, table in form.tables.items():
        row = st.fixed_dictionaries({"cells": TEXTS})
        yield ("tables", label), [x.id for x in table.rows], row, "id"


@st.composite
def _set_values(draw, form):
    path, kind = draw(st.sampled_from(list(_places(form))))
    return SetValue(path, draw(kind))


@st.composite
def _list_edits(draw, form):
    path, keys, content, key = draw(st.sampled_from(list(_lists(form))))
    before = draw(st.none() | st.sampled_from(keys)) if keys else None
    if not keys or draw(st.booleans()):
        fresh = draw(LABEL.filter(lambda x: x not in keys))
        return Insert(path, draw(content) | {key: fresh}, before)
    if draw(st.booleans()):
        return Remove(path, draw(st.sampled_from(keys)))
    return Move(path, draw(st.sampled_from(keys)), before)


def edits(form):
    return _set_values(form) | _list_edits(form)
