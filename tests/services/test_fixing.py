"""Fixes as one step, and excuses with their reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpiapp.errors import UserError
from kpiapp.model.edit import Remove
from kpiapp.model.problem import Fix, Place, Problem, Severity
from kpiapp.services import opening
from kpiapp.services.findings import excusing
from kpiapp.services.findings.fixing import apply_fixes, safe_together


@pytest.fixture
def form(sample):
    return next(x for x in sample.forms(2026) if x.name == "群众文化活动")


def removal(form, row):
    fix = Fix("删去这一行", (Remove(("indicators",), row.id),))
    return Problem("x", Severity.WARNING, Place(form.id, indicator=row.id), "m", fix)


def test_many_fixes_are_one_step(sample, form):
    problems = [removal(form, row) for row in form.indicators[:2]]
    count = len(form.indicators)
    assert apply_fixes(sample, problems) == 2
    assert len(form.indicators) == count - 2
    assert sample.undo_label == "修复 2 处问题"
    sample.undo()
    assert len(sample.form(form.id).indicators) == count


def test_a_fix_that_no_longer_fits_is_left_out(sample, form):
    row = form.indicators[0]
    assert apply_fixes(sample, [removal(form, row), removal(form, row)]) == 1
    assert sample.undo_label == "删去这一行"


def test_nothing_to_apply_is_told_with_a_way_out(sample, form):
    problem = removal(form, form.indicators[0])
    apply_fixes(sample, [problem])
    with pytest.raises(UserError, match="不能自动修复") as told:
        apply_fixes(sample, [problem])
    assert told.value.way_out


def test_blank_printed_rows_stay_while_the_form_is_being_filled_in(form):
    row = form.indicators[0]
    blank = replace(removal(form, row), code="empty-level2-group")
    blank = replace(blank, fix=replace(blank.fix, safe=True))
    other = replace(blank, code="missing-operator")
    unsafe = removal(form, row)
    gap = Problem("missing-target", Severity.ERROR, Place(form.id, indicator=row.id), "m")
    assert safe_together([blank, other, unsafe]) == [blank, other]
    assert safe_together([blank, other, unsafe, gap]) == [other]
    elsewhere = replace(gap, place=Place("another"))
    assert safe_together([blank, elsewhere]) == [blank]


def test_an_excuse_needs_a_reason_and_can_be_taken_back(sample, form):
    errors = [x for x in sample.problems(form.id) if x.severity is Severity.ERROR]
    with pytest.raises(UserError, match="理由"):
        excusing.excuse(sample, errors, "  ")
    before = sample.counts(form.id)[Severity.ERROR]
    excusing.excuse(sample, errors, "区财政局已同意")
    assert sample.counts(form.id)[Severity.ERROR] == 0
    report = sample.report(form.year)
    assert {report.reason(x) for x in sample.problems(form.id)} >= {"区财政局已同意"}
    excusing.restore(sample, errors)
    assert sample.counts(form.id)[Severity.ERROR] == before


def test_excusing_is_a_step_that_undo_takes_back_and_redo_does_again(sample, form):
    errors = [x for x in sample.problems(form.id) if x.severity is Severity.ERROR]
    before = sample.counts(form.id)[Severity.ERROR]
    excusing.excuse(sample, errors, "区财政局已同意")
    assert sample.undo_label.startswith("不算问题")
    sample.undo()
    assert sample.counts(form.id)[Severity.ERROR] == before
    sample.redo()
    assert sample.counts(form.id)[Severity.ERROR] == 0
    excusing.restore(sample, errors)
    sample.undo()
    assert [x.reason for x in sample.library.excuses().values()] == ["区财政局已同意"] * before


def test_read_only_nothing_can_be_excused(sample, form):
    reader = opening.open_session(sample.library.path, read_only=True)
    problem = reader.problems(form.id)[0]
    with pytest.raises(UserError, match="只读"):
        excusing.excuse(reader, [problem], "理由")
    reader.library.close()
