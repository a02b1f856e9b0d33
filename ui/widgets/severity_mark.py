"""The marks of the severities, drawn at any size."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPolygonF

from kpiapp.model.problem import Severity
from ui.widgets.style import ERROR, HINT, LINE_STRONG, PANE, WARNING

SIDE: Final = 14.0
"""The largest a mark is drawn, in pixels."""


def paint(painter: QPainter, box: QRectF, severity: Severity | None) -> None:
    """Draw a mark in the middle of a box: told apart by shape as well as colour.

    A round with a cross is an error, a triangle a warning, a round with a dot a hint, and an
    empty round means that nothing was found.
    """
    side = min(box.width(), box.height(), SIDE)
    square = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
    device = painter.device()
    if side == SIDE and device is not None:
        painter.drawImage(
            square.toAlignedRect().topLeft(), _picture(severity, device.devicePixelRatio())
        )
    else:
        _paint(painter, square, severity)


@lru_cache(maxsize=32)
def _picture(severity: Severity | None, ratio: float) -> QImage:
    """Return the mark drawn once: a list shows the same few again and again."""
    pixels = round(SIDE * ratio)
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    _paint(painter, QRectF(0, 0, SIDE, SIDE), severity)
    painter.end()
    return image


def _paint(painter: QPainter, square: QRectF, severity: Severity | None) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    match severity:
        case Severity.ERROR:
            _paint_error(painter, square)
        case Severity.WARNING:
            _paint_warning(painter, square)
        case Severity.HINT:
            _paint_hint(painter, square)
        case None:
            painter.setPen(QPen(QColor(LINE_STRONG), 1.5))
            painter.drawEllipse(square.adjusted(2.5, 2.5, -2.5, -2.5))
    painter.restore()


def _paint_error(painter: QPainter, box: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ERROR))
    painter.drawEllipse(box)
    painter.setPen(QPen(QColor(PANE), 1.6, c=Qt.PenCapStyle.RoundCap))
    arm = box.width() * 0.2
    middle = box.center()
    for sign in (1, -1):
        painter.drawLine(
            QPointF(middle.x() - arm, middle.y() - arm * sign),
            QPointF(middle.x() + arm, middle.y() + arm * sign),
        )


def _paint_warning(painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(QColor(WARNING), 1.4, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(QColor("#fdf3dc"))
    box = box.adjusted(0.7, 1, -0.7, -1)
    painter.drawPolygon(
        QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()])
    )
    x, top, height = box.center().x(), box.top(), box.height()
    painter.drawLine(QPointF(x, top + height * 0.4), QPointF(x, top + height * 0.66))
    painter.drawPoint(QPointF(x, top + height * 0.84))


def _paint_hint(painter: QPainter, box: QRectF) -> None:
    box = box.adjusted(1, 1, -1, -1)
    painter.setPen(QPen(QColor(HINT), 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(QColor(HINT)))
    painter.drawEllipse(box.center(), 2.2, 2.2)
