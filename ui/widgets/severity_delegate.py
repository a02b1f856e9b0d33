"""A text cell that begins with the mark of a severity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPainter

    from kpiapp.model.problem import Severity

Index = QModelIndex | QPersistentModelIndex
Option = Any  # QStyleOptionViewItem, whose stub lacks its attributes
MARK: Final = 24


class SeverityDelegate(QStyledItemDelegate):
    """Leaves room at the left of the text and draws the mark there."""

    def __init__(self, severity: Callable[[Index], Severity | None], parent: QObject) -> None:
        super().__init__(parent)
        self._severity = severity

    def sizeHint(self, option: Option, index: Index) -> QSize:
        """Return the room for text and mark."""
        size = super().sizeHint(option, index)
        return QSize(size.width() + MARK, max(size.height(), style.ROW))

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        """Draw background, mark and text."""
        full: Option = QStyleOptionViewItem(option)
        self.initStyleOption(full, index)
        text, full.text = full.text, ""
        widget = full.widget
        drawing = widget.style() if widget else QApplication.style()
        drawing.drawControl(QStyle.ControlElement.CE_ItemViewItem, full, painter, widget)
        mark = QRectF(option.rect.left() + 4, option.rect.top(), 16, option.rect.height())
        style.paint_severity(painter, mark, self._severity(index))
        box = option.rect.adjusted(MARK + 4, 0, -4, 0)
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole) or QColor(style.TEXT))
        shown = full.fontMetrics.elidedText(text, full.textElideMode, box.width())
        drawing.drawItemText(
            painter,
            box,
            int(full.displayAlignment),
            full.palette,
            True,
            shown,
        )
