"""The form editor on the sample library: typed into with real keys and an input method."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from kpiapp.errors import UserError
from kpiapp.model.edit import SetValue
from kpiapp.model.form import Horizon, Kind
from kpiapp.model.problem import Place
from kpiapp.services.findings import excusing
from kpiapp.sheets.layouts.blank import blank_form
from kpiapp.sheets.layouts.layout import layout
from ui.models.problem_marks import cell_of
from ui.screens.form_editor import FormEditor
from ui.widgets.calm import CalmCombo
from ui.widgets.cell_editors import SidesCell
from ui.widgets.growing_text import GrowingText
from ui.widgets.table_pane import TablePane

Key, Ctrl, Shift, Alt = (
    Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)  # fmt: skip


def view_of(editor):
    return editor.indicators.view


def pairs(editor):
    """Lines with both sides, as the tree shows them."""
    goals = editor.indicators.tree.goals()
    return [x for goal in goals for x in goal.lines if len(x.rows) == 2]


def go(editor, line, cell):
    index = editor.indicators.tree.find_line(line.main.id, cell)
    view_of(editor).go(index)
    return index


def key(widget, what, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, what, modifiers)


def cell_editor(editor):
    found = view_of(editor).viewport().findChildren(QLineEdit)
    return next(x for x in found if x.isVisible())


def commit_text(widget, text):
    """What an input method sends when a word is chosen."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def type_text(widget, text):
    for sign in text:
        QApplication.sendEvent(
            widget, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
        )


def test_typing_replaces_and_tab_goes_on_to_the_next_cell(editor, session, form):
    line = pairs(editor)[0]
    go(editor, line, "target")
    type_text(view_of(editor), "≥")
    type_text(cell_editor(editor), "8次")
    key(cell_editor(editor), Key.Key_Tab)
    assert line.annual.target == "≥8次"
    assert session.undo_label == f"修改指标值：{line.name}"
    assert editor.indicators.tree.cell(view_of(editor).currentIndex()) == "long_term"
    assert view_of(editor).is_typing()


def test_the_first_letter_of_an_input_method_is_kept(editor):
    line = pairs(editor)[0]
    go(editor, line, "target")
    composing = QInputMethodEvent("j", [])
    QApplication.sendEvent(view_of(editor), composing)
    QApplication.sendEvent(view_of(editor), QInputMethodEvent("ji", []))
    commit_text(view_of(editor), "及时")
    key(cell_editor(editor), Key.Key_Return)
    assert line.annual.target == "及时"


def test_enter_edits_writes_and_goes_down(editor):
    line, below = editor.indicators.tree.goals()[0].groups().popitem()[1][0], None
    go(editor, line, "target")
    key(view_of(editor), Key.Key_Return)
    assert cell_editor(editor).selectedText() == line.annual.target
    commit_text(cell_editor(editor), "≥77%")
    key(cell_editor(editor), Key.Key_Return)
    assert not view_of(editor).is_typing()
    assert line.annual.target == "≥77%"
    assert below is None


def test_escape_writes_nothing(editor, session):
    line = pairs(editor)[0]
    before, label = line.annual.target, session.undo_label
    go(editor, line, "target")
    key(view_of(editor), Key.Key_F2)
    commit_text(cell_editor(editor), "别写")
    key(cell_editor(editor), Key.Key_Escape)
    assert (line.annual.target, session.undo_label) == (before, label)


def test_leaving_the_cell_keeps_the_text(editor):
    line = pairs(editor)[0]
    go(editor, line, "target")
    key(view_of(editor), Key.Key_F2)
    commit_text(cell_editor(editor), "≥9次")
    editor.tabs.setCurrentWidget(editor.basic)
    assert line.annual.target == "≥9次"


def test_tab_runs_over_the_ends_of_rows_and_back(editor):
    first, second = pairs(editor)[:2]
    tree = editor.indicators.tree
    go(editor, first, "standard")
    while tree.cell(view_of(editor).currentIndex()) != "name":
        key(view_of(editor), Key.Key_Tab)
    assert tree.line(view_of(editor).currentIndex()).name == second.name
    key(view_of(editor), Key.Key_Backtab, Shift)
    assert tree.line(view_of(editor).currentIndex()).name == first.name


