"""Texts to type into: they paste cells, and leave undo to the window once theirs is spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from kpiapp.services.forms import pasting
from ui.widgets import pasted

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QContextMenuEvent, QDropEvent, QMouseEvent

PASTE = "edit-paste"
"""What Qt calls the entry of its menus that pastes."""


class LineInput(QLineEdit):
    """One line. It takes a copied cell without its line ends, which Qt would keep in it."""

    def paste_cells(self) -> None:
        """Put what the clipboard holds in the place of what is selected."""
        self.insert(pasting.in_one_line(pasted.cells()))

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
                action.setEnabled(bool(pasted.cells()) and not self.isReadOnly())
        menu.exec(event.globalPos())
        menu.deleteLater()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped from elsewhere as one line."""
        if event.source() is self or self.isReadOnly():
            super().dropEvent(event)
            return
        self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
        self.insert(pasting.in_one_line(pasted.cells_of(event.mimeData())))
        event.acceptProposedAction()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put in what is selected elsewhere, as a middle click does on Linux, as one line."""
        clipboard = QGuiApplication.clipboard()
        middle = event.button() == Qt.MouseButton.MiddleButton
        if not middle or not clipboard.supportsSelection() or self.isReadOnly():
            super().mouseReleaseEvent(event)
            return
        self.deselect()
        chosen = clipboard.mimeData(QClipboard.Mode.Selection)
        self.insert(pasting.in_one_line(pasted.cells_of(chosen)))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Take undo and redo only while there is typing of its own to take back."""
        if _is_spent_undo(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)


class TextInput(QPlainTextEdit):
    """Several lines. They take copied cells: a row a line."""

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take also what is on the clipboard as a web page only."""
        return source.hasText() or source.hasHtml()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Put in the text; the line end that Word puts behind a cell is none."""
        self.insertPlainText(pasting.in_lines(pasted.cells_of(source)))

    def event(self, event: QEvent) -> bool:
        """Take undo and redo only while there is typing of its own to take back."""
        if _is_spent_undo(event, undo=self.document().isUndoAvailable(),
                          redo=self.document().isRedoAvailable()):  # fmt: skip
            event.ignore()
            return False
        return super().event(event)


def _is_spent_undo(event: QEvent, *, undo: bool, redo: bool) -> bool:
    """Say whether an event asks a text to undo or redo what it does not have."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    standard = QKeySequence.StandardKey
    return (event.matches(standard.Undo) and not undo) or (
        event.matches(standard.Redo) and not redo
    )
