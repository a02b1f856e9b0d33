"""An inner table on the screen: as high as its rows, typed into cell by cell, like a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QFrame,
    QSizePolicy,
    QStyle,
    QTableView,
    QWidget,
)

from ui.models.table_model import PART_ROLE
from ui.widgets import style
from ui.widgets.cell_delegate import CellDelegate, Index, Option
from ui.widgets.cell_editors import LineCell, LongCell, is_long
from ui.widgets.column_widths import poured, raised
from ui.widgets.in_sight import bring_into_sight
from ui.widgets.keyboard import choose_cell

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from ui.models.table_model import TableModel

NUMBER_WIDTH = 96
LEAST_WIDTH = 72
CHARACTERS = 40
"""A column wants at most the width of this many characters; longer texts are broken."""
HINT = "还没有内容。点右上的“添加一行”，或从表格软件复制后点这里粘贴。"
"""What a table without rows says; it keeps the room of one, to be clicked and pasted into."""


PART_INDENT = 2 * style.STEP
LEFT_AS_IT_IS = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
)
"""Ways in which the keyboard comes and the page stays: a scroll would take the cell that is
clicked away from under the mouse."""
NAME_CHARACTERS = 10
"""The first column, which names the rows, keeps room for so many where it needs it."""


def _is_part(index: Index) -> bool:
    """Say whether a cell names a part of the row above (其中：…)."""
    return index.column() == 0 and bool(index.data(PART_ROLE))


class TableDelegate(CellDelegate):
    """Breaks long texts, draws thin lines, and edits in one or several lines."""

    def sizeHint(self, option: Option, index: Index) -> QSize:
        """Return the size of a cell, at least a row high."""
        size = super().sizeHint(option, index)
        view = self.parent()
        assert isinstance(view, QTableView)
        room = view.columnWidth(index.column()) - 2 * style.STEP - 2
        box = QRect(0, 0, room - (PART_INDENT if _is_part(index) else 0), 1)
        text = str(index.data())
        wrap = Qt.TextFlag.TextWordWrap
        height = option.fontMetrics.boundingRect(box, wrap, text).height()
        return QSize(size.width(), max(height + style.STEP, style.ROW))

    def initStyleOption(self, option: Option, index: Index) -> None:
        """Set a part of the row above (其中：…) in a little."""
        super().initStyleOption(option, index)
        if _is_part(index):
            option.rect.adjust(PART_INDENT, 0, 0, 0)

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        """Draw the cell, a line below it, and the frame of the current one."""
        super().paint(painter, option, index)
        painter.setPen(QPen(QColor(style.LINE), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(style.ACCENT), 1))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))

    def made(self, parent: QWidget, index: Index) -> QWidget:
        """Return an editor of one line, or of several for a long text."""
        name = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        long = is_long(index.data(Qt.ItemDataRole.EditRole))
        return LongCell(name, parent) if long else LineCell((), name, parent)


class TableView(QTableView):
    """Shows all its rows, never scrolls by itself; equal first cells are drawn as one."""

    def __init__(self, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = model
        self.setObjectName(f"table_{model.label}")
        self.setAccessibleName(model.label)
        self.setModel(model)
        self.delegate = TableDelegate(self)
        self.delegate.entered.connect(self._below)
        self.setItemDelegate(self.delegate)
        self._behave()
        model.modelReset.connect(self.lay_out)
        model.dataChanged.connect(lambda *_: self.take_changes())
        model.layoutChanged.connect(lambda *_: self.lay_out())

    def _behave(self) -> None:
        self.setWordWrap(True)
        self.setStyleSheet(f"QTableView::item {{ padding: 0 {style.STEP - 3}px; }}")
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(style.ROW)
        self.horizontalHeader().setHighlightSections(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )

    def take_changes(self) -> None:
        """Take up other texts; the columns stay as they are under the person who types."""
        self.fit()

    def lay_out(self) -> None:
        """Give each column its width and draw equal first cells as one."""
        self._span()
        self._widths()
        self.fit()

    def _span(self) -> None:
        self.clearSpans()
        table = self.table
        if table.columnCount() < 2 or table.head(1):  # noqa: PLR2004 - a head over two columns
            return
        start = 0
        for row in range(1, table.rowCount() + 1):
            same = row < table.rowCount() and self._first(row) == self._first(start)
            if not same:
                if row - start > 1:
                    self.setSpan(start, 0, row - start, 1)
                start = row

    def _first(self, row: int) -> str:
        return str(self.table.index(row, 0).data())

    def _widths(self) -> None:
        """Share the width: short columns get what they want, long texts share the rest."""
        columns = range(self.table.columnCount())
        header = self.horizontalHeader()
        texts = [n for n in columns if not self.table.is_number(n)]
        wanted = [self._wanted(n) for n in columns]
        room = self.viewport().width()
        heads = [max(LEAST_WIDTH, self._head(n) + 3 * style.STEP) for n in columns]
        if texts[:1] == [0]:
            longest = self.fontMetrics().horizontalAdvance("字" * NAME_CHARACTERS)
            names = longest + PART_INDENT + 3 * style.STEP
            heads[0] = max(heads[0], min(wanted[0], names))
        widths = raised(poured(wanted, room, LEAST_WIDTH, texts), heads)
        for n in columns:
            header.resizeSection(n, widths[n])

    def _wanted(self, column: int) -> int:
        metrics = self.fontMetrics()
        longest = metrics.horizontalAdvance("字" * CHARACTERS)
        cells = [self.table.index(row, column) for row in range(self.table.rowCount())]
        content = max(
            (
                metrics.horizontalAdvance(line) + (PART_INDENT if _is_part(cell) else 0)
                for cell in cells
                for line in str(cell.data()).split("\n")
            ),
            default=0,
        )
        least = NUMBER_WIDTH if self.table.is_number(column) else LEAST_WIDTH
        return (
            max(min(content, longest), self._head(column), least - 3 * style.STEP) + 3 * style.STEP
        )

    def _head(self, column: int) -> int:
        metrics = self.fontMetrics()
        return max(metrics.horizontalAdvance(part) for part in self.table.head_parts(column))

    def fit(self) -> None:
        """Take the height of all rows."""
        self.resizeRowsToContents()
        rows = self.verticalHeader().length() or style.ROW + style.STEP
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._widths()
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit at Enter; other keys are Qt's, which keeps the first letter of an input method."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Bring the cell into sight: the page around the table scrolls, the table does not."""
        super().currentChanged(current, previous)
        focus = QApplication.focusWidget()
        here = focus is not None and (focus is self or self.isAncestorOf(focus))
        if here and current.isValid():
            bring_into_sight(self.viewport(), self.visualRect(current))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin in the first cell that is blank; bring the current one into sight."""
        if not self.currentIndex().isValid():
            choose_cell(self, self._first_blank())
        super().focusInEvent(event)
        if self.currentIndex().isValid() and event.reason() not in LEFT_AS_IT_IS:
            bring_into_sight(self.viewport(), self.visualRect(self.currentIndex()))

    def _first_blank(self) -> Index:
        """Return the first blank cell, or the first of all: printed words are seldom changed."""
        rows, columns = range(self.table.rowCount()), range(self.table.columnCount())
        cells = [self.table.index(row, column) for row in rows for column in columns]
        blank = (x for x in cells if not x.data() and not self._head_of(x))
        return next(blank, self.table.index(0, 0))

    def _head_of(self, index: Index) -> bool:
        """Say whether a cell belongs to what names its row, as the second does beside 合计."""
        return index.column() == 1 and not self.table.head(1)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go to the next or last cell to fill in for Tab, past the printed words of rows."""
        ways = {self.CursorAction.MoveNext: 1, self.CursorAction.MovePrevious: -1}
        if action not in ways or not self.currentIndex().isValid():
            return super().moveCursor(action, modifiers)
        return self._beside(ways[action])

    def _beside(self, by: int) -> QModelIndex:
        """Return the next cell to fill in; the current one at the end."""
        here, wide = self.currentIndex(), self.table.columnCount()
        start = here.row() * wide + here.column() + by
        places = range(start, self.table.rowCount() * wide if by > 0 else -1, by)
        cells = (self.table.index(*divmod(place, wide)) for place in places)
        return next((x for x in cells if not self._is_head(x)), here)

    def _is_head(self, index: Index) -> bool:
        """Say whether a cell says what its row is: typing over it is seldom wanted."""
        return bool(index.data()) and (index.column() == 0 or self._head_of(index))

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - as Qt calls it
        """Let Tab leave the table behind its last cell, and Shift+Tab before its first."""
        self.setTabKeyNavigation(not self._at_end(forward=forward))
        left = super().focusNextPrevChild(forward)
        self.setTabKeyNavigation(True)
        return left

    def _at_end(self, *, forward: bool) -> bool:
        here = self.currentIndex()
        return not here.isValid() or self._beside(1 if forward else -1) == here

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Leave the table where Tab ends the typing in its last cell."""
        hints = QAbstractItemDelegate.EndEditHint
        ways = {hints.EditNextItem: True, hints.EditPreviousItem: False}
        forward = ways.get(hint)
        if forward is None or not self._at_end(forward=forward):
            super().closeEditor(editor, hint)
            return
        super().closeEditor(editor, hints.NoHint)
        self.focusNextPrevChild(forward)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say what to do where there are no rows, in a frame while the keyboard is here."""
        super().paintEvent(event)
        if self.table.rowCount():
            return
        painter = QPainter(self.viewport())
        box = self.viewport().rect().adjusted(0, 0, -1, -1)
        painter.setPen(QColor(style.TEXT_FAINT))
        inside = box.adjusted(style.STEP, 0, -style.STEP, 0)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, left, HINT)
        if self.hasFocus():
            painter.setPen(QColor(style.ACCENT))
            painter.drawRect(box)
        painter.end()

    def _below(self) -> None:
        here = self.currentIndex()
        below = here.siblingAtRow(here.row() + 1)
        if below.isValid():
            choose_cell(self, below)

    def commit(self) -> None:
        """Write what is being typed."""
        self.delegate.finish()
