"""The line at the bottom: what was done last, and its undo."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ui.widgets import style

if TYPE_CHECKING:
    from kpiapp.services.changed import Changed


class StatusLine(QWidget):
    """已保存 09:41 · 撤销：修改指标值.

    Signals:
        undo_wanted: the link was clicked.
    """

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setAccessibleName("状态")
        self.text, self.note = QLabel("就绪"), QLabel()
        self.text.setObjectName("statusText")
        self.note.setObjectName("statusNote")
        self.undo = QPushButton()
        self.undo.setObjectName("statusUndo")
        style.class_of(self.undo, "link")
        self.undo.clicked.connect(self.undo_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(4)
        layout.addWidget(self.text)
        layout.addWidget(self.undo)
        layout.addStretch(1)
        layout.addWidget(self.note)
        self.undo.hide()

    def say(self, text: str) -> None:
        """Say what was done that is no step: opened, exported."""
        self.text.setText(text)
        self.undo.hide()

    def show_step(self, changed: Changed, undo: str | None) -> None:
        """Say that a step was saved (or taken back) and what undo would take back now."""
        now = datetime.now().astimezone().strftime("%H:%M")
        words = {"do": "已保存", "undo": "已撤销", "redo": "已重做"}[changed.how]
        what = "" if changed.how == "do" else f"“{changed.label}”"
        self.text.setText(f"{words}{what} {now}")
        self.show_undo(undo)

    def show_undo(self, label: str | None) -> None:
        """Offer what undo would take back; nothing where there is no label."""
        self.undo.setText(f"· 撤销：{label}" if label else "")
        self.undo.setAccessibleName(f"撤销：{label}" if label else "撤销")
        self.undo.setVisible(bool(label))
