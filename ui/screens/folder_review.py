"""审核文件夹: the files of many units read and checked at once, and what was found in a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QProgressBar,
    QSplitter,
    QStackedWidget,
    QTreeView,
    QWidget,
)

from kpiapp.errors import UserError
from kpiapp.model.problem import Severity
from ui import jobs
from ui.folders import start_folder
from ui.models import review_model
from ui.models.review_model import ROW_ROLE, ReviewFilter, ReviewModel
from ui.screens.preview import PreviewPage
from ui.screens.review_filters import ReviewFilters
from ui.widgets import parts
from ui.widgets.columns import Shares
from ui.widgets.empty import EmptyState
from ui.widgets.severity_delegate import SeverityDelegate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from kpiapp.services.checks.checking_files import Gathered
    from kpiapp.services.checks.report import Report

EMPTY: Final = (
    "选一个文件夹，或把文件夹、文件拖到这里。\n"
    "里面的 xlsx、docx、json 申报表按单位和年度归在一起检查；读不了的文件也会列出来。"
)
BUSY: Final = "正在读取和检查，可以随时取消。"
NOTHING: Final = "没有发现问题。"
HIDDEN: Final = "这样筛选下没有问题。"
KINDS: Final = "申报表 (*.xlsx *.docx *.json);;所有文件 (*)"
SHARES: Final = {
    review_model.LEVEL: 10, review_model.UNIT: 16, review_model.YEAR: 6, review_model.FORM: 17,
    review_model.PLACE: 24, review_model.MESSAGE: 41, review_model.RULE: 17,
}  # fmt: skip


class FolderReviewPage(QWidget):
    """Reads and checks in the background on all cores; shows, filters and writes the findings.

    Signals:
        said: what was written, in a sentence, and its folder.
        failed: why something could not be done.
        closed: the person is done with the page.
    """

    said = Signal(str, object)
    failed = Signal(UserError)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("folderReviewPage")
        self.setAccessibleName("审核文件夹")
        self.setAcceptDrops(True)
        self._job: jobs.Job | None = None
        self._found: tuple[Gathered, Report] | None = None
        self.summary = parts.soft(name="reviewSummary")
        self.progress = QProgressBar(textVisible=False)
        self.progress.setObjectName("reviewProgress")
        self.progress.setAccessibleName("检查进度")
        self.model, self.proxy = ReviewModel(self), ReviewFilter(self)
        self.proxy.setSourceModel(self.model)
        self.view = _view(self.proxy)
        self._columns = Shares(self.view, SHARES)
        self.preview = PreviewPage()
        self.preview.hide()
        self.empty = EmptyState("reviewEmpty", EMPTY)
        self.filters = ReviewFilters()
        self.folder_button = parts.button("reviewFolder", "选择文件夹…", self.choose_folder)
        self.files_button = parts.button("reviewFiles", "选择文件…", self.choose_files)
        self.cancel_button = parts.button("reviewCancel", "取消", self.cancel)
        self.list_button = parts.button("reviewList", "导出问题清单…", self.export_list)
        self.opinion_button = parts.button("reviewOpinions", "导出审核意见…", self.export_opinions)
        tip = "在右边打开所选问题的表；双击一行也可以"
        self.open_button = parts.button("reviewOpen", "看这张表", self.open_current, tip)
        self.hide_button = parts.button("reviewHideSheet", "收起表", self.hide_sheet)
        self.hide_button.hide()
        self.close_button = parts.button("reviewClose", "返回", self.closed.emit)
        parts.primary(self.folder_button)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._enable()

    # -- making -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.view)
        split.addWidget(self.preview)
        split.setSizes([800, 480])
        self._stack.addWidget(self.empty)
        self._stack.addWidget(split)
        top = parts.row(parts.title("审核文件夹"))
        top.addStretch(1)
        for button in (self.folder_button, self.files_button, self.cancel_button):
            top.addWidget(button)
        bottom = parts.row(self.list_button, self.opinion_button)
        bottom.addStretch(1)
        bottom.addWidget(self.open_button)
        bottom.addWidget(self.hide_button)
        bottom.addWidget(self.close_button)
        layout = parts.column(self)
        layout.addLayout(top)
        for widget in (self.summary, self.progress, self.filters):
            layout.addWidget(widget)
        layout.addWidget(self._stack, 1)
        layout.addLayout(bottom)
        for hidden in (self.progress, self.filters, self.summary):
            hidden.hide()

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter)
        self.view.doubleClicked.connect(self.open_row)
        self.view.activated.connect(self.open_row)
        self.view.selectionModel().currentChanged.connect(self._follow)

    # -- choosing -----------------------------------------------------------------------------

    def choose_folder(self) -> None:
        """Ask for a folder and check what is in it."""
        name = QFileDialog.getExistingDirectory(self, "审核文件夹", start_folder())
        if name:
            self.check([Path(name)])

    def choose_files(self) -> None:
        """Ask for files and check them together."""
        names, _ = QFileDialog.getOpenFileNames(self, "审核文件", start_folder(), KINDS)
        if names:
            self.check([Path(name) for name in names])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls() and self._job is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.check(paths)

    # -- checking -----------------------------------------------------------------------------

    def check(self, paths: Sequence[Path]) -> None:
        """Read and check files and folders in the background."""
        from kpiapp.services.checks import checking_many

        self.hide_sheet()
        self.summary.setText("正在找文件…")
        self.empty.set_text(BUSY)
        self.progress.setRange(0, 0)
        for widget in (self.summary, self.progress):
            widget.show()
        self._job = jobs.start(lambda job: checking_many.check_paths(paths, job.report))
        self._job.progressed.connect(self._progressed)
        self._job.finished.connect(self._show)
        self._job.failed.connect(self._failed)
        self._job.cancelled.connect(self._cancelled)
        self._enable()

    def cancel(self) -> None:
        """Stop reading and checking; what was shown before stays."""
        if self._job:
            self._job.cancel()
            self.summary.setText("正在停止…")

    def _progressed(self, done: int, total: int, text: str) -> None:
        if self._job and not self._job.stopping:
            self.progress.setRange(0, total)
            self.progress.setValue(done)
            what = "个文件" if "读" in text else "张表"
            self.summary.setText(f"{text} {done} / {total} {what}")

    def _ended(self) -> None:
        self._job = None
        self.empty.set_text(NOTHING if self._found else EMPTY)
        self.progress.hide()
        self._enable()

    def _cancelled(self) -> None:
        self._ended()
        self.summary.setText("已取消。" + (_summary(*self._found) if self._found else ""))

    def _failed(self, error: Exception) -> None:
        self._ended()
        self.summary.setVisible(self._found is not None)
        if not isinstance(error, UserError):
            raise error
        self.failed.emit(error)

    def _show(self, found: tuple[Gathered, Report]) -> None:
        from kpiapp.services.checks import checking_files

        self._found = found
        self._ended()
        gathered, report = found
        self.model.show(checking_files.rows(report, gathered))
        self.summary.setText(_summary(gathered, report))
        self.filters.offer(self.model.rows)
        self.filters.show()
        self._filter()
        self.view.sortByColumn(review_model.LEVEL, Qt.SortOrder.AscendingOrder)

    def _filter(self) -> None:
        self.filters.apply(self.proxy)
        self.empty.set_text(HIDDEN if self.model.rows else NOTHING if self._found else EMPTY)
        self._stack.setCurrentIndex(1 if self.proxy.rowCount() else 0)

    def _enable(self) -> None:
        idle = self._job is None
        for button in (self.folder_button, self.files_button, self.close_button):
            button.setEnabled(idle)
        for button in (self.list_button, self.opinion_button):
            button.setEnabled(idle and self._found is not None)
        self.open_button.setEnabled(idle and self.view.currentIndex().isValid())
        self.cancel_button.setVisible(not idle)

    # -- looking ------------------------------------------------------------------------------

    def open_row(self, index: QModelIndex) -> None:
        """Show the sheet of a finding with its cell framed; of a bad file its folder."""
        from ui.folders import open_folder

        row: Any = index.data(ROW_ROLE)
        if row is None or self._found is None:
            return
        form = self._found[0].by_id.get(row.form_id)
        if form is not None:
            self._show_sheet(shown=True)
            self.preview.show_form(form, row.problem.place if row.problem else None)
        elif row.path:
            open_folder(row.path.parent)

    def open_current(self) -> None:
        """Show the sheet of the chosen finding."""
        self.open_row(self.view.currentIndex())

    def hide_sheet(self) -> None:
        """Give the whole width to the table again."""
        self._show_sheet(shown=False)

    def _show_sheet(self, *, shown: bool) -> None:
        """Show or hide the sheet; beside it there is no room for all columns."""
        self.preview.setVisible(shown)
        self.hide_button.setVisible(shown)
        self.open_button.setVisible(not shown)
        for column in (review_model.YEAR, review_model.RULE):
            self.view.setColumnHidden(column, shown)
        self._columns.share()

    def _follow(self, index: QModelIndex) -> None:
        """Keep the sheet in step with the table once it is shown."""
        row: Any = index.data(ROW_ROLE)
        self.open_button.setEnabled(row is not None)
        if row is not None and row.form_id and self.preview.isVisible():
            self.open_row(index)

    # -- writing ------------------------------------------------------------------------------

    def export_list(self) -> None:
        """Ask where, and write the table as a workbook."""
        start = str(Path(start_folder()) / "检查结果.xlsx")
        name, _ = QFileDialog.getSaveFileName(self, "导出问题清单", start, "*.xlsx")
        if name:
            self.write_list(Path(name).with_suffix(".xlsx"))

    def export_opinions(self) -> None:
        """Ask for a folder, and write a 审核意见 for each unit and year into it."""
        name = QFileDialog.getExistingDirectory(self, "审核意见放到哪个文件夹", start_folder())
        if name:
            self.write_opinions(Path(name))

    def write_list(self, path: Path) -> None:
        """Write every finding into a workbook."""
        from kpiapp.services.checks import checking_files

        if self._found:
            gathered, report = self._found
            if self._do(lambda: checking_files.write_workbook(path, report, gathered)):
                self.said.emit(f"问题清单已写到“{path.name}”", path.parent)

    def write_opinions(self, folder: Path) -> None:
        """Write a 审核意见 for each unit and year."""
        from kpiapp.services.checks import review_report, review_sheet

        if self._found is None:
            return
        gathered, report = self._found
        reviews = review_report.reviews(report, self.model.rows, gathered.forms)
        if self._do(lambda: review_sheet.write_all(folder, reviews)):
            self.said.emit(f"已写出 {len(reviews)} 份审核意见", folder)

    def _do(self, write: Callable[[], object]) -> bool:
        try:
            write()
        except UserError as error:
            self.failed.emit(error)
            return False
        return True


def _summary(found: Gathered, report: Report) -> str:
    units = len(set(report.units.values()))
    bad = f"，{len(found.failures)} 个文件读不了" if found.failures else ""
    alone = f"，{len(report.alone)} 张表没有找到所属部门、单独检查" if report.alone else ""
    ready = sum(not report.counts(form.id)[Severity.ERROR] for form in found.forms)
    return f"{units} 个单位 {len(found.forms)} 张表{bad}{alone}。其中 {ready} 张没有错误。"


def _view(model: ReviewFilter) -> QTreeView:
    view = parts.flat_list("reviewTable", "发现的问题", model)
    view.setSortingEnabled(True)
    view.sortByColumn(review_model.LEVEL, Qt.SortOrder.AscendingOrder)
    view.setItemDelegateForColumn(
        review_model.LEVEL,
        SeverityDelegate(lambda x: x.data(ROW_ROLE).severity or Severity.ERROR, view),
    )
    view.setColumnHidden(review_model.FILE, True)  # the tip names it; it can be searched for
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view
