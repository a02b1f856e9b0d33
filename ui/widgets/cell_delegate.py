"""Typing into a cell: which editor is open, when its text is written, when it is given up."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QStyledItemDelegate, QWidget

from ui.widgets.cell_editors import LineCell, LongCell

Index = QModelIndex | QPersistentModelIndex
Option = Any  # QStyleOptionViewItem, whose stub lacks its attributes


class CellDelegate(QStyledItemDelegate):
    """Opens what `made` returns over a cell; Enter and `finish` write it, Escape gives it up."""

    entered = Signal()
    """Enter was pressed in an editor; its text is written."""
    given_up = Signal()
    """Escape was pressed in an editor; nothing is written."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._editor: QWidget | None = None

    def made(self, parent: QWidget, index: Index) -> QWidget:
        """Return the editor for a cell."""
        raise NotImplementedError

    def createEditor(self, parent: QWidget, option: Option, index: Index) -> QWidget:
        """Return the editor for a cell, and remember it."""
        self._editor = self.made(parent, index)
        if isinstance(self._editor, LineCell):
            self._editor.taken.connect(self._enter)
        return self._editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget an editor that is closed."""
        if editor is self._editor:
            self._editor = None
        super().destroyEditor(editor, index)

    def put(self, text: str) -> None:
        """Put a text into the editor that is open."""
        if self._editor is not None:
            _show(self._editor, text)

    def finish(self) -> None:
        """Write what is being typed, and close the editor."""
        editor, self._editor = self._editor, None
        if editor is not None:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _enter(self) -> None:
        self.finish()
        self.entered.emit()

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the text of the cell into its editor, selected, so that typing replaces it."""
        _show(editor, index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, LongCell):
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Write what was typed, if it is another text."""
        assert isinstance(editor, LongCell | LineCell)
        text = editor.toPlainText() if isinstance(editor, LongCell) else editor.text()
        if text != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, text)

    def updateEditorGeometry(self, editor: QWidget, option: Option, index: Index) -> None:
        """Lay the editor over its cell; a long text may be higher."""
        editor.setGeometry(option.rect)
        if isinstance(editor, LongCell):
            editor.fit()

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Write and go on at Enter; leave the rest to Qt."""
        if event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            key = event.key()  # type: ignore[attr-defined]
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier  # type: ignore[attr-defined]
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not alt:
                self._enter()
                return True
            if key == Qt.Key.Key_Escape:
                self._editor = None  # what is typed is given up, also when the focus goes
                self.given_up.emit()
        return super().eventFilter(editor, event)


def _show(editor: QWidget, text: str) -> None:
    if isinstance(editor, LongCell):
        editor.setPlainText(text)
    elif isinstance(editor, LineCell):
        editor.setText(text)
