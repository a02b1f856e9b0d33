"""The other panes and pages: preview, indicator, overview, help, welcome; and every model."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest

from kpiapp.model.edit import SetValue
from kpiapp.model.form import Form, Kind
from kpiapp.model.problem import Place
from kpiapp.services.checks import rule_pages
from kpiapp.services.files import reading_files
from kpiapp.services.imports import importing
from ui.models.export_model import ExportModel
from ui.models.import_model import ImportModel
from ui.models.overview_model import FORM_ROLE, OverviewModel
from ui.screens.exporting import ExportPage
from ui.screens.folder_review import FolderReviewPage
from ui.screens.help_panel import HelpPanel
from ui.screens.indicator_panel import IndicatorPanel
from ui.screens.overview import OverviewPage
from ui.screens.preview import PreviewPage
from ui.screens.welcome import WelcomePage
from ui.widgets import style
from ui.widgets.search_field import Target, find


def test_the_overview_lists_every_form_with_its_verdict(qtbot, session, project_id, watch):
    model = OverviewModel()
    watch(model)
    model.show(session, 2026)
    ids = [model.index(row, 0).data(FORM_ROLE) for row in range(model.rowCount())]
    assert ids == [head.id for head in session.heads(2026)]
    row = ids.index(project_id)
    assert model.index(row, model.columnCount() - 1).data() == session.verdict(project_id)


def test_the_overview_sums_the_projects(qtbot, session):
    page = OverviewPage()
    qtbot.addWidget(page)
    page.show_year(session, 2026)
    assert "6 个项目" in page.summary.text()
    assert "396.1 万元" in page.summary.text()


def test_forms_to_export_can_be_unticked(qtbot, session, watch):
    model = ExportModel()
    watch(model)
    model.show(session, 2026)
    everything = model.errors()
    for row in range(model.rowCount()):
        model.setData(model.index(row, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert model.chosen() == []
    assert model.errors() == 0 < everything


def test_only_what_changes_the_library_can_be_taken_over(qtbot, session, project_id, watch):
    form = session.form(project_id)
    same = importing.Planned(reading_files.Incoming(None, form), importing.State.SAME, form)
    same.incoming.path = session.library.path
    new = importing.Planned(same.incoming, importing.State.NEW, form)
    model = ImportModel()
    watch(model)
    model.show(importing.Plan([same, new]), ())
    assert model.chosen().items == [new]
    model.tick(every=False)
    assert model.chosen().items == []
    model.tick(every=True)
    assert model.chosen().items == [new]


def test_the_preview_follows_the_form_while_it_is_seen(qtbot, session, project_id):
    page = PreviewPage()
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show_form(session.form(project_id))
    assert page.view.sheet is None, "nothing is laid out before it is seen"
    page.show()
    before = page.view.sheet
    assert before is not None
    session.do("改名", {project_id: [SetValue(("fields", "项目名称"), "文艺活动")]})
    page.show_form(session.form(project_id))
    qtbot.waitUntil(lambda: page.view.sheet is not before)
    texts = [line for pages in page.view.sheet.pages for box in pages for line in box.lines]
    assert "文艺活动" in texts


def test_the_preview_can_be_zoomed_and_fits_the_pane_again(qtbot, session, project_id):
    page = PreviewPage()
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show_form(session.form(project_id))
    page.show()
    fit = page.view.zoom
    page.view.set_zoom(fit * 2)
    assert page.view.horizontalScrollBar().maximum() > 0
    page.view.grab()
    page.view.set_zoom(None)
    assert page.view.zoom == pytest.approx(fit, rel=0.1)


def test_a_form_without_a_known_layout_says_so_in_the_preview(qtbot):
    page = PreviewPage()
    qtbot.addWidget(page)
    page.show_form(Form("x", Kind.PROJECT, 2026, layout="nowhere-2026"))
    page.show()
    assert not page._empty.isHidden()


def test_the_pane_of_an_indicator_leads_to_its_likes(qtbot, session):
    form = session.forms(2026)[0]
    row = next(row for row in form.indicators if row.level3 == "读者满意度")
    panel = IndicatorPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_place(session, Place(form.id, row.horizon, row.goal, row.id, "target"))
    qtbot.waitUntil(lambda: panel.name.text() == "读者满意度")
    panel.grab()
    from PySide6.QtWidgets import QPushButton

    link = next(x for x in panel.findChildren(QPushButton) if x.objectName().startswith("like-"))
    with qtbot.waitSignal(panel.place_chosen) as told:
        link.click()
    assert told.args[0].form != form.id


def test_the_help_goes_to_pages_and_rules_and_back(qtbot):
    panel = HelpPanel()
    qtbot.addWidget(panel)
    panel.show_page("index")
    first = panel.text.toPlainText()
    panel._follow(QUrl("rule:duplicate-goal"))
    assert rule_pages.title("duplicate-goal") in panel.text.toPlainText()
    panel.back.click()
    assert panel.text.toPlainText() == first
    assert not panel.back.isEnabled()
    panel.rules.click()
    assert "检查规则" in panel.text.toPlainText()


def test_the_help_is_drawn_in_one_face(qtbot):
    panel = HelpPanel()
    qtbot.addWidget(panel)
    panel.show_rule("duplicate-goal")
    block, faces = panel.text.document().begin(), set()
    while block.isValid():
        faces |= {tuple(x.format.fontFamilies() or ()) for x in block.textFormats()}
        block = block.next()
    assert faces == {tuple(style.FONTS)}


def test_a_button_that_turns_blue_turns_its_icon_white(qapp):
    icon = style.turning_white(style.icon("plus"))
    for mode, colour in ((QIcon.Mode.Normal, "#4b5563"), (QIcon.Mode.Active, "#ffffff")):
        drawn = icon.pixmap(QSize(32, 32), mode).toImage()
        assert drawn.pixelColor(16, 16).name() == colour


def test_enter_presses_the_button_of_a_page_that_stands_out(qtbot):
    page = FolderReviewPage()
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    page.folder_button.setFocus()
    page.folder_button.clicked.disconnect()
    with qtbot.waitSignal(page.folder_button.clicked, timeout=500):
        QTest.keyClick(page.folder_button, Qt.Key.Key_Return)


def test_the_first_page_lists_what_was_open_lately(qtbot, tmp_path):
    page = WelcomePage()
    qtbot.addWidget(page)
    path = tmp_path / "甲单位.kpi"
    page.show_recent([path])
    from PySide6.QtWidgets import QPushButton

    with qtbot.waitSignal(page.recent_chosen) as told:
        page.findChild(QPushButton, "recent-甲单位").click()
    assert told.args == [path]


def test_search_takes_all_words_and_pinyin_letters():
    targets = [Target(text, "", list) for text in ("办公场所租赁", "场所保洁", "物业后勤保障")]
    assert [x.text for x in find(targets, "场所")] == ["场所保洁", "办公场所租赁"]
    assert [x.text for x in find(targets, "场所 租")] == ["办公场所租赁"]
    assert [x.text for x in find(targets, "wyhq")] == ["物业后勤保障"]
    assert find(targets, "没有") == []


def test_the_errors_of_the_forms_to_export_lead_to_their_places(qtbot, session):
    page = ExportPage(session)
    qtbot.addWidget(page)
    page.show_year(2026)
    assert page.wrong.count() == page.model.errors() > 0
    with qtbot.waitSignal(page.place_chosen) as told:
        page.wrong.itemActivated.emit(page.wrong.item(0))
    assert isinstance(told.args[0], Place)
    for row in range(page.model.rowCount()):
        index = page.model.index(row, 0)
        page.model.setData(index, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert page.wrong.isHidden()
