"""The window as a whole, on a real library: a person's road through it, with few clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from kpiapp.errors import UserError
from kpiapp.model.edit import SetValue
from kpiapp.model.problem import Severity
from kpiapp.services import opening
from kpiapp.services.session import CHECKING
from ui import commands, doing, guests, searching
from ui.main_window import MainWindow
from ui.models.navigator_model import ENTRY_ROLE
from ui.screens import indicator_actions
from ui.screens.exporting import ExportPage
from ui.screens.help_panel import ABOUT
from ui.screens.importing import ImportPage
from ui.widgets import table_pane


@pytest.fixture
def window(qtbot, library_path):
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1360, 860)
    window.show()
    window.open(library_path)
    qtbot.waitUntil(lambda: window.session.verdict(year=2026) != CHECKING)
    yield window
    window.close()


@pytest.fixture
def workspace(window):
    assert window.workspace
    return window.workspace


@pytest.fixture
def project(workspace):
    form_id = next(head.id for head in workspace.session.heads(2026) if head.name == "群众文化活动")
    workspace.show_form(form_id)
    return form_id


def run(window, name):
    action = window.actions_by_name[name]
    assert action.isEnabled(), name
    action.trigger()


def test_every_command_has_a_function_and_a_tooltip(window):
    for command in commands.all_commands():
        assert callable(doing.function(command.name))
        assert window.actions_by_name[command.name].toolTip()


def test_no_two_commands_share_a_shortcut():
    keys = [key for x in commands.all_commands() for key in x.keys.split("; ") if key]
    assert len(keys) == len(set(keys))
    inner = {x.keys for x in indicator_actions.COMMANDS} | {x[3] for x in table_pane.ACTIONS}
    assert set(keys) & inner == set(), "Qt would do neither of the two"


def test_every_control_can_be_named(window, workspace):
    from PySide6.QtWidgets import (
        QAbstractButton,
        QAbstractItemView,
        QComboBox,
        QHeaderView,
        QLineEdit,
    )

    guests.show_export(workspace)
    kinds = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit)
    own = [
        child
        for kind in kinds
        for child in window.findChildren(kind)
        if not child.objectName().startswith(("qt_", "ScrollLeft", "ScrollRight"))
        and not isinstance(child, QHeaderView)
    ]
    nameless = [
        f"{type(child).__name__} in {child.parent().objectName()}"
        for child in own
        if child.isVisible() and not child.objectName()
    ]
    silent = [
        child.objectName()
        for child in own
        if child.isVisible() and not (child.accessibleName() or getattr(child, "text", str)())
    ]
    assert not nameless
    assert not silent


def test_the_year_and_the_library_are_always_in_sight(window):
    assert window.years.currentText() == "2026"
    assert "示例" in window.library_name.text()
    assert "示例.kpi" in window.windowTitle()


def test_another_year_shows_the_same_project(window, workspace, project):
    window.years.setCurrentIndex(window.years.findData(2025))
    window.years.activated.emit(window.years.currentIndex())
    form = workspace.session.form(workspace.form_id)
    assert (form.year, form.name) == (2025, "群众文化活动")


def test_the_header_says_which_form_and_what_is_left(workspace, project):
    assert workspace.centre.name.text() == "群众文化活动"
    assert workspace.centre.detail.text() == "2026 年 · 92 万元"
    assert workspace.centre.todo.text() == "还有 2 个错误（其中 1 项没有填）"


def test_header_list_and_problems_tell_the_same_number(workspace):
    for form_id in workspace.navigator.model.forms():
        workspace.show_form(form_id)
        verdict = workspace.problems.verdict.text()
        entry = workspace.navigator.model.index_of(form_id).data(ENTRY_ROLE)
        assert workspace.centre.todo.text().startswith(verdict)
        if entry.worst is Severity.ERROR:
            assert verdict == f"还有 {entry.count} 个错误"


def test_a_step_is_told_with_its_undo_and_undone_from_the_menu(window, workspace, project):
    session = workspace.session
    session.do("修改项目名称", {project: [SetValue(("fields", "项目名称"), "文艺")]})
    assert window.status.undo.text() == "· 撤销：修改项目名称"
    assert window.actions_by_name["undo"].text() == "撤销：修改项目名称"
    assert workspace.navigator.model.index_of(project).data() == "文艺"
    run(window, "undo")
    assert workspace.centre.name.text() == "群众文化活动"
    assert window.status.text.text().startswith("已撤销“修改项目名称”")
    assert window.actions_by_name["redo"].text() == "重做：修改项目名称"


def test_a_problem_leads_to_its_cell(workspace, project, qtbot):
    row = next(
        problem for problem in workspace.session.problems(project) if problem.place.indicator
    )
    workspace.problems.chosen.emit(row)
    place = workspace.editor.current_place()
    assert place is not None
    assert place.goal == row.place.goal


def test_all_safe_fixes_are_one_step(window, workspace):
    run(window, "review")
    session = workspace.session
    before = sum(session.counts(x.id)[Severity.ERROR] for x in session.heads(2026))
    run(window, "fix_all")
    after = sum(session.counts(x.id)[Severity.ERROR] for x in session.heads(2026))
    assert after < before
    run(window, "undo")
    assert sum(session.counts(x.id)[Severity.ERROR] for x in session.heads(2026)) == before


def test_why_opens_the_page_of_the_rule(window, workspace, project):
    workspace.problems.step(1)
    run(window, "explain_problem")
    assert workspace.side.currentWidget() is workspace.help
    assert "为什么" in workspace.help.text.toPlainText()


def test_an_excused_problem_no_longer_counts(workspace, project):
    from kpiapp.services.findings import excusing

    errors = [x for x in workspace.session.problems(project) if x.severity is Severity.ERROR]
    verdict = workspace.problems.verdict.text()
    excusing.excuse(workspace.session, errors, "区财政局已同意")
    assert workspace.problems.verdict.text() == "可以报送" != verdict
    workspace.findings.restore(errors)
    assert workspace.problems.verdict.text() == verdict


def test_a_deleted_form_comes_back(window, workspace, project):
    run(window, "remove_form")
    assert project not in workspace.navigator.model.forms()
    assert workspace.form_id != project
    run(window, "undo")
    assert project in workspace.navigator.model.forms()


def test_a_copy_is_another_project_with_its_own_ids(window, workspace, project):
    run(window, "duplicate_form")
    session = workspace.session
    copy = session.form(workspace.form_id)
    assert copy.name == "群众文化活动（副本）"
    old = {row.id for row in session.form(project).indicators}
    assert not old & {row.id for row in copy.indicators}


def test_a_new_form_has_the_fields_of_its_layout(window, workspace):
    from kpiapp.model.form import Kind
    from kpiapp.services.forms import new_forms

    choices = new_forms.layout_choices(workspace.session, Kind.PROJECT)
    usual = next(choice for choice in choices if choice.usual)
    form = new_forms.add_blank(workspace.session, Kind.PROJECT, usual.id, 2026, "新项目")
    assert workspace.form_id == form.id
    assert form.name == "新项目"
    assert workspace.session.form(form.id).unit is not None


def test_the_search_finds_forms_indicators_and_commands(window, qtbot):
    window.activateWindow()
    run(window, "search")
    qtbot.waitUntil(window.search.hasFocus)
    window.search.setText("公益培训班")
    assert "公益培训班期数" in window.search.list.item(0).text()
    window.search.accept()
    qtbot.waitUntil(lambda: window.workspace.editor.current_place() is not None)
    run(window, "search")
    window.search.setText("gypxb")
    assert "公益培训班期数" in window.search.list.item(0).text()
    window.search.setText("导出")
    texts = [window.search.list.item(n).text() for n in range(window.search.list.count())]
    assert "导出" in texts
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.search.text() == ""


def test_files_are_read_shown_and_taken_over_as_one_step(window, workspace, qtbot, tmp_path):
    from kpiapp.services.exports import exporting

    forms = workspace.session.forms(2026)
    folder = tmp_path / "来件"
    exporting.export_items(forms[1:3], folder)
    (folder / "坏.xlsx").write_text("不是表格")
    for form in forms[1:3]:
        workspace.session.remove_form(form.id, "删除")
    guests.show_import(workspace, [folder])
    page = workspace.centre.stack.currentWidget()
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 3, timeout=10_000)
    assert "1 个文件读不了" in page.summary.text()
    page.accept()
    assert window.messages.text.startswith("已导入：新增 2 张")
    assert {form.id for form in forms[1:3]} <= set(workspace.navigator.model.forms())
    assert workspace.session.undo_label == "导入2 张表"


def test_an_import_is_shown_in_its_year_with_its_report(window, workspace, qtbot, tmp_path):
    from kpiapp.services.exports import exporting

    form = workspace.session.forms(2026)[1]
    exporting.export_items([form], tmp_path / "来件")
    workspace.session.remove_form(form.id, "删除")
    workspace.show_year(2030)
    guests.show_import(workspace, [tmp_path / "来件"])
    page = workspace.centre.stack.currentWidget()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=10_000)
    page.accept()
    assert (workspace.year, workspace.form_id) == (2026, form.id)
    assert window.years.currentData() == 2026
    assert workspace.centre.stack.currentWidget() is workspace.editor
    window.messages._action.click()
    report = window.findChild(QDialog, "importReport").findChild(QPlainTextEdit)
    assert form.name in report.toPlainText()


def test_sheets_are_written_though_there_are_errors(window, workspace, qtbot, tmp_path):
    run(window, "export")
    page = workspace.centre.stack.currentWidget()
    assert isinstance(page, ExportPage)
    assert not page.export_button.isEnabled()
    page.folder.setText(str(tmp_path / "报表"))
    assert page.export_button.text() == "仍然导出"
    with qtbot.waitSignal(page.finished, timeout=20_000):
        page.export_button.click()
    written = [x.name for x in (tmp_path / "报表").glob("*.xlsx") if "表10" not in x.name]
    assert len(written) == len(workspace.session.heads(2026))
    assert f"已导出 {len(written) + 1} 个文件" in window.messages.text, "with 表10"


def test_a_folder_that_cannot_be_made_is_told_calmly(window, workspace, qtbot, tmp_path):
    (tmp_path / "file").write_text("")
    run(window, "export")
    page = workspace.centre.stack.currentWidget()
    page.folder.setText(str(tmp_path / "file" / "x"))
    with qtbot.waitSignal(page.failed, timeout=10_000):
        page.export_button.click()
    assert "不能建立文件夹" in window.messages.text


def test_a_library_in_use_is_offered_read_only(window, library_path, qtbot):
    second = MainWindow()
    qtbot.addWidget(second)
    second.show()
    second.open(library_path)
    assert second.workspace is None
    assert "正由" in second.messages.text
    second.messages._act()
    assert second.session.read_only
    assert second.status.note.text() == "只读"
    assert not second.actions_by_name["new_project"].isEnabled()
    assert not second.workspace.problems.fix_all.isEnabled()
    second.close()


def test_a_file_that_is_no_library_is_refused_and_nothing_closes(window, tmp_path):
    bad = tmp_path / "坏.kpi"
    bad.write_text("x")
    session = window.session
    window.open(bad)
    assert window.session is session
    assert "坏.kpi" in window.messages.text


def test_a_library_is_backed_up_and_put_back(window, library_path, tmp_path, monkeypatch):
    forms = [head.id for head in window.session.heads()]
    folder = tmp_path / "备份"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    run(window, "backup_library")
    [copy] = folder.glob("*.kpi")
    assert copy.name in window.messages.text
    window.session.remove_form(forms[-1], "删除")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(copy), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(library_path), ""))
    run(window, "restore_library")
    assert window.session.library.path == library_path
    assert [head.id for head in window.session.heads()] == forms
    assert "原来的目标库另存为" in window.messages.text
    assert len(list(library_path.parent.glob("*备份*.kpi"))) == 1


def test_a_copy_that_is_damaged_is_not_put_back(window, library_path, tmp_path, monkeypatch):
    copy = tmp_path / "坏.kpi"
    copy.write_text("x")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(copy), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(library_path), ""))
    forms = [head.id for head in window.session.heads()]
    run(window, "restore_library")
    assert "坏.kpi" in window.messages.text
    assert [head.id for head in window.session.heads()] == forms


def test_closing_the_library_leads_to_the_first_page(window, library_path):
    run(window, "close_library")
    assert window.pages.currentWidget() is window.welcome
    assert window.findChild(object, f"recent-{library_path.stem}") is not None
    opening.open_session(library_path).library.close()  # nobody holds it any longer


def test_panes_can_be_put_away(window, workspace, project):
    run(window, "toggle_side")
    assert workspace.side.isHidden()
    workspace.show_overview()
    workspace.show_form(project)
    assert workspace.side.isHidden()
    run(window, "toggle_side")
    assert not workspace.side.isHidden()


def test_a_small_window_is_given_to_the_form_until_the_person_asks(window, workspace, qtbot):
    window.resize(960, 640)
    assert workspace.side.isHidden()
    run(window, "toggle_side")
    assert not workspace.side.isHidden()


def test_the_window_fits_a_small_screen(window):
    assert window.minimumSizeHint().height() <= 640
    assert window.minimumSizeHint().width() <= 1200


@pytest.mark.parametrize("page", ["overview", "review"])
def test_an_indicator_that_was_searched_is_chosen_and_in_sight(window, workspace, qtbot, page):
    window.resize(1366, 728)
    run(window, page)
    wanted = [x for x in searching.places_to_go(workspace) if x.hint == "街区自助图书馆"][-1]
    wanted.go()
    view = workspace.editor.indicators.view
    qtbot.waitUntil(lambda: workspace.problems.isVisible() and view.height() < 300)
    here = view.currentIndex()
    assert here.data() == wanted.text
    assert view.selectionModel().isSelected(here)
    assert view.viewport().rect().contains(view.visualRect(here).center())


def test_an_empty_library_offers_how_to_begin(window, tmp_path):
    window.show_session(opening.create_session(tmp_path / "新的.kpi"))
    offers = window.workspace.centre.empty.findChildren(QPushButton)
    assert [x.accessibleName() for x in offers] == ["新建部门整体表", "新建项目表", "导入表格"]
    assert all(x.isEnabled() for x in offers)
    assert QApplication.focusWidget() is offers[0]


def test_the_keyboard_goes_from_pane_to_pane(window, workspace, project):
    workspace.wants_side = True
    workspace.fit_panes()
    workspace.navigator.view.setFocus()
    seen = []
    for _ in range(4):
        run(window, "next_pane")
        focus = QApplication.focusWidget()
        panes = (workspace.navigator, workspace.centre, workspace.problems, workspace.side)
        seen.append(next(x.objectName() for x in panes if x.isAncestorOf(focus)))
    assert seen == ["centre", workspace.problems.objectName(), "side", "navigator"]


def test_the_keyboard_goes_into_the_next_part_of_a_form(window, workspace, project):
    tabs = workspace.editor.tabs
    for _ in range(3):
        run(window, "next_tab")
        assert tabs.currentWidget().isAncestorOf(QApplication.focusWidget())
    assert tabs.currentIndex() == 3
    run(window, "previous_tab")
    assert tabs.currentWidget() is workspace.editor.indicators


def test_a_low_screen_is_the_forms_until_problems_are_asked_for(window, workspace, project):
    assert workspace.problems.isVisible()
    window.resize(960, 500)
    assert not workspace.problems.isVisible()
    run(window, "toggle_problems")
    assert workspace.problems.isVisible()
    run(window, "toggle_problems")
    window.resize(1360, 860)
    assert not workspace.problems.isVisible(), "put away by the person"


def test_undoing_a_roll_forward_goes_back_to_the_year_before(window, workspace, project):
    workspace.editor.tabs.setCurrentWidget(workspace.stage_pages[-1])
    run(window, "roll_forward")
    assert workspace.year == 2027
    assert workspace.editor.tabs.currentWidget() is workspace.editor.basic
    assert not window.messages.isHidden()
    run(window, "undo")
    assert workspace.year == 2026, "2027 has no forms any more"
    assert window.years.currentText() == "2026"
    assert workspace.session.form(workspace.form_id).year == 2026
    assert window.messages.isHidden(), "what it told is no longer so"
    run(window, "redo")
    assert workspace.year == 2027
    assert workspace.session.form(workspace.form_id).year == 2027


def test_an_error_told_stays_over_an_undo(window, workspace, project):
    workspace.session.remove_form(project, "删除")
    window.messages.say_error(UserError("文件写不进去", "换一个文件夹"))
    run(window, "undo")
    assert not window.messages.isHidden()


def test_the_problems_of_another_form_are_shown_from_the_first(workspace, project):
    view = workspace.problems.view
    last = workspace.problems.model.index(workspace.problems.model.rowCount() - 1, 0)
    view.setCurrentIndex(last)
    other = next(x.id for x in workspace.session.heads(2026) if x.name == "街区自助图书馆")
    workspace.show_form(other)
    assert not view.currentIndex().isValid()
    assert view.verticalScrollBar().value() == 0


def test_help_begins_with_the_page_in_sight(window, workspace, project):
    editor = workspace.editor
    for page, title in (
        (editor.indicators, "填写指标"),
        (workspace.stage_pages[-1], "结转、监控和自评"),
        (editor.basic, "目录"),
    ):
        editor.tabs.setCurrentWidget(page)
        run(window, "help")
        assert workspace.help.text.toPlainText().startswith(title)


def test_help_tells_of_pages_that_there_are(window, workspace):
    from kpiapp.paths import resource

    for page in ABOUT.values():
        assert resource("help", f"{page}.md").is_file()
    guests.show_export(workspace)
    names = {x.objectName() for x in window.findChildren(QWidget)}
    assert {"indicatorsTab", "evaluationPage", "previewPage", "exportPage"} <= names & set(ABOUT)
