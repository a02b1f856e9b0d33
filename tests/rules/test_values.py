"""What lets an edit of a value leave rules out: they look at no values, or at single rows."""

from __future__ import annotations

from dataclasses import fields, replace
from types import SimpleNamespace

import notation
import pytest

from kpiapp.model import edit
from kpiapp.model.edit import SetValue
from kpiapp.model.form import Form, Horizon, Indicator, Kind
from kpiapp.rules.context import Context
from kpiapp.rules.engine import all_rules
from kpiapp.rules.facts import Facts
from kpiapp.rules.findings import Finding
from kpiapp.rules.row import VALUES
from kpiapp.rules.single_rows import each_row, each_row_beside_others

OF_SHAPE = [rule for rule in all_rules() if not rule.values]


def take_values_away(facts):
    """Leave rows without any value, so that a rule that asks for one raises."""
    assert facts.has_prior_columns in (True, False)  # known from now on
    facts.form = replace(facts.form, indicators=[without(x) for x in facts.form.indicators])
    for row, source in zip(facts.all_rows, facts.form.indicators, strict=True):
        row.source = source
        for name in ("target", "prior1", "prior2", "measure", "standard"):
            delattr(row, name)


def without(indicator):
    kept = [field.name for field in fields(Indicator) if field.name not in VALUES]
    return SimpleNamespace(**{name: getattr(indicator, name) for name in kept})


def said(rule, context):
    return [
        (finding.place, finding.message, finding.also, finding.against)
        for facts in context.forms
        for finding in rule.check(facts, context)
    ]


@pytest.mark.parametrize("page", ["错例", "正例"])
@pytest.mark.parametrize("rule", OF_SHAPE, ids=lambda rule: rule.code)
def test_a_rule_that_says_so_looks_at_no_value(rule, page):
    text = rule.page[page]
    expected = said(rule, notation.read(text).context)
    assert bool(expected) == (page == "错例")
    context = notation.read(text).context
    for facts in (*context.forms, *context.earlier):
        take_values_away(facts)
    found = [finding[1] for finding in said(rule, context)]
    assert found == [finding[1] for finding in expected]


@pytest.fixture
def form():
    made = Form("f", Kind.PROJECT, 2026)
    for name in ("甲数", "乙数", "丙数"):
        made.indicators.append(Indicator(Horizon.ANNUAL, 1, level3=name, target="≥1次", prior1="1"))
    return made


def changed(form, row, cell, value):
    change = SetValue(("indicators", form.indicators[row].id, cell), value)
    edit.apply(form, change)
    return change


@pytest.mark.parametrize("kind", [each_row, each_row_beside_others])
def test_rows_not_touched_are_looked_at_again_only_for_their_fix(form, kind):
    looked = []

    @kind
    def empty(row, _):
        looked.append(row.name)
        return Finding(row.place("target"), row.name) if row.target.is_blank else None

    def look(facts):
        looked.clear()
        return [finding.message for finding in empty(facts, Context([facts]))], list(looked)

    facts = Facts(form)
    assert look(facts) == ([], ["甲数", "乙数", "丙数"])
    changed(form, 1, "target", "")
    facts = facts.after({form.indicators[1].id})
    assert look(facts) == (["乙数"], ["乙数"])
    changed(form, 2, "target", "")
    facts = facts.after({form.indicators[2].id})
    again = ["乙数"] if kind is each_row_beside_others else []
    assert look(facts) == (["乙数", "丙数"], [*again, "丙数"])
    changed(form, 1, "target", "≥2次")
    facts = facts.after({form.indicators[1].id})
    again = ["丙数"] if kind is each_row_beside_others else []
    assert look(facts) == (["丙数"], ["乙数", *again])


def test_rows_are_all_looked_at_again_where_a_rule_broke_off(form):
    broken = [True]

    @each_row
    def rule(row, _):
        if broken[0] and row.name == "乙数":
            raise ValueError(row.name)
        return Finding(row.place("target"), row.name)

    facts = Facts(form)
    with pytest.raises(ValueError, match="乙数"):
        list(rule(facts, Context([facts])))
    broken[0] = False
    facts = facts.after({form.indicators[2].id})
    assert [x.message for x in rule(facts, Context([facts]))] == ["甲数", "乙数", "丙数"]


def test_rows_not_touched_go_over_into_the_new_state(form):
    old = Facts(form)
    rows = old.all_rows.copy()
    changed(form, 0, "target", "≥3次")
    new = old.after({form.indicators[0].id})
    assert [a is b for a, b in zip(rows, new.all_rows, strict=True)] == [False, True, True]
    assert new.all_rows[0].target.text == "≥3次"


@pytest.mark.parametrize(
    ("cell", "value", "known"),
    [
        ("target", "≥2次", True), ("note", "说明", True), ("prior1", "2", True),
        ("prior1", None, False), ("prior2", "2", False), ("long_term_target", "≥3次", False),
        ("level3", "丁数", False), ("weight", 5, False),
    ],
)  # fmt: skip
def test_what_touches_only_values(form, cell, value, known):
    facts = Facts(form)
    touched = facts.touched_by([changed(form, 1, cell, value)])
    assert touched == ({form.indicators[1].id} if known else None)


def test_other_edits_touch_more_than_values(form):
    facts = Facts(form)
    value = changed(form, 1, "target", "≥2次")
    assert facts.touched_by([value, SetValue(("title",), "表")]) is None
    assert facts.touched_by([value, edit.Remove(("indicators",), form.indicators[0].id)]) is None
