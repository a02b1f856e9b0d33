"""Inner tables of a form: where the keyboard begins, how it leaves, and pasting into nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.widgets.table_pane import TablePane

Key = Qt.Key


@pytest.fixture
def panes(editor):
    """The tables of the money tab."""
    editor.tabs.setCurrentWidget(editor.money)
    return [x for x in editor.money.inputs.values() if isinstance(x, TablePane)]


@pytest.fixture
def pane(panes, watch):
    """The first of them that has several rows."""
    pane = next(x for x in panes if x.model.rowCount() > 1)
    watch(pane.model)
    return pane


def keyboard_in(pane):
    focus = QApplication.focusWidget()
    return focus is pane.view or pane.view.isAncestorOf(focus)


def test_the_keyboard_begins_in_the_first_blank_cell(pane, form):
    row = form.tables[pane.label].rows[1]
    row.cells[1] = ""
    pane.refresh()
    pane.view.setFocus(Qt.FocusReason.TabFocusReason)
    here = pane.view.currentIndex()
    assert here.data() == ""
    assert pane.model.index(here.row(), 0).data() != ""


def test_tab_leaves_behind_the_last_cell(pane):
    last = pane.model.index(pane.model.rowCount() - 1, pane.model.columnCount() - 1)
    pane.view.setCurrentIndex(last)
    pane.view.setFocus()
    QTest.keyClick(pane.view, Key.Key_Tab)
    assert not keyboard_in(pane)
    assert pane.view.currentIndex() == last


def test_tab_leaves_also_while_typing_and_keeps_the_text(pane, session):
    last = pane.model.index(pane.model.rowCount() - 1, pane.model.columnCount() - 1)
    pane.view.setCurrentIndex(last)
    pane.view.setFocus()
    QTest.keyClick(pane.view, Key.Key_7)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert last.data() == "7"
    assert not keyboard_in(pane)


def test_tab_goes_past_the_printed_words_of_the_next_row(pane, form):
    rows = form.tables[pane.label].rows
    end = pane.model.columnCount() - 1
    printed = rows[1].cells[0]
    assert printed
    pane.view.setCurrentIndex(pane.model.index(0, end))
    pane.view.setFocus()
    QTest.keyClick(pane.view, Key.Key_7)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    here = pane.view.currentIndex()
    assert here.row() == 1
    assert here.column() > 0
    QTest.keyClick(QApplication.focusWidget(), Key.Key_8)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Backtab)
    assert pane.view.currentIndex() == pane.model.index(0, end)
    assert rows[1].cells[0] == printed
    assert rows[1].cells[here.column()] == "8"


def test_undo_goes_back_to_the_cell_it_changed(pane, session):
    changed = pane.model.index(0, pane.model.columnCount() - 1)
    pane.view.setCurrentIndex(changed)
    pane.view.setFocus()
    QTest.keyClick(pane.view, Key.Key_7)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert pane.view.currentIndex().row() == 1
    session.undo()
    assert pane.view.currentIndex() == changed


def test_undo_in_a_cell_just_opened_is_the_windows(pane):
    pane.view.setCurrentIndex(pane.model.index(0, pane.model.columnCount() - 1))
    pane.view.setFocus()
    QTest.keyClick(pane.view, Key.Key_F2)
    editor = QApplication.focusWidget()
    control = Qt.KeyboardModifier.ControlModifier
    for typed in (False, True):
        if typed:
            QTest.keyClick(editor, Key.Key_7)
        asked = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_Z, control)
        QApplication.sendEvent(editor, asked)
        assert asked.isAccepted() == typed


def test_shift_tab_leaves_before_the_first_cell(pane):
    pane.view.setCurrentIndex(pane.model.index(0, 1))
    pane.view.setFocus()
    QTest.keyClick(pane.view, Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert not keyboard_in(pane)


def test_a_table_without_rows_is_clicked_and_pasted_into(panes, form, session):
    pane = panes[0]
    rows = [row.id for row in form.tables[pane.label].rows]
    pane.view.selectAll()
    pane.remove()
    assert pane.model.rowCount() == 0
    assert pane.view.viewport().height() > 20, "there is something to click"
    QTest.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    assert keyboard_in(pane)
    QGuiApplication.clipboard().setText("合计\t5\n一般公共预算\t5\n")
    QTest.keyClick(pane.view, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [row.cells[:2] for row in form.tables[pane.label].rows] == [
        ["合计", "5"], ["一般公共预算", "5"]
    ]  # fmt: skip
    assert pane.view.currentIndex() == pane.model.index(0, 0)
    session.undo()
    session.undo()
    assert [row.id for row in form.tables[pane.label].rows] == rows


def test_undo_by_ctrl_z_does_not_gather_a_selection(pane, session):
    """Delete after several undos would have emptied every cell they went through."""
    view = pane.view
    view.setFocus()
    for row in (0, 1):
        pane.model.setData(pane.model.index(row, 1), f"{row + 7}")
    view.setCurrentIndex(pane.model.index(0, 0))
    window = view.window().windowHandle()
    QTest.keyPress(window, Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
    session.undo()
    session.undo()
    QTest.keyRelease(window, Key.Key_Control)
    assert view.selectedIndexes() == [pane.model.index(0, 1)]
