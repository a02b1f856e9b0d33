"""The page 导入 on real files: sheet and values linked, years asked for, values left out."""

from __future__ import annotations

import json

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kpiapp.model.edit import SetValue
from kpiapp.services.exports import exporting
from kpiapp.services.files import reading_files
from kpiapp.services.imports import import_lines, importing
from kpiapp.services.imports.import_lines import Standing
from ui.models.import_lines_model import ImportLinesModel
from ui.models.import_model import STATE
from ui.screens.importing import ImportPage


@pytest.fixture
def sheet(session, project_id, tmp_path):
    """A workbook of a form that the library meanwhile has otherwise, with a cell of its own."""
    exporting.export_items([session.form(project_id)], tmp_path)
    path = next(tmp_path.glob("*.xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book.active
    sheet.cell(6, sheet.max_column + 2).value = "请于周五前交回"
    book.save(path)
    row = session.form(project_id).indicators[0]
    edits = [
        SetValue(("fields", "项目名称"), "文艺活动"),
        SetValue(("indicators", row.id, "target"), "9"),
    ]
    session.do("改", {project_id: edits})
    return path


@pytest.fixture
def page(qtbot, session, sheet):
    page = ImportPage(session)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    page.show()
    page.read([sheet])
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=10_000)
    return page


def _row(page, standing):
    model = page.detail.model
    rows = (n for n in range(model.rowCount()) if model.index(n, 4).data() == standing.value)
    return next(n for n in rows if model.cell(n))


def test_every_value_that_differs_is_told_with_what_the_library_has(page, session, sheet):
    item = page.model.chosen().items[0]
    lines = import_lines.lines_of(item, session.form(item.form.id))
    changed = {line.label: line for line in lines if line.standing is Standing.CHANGED}
    assert changed["项目名称"].before == "文艺活动"
    assert changed["项目名称"].value == "群众文化活动"
    assert changed["指标值"].before == "9"
    book = openpyxl.load_workbook(sheet)
    assert book.active[changed["项目名称"].cell].value == "群众文化活动"
    assert book.active[changed["指标值"].cell].value == changed["指标值"].value


def test_a_value_leads_to_its_cell_and_a_cell_to_its_value(page):
    detail, row = page.detail, _row(page, Standing.CHANGED)
    cell = detail.model.cell(row)
    place = detail.paper._place_of(cell)
    assert detail.paper.cell_at(place.center()) == cell
    detail.paper.chosen.emit(cell)
    assert detail.lines.currentIndex().row() == row
    detail.lines.setCurrentIndex(detail.model.index(0, 0))
    detail.lines.setCurrentIndex(detail.model.index(row, 0))
    assert detail.paper._current == cell
    detail.paper.hovered.emit(cell)
    assert cell in detail.paper.viewport().toolTip()


def test_what_was_not_recognised_is_marked_and_listed(page):
    draft = page.model.chosen().items[0].incoming.draft
    unread = next(x for x in draft.unread if "周五" in x.text)
    assert unread.cell in page.detail.paper._marks
    texts = [page.detail.unread.item(n).text() for n in range(page.detail.unread.count())]
    assert f"{unread.cell}　{unread.text}" in texts
    page.copy_report()
    assert "周五前" in QApplication.clipboard().text()


def test_a_value_that_is_left_out_stays_as_it_is(page, session, project_id, watch):
    model = page.detail.model
    watch(model)
    row = next(n for n in range(model.rowCount()) if model.index(n, 0).data() == "项目名称")
    model.setData(model.index(row, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    page.accept()
    form = session.form(project_id)
    assert form.fields["项目名称"] == "文艺活动"
    assert form.indicators[0].target != "9"
    session.undo()
    assert form.indicators[0].target == "9"


def test_leaving_out_everything_leaves_nothing_to_take_over(page):
    model = page.detail.model
    for row in range(model.rowCount()):
        model.setData(model.index(row, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert page.model.chosen().items == []
    assert not page.accept_button.isEnabled()


def test_another_year_makes_it_another_form(page, session, project_id):
    assert page.model.index(0, STATE).data().startswith("有改动")
    page.detail.year.setValue(2031)
    assert page.model.index(0, STATE).data() == "有改动（3 处）", "the workbook tells its id"
    page.detail.year.setValue(2026)
    assert page.model.index(0, STATE).data() == "有改动（2 处）"


def test_a_year_that_no_sheet_tells_is_asked_for_and_given_to_all(qtbot, session, sheet):
    found = [*reading_files.read_file(sheet), *reading_files.read_file(sheet)]
    for number, one in enumerate(found):
        one.certain_id, one.draft.year_assumed = False, True
        one.form.fields["项目名称"] = f"活动{number}"
    page = ImportPage(session)
    qtbot.addWidget(page)
    page.show()
    page.read_by(lambda _job: (found, []))
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=10_000)
    assert page.detail.year_ok.isVisible()
    page.detail.year_given.emit(2030, True)
    assert [item.form.year for item in page.model.chosen().items] == [2030, 2030]
    assert not page.detail.year_ok.isVisible()


def test_headings_stand_over_their_values_and_lead_to_the_name(page):
    model = page.detail.model
    assert isinstance(model, ImportLinesModel)
    headings = model.headings()
    assert model.index(headings[0], 0).data() == import_lines.BASICS
    assert any(model.cell(row) for row in headings)


def test_only_what_differs_can_be_shown(page):
    model = page.detail.model
    everything = model.rowCount()
    page.detail.different.setChecked(True)
    standings = {model.index(n, 4).data() for n in range(model.rowCount())} - {None}
    assert standings == {Standing.CHANGED.value}
    page.detail.different.setChecked(False)
    assert model.rowCount() == everything


def test_a_project_list_is_shown_against_the_one_of_the_library(qtbot, session, shared, tmp_path):
    path = tmp_path / "表10.json"
    path.write_bytes((shared / "forms" / "jiangxia-2026-table10.json").read_bytes())
    importing.take_over(session, importing.plan(session, reading_files.read_file(path)))
    data = json.loads(path.read_text("utf-8"))
    name = data["columns"].index("项目名称")
    total = next(n for n, head in enumerate(data["columns"]) if "合计" in head)
    data["rows"][-1][total] = "1"
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    page = ImportPage(session)
    qtbot.addWidget(page)
    page.read([path])
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=10_000)
    assert page.stack.currentWidget() is page.detail
    model = page.detail.model
    texts = [[model.index(row, n).data() for n in range(5)] for row in range(model.rowCount())]
    assert [row[1] for row in texts if row[4] == Standing.CHANGED.value] == ["1"]
    assert data["rows"][-1][name] in [row[0] for row in texts]
