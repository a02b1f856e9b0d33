"""Drawing shared by delegates: a cell's background as the style sheet has it, and its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QStyle

from ui.widgets import style

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

Option = Any  # QStyleOptionViewItem, whose stub lacks its attributes


def background(painter: QPainter, option: Option) -> None:
    """Draw the background of a cell: chosen, hovered or plain."""
    drawing = option.widget.style() if option.widget else QApplication.style()
    panel = QStyle.PrimitiveElement.PE_PanelItemViewItem
    drawing.drawPrimitive(panel, option, painter, option.widget)


def text(  # noqa: PLR0913 - each says something of how the words stand
    painter: QPainter,
    box: QRect,
    words: str,
    colour: QColor | str = style.TEXT,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    *,
    cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Draw one line in the middle of a cell, cut where it would not fit."""
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(words, cut, box.width())
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
