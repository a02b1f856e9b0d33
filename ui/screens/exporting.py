"""导出: which forms, in which formats, where to; what is wrong is said before, files after."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QTreeView,
    QWidget,
)

from kpiapp import settings
from kpiapp.errors import UserError
from kpiapp.model.problem import Severity
from kpiapp.services.exports import exporting
from kpiapp.services.files import formats
from ui import jobs
from ui.folders import open_folder
from ui.models.export_model import ExportModel
from ui.widgets import parts, style
from ui.widgets.calm import CalmCombo
from ui.widgets.columns import Shares
from ui.widgets.severity_delegate import SeverityDelegate

if TYPE_CHECKING:
    from kpiapp.services.exports.exporting import ExportReport
    from kpiapp.services.session import Session

FOLDER: Final = "export_folder"
WORDS: Final = {
    "xlsx": "Excel 表格（xlsx）",
    "docx": "Word 文档（docx）",
    "pdf": "PDF",
    "html": "网页（html）",
    "json": "数据文件（json）",
}


class ExportPage(QWidget):
    """Writes official sheets in the background.

    Signals:
        finished: what was written, in a sentence, and the folder.
        failed: why nothing could be written.
        closed: the person is done with the page.
        place_chosen: where an error is that the person wants to look at.
    """

    place_chosen = Signal(object)
    finished = Signal(str, Path)
    failed = Signal(UserError)
    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exportPage")
        self.setAccessibleName("导出")
        self._session = session
        self._job: jobs.Job | None = None
        self.title, self.warning = parts.title("导出"), QLabel()
        self.model = ExportModel(self)
        self.view = _view(self.model)
        self.wrong = QListWidget()
        self.wrong.setItemDelegate(SeverityDelegate(lambda _: Severity.ERROR, self.wrong))
        self.wrong.setObjectName("exportErrors")
        self.wrong.setAccessibleName("所选表的错误")
        self.wrong.setToolTip("双击到出错的地方")
        self.wrong.itemActivated.connect(
            lambda item: self.place_chosen.emit(item.data(Qt.ItemDataRole.UserRole))
        )
        self.kinds = {kind: _check(f"export-{kind}", WORDS[kind]) for kind in _kinds()}
        self.kinds["xlsx"].setChecked(True)
        self.one_workbook = _check(
            "exportOneWorkbook",
            "全部表合成一个文件（Word、PDF 带目录、绩效管理情况、表10、表11、表12……）",
        )
        self.layouts = _layouts()
        self.folder = QLineEdit(str(settings.get(FOLDER, "")))
        self.folder.setObjectName("exportFolder")
        self.folder.setAccessibleName("文件夹")
        self.folder.setPlaceholderText("请选择放在哪个文件夹")
        self.progress = QProgressBar(textVisible=False)
        self.progress.setObjectName("exportProgress")
        self.progress.setAccessibleName("导出进度")
        self.state = parts.soft()
        self._folder: Path | None = None
        self.show_button = parts.button("exportShow", "打开文件夹", self._show_folder)
        self.show_button.hide()
        self.export_button = parts.button("exportStart", "导出", self.export)
        self.cancel_button = parts.button("exportCancel", "关闭", self.cancel)
        parts.primary(self.export_button)
        self._lay_out()
        self.model.dataChanged.connect(self._list_errors)
        self.model.dataChanged.connect(self._enable)
        self.folder.textChanged.connect(lambda _text: self._enable())
        for box in self.kinds.values():
            box.toggled.connect(lambda _on: self._enable())

    def _lay_out(self) -> None:
        self.warning.setWordWrap(True)
        layout = parts.column(self)
        layout.addWidget(self.title)
        layout.addWidget(self.warning)
        layout.addWidget(self.wrong)
        self.wrong.setMaximumHeight(style.ROW * 5)
        layout.addWidget(self.view, 1)
        layout.addLayout(self._options())
        layout.addWidget(self.progress)
        bottom = QHBoxLayout()
        bottom.addWidget(self.state, 1)
        bottom.addWidget(self.show_button)
        bottom.addWidget(self.cancel_button)
        bottom.addWidget(self.export_button)
        layout.addLayout(bottom)

    def _options(self) -> QFormLayout:
        kinds = QHBoxLayout()
        kinds.setSpacing(style.STEP * 2)
        for box in self.kinds.values():
            kinds.addWidget(box)
        kinds.addStretch(1)
        where = QHBoxLayout()
        where.addWidget(self.folder, 1)
        where.addWidget(parts.button("exportChoose", "选择…", self._choose))
        form = QFormLayout()
        form.setSpacing(style.STEP)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.addRow("格式", kinds)
        form.addRow("", self.one_workbook)
        form.addRow("表样", self.layouts)
        form.addRow("位置", where)
        return form

    def show_year(self, year: int) -> None:
        """Offer the forms of a year."""
        self.title.setText(f"导出 {year} 年度正式表格")
        self.model.show(self._session, year)
        self.progress.hide()
        self.state.clear()
        self.show_button.hide()
        self._list_errors()
        self._enable()

    @Slot()
    def _list_errors(self) -> None:
        """List what is wrong with the ticked forms; a double click leads there."""
        self.wrong.clear()
        for form, problem in self.model.wrong():
            item = QListWidgetItem(f"{form.name}：{problem.message}")
            item.setToolTip(problem.message)
            item.setData(Qt.ItemDataRole.UserRole, problem.place)
            self.wrong.addItem(item)
        self.wrong.setVisible(self.wrong.count() > 0)

    def _show_folder(self) -> None:
        if self._folder:
            open_folder(self._folder)

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "放在哪个文件夹", self.folder.text())
        if name:
            self.folder.setText(name)

    @Slot()
    def _enable(self) -> None:
        errors, items = self.model.errors(), self.model.chosen()
        kinds = [kind for kind, box in self.kinds.items() if box.isChecked()]
        ready = bool(items and kinds and self.folder.text().strip())
        self.warning.setText(
            f"所选的表还有 {errors} 个错误。可以先改好再导出，也可以仍然导出。"
            if errors
            else "所选的表没有错误。"
        )
        style.class_of(self.warning, "bad" if errors else "good")
        self.export_button.setText("仍然导出" if errors else "导出")
        self.export_button.setEnabled(ready and self._job is None)
        self.export_button.setToolTip("" if ready else "请选择表、格式和文件夹")
        self.cancel_button.setText("取消" if self._job else "关闭")

    # -- writing ------------------------------------------------------------------------------

    def export(self) -> None:
        """Write what is ticked, from a copy of the forms, so that work can go on."""
        items = copy.deepcopy(self.model.chosen())
        folder = Path(self.folder.text().strip())
        kinds = [kind for kind, box in self.kinds.items() if box.isChecked()]
        together = self.one_workbook.isChecked()
        layout_id = str(self.layouts.currentData() or "")
        settings.put(FOLDER, str(folder))
        self.show_button.hide()
        self.progress.setRange(0, 0)
        self.progress.show()
        self._job = jobs.start(
            lambda job: exporting.export_items(
                items,
                folder,
                kinds=kinds,
                one_workbook=together,
                layout_id=layout_id,
                progress=job.report,
            )
        )
        self._job.progressed.connect(self._progressed)
        self._job.finished.connect(lambda report: self._done(report, folder))
        self._job.failed.connect(self._failed)
        self._job.cancelled.connect(self._cancelled)
        self.cancel_button.setFocus()  # the button that was pressed cannot keep the keyboard
        self._enable()

    def cancel(self) -> None:
        """Stop the export at its next sheet, or leave the page."""
        if self._job:
            self._job.cancel()
        else:
            self.closed.emit()

    def _progressed(self, done: int, total: int, name: str) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.state.setText(f"正在写 {done + 1} / {total}：{name}")

    def _end(self, text: str) -> None:
        self._job = None
        self.progress.hide()
        self.state.setText(text)
        self._enable()
        if self.cancel_button.hasFocus():  # else the person works elsewhere meanwhile
            self.view.setFocus()

    def _done(self, report: ExportReport, folder: Path) -> None:
        failures = "；".join(f"“{form.name}”没有导出：{e}" for form, e in report.failures)
        more = f"有 {len(report.unprinted)} 张表有没有印出的内容。" if report.unprinted else ""
        look = f"请核对 {len(report.missing)} 处：{report.missing[0]}。" if report.missing else ""
        text = f"已导出 {len(report.files)} 个文件到“{folder.name}”。{more}{look}{failures}"
        self._end(text)
        self._folder = folder
        self.show_button.setVisible(bool(report.files))
        self.finished.emit(text, folder)

    def _failed(self, error: Exception) -> None:
        self._end("")
        if not isinstance(error, UserError):
            raise error
        self.failed.emit(error)

    def _cancelled(self) -> None:
        self._end("已取消。已经写好的文件都是完整的。")


def _kinds() -> list[str]:
    return [kind for kind in (*formats.writable(), exporting.JSON) if kind in WORDS]


def _layouts() -> QComboBox:
    """Return the choice of what the forms are printed as."""
    tip = "所选的表打印成哪种表样；别的表样没有的栏目不会打印"
    box = parts.named(CalmCombo(), "exportLayout", "表样", tip)
    box.addItem("每张表用自己的表样", "")
    for key, name in exporting.layout_names().items():
        box.addItem(name, key)
    return box


def _view(model: ExportModel) -> QTreeView:
    view = parts.flat_list("exportTable", "要导出的表", model)
    view.ensurePolished()  # rows are measured once, and the style says how high they are
    Shares(view, {0: 60, 1: 15, 2: 25})
    return view


def _check(name: str, text: str) -> QCheckBox:
    return parts.named(QCheckBox(text), name, text)
