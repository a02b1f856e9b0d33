"""The grid of a self-evaluation or monitoring on the screen: typed into like a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal

from ui.models.results_model import WORDS_ROLE, ResultsModel
from ui.widgets import style
from ui.widgets.cell_editors import LineCell
from ui.widgets.table_view import TableDelegate, TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtWidgets import QWidget

    from ui.models.table_model import TableModel
    from ui.widgets.cell_delegate import Index


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
        view = self.parent()
        if isinstance(view, ResultsView) and view.results.indicator_at(index.row()) is None:
            return QSize(style.ROW, style.ROW)
        return super().sizeHint(option, index)

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
    """

    row_changed = Signal(object)

    def __init__(self, model: ResultsModel, parent: QWidget | None = None) -> None:
        # TableView asks of its model only what both kinds have.
        super().__init__(cast("TableModel", model), parent)
        self.results = model
        self.setObjectName(f"results_{model.label}")
        self.delegate = ResultsDelegate(self)
        self.delegate.entered.connect(self._below)
        self.setItemDelegate(self.delegate)
        self.selectionModel().currentRowChanged.connect(
            lambda now, _old: self.row_changed.emit(model.indicator_at(now.row()))
        )

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

    def _below(self) -> None:
        """Go to the next indicator below, over headings."""
        here = self.currentIndex()
        row = here.row() + 1
        while row < self.results.rowCount() and self.results.indicator_at(row) is None:
            row += 1
        if row < self.results.rowCount():
            self.setCurrentIndex(self.results.index(row, here.column()))