def test_undo_puts_the_text_back_and_keeps_the_place(editor, session, form):
    line = pairs(editor)[1]
    before = line.annual.target
    index = go(editor, line, "target")
    editor.indicators.tree.setData(index, "≥1次")
    expanded = view_of(editor).isExpanded(index.parent())
    session.undo()
    assert index.data() == before
    assert view_of(editor).currentIndex() == index
    assert view_of(editor).isExpanded(index.parent()) == expanded
    session.redo()
    assert index.data() == "≥1次"


def test_insert_adds_an_indicator_and_begins_with_its_name(editor, form):
    line = pairs(editor)[0]
    count = len(form.indicators)
    go(editor, line, "target")
    key(view_of(editor), Key.Key_Insert)
    assert len(form.indicators) == count + 2
    commit_text(cell_editor(editor), "新的指标")
    key(cell_editor(editor), Key.Key_Tab)
    added = [x for x in form.indicators if x.level3 == "新的指标"]
    assert {x.horizon for x in added} == set(Horizon)
    assert {(x.level1, x.level2) for x in added} == {line.group}


def test_escape_at_once_takes_a_new_indicator_away_again(editor, form, qtbot):
    rows = [row.id for row in form.indicators]
    go(editor, pairs(editor)[0], "name")
    key(view_of(editor), Key.Key_Insert)
    assert len(form.indicators) > len(rows)
    key(cell_editor(editor), Key.Key_Escape)
    qtbot.waitUntil(lambda: [row.id for row in form.indicators] == rows)


def test_escape_later_takes_nothing_away(editor, form, qtbot):
    go(editor, pairs(editor)[0], "name")
    key(view_of(editor), Key.Key_Insert)
    commit_text(cell_editor(editor), "新的指标")
    key(cell_editor(editor), Key.Key_Tab)
    count = len(form.indicators)
    key(view_of(editor), Key.Key_F2)
    key(cell_editor(editor), Key.Key_Escape)
    qtbot.wait(50)
    assert len(form.indicators) == count


def test_folding_leaves_the_goals(editor):
    go(editor, pairs(editor)[0], "target")
    view = view_of(editor)
    editor.indicators.actions_.by_name["fold"].trigger()
    goal = view.currentIndex()
    assert editor.indicators.tree.goal(goal)
    assert not view.isExpanded(goal)


def test_rows_are_copied_moved_and_removed_by_keys(editor, session, form):
    line = pairs(editor)[0]
    count = len(form.indicators)
    go(editor, line, "name")
    key(view_of(editor), Key.Key_D, Ctrl)
    assert len(form.indicators) == count + 2
    key(view_of(editor), Key.Key_Up, Alt)
    assert session.undo_label == f"上移指标：{line.name}"
    key(view_of(editor), Key.Key_Delete, Ctrl)
    assert len(form.indicators) == count
    go(editor, line, "target")
    key(view_of(editor), Key.Key_Delete)
    assert line.annual.target == ""


def test_cells_go_to_a_spreadsheet_and_come_back(editor):
    line = pairs(editor)[0]
    start = go(editor, line, "target")
    key(view_of(editor), Key.Key_Right, Shift)
    key(view_of(editor), Key.Key_C, Ctrl)
    assert QGuiApplication.clipboard().text() == f"{line.annual.target}\t{line.long_term.target}\n"
    QGuiApplication.clipboard().setText("≥31%\t≥32%\n")
    view_of(editor).go(start)
    key(view_of(editor), Key.Key_V, Ctrl)
    assert (line.annual.target, line.long_term.target) == ("≥31%", "≥32%")


def test_sides_that_differ_are_written_each_for_itself(editor):
    line = pairs(editor)[0]
    index = go(editor, line, "standard")
    editor.indicators.actions_.sides()
    box = view_of(editor).viewport().findChild(SidesCell)
    box.lines[Horizon.ANNUAL].setText("历史标准")
    box.lines[Horizon.LONG_TERM].setText("行业标准")
    key(box, Key.Key_Return)
    assert index.data() == "年度 历史标准／长期 行业标准"
    assert (line.annual.standard, line.long_term.standard) == ("历史标准", "行业标准")


def test_a_group_is_chosen_in_the_forms_own_words(editor, form):
    view_of(editor).go(editor.indicators.tree.find_goal(1))
    editor.indicators.tools.fill_group_menu()
    menus = {x.title(): x for x in editor.indicators.tools.group_menus}
    assert set(menus) >= {x.level1 for x in form.indicators}
    action = next(x for x in menus["效益指标"].actions() if x.text() == "生态效益指标")
    action.trigger()
    assert [x.level2 for x in form.indicators].count("生态效益指标") == 2
    assert view_of(editor).is_typing()


