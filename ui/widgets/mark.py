"""The mark of a problem beside a field: shape and colour of the worst, the messages as its tip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui.widgets import severity_mark, style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from kpiapp.model.problem import Severity


class Mark(QWidget):
    """Keeps its room while there is nothing to show, so that fields stay aligned."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"mark_{label}")
        self.severity: Severity | None = None
        self.setFixedSize(16, style.ROW)

    def show_problems(self, severity: Severity | None, messages: Sequence[str]) -> None:
        """Show the worst severity and what is said; None takes the mark away."""
        self.setToolTip("\n".join(messages))
        self.setAccessibleName("；".join(messages))
        if severity is not self.severity:
            self.severity = severity
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        if self.severity is not None:
            severity_mark.paint(QPainter(self), QRectF(self.rect()), self.severity)
