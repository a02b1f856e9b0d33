"""A cell with a few words that act when they are clicked, cheap for lists of any length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QToolTip,
)

from ui.widgets import painting, style

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QAbstractItemModel, QObject

Index = QModelIndex | QPersistentModelIndex
Option = Any  # QStyleOptionViewItem, whose stub lacks its attributes
PADDING: Final = 8


@dataclass(frozen=True, slots=True)
class Action:
    """One word to click.

    Attributes:
        name: told by the signal.
        text: what stands there.
        tip: what it does, shown when hovered.
        always: shown on every row; else only on the row that is chosen or hovered.
        enabled: can be clicked; else it is drawn faint, and the tip says why.
    """

    name: str
    text: str
    tip: str = ""
    always: bool = True
    enabled: bool = True


class ActionDelegate(QStyledItemDelegate):
    """Draws the actions of a row from the left, as links.

    Signals:
        clicked: the index and the name of the action.
    """

    clicked = Signal(QModelIndex, str)

    def __init__(self, actions: Callable[[Index], Sequence[Action]], parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions

    def sizeHint(self, option: Option, index: Index) -> QSize:
        """Return the room that all the words need."""
        metrics = QFontMetrics(style.font())
        width = sum(metrics.horizontalAdvance(x.text) + 2 * PADDING for x in self._actions(index))
        return QSize(width, style.ROW)

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        """Draw the words over the view's own background."""
        painting.background(painter, option)
        active = option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        painter.setFont(style.font())
        actions = [action for action in self._actions(index) if action.always or active]
        for action, box in _boxes(actions, option.rect):
            painter.setPen(QColor(_colour(action)))
            text = painter.fontMetrics().elidedText(
                action.text, Qt.TextElideMode.ElideRight, box.width() - PADDING
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: Option,
        index: Index,
    ) -> bool:
        """Tell of a click on one of the words."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            action = self._at(index, option.rect, event)
            if action and action.enabled:
                place = model.index(index.row(), index.column(), index.parent())
                self.clicked.emit(place, action.name)
                return True
        return False

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: Option,
        index: Index,
    ) -> bool:
        """Say what the word under the pointer does."""
        action = self._at(index, option.rect, event)
        if action is None:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), action.tip or action.text, view)
        return True

    def _at(self, index: Index, cell: QRect, event: QMouseEvent | QHelpEvent) -> Action | None:
        point = event.position().toPoint() if isinstance(event, QMouseEvent) else event.pos()
        boxes = _boxes(self._actions(index), cell)  # all: the row under the pointer is active
        return next((action for action, box in boxes if box.contains(point)), None)


def _boxes(actions: Sequence[Action], cell: QRect) -> list[tuple[Action, QRect]]:
    """Return where each action stands; the first gives way when there is little room."""
    metrics = QFontMetrics(style.font())
    widths = [metrics.horizontalAdvance(action.text) + 2 * PADDING for action in actions]
    spare = cell.width() - sum(widths)
    if widths and spare < 0:
        widths[0] = max(widths[0] + spare, PADDING * 4)
    left = cell.left()
    boxes = []
    for action, width in zip(actions, widths, strict=True):
        boxes.append((action, QRect(left, cell.top(), width, cell.height())))
        left += width
    return boxes


def _colour(action: Action) -> str:
    if not action.enabled:
        return style.TEXT_FAINT
    return style.ACCENT if action.always else style.TEXT_SOFT
