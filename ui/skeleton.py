"""What the window shows in its first moment: the frame and its empty panes, painted at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from ui.widgets import style

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

TOP: Final = 76
LEFT: Final = 264
RIGHT: Final = 304
BOTTOM: Final = 240


class Skeleton(QWidget):
    """Navigator, form, side pane and problems as empty panes."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("skeleton")
        self.setAccessibleName("正在打开")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the panes."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(style.WINDOW))
        bottom = self.height() - BOTTOM
        middle = self.width() - LEFT - RIGHT
        for pane in (
            QRect(0, TOP, LEFT - 1, bottom - TOP - 1),
            QRect(LEFT, TOP, middle - 1, bottom - TOP - 1),
            QRect(LEFT + middle, TOP, RIGHT, bottom - TOP - 1),
            QRect(0, bottom, self.width(), BOTTOM - 24),
        ):
            painter.fillRect(pane, QColor(style.PANE))
        painter.setPen(QColor(style.TEXT_SOFT))
        painter.drawText(16, TOP + 28, "导航")
        painter.drawText(LEFT + 16, TOP + 28, "正在打开…")
        painter.drawText(16, bottom + 24, "问题")
