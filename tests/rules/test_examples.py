"""The examples on a rule's page are its test: 错例 gives the marked places, 正例 nothing."""

import importlib
import pkgutil

import notation
import pytest

from kpiapp.rules import engine
from kpiapp.rules.engine import FAMILIES, HEADINGS, all_rules
from kpiapp.rules.policy import Raw, settle

RULES = all_rules()


def found_in(rule, example):
    context = example.context
    raws = [
        Raw(rule, rule.severity, finding)
        for facts in context.forms
        for finding in rule.check(facts, context)
    ]
    by_form = {facts.form.id: facts for facts in context.forms}
    return [
        (notation.where(raw.finding.place, by_form[raw.finding.place.form]), raw.finding)
        for raw in settle(raws)
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_wrong_example_gives_exactly_the_marked_places(rule):
    example = notation.read(rule.page["错例"])
    found = found_in(rule, example)
    assert example.marks, "错例 has no mark"
    expected = sorted(mark.where for mark in example.marks)
    assert sorted(where for where, _ in found) == expected, [x.message for _, x in found]
    words = notation.by_line(example.marks)
    for where, finding in found:
        assert any(word in finding.message for word in words[where]), finding.message


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_right_example_gives_nothing(rule):
    found = found_in(rule, notation.read(rule.page["正例"]))
    assert not found, [finding.message for _, finding in found]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_page_has_every_heading(rule):
    assert rule.title
    assert [head for head in HEADINGS if not rule.page.get(head)] == []


def modules():
    for family in FAMILIES:
        folder = importlib.import_module(f"kpiapp.rules.{family}")
        for module in pkgutil.iter_modules(folder.__path__):
            yield family, module.name


def test_every_file_is_one_rule_named_like_it():
    codes = {f"{family}/{name.replace('_', '-')}" for family, name in modules()}
    assert codes == {f"{rule.family}/{rule.code}" for rule in RULES}


def test_no_two_rules_share_a_place_in_the_catalogue():
    orders = [rule.order for rule in RULES]
    assert len(orders) == len(set(orders))


def test_rule_of_finds_by_code():
    assert engine.rule_of("missing-target").title == "没有指标值"
    assert engine.rule_of("no-such-rule") is None
