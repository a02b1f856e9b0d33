"""The indicator tree on the screen: moved through and typed into cell by cell, like a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from ui.models.indicator_columns import GAP, PROBLEMS
from ui.models.nodes import NodeKind
from ui.widgets import style
from ui.widgets.column_widths import shared_widths, wanted_widths
from ui.widgets.indicator_delegate import IndicatorDelegate
from ui.widgets.keyboard import choose_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent

    from kpiapp.services.forms.lines import Line
    from ui.models.indicator_tree import IndicatorTree

Action = QAbstractItemView.CursorAction
Option = Any  # QStyleOptionViewItem, whose stub lacks its attributes
Index = QModelIndex | QPersistentModelIndex
INDENT = 20
TEXT_INDENT = 6
"""Room that the style leaves at the left of a cell's text."""
EXPAND_ALL = 400
"""Up to this many lines everything is unfolded at first; beyond it only the goals."""


class IndicatorView(QTreeView):
    """Tab and Shift+Tab go from cell to cell, Enter and F2 edit, arrows move by one cell."""

    goal_wanted = Signal()
    """Enter or a double click on a goal: its texts are to be written."""

    def __init__(
        self,
        model: IndicatorTree,
        words: Callable[[Index], Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("indicatorTree")
        self.setAccessibleName("绩效指标")
        self.tree = model
        self._wanted: list[int] = []
        self.setModel(model)
        self._behave()
        self.delegate = delegate = IndicatorDelegate(words, self)
        delegate.entered.connect(self._next_line)
        self.setItemDelegate(delegate)
        model.modelReset.connect(self.lay_out)
        model.rowsInserted.connect(self._show_new)
        model.dataChanged.connect(lambda first, _last: self._changed(first))
        model.arrived.connect(self._go_later)
        model.refused.connect(self._offer_again)
        self.doubleClicked.connect(self._double)

    def _behave(self) -> None:
        self.setUniformRowHeights(True)
        self.setIndentation(INDENT)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setTabKeyNavigation(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setAllColumnsShowFocus(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.header().setSectionsMovable(False)
        self.header().setHighlightSections(False)

    # -- layout ---------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Take up the columns and goals of another form."""
        header = self.header()
        header.setMinimumSectionSize(32)
        header.setStretchLastSection(False)
        for n in range(len(self.tree.columns)):
            header.setSectionResizeMode(n, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(len(self.tree.columns) - 1, QHeaderView.ResizeMode.Fixed)
        self._wanted = wanted_widths(self.tree, self.fontMetrics())
        self._share_width()
        if len(self.tree.nodes.row) <= EXPAND_ALL:
            self.expandAll()
        else:
            self.expandToDepth(0)

    def _share_width(self) -> None:
        """Give each column what its texts want; what is left over goes to the last text."""
        if len(self._wanted) != len(self.tree.columns):
            return
        widths = shared_widths(self.tree, self._wanted, self.viewport().width())
        for n, width in enumerate(widths):
            self.header().resizeSection(n, width)

    def _changed(self, index: QModelIndex) -> None:
        line = self.tree.line(index)
        if line and not index.column():
            self._widen([line])

    def _widen(self, lines: Sequence[Line]) -> None:
        """Give more room to the columns of indicators that are new or whose texts have grown."""
        if len(self._wanted) != len(self.tree.columns):
            return
        grown = wanted_widths(self.tree, self.fontMetrics(), lines)
        wanted = [max(pair) for pair in zip(self._wanted, grown, strict=True)]
        if wanted != self._wanted:
            self._wanted = wanted
            self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width; keep the current row in sight when panes come in around the view."""
        here = self.visualRect(self.currentIndex())
        seen = here.isValid() and here.top() < event.oldSize().height()
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share_width()
        if seen:
            self.scrollTo(self.currentIndex())

    def _show_new(self, parent: QModelIndex, first: int, last: int) -> None:
        new = [self.tree.index(row, 0, parent) for row in range(first, last + 1)]
        self._widen([line for index in new for line in self.tree.lines_below(index)])
        if self.tree.kind(parent) is not NodeKind.LEVEL2:
            for index in new:
                self.expandRecursively(index)

    def drawRow(self, painter: QPainter, options: Option, index: Index) -> None:
        """Draw a row; the text of a goal or group runs over the columns of values."""
        line = self.tree.line(index)
        first = self.tree.index_of(index.internalId())
        if not line and self.selectionModel().isSelected(first):
            painter.fillRect(options.rect, QColor(style.ACCENT_SOFT))
        super().drawRow(painter, options, index)
        if not line:
            self._draw_heading(painter, first)

    def _draw_heading(self, painter: QPainter, first: QModelIndex) -> None:
        box = self.visualRect(first)
        box.setRight(self.columnViewportPosition(len(self.tree.columns) - 1) - style.STEP)
        box.setLeft(box.left() + TEXT_INDENT)
        head, _, text = first.data(Qt.ItemDataRole.DisplayRole).partition(GAP)
        painter.save()
        painter.setPen(first.data(Qt.ItemDataRole.ForegroundRole) or QColor(style.TEXT))
        painter.setFont(first.data(Qt.ItemDataRole.FontRole) or self.font())
        where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, where, head)
        if text:
            box.setLeft(box.left() + painter.fontMetrics().horizontalAdvance(head) + style.STEP)
            painter.setFont(self.font())
            elide = Qt.TextElideMode.ElideRight
            painter.drawText(box, where, painter.fontMetrics().elidedText(text, elide, box.width()))
        if self.hasFocus() and first == self.currentIndex():
            box.setLeft(self.visualRect(first).left())
            painter.setPen(QColor(style.ACCENT))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.restore()

    # -- moving ---------------------------------------------------------------------------------

    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go to the next or last cell for Tab, one cell aside for left and right."""
        here = self.currentIndex()
        if not here.isValid():
            return super().moveCursor(action, modifiers)
        match action:
            case Action.MoveNext:
                return self._next_cell(here, 1)
            case Action.MovePrevious:
                return self._next_cell(here, -1)
            case Action.MoveHome | Action.MoveEnd if self.tree.line(here) and not (
                modifiers & Qt.KeyboardModifier.ControlModifier
            ):
                last = len(self.tree.columns) - 2
                return here.siblingAtColumn(0 if action is Action.MoveHome else last)
            case Action.MoveRight | Action.MoveLeft if self.tree.line(here):
                return self._aside(here, 1 if action is Action.MoveRight else -1)
            case Action.MoveRight | Action.MoveLeft:
                return self._fold(here, unfold=action is Action.MoveRight)
            case _:
                found = super().moveCursor(action, modifiers)
                return found if self.tree.line(found) else found.siblingAtColumn(0)

    def _aside(self, here: QModelIndex, by: int) -> QModelIndex:
        column = here.column() + by
        if column < 0:
            return here.parent()
        return here.siblingAtColumn(min(column, len(self.tree.columns) - 1))

    def _fold(self, here: QModelIndex, *, unfold: bool) -> QModelIndex:
        """Fold or unfold as a tree does, or go to the parent or the first child."""
        here = here.siblingAtColumn(0)
        if self.isExpanded(here) == unfold:
            return (self.tree.index(0, 0, here) if unfold else here.parent()) or here
        self.setExpanded(here, unfold)
        return here

    def _next_cell(self, here: QModelIndex, by: int) -> QModelIndex:
        """Return the next cell to type into, over the ends of rows; `here` at the very end."""
        columns = [n for n, x in enumerate(self.tree.columns) if x.cell != PROBLEMS]
        index = here
        if self.tree.line(here) and here.column() + by in columns:
            return here.siblingAtColumn(here.column() + by)
        while True:
            index = self.indexBelow(index) if by > 0 else self.indexAbove(index)
            if not index.isValid():
                return here
            if self.tree.line(index):
                return index.siblingAtColumn(columns[0 if by > 0 else -1])

    def _next_line(self) -> None:
        """Go to the same cell of the next indicator, over headings that stand between."""
        found = self.indexBelow(self.currentIndex())
        while found.isValid() and not self.tree.line(found):
            found = self.indexBelow(found)
        if found.isValid():
            choose_cell(self, found)

    # -- keys -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit at Enter; other keys are Qt's, which keeps the first letter of an input method."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.edit_current()
            return
        if event.key() == Qt.Key.Key_F2 and self.tree.kind(self.currentIndex()) is NodeKind.GOAL:
            self.goal_wanted.emit()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do not jump about while somebody types on a goal; there is a box to filter."""

    def edit_current(self) -> None:
        """Type into the current cell; on a goal, into its texts."""
        here = self.currentIndex()
        if self.tree.kind(here) is NodeKind.GOAL:
            self.goal_wanted.emit()
        elif here.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(here)

    def _double(self, index: QModelIndex) -> None:
        if self.tree.kind(index) is NodeKind.GOAL:
            self.goal_wanted.emit()

    def is_typing(self) -> bool:
        """Say whether a cell is being typed into."""
        return self.state() == QAbstractItemView.State.EditingState

    def commit(self) -> None:
        """Write what is being typed."""
        self.delegate.finish()

    # -- what is selected -----------------------------------------------------------------------

    def go(self, index: QModelIndex) -> None:
        """Make a cell the current one, unfolded to and in sight."""
        if not index.isValid():
            return
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        choose_cell(self, index)
        self.scrollTo(index)

    def _go_later(self, row_id: str) -> None:
        """Go to an indicator once Qt has done with the drag that moved it."""
        QTimer.singleShot(0, self, lambda: self.go(self.tree.find_line(row_id)))

    def _offer_again(self, cell: QPersistentModelIndex, text: object) -> None:
        """Open a cell again with what could not be saved, so that no typing is lost."""

        def reopen() -> None:
            if cell.isValid() and isinstance(text, str):
                self.edit(self.tree.index(cell.row(), cell.column(), cell.parent()))
                self.delegate.put(text)

        QTimer.singleShot(0, self, reopen)

    def visible_lines(self, start: QModelIndex) -> Iterator[QModelIndex]:
        """Yield the first column of the lines from a row on, in the order they are shown."""
        index = start.siblingAtColumn(0)
        while index.isValid():
            if self.tree.line(index):
                yield index
            index = self.indexBelow(index)

    def selected_cells(self) -> list[QModelIndex]:
        """Return the selected cells from top to bottom and left to right."""
        found = self.selectedIndexes() or [self.currentIndex()]
        found = [index for index in found if index.isValid()]
        return sorted(found, key=lambda index: (self.visualRect(index).top(), index.column()))

    def selected_lines(self) -> list[Line]:
        """Return the lines that have a selected cell, and those of a selected group or goal."""
        lines: dict[str, Line] = {}
        for index in self.selected_cells():
            if self.tree.line(index) or index.column() == 0:
                lines |= {line.main.id: line for line in self.tree.lines_below(index)}
        return list(lines.values())
