"""What a pane says while it has nothing to show: what belongs here and how to get it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Callable


class EmptyState(QWidget):
    """A sentence in the middle of a pane, with at most one button under it."""

    def __init__(self, name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._text = QLabel(text, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._text.setObjectName(f"{name}Text")
        style.class_of(self._text, "soft")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 24, 24, 24)
        self._layout.setSpacing(style.STEP * 2)
        self._layout.addStretch(2)
        self._layout.addWidget(self._text)
        self._layout.addStretch(3)
        style.class_of(self, "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self._text.setText(text)

    def add_button(self, text: str, do: Callable[[], object]) -> QPushButton:
        """Put a button under the sentence and return it."""
        button = QPushButton(text)
        button.setObjectName(f"{self.objectName()}Button{self._layout.count()}")
        button.setAccessibleName(text)
        button.clicked.connect(lambda: do())  # noqa: PLW0108 - clicked brings a bool
        self.add_widget(button)
        return button

    def add_widget(self, widget: QWidget) -> None:
        """Put something to choose from under the sentence."""
        middle = Qt.AlignmentFlag.AlignHCenter
        self._layout.insertWidget(self._layout.count() - 1, widget, 0, middle)