def test_goal_texts_are_written_when_left(editor, form, session):
    pane = editor.indicators.goal_pane
    pane.focus_text(Horizon.ANNUAL)
    text = QApplication.focusWidget()
    text.selectAll()
    commit_text(text, "今年要做好三件事")
    view_of(editor).setFocus()
    assert form.goal(Horizon.ANNUAL, 1).text == "今年要做好三件事"
    assert session.undo_label == "修改年度目标1"
    session.undo()
    assert text.toPlainText() == form.goal(Horizon.ANNUAL, 1).text


def test_going_to_a_problem_opens_its_cell(editor, session, project_id, form):
    for problem in session.problems(project_id):
        editor.go_to(problem.place)
        here = editor.current_place()
        if problem.place.indicator:
            rows = {x.id for goal in editor.indicators.tree.goals() for line in goal.lines
                    for x in line.rows if here.indicator in {y.id for y in line.rows}}  # fmt: skip
            group = form.indicator(problem.place.indicator)
            assert problem.place.indicator in rows or (
                here.cell == "group" and form.indicator(here.indicator).level2 == group.level2
            )
        elif problem.place.field:
            assert here.field == problem.place.field.split(" / ")[0]


def test_fields_are_written_and_undone(editor, form, session):
    editor.tabs.setCurrentWidget(editor.basic)
    line = editor.basic.inputs["项目名称"]
    line.setFocus()
    line.selectAll()
    commit_text(line, "群众文化活动（二期）")
    editor.basic.inputs["表名" if "表名" in editor.basic.inputs else "title"].setFocus()
    assert form.fields["项目名称"] == "群众文化活动（二期）"
    session.undo()
    assert line.text() == form.fields["项目名称"] == "群众文化活动"


def test_a_box_takes_the_tick_off_the_others(editor, form):
    editor.tabs.setCurrentWidget(editor.basic)
    label = next(iter(form.choices))
    boxes = editor.basic.inputs[label].boxes
    other = next(x for x in form.choices[label].options if x not in form.choices[label].checked)
    boxes[other].click()
    assert form.choices[label].checked == [other]
    assert [x for x, box in boxes.items() if box.isChecked()] == [other]


def test_table_rows_come_and_go(editor, form, session):
    editor.tabs.setCurrentWidget(editor.money)
    label = next(iter(form.tables))
    pane = editor.money.inputs[label]
    count = len(form.tables[label].rows)
    pane.view.setCurrentIndex(pane.model.index(0, 0))
    pane.add()
    assert len(form.tables[label].rows) == pane.model.rowCount() == count + 1
    session.undo()
    assert pane.model.rowCount() == count


def test_what_the_world_refuses_is_told_and_changes_nothing(editor, session, monkeypatch, qtbot):
    line = pairs(editor)[0]
    before = line.annual.target

    def refuse(*_):
        raise UserError("磁盘已满", "请清理后重试")

    monkeypatch.setattr(session, "do", refuse)
    with qtbot.waitSignal(editor.failed) as told:
        editor.indicators.tree.setData(go(editor, line, "target"), "≥1")
    assert told.args[0].message == "磁盘已满"
    assert line.annual.target == before
    qtbot.waitUntil(view_of(editor).is_typing)
    assert cell_editor(editor).text() == "≥1"


def test_a_field_that_could_not_be_saved_keeps_its_text(editor, session, form, monkeypatch):
    editor.tabs.setCurrentWidget(editor.basic)
    line = editor.basic.inputs["项目名称"]
    do = session.do

    def refuse(*_):
        raise UserError("磁盘已满")

    monkeypatch.setattr(session, "do", refuse)
    line.setText("改过的名称")
    line.commit()
    assert (line.text(), form.fields["项目名称"]) == ("改过的名称", "群众文化活动")
    monkeypatch.setattr(session, "do", do)
    editor.commit()
    assert form.fields["项目名称"] == "改过的名称"


