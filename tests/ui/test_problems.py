"""The list of problems: folding, filters, fixes, and what it tells."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from kpiapp.model.problem import Place, Problem, Severity
from ui.dialogs import ReasonDialog
from ui.models.problems_model import (
    ACTIONS,
    LINE_ROLE,
    MESSAGE,
    PROBLEM_ROLE,
    Found,
    ProblemsModel,
    lines,
)
from ui.screens.problems import ProblemsPanel
from ui.widgets import style


@pytest.fixture
def found(session, project_id):
    form = session.form(project_id)
    return [Found(problem, form) for problem in session.problems(project_id)]


@pytest.fixture
def panel(qtbot, found, watch):
    panel = ProblemsPanel()
    qtbot.addWidget(panel)
    watch(panel.model)
    panel.show_problems(found, "还有 2 个错误")
    return panel


def messages(model):
    return [model.index(row, MESSAGE).data() for row in range(model.rowCount())]


def test_the_model_keeps_qts_contract(qtbot, found, watch):
    model = ProblemsModel()
    watch(model)
    model.show(lines(found))
    model.show(())
    model.show(lines(found))
    assert model.rowCount() > 0


def test_errors_come_first_and_excused_ones_last(found):
    excused = [replace(found[0], reason="已说明"), *found[1:]]
    shown = lines(excused)
    assert shown[0].first.problem.severity is Severity.ERROR
    assert shown[-1].first.reason == "已说明"


def test_both_horizons_of_one_indicator_are_one_line(session, project_id):
    form = session.form(project_id)
    annual = next(form.rows())
    twins = [row for row in form.indicators if row.level3 == annual.level3]
    assert len(twins) == 2
    problems = [
        Found(
            Problem("x", Severity.HINT, Place(form.id, row.horizon, row.goal, row.id, "name"), "m"),
            form,
        )
        for row in twins
    ]
    model = ProblemsModel()
    model.show(lines(problems))
    assert messages(model) == ["m（共 2 处）"]
    assert model.rowCount(model.index(0, 0)) == 2
    assert model.index(0, 0).data(LINE_ROLE) is not None
    assert model.index(1, 0, model.index(0, 0)).data(LINE_ROLE) is None


def test_a_severity_can_be_hidden(panel):
    panel.chips[Severity.WARNING].setChecked(False)
    severities = {entry.problem.severity for line in panel.model._lines for entry in line.found}
    assert Severity.WARNING not in severities
    assert Severity.ERROR in severities


def test_one_rule_can_be_looked_at_alone(panel):
    panel.codes.setCurrentIndex(1)
    assert {line.first.problem.code for line in panel.model._lines} == {panel.codes.itemData(1)}


def test_hiding_everything_says_how_to_get_it_back(panel):
    for chip in panel.chips.values():
        chip.setChecked(False)
    assert panel.view.isHidden()
    assert not panel.empty.isHidden()


def test_stepping_goes_round_and_tells_each_place(panel, qtbot):
    told = []
    panel.chosen.connect(told.append)
    for _ in range(panel.model.rowCount() + 1):
        panel.step(1)
    assert told[0] is told[-1]
    assert len({id(problem) for problem in told}) == panel.model.rowCount()


def test_the_fix_of_a_line_is_asked_for(panel, qtbot):
    with qtbot.waitSignal(panel.fix_wanted) as told:
        panel.act("fix")
    assert all(problem.fix for problem in told.args[0])


def test_fix_all_asks_for_the_safe_ones_only(panel, qtbot):
    with qtbot.waitSignal(panel.fix_all_wanted) as told:
        panel.fix_all.click()
    assert told.args[0]
    assert all(problem.fix.safe for problem in told.args[0])


def test_after_a_fix_the_next_line_is_marked(panel, found):
    panel.step(1)
    current = panel.model.index(0, MESSAGE).data()
    panel.show_problems(found[1:], "")
    assert panel.view.currentIndex().isValid()
    assert panel.view.currentIndex().data() != current


def test_after_an_excuse_the_list_stays_where_it_is(panel, found):
    panel.step(1)
    below = panel.model.index(1, MESSAGE).data()
    excused = panel.view.currentIndex().data(PROBLEM_ROLE)
    panel.show_problems(
        [replace(x, reason="已说明") if x.problem is excused else x for x in found], ""
    )
    assert panel.view.currentIndex().row() == 0
    assert panel.view.currentIndex().data() == below


def test_excused_problems_do_not_count(panel, found):
    panel.show_problems([replace(x, reason="已说明") for x in found], "可以报送")
    assert panel.chips[Severity.ERROR].text() == "错误 0"
    assert not panel.fix_all.isEnabled()
    assert "不算问题：已说明" in messages(panel.model)[0]


def test_a_read_only_library_says_why_nothing_can_be_fixed(qtbot, found):
    panel = ProblemsPanel(read_only=True)
    qtbot.addWidget(panel)
    panel.show_problems(found, "")
    assert not panel.fix_all.isEnabled()
    assert "只读" in panel.fix_all.toolTip()
    rows = (panel.model.index(row, ACTIONS) for row in range(panel.model.rowCount()))
    actions = [action for row in rows for action in panel._actions(row)]
    fixes = [action for action in actions if action.name == "fix"]
    assert fixes
    assert not any(x.enabled or "只读" not in x.tip for x in fixes)
    assert {action.name for action in actions} == {"fix", "why"}


def test_a_fix_is_readable_where_nothing_else_is_offered_beside_it(qtbot, panel):
    panel.resize(1085, 500)
    panel.show()
    delegate = panel.view.itemDelegateForColumn(ACTIONS)
    cells = [panel.model.index(row, ACTIONS) for row in range(panel.model.rowCount())]
    metrics = QFontMetrics(style.font())
    for cell in cells:
        shown = [x for x in delegate._actions(cell) if x.always]
        for action in shown:
            assert metrics.horizontalAdvance(action.text) < panel.view.visualRect(cell).width()


def test_enter_ends_a_reason_once_there_is_one(qtbot):
    dialog = ReasonDialog("年度目标2与长期目标2文字相同")
    qtbot.addWidget(dialog)
    dialog.open()
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert dialog.isVisible(), "no excuse without a reason"
    dialog.reason.setPlainText("区财政局已同意")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert dialog.isVisible()
    assert "\n" in dialog.reason.toPlainText()
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert dialog.result() == dialog.DialogCode.Accepted
