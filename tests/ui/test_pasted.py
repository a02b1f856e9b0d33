"""Ctrl+V of what Word, WPS and browsers put on the clipboard: a web page beside the text."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest

from ui.models.nodes import NodeKind
from ui.widgets import text_inputs
from ui.widgets.growing_text import FieldLine, GrowingText
from ui.widgets.table_pane import TablePane

TABLE = (
    "<table><tr><td><p>巡查次数</p></td><td><p>≥2次</p></td></tr>"
    "<tr><td><p>清洁面积</p></td><td><p>300</p><p>平方米</p></td></tr></table>"
)


def copied(html, text=""):
    data = QMimeData()
    data.setHtml(html)
    if text:
        data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def paste_into(widget):
    QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("text", ["", "巡查次数\t≥2次\r\n清洁面积\t300\r\n平方米\r\n"])
def test_a_word_table_is_pasted_over_indicators(editor, form, text):
    view, tree = editor.indicators.view, editor.indicators.tree
    first = next(view.visible_lines(x) for x in [tree.index(0, 0)] if tree.kind(x) is NodeKind.GOAL)
    lines = [next(first), next(first)]
    rows = len(form.indicators)
    view.go(lines[0])
    copied(TABLE, text)
    paste_into(view)
    names = [tree.line(x).name for x in list(view.visible_lines(tree.index(0, 0)))[:2]]
    assert names == ["巡查次数", "清洁面积"]
    assert len(form.indicators) == rows, "no row for the second paragraph of a cell"


def test_a_word_table_is_pasted_into_an_inner_table(editor, form):
    editor.tabs.setCurrentWidget(editor.money)
    pane = next(x for x in editor.money.inputs.values() if isinstance(x, TablePane))
    rows = form.tables[pane.label].rows
    pane.view.setCurrentIndex(pane.model.index(0, 0))
    pane.view.setFocus()
    copied(TABLE)
    paste_into(pane.view)
    assert [row.cells[:2] for row in rows[:2]] == [
        ["巡查次数", "≥2次"], ["清洁面积", "300\n平方米"]
    ]  # fmt: skip


def test_fields_take_a_copied_cell_without_its_line_end(qtbot):
    line, text = FieldLine("单位"), GrowingText("概述")
    for field in (line, text):
        qtbot.addWidget(field)
        copied("<p>江汉区</p><p>城管局</p>", "江汉区\r\n城管局\r\n")
        paste_into(field)
    assert line.text() == "江汉区城管局"
    assert text.toPlainText() == "江汉区\n城管局"


def test_a_field_takes_a_web_page_that_brings_no_text(qtbot):
    for field in (FieldLine("单位"), GrowingText("概述")):
        qtbot.addWidget(field)
        copied("<table><tr><td>城管局</td></tr></table>")
        paste_into(field)
        assert field.text() == "城管局"


def test_what_is_dropped_into_a_line_brings_no_line_ends(qtbot):
    field = FieldLine("单位")
    qtbot.addWidget(field)
    data = QMimeData()
    data.setText("江汉区\r\n城管局\r\n")
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    field.dropEvent(QDropEvent(QPointF(4, 4), Qt.DropAction.CopyAction, data, *none))
    assert field.text() == "江汉区城管局"


def test_a_middle_click_into_a_line_brings_no_line_ends(qtbot, monkeypatch):
    chosen = QMimeData()
    chosen.setText("江汉区\n城管局\n")
    # There is no such clipboard without a display.
    clipboard = SimpleNamespace(supportsSelection=lambda: True, mimeData=lambda _mode: chosen)
    app = SimpleNamespace(clipboard=lambda: clipboard)
    monkeypatch.setattr(text_inputs, "QGuiApplication", app)
    field = FieldLine("单位")
    qtbot.addWidget(field)
    QTest.mouseClick(field, Qt.MouseButton.MiddleButton)
    assert field.text() == "江汉区城管局"
