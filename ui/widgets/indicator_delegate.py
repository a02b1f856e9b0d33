"""Draws and edits the cells of the indicator tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractItemModel, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QWidget

from ui.models.indicator_cells import Role
from ui.models.indicator_columns import PROBLEMS
from ui.models.nodes import NodeKind
from ui.widgets import severity_mark, style
from ui.widgets.cell_delegate import CellDelegate, Index, Option
from ui.widgets.cell_editors import LineCell, LongCell, SidesCell, is_long

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpiapp.model.problem import Severity

TEXT_LEFT: Final = 7
"""Where the style begins the text of a cell."""
LEAST_LINE: Final = 24
HINT: Final = "补上"


class IndicatorDelegate(CellDelegate):
    """Lines under what problems sit on, strokes for missing sides, the right editor for a cell.

    Args:
        words: returns the words to choose from in a cell.
    """

    def __init__(self, words: Callable[[Index], Sequence[str]], parent: QObject) -> None:
        super().__init__(parent)
        self._words = words
        self.each_side = False

    # -- drawing --------------------------------------------------------------------------------

    def sizeHint(self, option: Option, index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(super().sizeHint(option, index).width(), style.ROW)

    def initStyleOption(self, option: Option, index: Index) -> None:
        """Say 补上 in the missing side that the person is at."""
        super().initStyleOption(option, index)
        if index.data(Role.KIND) != NodeKind.LINE:
            option.text = ""  # drawn by the view, over several columns
            return
        here = option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus)
        if here and index.flags() & Qt.ItemFlag.ItemIsEditable and index.data(Role.MISSING):
            option.text = HINT

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        """Draw the cell, then the mark of a problem, then the frame of the current cell."""
        super().paint(painter, option, index)
        cell = index.data(Role.CELL)
        if cell == PROBLEMS:
            self._paint_mark(painter, option, index)
        elif (
            index.data(Role.KIND) == NodeKind.LINE
            and (severity := index.data(Role.SEVERITY)) is not None
        ):
            underline(painter, option, index.data(Qt.ItemDataRole.DisplayRole), severity)
        framed = cell == PROBLEMS or index.data(Role.KIND) == NodeKind.LINE  # else by the view
        if framed and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(style.ACCENT), 1))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))

    def _paint_mark(self, painter: QPainter, option: Option, index: Index) -> None:
        folded = index.data(Role.KIND) != NodeKind.LINE and not (
            option.state & QStyle.StateFlag.State_Open
        )
        severity = index.data(Role.ROLLED_UP if folded else Role.SEVERITY)
        if severity is not None:
            severity_mark.paint(painter, QRectF(option.rect), severity)

    # -- editing --------------------------------------------------------------------------------

    def made(self, parent: QWidget, index: Index) -> QWidget:
        """Return an editor: for each side where they differ, of several lines for a long text."""
        name = str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")
        texts = index.data(Role.SIDES)
        several = texts and len({text for text in texts.values() if text}) > 1
        if several or (self.each_side and texts and len(texts) > 1):
            sides = SidesCell(texts, name, parent)
            sides.left.connect(self.finish)
            return sides
        if is_long(index.data(Qt.ItemDataRole.EditRole)):
            return LongCell(name, parent)
        line = LineCell(self._words(index), name, parent)
        if index.data(Role.MISSING):
            line.setPlaceholderText("输入后补上")
        return line

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Write what was typed, each side its own text where they are told apart."""
        if isinstance(editor, SidesCell):
            model.setData(index, editor.texts())
        else:
            super().setModelData(editor, model, index)

    def updateEditorGeometry(self, editor: QWidget, option: Option, index: Index) -> None:
        """Lay the editor over its cell; two sides may be larger."""
        super().updateEditorGeometry(editor, option, index)
        if isinstance(editor, SidesCell):
            size = editor.sizeHint().expandedTo(QSize(240, 0))
            above = editor.parentWidget()
            room = above.rect() if above else option.rect
            left = min(option.rect.left(), room.right() - size.width())
            top = min(option.rect.top(), room.bottom() - size.height())
            editor.setGeometry(max(0, left), max(0, top), size.width(), size.height())


def underline(painter: QPainter, option: Option, text: str, severity: Severity) -> None:
    """Draw a line under the text of a cell in the colour of a severity; a short one if empty."""
    room = option.rect.width() - 2 * TEXT_LEFT
    width = min(max(option.fontMetrics.horizontalAdvance(text), LEAST_LINE), room)
    left, y = option.rect.left() + TEXT_LEFT, option.rect.bottom() - 3
    painter.save()
    painter.setPen(QPen(QColor(style.SEVERITY_COLOURS[severity]), 1.5, Qt.PenStyle.DotLine))
    painter.drawLine(left, y, left + width, y)
    painter.restore()