def test_every_control_has_a_name_for_screen_readers(editor):
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QPlainTextEdit

    for page in (editor.basic, editor.money, editor.indicators):
        editor.tabs.setCurrentWidget(page)
        for kind in (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView):
            for control in page.findChildren(kind):
                inner = isinstance(control.parent(), QLineEdit)
                if inner or control.objectName().startswith("qt_") or not control.isVisible():
                    continue
                named = control.accessibleName() or (
                    control.text() if isinstance(control, QAbstractButton) else ""
                )
                own = type(control).__module__.startswith("ui.") or isinstance(
                    control, QAbstractButton
                )
                assert not own or (named and control.objectName()), control


def test_the_context_menu_offers_what_can_be_done(editor):
    index = go(editor, pairs(editor)[0], "target")
    menu = editor.indicators.context_menu(index)
    words = {x.text(): x.isEnabled() for x in menu.actions() if x.text()}
    assert words["添加指标"]
    assert not words["补上缺的一侧"]
    assert menu.actions()[0].text() == "修改"
    assert QPoint() is not None


def test_nothing_is_typed_into_a_read_only_library(library_path, qtbot, project_id):
    from kpiapp.services.session import Session
    from kpiapp.store.library import Library

    session = Session(Library.open(library_path, read_only=True))
    editor = FormEditor(session)
    qtbot.addWidget(editor)
    editor.show_form(project_id)
    assert all(getattr(x, "isReadOnly", lambda: True)() for x in editor.basic.inputs.values())
    editor.tabs.setCurrentWidget(editor.indicators)
    index = editor.indicators.tree.index(0, 0)
    editor.indicators.view.go(index)
    assert not editor.indicators.actions_.by_name["add_indicator"].isEnabled()
    session.library.close()


def test_later_tabs_are_the_windows_own(editor, qtbot):
    page = QLineEdit()
    index = editor.add_tab("预览", page)
    editor.tabs.setCurrentIndex(index)
    assert editor.current_place() is None
    editor.go_to(Place(editor.form_id, field="项目名称"))
    assert editor.tabs.currentWidget() is editor.basic


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_one_enter_writes_a_word_from_the_list_and_goes_down(editor, qtbot):
    line, below = pairs(editor)[:2]  # a heading stands between them
    start = go(editor, line, "standard")
    view_of(editor).edit(start)
    cell_editor(editor).clear()
    popup = cell_editor(editor).completer().popup()
    cell_editor(editor).completer().complete()
    assert popup.isVisible()
    cell_editor(editor).setText("计划标准")
    key(popup, Key.Key_Return)
    qtbot.waitUntil(lambda: not view_of(editor).is_typing())
    assert line.main.standard == "计划标准"
    here = view_of(editor).currentIndex()
    assert here == editor.indicators.tree.find_line(below.main.id, "standard")


def test_the_page_follows_the_cell_of_a_table(editor):
    editor.resize(1100, 300)
    editor.tabs.setCurrentWidget(editor.money)
    panes = [x for x in editor.money.inputs.values() if isinstance(x, TablePane)]
    view = max((x.view for x in panes), key=lambda view: view.height())
    view.setFocus()
    last = view.model().rowCount() - 1
    for row in (last, 0, last):
        view.setCurrentIndex(view.model().index(row, 1))
        middle = view.viewport().mapTo(editor, view.visualRect(view.currentIndex()).center())
        area = editor.money.viewport()
        assert area.rect().contains(area.mapFrom(editor, middle))


def test_a_field_is_seen_whole_when_the_keyboard_reaches_it(editor):
    editor.resize(1100, 300)
    editor.tabs.setCurrentWidget(editor.basic)
    texts = [x for x in editor.basic.inputs.values() if isinstance(x, GrowingText)]
    area = editor.basic.viewport()
    low = [x for x in texts if x.height() < area.height()][-1]
    low.setFocus(Qt.FocusReason.TabFocusReason)
    for corner in (low.rect().topLeft(), low.rect().bottomLeft()):
        assert area.rect().contains(low.mapTo(area, corner))


def test_a_new_form_is_begun_in_its_first_empty_field(editor, session):
    from kpiapp.model.form import Kind
    from kpiapp.services.forms import new_forms

    layout = next(x for x in new_forms.layout_choices(session, Kind.PROJECT) if x.usual)
    new = new_forms.add_blank(session, Kind.PROJECT, layout.id, 2026, "新项目")
    editor.show_form(new.id)
    editor.focus_first()
    focus = QApplication.focusWidget()
    assert editor.basic.isAncestorOf(focus)
    assert focus.text() == ""


