"""A small chart of one indicator's values over the years; words are written, not drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from kpiapp.services.forms.about_indicator import YearValue

ROW: Final = 24
LABEL: Final = 40
VALUE: Final = 96
NOTHING: Final = "—"


class YearsChart(QWidget):
    """One bar a year, the longest as long as there is room; the value as typed beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("yearsChart")
        self._values: Sequence[YearValue] = ()

    def show_values(self, values: Sequence[YearValue]) -> None:
        """Draw these values from top to bottom."""
        self._values = values
        self.setAccessibleName("历年：" + "，".join(f"{x.label} {x.text or '无'}" for x in values))
        self.setFixedHeight(ROW * len(values))
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the rows."""
        return QSize(200, ROW * len(self._values))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw label, bar and value of each year."""
        painter = QPainter(self)
        numbers = [abs(float(x.number)) for x in self._values if x.number is not None]
        longest = max(numbers, default=0.0)
        room = self.width() - LABEL - VALUE
        for row, value in enumerate(self._values):
            box = QRectF(0, row * ROW, self.width(), ROW)
            length = room * abs(float(value.number)) / longest if value.number and longest else 0.0
            _paint(painter, box, value, length, room)


def _paint(painter: QPainter, box: QRectF, value: YearValue, length: float, room: float) -> None:
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setPen(QColor(style.TEXT_SOFT))
    painter.drawText(box, middle, value.label)
    bar = QRectF(LABEL, box.center().y() - 4, max(length, 2.0), 8)
    painter.fillRect(QRectF(LABEL, bar.top(), room, 8), QColor(style.WINDOW))
    if value.number is not None:
        colour = style.ACCENT if value.label.isdigit() else style.LINE_STRONG
        painter.fillRect(bar, QColor(colour))
    painter.setPen(QColor(style.TEXT))
    room_left = box.adjusted(LABEL + room + style.STEP, 0, 0, 0)
    text = painter.fontMetrics().elidedText(
        value.text or NOTHING, Qt.TextElideMode.ElideRight, int(room_left.width())
    )
    painter.drawText(room_left, middle, text)
