"""The grid of a self-evaluation or monitoring on the screen: typed into like a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QStyleOptionViewItem

from kpiapp.services.forms import pasting
from ui.models.results_model import WORDS_ROLE, ResultsModel
from ui.widgets import pasted, style
from ui.widgets.cell_actions import CELLS, add_action
from ui.widgets.cell_editors import LineCell
from ui.widgets.keyboard import choose_cell
from ui.widgets.table_view import TableDelegate, TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtWidgets import QWidget

    from ui.models.table_model import TableModel
    from ui.widgets.cell_delegate import Index, Option


Entry = tuple[str, str, str]
"""What is written into a cell: the indicator's id, the label in the form, the text."""


class ChoiceCell(LineCell):
    """A line that shows its few words at once; one that is clicked is written."""

    def __init__(self, words: Sequence[str], name: str, parent: QWidget) -> None:
        super().__init__(words, name, parent)
        self._composed = False
        self.completer().activated.connect(self._take)
        QTimer.singleShot(0, self, self._offer_at_once)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note that an input method is at work, which a list over it would disturb."""
        self._composed = True
        super().inputMethodEvent(event)

    def _offer_at_once(self) -> None:
        """Show the words, unless typing has opened the cell and chooses among them already."""
        if self.isVisible() and not self.isModified() and not self._composed:
            self.offer()

    def _take(self, word: str) -> None:
        """Write a word that was clicked."""
        self.setText(word)
        self.taken.emit()


class ResultsDelegate(TableDelegate):
    """Offers the words of a column while it is typed into."""

    def sizeHint(self, option: Any, index: Index) -> QSize:
        """Return the size of a cell; a heading runs over its neighbours and is one line high."""
        if self._is_heading(index):
            return QSize(style.ROW, style.ROW)
        return super().sizeHint(option, index)

    def initStyleOption(self, option: Option, index: Index) -> None:
        """Cut a heading that is longer than its line; the tip says all of it."""
        super().initStyleOption(option, index)
        if self._is_heading(index):
            option.features &= ~QStyleOptionViewItem.ViewItemFeature.WrapText
            option.textElideMode = Qt.TextElideMode.ElideRight

    def _is_heading(self, index: Index) -> bool:
        view = self.parent()
        return isinstance(view, ResultsView) and view.results.indicator_at(index.row()) is None

    def made(self, parent: QWidget, index: Index) -> QWidget:
        """Return a line with words to choose from, or the usual editor."""
        words = index.data(WORDS_ROLE)
        if not words:
            return super().made(parent, index)
        return ChoiceCell(words, str(index.data(Qt.ItemDataRole.AccessibleTextRole)), parent)


class ResultsView(TableView):
    """A table view whose headings run over their neighbours.

    Signals:
        row_changed: the indicator at which the person is now, or None.
        block_typed: what the step is called, and the `Entry` of each cell that is written.
    """

    row_changed = Signal(object)
    block_typed = Signal(str, list)

    def __init__(self, model: ResultsModel, parent: QWidget | None = None) -> None:
        # TableView asks of its model only what both kinds have.
        super().__init__(cast("TableModel", model), parent)
        self.results = model
        self.setObjectName(f"results_{model.label}")
        self.delegate = ResultsDelegate(self)
        self.delegate.entered.connect(self._below)
        self.setItemDelegate(self.delegate)
        self.actions_ = [
            add_action(self, entry, getattr(self, entry[0]), writable=True) for entry in CELLS
        ]
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.selectionModel().currentRowChanged.connect(
            lambda now, _old: self.row_changed.emit(model.indicator_at(now.row()))
        )

    def lay_out(self) -> None:
        """Take up another form, which may be one that is only looked at."""
        for action in self.actions_:
            action.setEnabled(action.objectName() == "table_copy" or not self.results.read_only)
        super().lay_out()

    def take_changes(self) -> None:
        """Lay out anew: what is typed into a cell changes what others say, in all columns."""
        self.lay_out()

    def _span(self) -> None:
        """Let a heading's text take the columns behind it that say nothing."""
        self.clearSpans()
        for row, line in enumerate(self.results.lines):
            if line.indicator:
                continue
            wide = 1
            while wide < len(self.results.columns) and not self._says(row, wide):
                wide += 1
            if wide > 1:
                self.setSpan(row, 0, 1, wide)

    def _says(self, row: int, column: int) -> bool:
        editable = self.results.flags(self.results.index(row, column)) & Qt.ItemFlag.ItemIsEditable
        kind = self.results.columns[column]
        group = self.results.lines[row].group
        return bool(editable) or bool(kind.head_of_group if group else kind.head_of_goal)

    def _wanted(self, column: int) -> int:
        """Headings do not ask for width; the first column would take it all."""
        if column:
            return super()._wanted(column)
        metrics = self.fontMetrics()
        names = [x.indicator.level3 for x in self.results.lines if x.indicator]
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        return min(widest, metrics.horizontalAdvance("字" * 16)) + 24

    # -- several cells --------------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the rectangle around the selected cells."""
        pasted.copy_selected(self)

    def cut(self) -> None:
        """Copy the selected cells, then empty them."""
        self.copy()
        self.clear()

    def clear(self) -> None:
        """Empty the selected cells that can be typed into."""
        found = [self._entry(x.row(), x.column(), "") for x in self.selectedIndexes()]
        entries = [x for x in found if x]
        if entries:
            self.block_typed.emit(f"清除{len(entries)}个单元格", entries)

    def paste(self) -> None:
        """Write the clipboard over the cells from the first selected one on, past headings."""
        block, chosen = pasted.cells(), self.selectedIndexes()
        if not block or not chosen or self.results.read_only:
            return
        first, column = min(x.row() for x in chosen), min(x.column() for x in chosen)
        rows = [n for n in range(first, self.results.rowCount()) if self.results.indicator_at(n)]
        wide = self.results.columnCount() - column
        entries = [
            entry
            for row, texts in zip(rows, block, strict=False)
            for n, text in enumerate(texts[:wide])
            if (entry := self._entry(row, column + n, text.strip()))
        ]
        if entries:
            label = f"粘贴{len(entries)}个单元格{pasting.left_out(block, len(rows), wide)}"
            self.block_typed.emit(label, entries)

    def _entry(self, row: int, column: int, text: str) -> Entry | None:
        """Return what is written into a cell, None where a block cannot be written."""
        indicator, kind = self.results.indicator_at(row), self.results.columns[column]
        if indicator is None or not kind.label or self.results.read_only:
            return None
        return indicator.id, kind.label, text

    def _below(self) -> None:
        """Go to the next indicator below, over headings."""
        here = self.currentIndex()
        row = here.row() + 1
        while row < self.results.rowCount() and self.results.indicator_at(row) is None:
            row += 1
        if row < self.results.rowCount():
            choose_cell(self, self.results.index(row, here.column()))
