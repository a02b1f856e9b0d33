"""The few small dialogs: a new form, a reason, about, and what failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from kpiapp import __version__
from ui.widgets import style
from ui.widgets.calm import CalmCombo, CalmSpin

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from kpiapp.model.form import Kind
    from kpiapp.services.forms.new_forms import LayoutChoice

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class NewForm:
    """What the person wants: a layout (its id), a year and a name."""

    layout: str
    year: int
    name: str


class NewFormDialog(QDialog):
    """Asks for the layout, year and name of a new form."""

    def __init__(
        self,
        kind: Kind,
        choices: Sequence[LayoutChoice],
        year: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("newFormDialog")
        self.setWindowTitle(f"新建{kind.label}表")
        self.layouts = CalmCombo()
        self.layouts.setObjectName("newFormLayout")
        self.layouts.setAccessibleName("表格格式")
        for choice in choices:
            self.layouts.addItem(choice.text, choice.id)
        self.layouts.setCurrentIndex(next((n for n, x in enumerate(choices) if x.usual), 0))
        self.year = CalmSpin(FIRST_YEAR, LAST_YEAR, " 年")
        self.year.setValue(year)
        self.year.setObjectName("newFormYear")
        self.year.setAccessibleName("年度")
        self.name = QLineEdit()
        self.name.setObjectName("newFormName")
        self.name.setAccessibleName("名称")
        self.name.setPlaceholderText("可以以后再填")
        form = QFormLayout()
        form.setSpacing(style.STEP)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.addRow("格式", self.layouts)
        form.addRow("年度", self.year)
        form.addRow("项目名称" if kind.label == "项目" else "部门名称", self.name)
        layout = _column(self, form)
        layout.addWidget(_buttons(self, "新建"))
        self.setMinimumWidth(420)
        self.name.setFocus()

    def answer(self) -> NewForm:
        """Return what was entered."""
        return NewForm(str(self.layouts.currentData()), self.year.value(), self.name.text().strip())


class ReasonText(QPlainTextEdit):
    """A reason: Enter says that it is written, Alt+Enter breaks the line, as in the tables."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter for the end; with Alt or Shift it is a line end."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & (
            Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            self.insertPlainText("\n")
        else:
            self.entered.emit()


class ReasonDialog(QDialog):
    """Asks why something is no problem; there is no excuse without a reason."""

    def __init__(self, problem: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reasonDialog")
        self.setWindowTitle("不算问题")
        said = QLabel(problem, wordWrap=True)
        said.setTextFormat(Qt.TextFormat.PlainText)
        self.reason = ReasonText()
        self.reason.setObjectName("reasonText")
        self.reason.setAccessibleName("理由")
        self.reason.setPlaceholderText("例如：区财政局 3 月 5 日电话同意本项目只设一个质量指标")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(96)
        hint = QLabel("理由会保存在目标库里，并写进检查报告。Alt+Enter 换行。")
        style.class_of(hint, "soft")
        layout = _column(self)
        for widget in (said, QLabel("理由"), self.reason, hint):
            layout.addWidget(widget)
        buttons = _buttons(self, "不算问题")
        layout.addWidget(buttons)
        accept = buttons.button(QDialogButtonBox.StandardButton.Ok)
        accept.setEnabled(False)
        self.reason.textChanged.connect(lambda: accept.setEnabled(bool(self.answer())))
        self.reason.entered.connect(accept.click)
        self.setMinimumWidth(480)

    def answer(self) -> str:
        """Return the reason, without blanks around it."""
        return self.reason.toPlainText().strip()


class AboutDialog(QDialog):
    """Name, version and what the program is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle("关于")
        title = QLabel("绩效目标管理")
        style.class_of(title, "title")
        text = QLabel(
            f"版本 {__version__}\n\n填报、检查、汇总和导出预算绩效目标申报表。\n"
            "数据只在本机，不连接网络。\n\n图标：Lucide（ISC 许可）。界面：Qt for Python（LGPL）。"
        )
        layout = _column(self)
        layout.addWidget(title)
        layout.addWidget(text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)


class CrashDialog(QDialog):
    """Says that the program failed, that nothing is lost, and where the report is."""

    def __init__(self, report: str, path: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crashDialog")
        self.setWindowTitle("程序出错")
        where = f"错误报告已保存到：\n{path}" if path else "错误报告没能保存，请复制下面的文字。"
        said = QLabel(
            "刚才的操作没有完成。已经保存的内容都在，可以继续工作。\n"
            f"报告里有最近几步的名称，没有别的表格内容，可以交给维护人员。\n\n{where}",
            wordWrap=True,
        )
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text = QPlainTextEdit(report, readOnly=True)
        self.text.setObjectName("crashText")
        self.text.setAccessibleName("错误报告")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("复制报告", QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("crashCopy")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(report))
        buttons.rejected.connect(self.reject)
        layout = _column(self)
        for widget in (said, self.text, buttons):
            layout.addWidget(widget)
        self.resize(640, 420)


def _column(dialog: QDialog, first: QFormLayout | None = None) -> QVBoxLayout:
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 24, 24, 16)
    layout.setSpacing(style.STEP)
    if first is not None:
        layout.addLayout(first)
        layout.addSpacing(style.STEP)
    return layout


def _buttons(dialog: QDialog, accept: str) -> QDialogButtonBox:
    kinds = QDialogButtonBox.StandardButton
    buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
    buttons.button(kinds.Ok).setText(accept)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons


def show_report(parent: QWidget, name: str, title: str, report: str) -> None:
    """Show a longer text beside the work, to be read and copied."""
    dialog = QDialog(parent)
    dialog.setObjectName(name)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.resize(760, 480)
    text = QPlainTextEdit(report, dialog, readOnly=True)
    text.setAccessibleName(title)
    buttons = QDialogButtonBox(dialog)
    buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.addWidget(text)
    layout.addWidget(buttons)
    dialog.open()
