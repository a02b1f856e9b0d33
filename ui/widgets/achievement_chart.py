"""Target against result: a bar an indicator, with a line where the target is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

ROW: Final = 24
NAME_SHARE: Final = 0.34
VALUE: Final = 176
"""Pixels at the right for the words: 完成 3次/日 · 75%."""
LONGEST: Final = 150.0
"""Percent at which a bar ends; what is more is drawn as long."""


class Bar(NamedTuple):
    """One indicator: percent of its target, or None where it is no figure or not known."""

    name: str
    percent: float | None
    met: bool
    said: str


class AchievementChart(QWidget):
    """Draws bars below each other; met ones and others differ in shape as well as colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("achievementChart")
        self.bars: Sequence[Bar] = ()

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw these, from top to bottom."""
        self.bars = bars
        self.setAccessibleName("指标完成情况图：" + "；".join(f"{x.name} {x.said}" for x in bars))
        self.setFixedHeight(ROW * len(bars))
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the bars."""
        return QSize(400, ROW * len(self.bars))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names, bars, the line of 100% and the words."""
        painter = QPainter(self)
        left = int(self.width() * NAME_SHARE)
        room = max(0, self.width() - left - VALUE)
        for number, bar in enumerate(self.bars):
            _paint(painter, bar, QRectF(0, number * ROW, self.width(), ROW), left, room)
        if self.bars:
            reached = left + room * 100 / LONGEST
            painter.setPen(QPen(QColor(style.LINE_STRONG), 1, Qt.PenStyle.DashLine))
            painter.drawLine(int(reached), 0, int(reached), ROW * len(self.bars))


def _paint(painter: QPainter, bar: Bar, box: QRectF, left: int, room: int) -> None:
    middle = Qt.AlignmentFlag.AlignVCenter
    cut = Qt.TextElideMode.ElideMiddle
    metrics = painter.fontMetrics()
    painter.setPen(QColor(style.TEXT))
    name = metrics.elidedText(bar.name, cut, left - style.STEP)
    painter.drawText(box.adjusted(0, 0, left - box.width(), 0), middle, name)
    painter.setPen(QColor(style.TEXT_SOFT))
    words = box.adjusted(left + room + style.STEP, 0, 0, 0)
    painter.drawText(words, middle, metrics.elidedText(bar.said, cut, int(words.width())))
    if bar.percent is None:
        return
    length = room * min(max(bar.percent, 0.0), LONGEST) / LONGEST
    shape = QRectF(left, box.center().y() - 5, max(length, 2.0), 10)
    if bar.met:
        painter.fillRect(shape, QColor(style.ACCENT))
    else:
        painter.setPen(QPen(QColor(style.WARNING), 1.5))
        painter.drawRect(shape)
