"""The list of forms: what it holds, its marks, and how it follows the work."""

from __future__ import annotations

import pytest

from kpiapp.model.edit import SetValue
from kpiapp.model.problem import Severity
from kpiapp.paths import resource
from kpiapp.services.files import json_files
from kpiapp.services.years import rolling
from ui.models.amounts import amount_text
from ui.models.navigator_model import ENTRY_ROLE, NavigatorModel
from ui.screens.navigator import Navigator


@pytest.fixture
def model(qtbot, session, watch):
    model = NavigatorModel()
    watch(model)
    model.show(session, 2026)
    return model


def entries(model):
    return [model.index(row).data(ENTRY_ROLE) for row in range(model.rowCount())]


def test_department_first_then_projects_under_a_heading(model):
    names = [entry.name for entry in entries(model)]
    assert names[:3] == ["部门整体", "项目（6）", "图书馆免费开放"]
    assert [entry.form is None for entry in entries(model)][:3] == [False, True, False]


def test_each_form_shows_its_amount_and_its_worst_problem(model, session, project_id):
    entry = model.index_of(project_id).data(ENTRY_ROLE)
    counts = session.counts(project_id)
    assert entry.amount == "92 万元"
    assert entry.worst is Severity.ERROR
    assert entry.count == counts[Severity.ERROR]
    assert f"错误 {counts[Severity.ERROR]}" in entry.summary


@pytest.mark.parametrize("head", ["当年金额", "当年预算收支(单位:万元)", "2026年预算数"])
def test_a_department_shows_this_years_amount_and_never_a_past_one(model, session, head):
    form = session.form(model.forms()[0])
    table = form.tables["部门总体资金情况"]
    table.columns[2] = head
    assert amount_text(form) == "945 万元"
    total = next(row for row in table.rows if row.cells[1] == "合计")
    total.cells[2] = ""
    assert amount_text(form) == ""
    table.columns[4:6] = "2024年", "2025年"
    assert amount_text(form) == ""


def test_a_department_that_was_carried_over_shows_no_amount(model, session):
    rolling.roll_forward(session, 2026, 2027)
    model.show(session, 2027)
    assert entries(model)[0].amount == ""


def test_projects_without_a_department_stand_under_the_unit_they_name(model, session):
    def headings():
        model.show(session, 2026)
        return [x.name for x in entries(model) if x.form is None]

    stranger = json_files.read(resource("samples", "2026", "p02.json"))
    stranger.id, stranger.unit, stranger.layout = "外来", None, "qiaokou-2026"
    stranger.fields["项目主管部门"] = "外区文化局"
    session.add_form(stranger, "导入")
    assert "外区文化局" in headings()
    other = json_files.read(resource("samples", "2026", "p03.json"))
    other.id, other.unit, other.layout = "又一", None, "qiaokou-2026"
    other.fields["项目主管部门"] = "另一个局"
    session.add_form(other, "导入")
    assert "未注明单位" in headings(), "two units cannot be told by one name"


def test_only_rows_that_changed_are_drawn_again(model, session, project_id, qtbot):
    session.do("改名", {project_id: [SetValue(("fields", "项目名称"), "文艺活动")]})
    changed = []
    model.dataChanged.connect(lambda top, _bottom: changed.append(top.row()))
    model.refresh(session)
    assert model.index_of(project_id).row() in changed
    assert len(changed) < model.rowCount()
    assert model.index_of(project_id).data() == "文艺活动"


def test_choosing_a_form_tells_of_it_but_showing_one_does_not(qtbot, session, project_id):
    navigator = Navigator()
    qtbot.addWidget(navigator)
    navigator.show_year(session, 2026)
    with qtbot.assertNotEmitted(navigator.form_chosen):
        navigator.choose(project_id)
    department = navigator.model.forms()[0]
    with qtbot.waitSignal(navigator.form_chosen) as told:
        navigator.view.setCurrentIndex(navigator.model.index_of(department))
    assert told.args == [department]


def test_a_year_without_forms_says_what_to_do(qtbot, session):
    navigator = Navigator()
    qtbot.addWidget(navigator)
    navigator.show_year(session, 1999)
    assert not navigator.empty.isHidden()
    assert navigator.view.isHidden()
