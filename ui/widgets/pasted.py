"""What the clipboard holds, as cells, and cells that are put on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from kpiapp.services.forms import pasting

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QTableView


def cells() -> pasting.Block:
    """Return the cells on the clipboard; nothing where it holds no text."""
    return cells_of(QGuiApplication.clipboard().mimeData())


def cells_of(data: QMimeData) -> pasting.Block:
    """Return the cells in what is pasted or dropped."""
    return pasting.read_clipboard(data.html() if data.hasHtml() else "", data.text())


def copy_selected(view: QTableView) -> None:
    """Put the rectangle around the selected cells on the clipboard, as they are typed."""
    chosen = view.selectedIndexes()
    if not chosen:
        return
    rows = range(min(x.row() for x in chosen), max(x.row() for x in chosen) + 1)
    columns = range(min(x.column() for x in chosen), max(x.column() for x in chosen) + 1)
    table, role = view.model(), Qt.ItemDataRole.EditRole
    block = [[str(table.index(r, c).data(role)) for c in columns] for r in rows]
    QGuiApplication.clipboard().setText(pasting.write_block(block))
