"""A text cell that begins with the mark of a severity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate

from ui.widgets import painting, severity_mark, style

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
        painting.background(painter, option)
        mark = QRectF(option.rect.left() + 4, option.rect.top(), 16, option.rect.height())
        severity_mark.paint(painter, mark, self._severity(index))
        box = option.rect.adjusted(MARK + 4, 0, -4, 0)
        colour = index.data(Qt.ItemDataRole.ForegroundRole) or style.TEXT
        painter.setFont(option.font)
        painting.text(painter, box, str(index.data() or ""), colour)
