"""What the clipboard holds, as cells, and a line of text that takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from kpiapp.services import pasting

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent

PASTE = "edit-paste"
"""What Qt calls the entry of its menus that pastes."""


def cells() -> pasting.Block:
    """Return the cells on the clipboard; nothing where it holds no text."""
    return _cells(QGuiApplication.clipboard().mimeData())


def _cells(data: QMimeData) -> pasting.Block:
    return pasting.read_clipboard(data.html() if data.hasHtml() else "", data.text())


class PastedLine(QLineEdit):
    """One line that takes a copied cell without its line ends, which Qt would keep in it."""

    def paste_cells(self) -> None:
        """Put what the clipboard holds in the place of what is selected."""
        self.insert(pasting.in_one_line(cells()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste as one line."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self.isReadOnly():
            self.paste_cells()
            event.accept()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show Qt's menu, whose entry to paste does so as one line."""
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == PASTE:
                action.triggered.disconnect()
                action.triggered.connect(self.paste_cells)
                action.setEnabled(bool(cells()) and not self.isReadOnly())
        menu.exec(event.globalPos())
        menu.deleteLater()


class PastedText(QPlainTextEdit):
    """Several lines that take copied cells: a row a line."""

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take also what is on the clipboard as a web page only."""
        return source.hasText() or source.hasHtml()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Put in the text; the line end that Word puts behind a cell is none."""
        self.insertPlainText(pasting.in_lines(_cells(source)))
