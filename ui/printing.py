"""打印: the pages of the preview on a printer, first shown as the printer will have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QPointF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from kpiapp.errors import UserError
from ui.widgets.paper_view import paint_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from kpiapp.services.exports.annex import Item
    from kpiapp.services.exports.preview import Sheet

POINTS: Final = 72.0
"""In an inch: sheets are measured in points, printers in dots per inch."""


def sheets_of(items: Sequence[Item]) -> list[Sheet]:
    """Return the printed sheets of forms and 表10.

    Raises:
        UserError: a layout is not known.
    """
    from kpiapp.services.exports.preview import printed, printed_list
    from kpiapp.services.exports.project_lists import BuiltList

    return [printed_list(x.projects) if isinstance(x, BuiltList) else printed(x) for x in items]


def new_printer(name: str) -> QPrinter:
    """Return the usual printer, set to A4 to the very edge: sheets bring their own margins."""
    from PySide6.QtPrintSupport import QPrinter as Printer

    printer = Printer(Printer.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    return printer


def print_sheets(printer: QPrinter, sheets: Sequence[Sheet]) -> None:
    """Paint every page of some sheets, upright or turned as each sheet is.

    Raises:
        UserError: the printer cannot be reached.
    """
    if sheets:
        _turn(printer, sheets[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("打印没有开始", "请检查打印机是否接通，或在打印对话框里换一台")
    from kpiapp.services.exports import preview

    pages = [(sheet, boxes) for sheet in sheets for boxes in sheet.pages]
    for number, (sheet, boxes) in enumerate(pages, 1):
        if number > 1:
            _turn(printer, sheet)
            printer.newPage()
        foot = preview.foot(sheet, f"第 {number} 页  共 {len(pages)} 页")
        paint_page(painter, QPointF(), [*boxes, foot], printer.resolution() / POINTS)
    painter.end()


def _turn(printer: QPrinter, sheet: Sheet) -> None:
    turned = sheet.width > sheet.height
    kinds = QPageLayout.Orientation
    printer.setPageOrientation(kinds.Landscape if turned else kinds.Portrait)
    printer.setPageMargins(QMarginsF())


def print_forms(parent: QWidget, forms: Sequence[Item]) -> None:
    """Show the print preview of some forms and 表10; it prints from there.

    Raises:
        UserError: a layout is not known.
    """
    from PySide6.QtPrintSupport import QPrintPreviewDialog

    sheets = sheets_of(forms)
    printer = new_printer("、".join(form.name for form in forms[:1]) or "绩效目标表")
    dialog = QPrintPreviewDialog(printer, parent)
    dialog.setObjectName("printPreview")
    dialog.setWindowTitle("打印预览")
    dialog.resize(parent.size() * 0.9)
    dialog.paintRequested.connect(lambda target: print_sheets(target, sheets))
    dialog.exec()