def test_columns_widen_with_what_is_typed(editor):
    line = pairs(editor)[0]
    index = go(editor, line, "target")
    editor.indicators.tree.setData(index, "≤1,234,567.89万元")
    view = view_of(editor)
    assert view.columnWidth(index.column()) > view.fontMetrics().horizontalAdvance(index.data())


def test_tab_goes_from_the_last_field_of_a_page_to_the_next_page(editor, session):
    new = blank_form(layout("wuchang-2026", Kind.PROJECT), 2026, "接线员")
    session.add_form(new, "新建项目表")
    editor.show_form(new.id)
    for page, following in ((editor.basic, editor.money), (editor.money, editor.indicators)):
        editor.tabs.setCurrentWidget(page)
        page.enter()
        for _ in range(200):
            if isinstance(QApplication.focusWidget(), QLineEdit):
                commit_text(QApplication.focusWidget(), "9")
            key(QApplication.focusWidget(), Key.Key_Tab)
            if editor.tabs.currentWidget() is not page:
                break
        assert editor.tabs.currentWidget() is following
        assert editor.tabs.tabBar().currentIndex() == editor.tabs.currentIndex()
        assert following.isAncestorOf(QApplication.focusWidget())


def test_an_excused_finding_leaves_no_mark(editor, session, project_id):
    found = next(x for x in session.problems(project_id) if x.place.indicator)
    tree = editor.indicators.tree
    cell = tree.find_line(found.place.indicator, cell_of(found.place))
    assert found.message in cell.data(Qt.ItemDataRole.ToolTipRole)
    excusing.excuse(session, [found], "区财政局已同意")
    assert found.message not in (cell.data(Qt.ItemDataRole.ToolTipRole) or "")


def test_a_pasted_row_gets_the_room_that_its_name_wants(editor):
    view = view_of(editor)
    editor.resize(1400, 700)
    before = view.columnWidth(0)
    line = pairs(editor)[0]
    view.go(editor.indicators.tree.find_line(line.main.id).parent())
    QGuiApplication.clipboard().setText("群众文化活动现场安全保障和应急处置人员到岗人次\t\n")
    key(view, Key.Key_V, Ctrl)
    assert view.columnWidth(0) > before


def test_the_wheel_over_a_box_scrolls_the_page_and_changes_nothing(qtbot):
    box = CalmCombo()
    qtbot.addWidget(box)
    box.addItems(["2025", "2026"])
    box.show()
    turned = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, turned)
    assert box.currentText() == "2025"
    with qtbot.waitActive(box):
        box.activateWindow()
    box.setFocus()
    QApplication.sendEvent(box, turned)
    assert box.currentText() == "2026"


def test_what_is_no_period_beside_a_box_is_told_there(editor):
    editor.tabs.setCurrentWidget(editor.basic)
    boxes = editor.basic.inputs["项目类型"]
    ((option, line),) = boxes.beside.items()
    boxes.boxes[option].click()
    assert "起止两个年份" in boxes._marks[option].toolTip(), "ticked, and no years beside it"
    for text, told in (("很多年", "起止两个年份"), ("从2026年至2024年", "早于"), ("2024-2026", "")):
        line.setText(text)
        line.commit()
        assert told in boxes._marks[option].toolTip()
        assert (boxes._marks[option].severity is None) == (not told)


def test_coming_back_to_the_indicators_the_keyboard_is_in_the_table(editor):
    view = view_of(editor)
    for away in (editor.basic, editor.money):
        editor.tabs.setCurrentWidget(away)
        editor.tabs.setCurrentWidget(editor.indicators)
        assert view.hasFocus()


def test_a_form_without_goals_begins_with_the_text_of_the_first(editor, form):
    editor.tabs.setCurrentWidget(editor.basic)
    for goal in form.goals:
        goal.text = ""
    editor.tabs.setCurrentWidget(editor.indicators)
    assert editor.indicators.goal_pane.side_with_focus() is Horizon.LONG_TERM


def test_the_money_page_says_in_which_unit_its_amounts_are(editor, session, form):
    editor.tabs.setCurrentWidget(editor.money)
    assert editor.money.findChild(QLabel, "moneyTabNote").text() == "金额单位：万元"
    session.do("改为元", {form.id: [SetValue(("amount_unit",), "元")]})
    assert editor.money.findChild(QLabel, "moneyTabNote").text() == "金额单位：元"
