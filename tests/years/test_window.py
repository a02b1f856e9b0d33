"""The year cycle from the menu: a year is carried over, evaluated and exported."""

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit

from kpiapp.services.results import evaluation
from tests.years.conftest import department, project
from ui.main_window import MainWindow


@pytest.fixture
def window(qtbot, session):
    session.add_forms([department(), project()], "导入")
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_session(session)
    window.show()
    yield window
    window.close()


def test_a_year_is_carried_over_and_its_report_shown(window):
    window.run("roll_forward")
    assert window.workspace.year == 2027
    assert "已结转2张表到2027年" in window.messages.text
    window.messages._act()
    dialog = window.findChild(QDialog, "rollReport")
    assert "预算金额已清空" in dialog.findChild(QPlainTextEdit).toPlainText()
    dialog.reject()
    window.workspace.show_year(2026)
    window.run("roll_forward")
    assert "没有可以结转的" in window.messages.text


def test_all_are_evaluated_and_written(window, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    window.run("export_results")
    assert "还没有自评表" in window.messages.text
    window.run("start_evaluations")
    assert len(evaluation.evaluations_of(window.session, 2026)) == 2
    window.run("export_results")
    names = sorted(path.name for path in tmp_path.glob("*自评*"))
    assert len(names) == 4


def test_a_problem_of_a_self_evaluation_leads_to_its_tab(window):
    form = evaluation.start(window.session, "u-2026-p01")
    (problem, *_) = window.session.problems(form.id)
    window.workspace.go_to(problem.place)
    page = window.workspace.editor.tabs.currentWidget()
    assert page.form is form
    assert window.workspace.form_id == "u-2026-p01"
