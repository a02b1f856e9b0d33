"""导入: what the files hold, how it stands to the library, and taking it over as one step."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QSplitter,
    QStackedWidget,
    QTreeView,
    QWidget,
)

from kpiapp.errors import UserError
from kpiapp.services.files import reading_files
from kpiapp.services.files.reading_files import Incoming
from kpiapp.services.imports import import_report, importing
from kpiapp.services.imports.importing import Plan, Planned, State
from ui import jobs
from ui.models.import_model import ROW_ROLE, ImportModel
from ui.screens.import_detail import ImportDetail
from ui.widgets import parts
from ui.widgets.columns import Shares

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtCore import QModelIndex

    from kpiapp.model.edit import Path as EditPath
    from kpiapp.services.files.reading_files import Failure
    from kpiapp.services.session import Session


class Read(NamedTuple):
    """What was read: as it stands in the files, a copy to plan with, and what failed."""

    found: list[Incoming]
    fresh: list[Incoming]
    failures: list[Failure]


class Taken(NamedTuple):
    """What was put into the library.

    Attributes:
        text: says it in a sentence.
        forms: the ids of the forms.
        unread: the number of cells that were not understood.
        report: all that is to be known of the import, for reading it again.
    """

    text: str
    forms: list[str]
    unread: int
    report: str


class ImportPage(QWidget):
    """Reads in the background, shows what was found, and puts it into the library when told.

    Signals:
        taken: what was taken over, a `Taken`.
        failed: why something could not be done.
        closed: the person is done with the page.
    """

    taken = Signal(object)
    failed = Signal(UserError)
    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importPage")
        self.setAccessibleName("导入")
        self._session = session
        self._job: jobs.Job | None = None
        self.title, self.summary = parts.title("导入"), parts.soft()
        self.progress = QProgressBar(textVisible=False)
        self.progress.setObjectName("importProgress")
        self.progress.setAccessibleName("读取进度")
        self.model = ImportModel(self)
        self.view = _view(self.model)
        self._read_in = Read([], [], [])
        self._plan = Plan()
        self._joined: dict[int, str] = {}  # what the person chose, by row
        self.detail = ImportDetail()
        self.note = QPlainTextEdit(readOnly=True)
        self.note.setObjectName("importNote")
        self.note.setAccessibleName("所选一行的细节")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.note)
        self.stack.addWidget(self.detail)
        self.accept_button = parts.button("importAccept", "放入目标库", self.accept)
        self.cancel_button = parts.button("importCancel", "取消", self.cancel)
        self.all_button = parts.button("importAll", "全选", lambda: self.model.tick(every=True))
        self.none_button = parts.button(
            "importNone", "全不选", lambda: self.model.tick(every=False)
        )
        tip = "把这次导入的全部说明复制到剪贴板"
        self.copy_button = parts.button("importCopy", "复制报告", self.copy_report, tip)
        parts.primary(self.accept_button)
        self._lay_out()
        self.view.selectionModel().currentChanged.connect(self._show_detail)
        self.model.dataChanged.connect(lambda *_: self._enable())
        self.detail.left_out.connect(self._leave_out)
        self.detail.year_given.connect(self._give_year)
        self.detail.project_given.connect(self._give_project)

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.view)
        split.addWidget(self.stack)
        split.setSizes([180, 460])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        buttons = QHBoxLayout()
        for button in (self.all_button, self.none_button, self.copy_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self.cancel_button, self.accept_button):
            buttons.addWidget(button)
        layout = parts.column(self)
        for widget in (self.title, self.summary, self.progress, split):
            layout.addWidget(widget)
        layout.setStretchFactor(split, 1)
        layout.addLayout(buttons)

    # -- reading ------------------------------------------------------------------------------

    def read(self, paths: Sequence[Path]) -> None:
        """Read files and folders in the background."""
        self.read_by(lambda job: reading_files.read_paths(paths, job.report))

    def read_by(self, work: Callable[[jobs.Job], tuple[list[Incoming], list[Failure]]]) -> None:
        """Show what a piece of background work finds."""
        self.model.clear()
        self.detail.clear()
        self.summary.setText("正在读取…")
        self.progress.setRange(0, 0)
        self.progress.show()
        self._job = jobs.start(lambda job: _kept(*work(job)))
        self._job.progressed.connect(self._progressed)
        self._job.finished.connect(self._read)
        self._job.failed.connect(self._read_failed)
        self._job.cancelled.connect(self.closed)
        self._enable()

    def _progressed(self, done: int, total: int, name: str) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.summary.setText(f"正在读取 {done + 1} / {total}：{name}")

    def _read(self, result: Read) -> None:
        self._job = None
        self.progress.hide()
        self._read_in = result
        self._compare(0)

    def _compare(self, row: int) -> None:
        """Compare what was read with the library, and choose a row."""
        read = self._read_in
        self._plan = importing.plan(self._session, read.fresh)
        self.model.show(self._plan, read.failures)
        for joined, project_id in self._joined.items():
            self.model.join(joined, project_id)
        found = import_report.summary(self._plan, read.failures)
        self.summary.setText(f"认出：{found}。打勾的会放入目标库，可以一步撤销。")
        self.view.setCurrentIndex(self.model.index(row, 0))
        self._enable()

    def _read_failed(self, error: Exception) -> None:
        self._job = None
        self.progress.hide()
        self.closed.emit()
        if not isinstance(error, UserError):
            raise error
        self.failed.emit(error)

    # -- correcting ---------------------------------------------------------------------------

    def _leave_out(self, path: EditPath, out: bool) -> None:  # noqa: FBT001 - a slot
        self.model.leave_out(self.view.currentIndex().row(), path, out=out)

    def _give_project(self, project_id: str) -> None:
        """Let the form that is shown become a year of another project."""
        row = self.view.currentIndex().row()
        self._joined[row] = project_id
        self.model.join(row, project_id)

    def _give_year(self, year: int, everywhere: bool) -> None:  # noqa: FBT001 - a slot
        """Put the form that is shown into another year; compare everything anew."""
        index = self.view.currentIndex()
        item: Any = index.data(ROW_ROLE)
        if not isinstance(item, Planned):
            return
        unticked = self.model.unticked()
        found, fresh, failures = self._read_in
        for one, used in zip(found, fresh, strict=True):
            asked = everywhere and one.draft is not None and one.draft.year_assumed
            if one.form and one.draft and (used is item.incoming or asked):
                one.form.year = year
                one.draft.year_assumed = False
        self._read_in = Read(found, _copies(found), failures)
        self._compare(index.row())
        self.model.untick(unticked)

    # -- deciding -----------------------------------------------------------------------------

    def accept(self) -> None:
        """Put what is ticked into the library, as one step."""
        plan = self.model.chosen()
        text = import_report.outcome(plan)
        report, unread = self.report(text), import_report.unread_cells(plan.items)
        try:
            importing.take_over(self._session, plan)
        except UserError as error:
            self.failed.emit(error)
            return
        self.closed.emit()
        self.taken.emit(Taken(text, [item.form.id for item in plan.items], unread, report))

    def cancel(self) -> None:
        """Stop reading, or leave without taking anything over."""
        if self._job:
            self._job.cancel()
        else:
            self.closed.emit()

    def copy_report(self) -> None:
        """Put the report on the whole import on the clipboard."""
        QApplication.clipboard().setText(self.report())

    def report(self, headline: str = "") -> str:
        """Return all that a person may want to keep of this import, as text."""
        rows = [self.model.index(n, 0).data(ROW_ROLE) for n in range(self.model.rowCount())]
        return import_report.full(headline or self.summary.text(), rows)

    def _enable(self) -> None:
        plan = self.model.chosen()
        count = len(plan.items) + len(plan.project_lists)
        self.accept_button.setText(f"放入目标库（{count}）" if count else "放入目标库")
        self.accept_button.setEnabled(plan.changes_anything() and self._job is None)
        for button in (self.all_button, self.none_button, self.copy_button):
            button.setEnabled(self._job is None and self.model.rowCount() > 0)

    def _show_detail(self, index: QModelIndex) -> None:
        row: Any = index.data(ROW_ROLE)
        if isinstance(row, Planned):
            changed = row.state in (State.CHANGED, State.SAME)
            stored = self._session.form(row.form.id) if changed else None
            self.detail.show_item(row, stored, self.model.left_out(index.row()))
            self.stack.setCurrentWidget(self.detail)
            return
        if isinstance(row, Incoming) and row.project_list:
            lists = self._session.project_lists(row.project_list.year)
            known = next((one for one in lists if one.id == row.project_list.id), None)
            self.detail.show_list(row, known)
            self.stack.setCurrentWidget(self.detail)
            return
        self.note.setPlainText("" if row is None else "\n".join(import_report.about(row)))
        self.stack.setCurrentWidget(self.note)


def _copies(found: Sequence[Incoming]) -> list[Incoming]:
    """Return what was read with forms of their own: comparing with the library changes them."""
    return [replace(one, form=copy.deepcopy(one.form)) for one in found]


def _kept(found: list[Incoming], failures: list[Failure]) -> Read:
    return Read(found, _copies(found), failures)


def _view(model: ImportModel) -> QTreeView:
    view = parts.flat_list("importTable", "文件里的表", model)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    Shares(view, dict(enumerate((18, 12, 8, 6, 14, 6, 13, 13, 6, 13))))
    view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    return view
