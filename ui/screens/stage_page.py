"""What the tabs 自评 and 监控 share: shown late, kept in step, one scrolling page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kpiapp.errors import UserError
from ui.folders import start_folder
from ui.widgets import style
from ui.widgets.empty import EmptyState
from ui.widgets.keyboard import choose_cell
from ui.widgets.sticky_head import StickyHead
from ui.widgets.table_view import TableView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from kpiapp.model.form import Form
    from kpiapp.model.problem import Place
    from kpiapp.model.stages import Stage
    from kpiapp.services.changed import Changed
    from ui.models.entries_model import EntriesModel
    from ui.models.results_model import ResultsModel
    from ui.screens.work import Work
    from ui.widgets.results_view import Entry, ResultsView


class StagePage(QWidget):
    """A tab that shows the form of a later stage beside the declaration that is open.

    It is built when it is looked at. A subclass fills `self.body` and says in `current_form` what
    is shown and in `show_current` how.

    Signals:
        said: something was done outside the library, as a sentence.
    """

    said = Signal(str)
    stage: Stage
    form: Form | None = None
    model: ResultsModel
    view: ResultsView
    entry_column = 2

    def __init__(self, work: Work, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.work = work
        self._stale = True
        self.empty = EmptyState(f"{name}Empty", "")
        inside = QWidget()
        style.class_of(inside, "pane")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(16, 12, 16, 16)
        self.body.setSpacing(style.STEP)
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setObjectName(f"{name}Scroll")
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        work.session.listeners.append(self.refresh)

    def add_grid(self, view: ResultsView) -> None:
        """Put the grid of indicators on the page; its heads stay in sight."""
        self.body.addWidget(view)
        view.block_typed.connect(self.write_block)
        StickyHead(view, self.area)

    def write_block(self, label: str, entries: list[Entry]) -> None:
        """Write several cells as one step; a page whose cells are only looked at has none."""
        raise NotImplementedError

    def go_to(self, place: Place) -> None:
        """Put the cursor on the indicator of a place."""
        self.update_now()
        row = self.model.find(place.indicator or "")
        if row >= 0:
            choose_cell(self.view, self.model.index(row, self.entry_column))
            box = self.view.visualRect(self.view.currentIndex())
            corner = self.view.mapTo(self.area.widget(), box.center())
            self.area.ensureVisible(corner.x(), corner.y())
        self.view.setFocus()

    def current_form(self) -> Form | None:
        """Return the form that is to be shown, or None where it does not exist yet."""
        raise NotImplementedError

    def show_current(self, form: Form) -> None:
        """Draw a form."""
        raise NotImplementedError

    def show_empty(self) -> None:
        """Say what to do while there is no form."""
        raise NotImplementedError

    def show_form(self) -> None:
        """Show what belongs to the declaration that is open now; at once if it is in sight."""
        self._stale = True
        if self.isVisible():
            self.update_now()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what changed while the tab was out of sight."""
        super().showEvent(event)
        self.update_now()

    def refresh(self, _changed: Changed) -> None:
        """Take up a step."""
        self.show_form()

    def update_now(self) -> None:
        """Draw, if anything changed since."""
        if not self._stale or self.work.form_id is None:
            return
        self._stale = False
        form = self.current_form()
        if form is None:
            self.show_empty()
        else:
            self.show_current(form)
        self.stack.setCurrentIndex(0 if form is None else 1)

    def attempt(self, do: Callable[[], object]) -> bool:
        """Do something that may be refused; return whether it was done."""
        try:
            do()
        except UserError as error:
            self.work.failed.emit(error)
            return False
        return True

    def export_button(self, name: str) -> QPushButton:
        """Return the button that writes the sheet of the form that is shown."""
        button = QPushButton("导出…")
        button.setObjectName(name)
        button.setToolTip("把这张表写成 xlsx、docx 或 pdf")
        button.clicked.connect(self._export)
        return button

    def _export(self) -> None:
        from kpiapp.services.files import formats
        from kpiapp.services.results import result_sheets

        form = self.form
        if form is None:
            return
        kinds = ";;".join(f"{kind} (*.{kind})" for kind in formats.writable())
        start = Path(start_folder()) / f"{result_sheets.file_name(form)}.xlsx"
        chosen, _kind = QFileDialog.getSaveFileName(self, "导出", str(start), kinds)
        if chosen and self.attempt(
            lambda: formats.write_grids(Path(chosen), [result_sheets.grid(form)])
        ):
            self.said.emit(f"已导出 {chosen}")

    def leave(self) -> None:
        """Stop listening; the session is about to be closed."""
        if self.refresh in self.work.session.listeners:
            self.work.session.listeners.remove(self.refresh)


def entries_view(model: EntriesModel) -> TableView:
    """Return the view of a table of entries."""
    view = TableView(model)
    view.setObjectName(f"entries_{model.label}")
    return view
