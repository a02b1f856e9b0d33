"""公开附件: the list of the year as it prints, and a paragraph that can be copied."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ui.main_window import MainWindow
from ui.screens.annex_page import AnnexPage


def test_the_paragraph_can_be_copied_and_the_list_is_shown(qtbot, session):
    page = AnnexPage()
    qtbot.addWidget(page)
    page.show_year(session, 2026)
    said = []
    page.said.connect(said.append)
    page.copy_text()
    copied = QApplication.clipboard().text()
    assert copied.startswith("2026年，预算支出")
    assert "6个一级项目支出绩效目标" in copied
    assert said
    assert page.paper.sheet is not None
    assert page.paper.isVisibleTo(page)


def test_a_year_without_forms_says_what_to_do(qtbot, session):
    page = AnnexPage()
    qtbot.addWidget(page)
    page.show_year(session, 1999)
    assert not page.copy_button.isEnabled()
    assert not page.paper.isVisibleTo(page)


def test_the_window_opens_the_page_and_closes_it(qtbot, session):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_session(session)
    window.run("show_annex")
    page = window.workspace.centre.stack.currentWidget()
    assert isinstance(page, AnnexPage)
    page.close_button.click()
    assert window.workspace.centre.stack.currentWidget() is not page
