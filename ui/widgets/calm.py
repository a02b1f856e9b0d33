"""Boxes that the wheel passes over: a page that is scrolled must not change what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent


class CalmCombo(QComboBox):
    """A list to choose from that heeds the wheel only while it has the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let what lies around scroll."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class CalmSpin(QSpinBox):
    """A number box that heeds the wheel only while it has the keyboard."""

    def __init__(self, least: int, most: int, suffix: str) -> None:
        super().__init__(minimum=least, maximum=most, suffix=suffix)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let what lies around scroll."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
