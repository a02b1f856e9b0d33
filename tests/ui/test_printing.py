"""Printing paints the pages of the preview; the clipboard is read as a file is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtPrintSupport import QPrinter

from kpiapp.errors import UserError
from kpiapp.services.exports.preview import Sheet
from kpiapp.services.files import clipboard
from kpiapp.sheets import html, text
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.layouts.layout import layout
from ui import printing


def _grid(form):
    return fill(form, layout(form.layout, form.kind))


def _printer(path):
    printer = printing.new_printer("表")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_every_page_of_every_form_is_printed(qtbot, session, tmp_path):
    pdfium = pytest.importorskip("pypdfium2")
    sheets = printing.sheets_of(session.forms(2026)[:2])
    printing.print_sheets(_printer(tmp_path / "a.pdf"), sheets)
    with pdfium.PdfDocument(tmp_path / "a.pdf") as made:
        assert len(made) == sum(len(sheet.pages) for sheet in sheets)
        assert made[0].get_width() == pytest.approx(595, abs=2)


def test_a_wide_sheet_turns_the_paper(qtbot, session, tmp_path):
    pdfium = pytest.importorskip("pypdfium2")
    sheets = [Sheet(595, 842, [[]]), Sheet(842, 595, [[]])]
    printing.print_sheets(_printer(tmp_path / "a.pdf"), sheets)
    with pdfium.PdfDocument(tmp_path / "a.pdf") as made:
        sizes = [(page.get_width(), page.get_height()) for page in made]
    assert [wide > high for wide, high in sizes] == [False, True]


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_cannot_be_reached_is_told(qtbot, session, tmp_path):
    with pytest.raises(UserError, match="打印没有开始"):
        printing.print_sheets(_printer(tmp_path / "no" / "a.pdf"), [Sheet(595, 842, [[]])])


def test_a_copied_web_page_is_the_form(session, project_id):
    form = session.form(project_id)
    [read] = clipboard.read(html.to_text([_grid(form)]), "")
    assert read.form.fields["项目名称"] == form.fields["项目名称"]
    assert [x.target for x in read.form.indicators] == [x.target for x in form.indicators]


def test_copied_cells_are_the_form(session, project_id):
    form = session.form(project_id)
    [read] = clipboard.read("<p>没有表格</p>", text.to_text(_grid(form)))
    assert not read.certain_id
    assert read.form.fields["项目名称"] == form.fields["项目名称"]


@pytest.mark.parametrize(
    ("page", "plain"), [("", ""), ("<p>随便一句话</p>", "随便一句话"), ("", "甲\t乙")]
)
def test_a_clipboard_without_a_form_is_told(page, plain):
    with pytest.raises(UserError, match="剪贴板") as told:
        clipboard.read(page, plain)
    assert "复制" in told.value.way_out


def test_the_command_reads_the_clipboard_into_the_import_page(qtbot, library_path, session):
    from PySide6.QtWidgets import QApplication

    from ui.main_window import MainWindow
    from ui.screens.importing import ImportPage

    form = session.forms(2026)[1]
    session.library.close()
    data = QMimeData()
    data.setHtml(html.to_text([_grid(form)]))
    QApplication.clipboard().setMimeData(data)
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.open(library_path)
    window.run("import_clipboard")
    page = window.workspace.centre.stack.currentWidget()
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=10_000)
    window.close()
