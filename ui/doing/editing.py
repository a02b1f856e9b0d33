"""编辑: undo and redo, the clipboard, and the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from ui.frame import Frame


def undo(window: Frame) -> None:
    """Take back the last step."""
    if window.session:
        window.session.undo()


def redo(window: Frame) -> None:
    """Do again what was taken back."""
    if window.session:
        window.session.redo()


def cut(_window: Frame) -> None:
    """Cut in whatever has the keyboard."""
    _press(QKeySequence.StandardKey.Cut)


def copy(_window: Frame) -> None:
    """Copy from whatever has the keyboard."""
    _press(QKeySequence.StandardKey.Copy)


def paste(_window: Frame) -> None:
    """Paste into whatever has the keyboard."""
    _press(QKeySequence.StandardKey.Paste)


def _press(key: QKeySequence.StandardKey) -> None:
    widget = QApplication.focusWidget()
    stroke = QKeySequence(key)[0]  # type: ignore[index]
    if widget:
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            event = QKeyEvent(kind, stroke.key(), stroke.keyboardModifiers())
            QApplication.postEvent(widget, event)


def search(window: Frame) -> None:
    """Put the keyboard into the search field."""
    window.search.open()
