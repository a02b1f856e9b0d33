"""公开附件: 表10 as it prints, and the paragraph 预算绩效管理情况 ready to be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)

from kpiapp.services.exports import preview, project_lists, situation
from ui.widgets import parts, style
from ui.widgets.empty import EmptyState
from ui.widgets.paper_view import PaperView

if TYPE_CHECKING:
    from kpiapp.services.exports.project_lists import BuiltList
    from kpiapp.services.session import Session

EMPTY = "本年度还没有项目申报表，也没有表10。\n新建项目表，或用“文件 → 导入表格”读入。"
LINES = 3
"""Lines of the paragraph that are seen at once."""


class AnnexPage(QWidget):
    """What is published beside the forms, counted from them.

    Signals:
        closed: the person is done with the page.
        said: something was done, as a sentence.
    """

    closed = Signal()
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("annexPage")
        self.setAccessibleName("公开附件")
        self.title = parts.title("公开附件")
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setObjectName("situationText")
        self.text.setAccessibleName("预算绩效管理情况")
        self.text.setTabChangesFocus(True)
        self.notes = parts.soft(name="annexNotes")
        self.notes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.units = parts.combo("annexUnit", "看哪个单位的表10")
        self.units.currentIndexChanged.connect(self._show_list)
        self.paper = PaperView()
        self.paper.setAccessibleName("表10 项目支出表")
        self.copy_button = parts.button("annexCopy", "复制这段话", self.copy_text)
        self.close_button = parts.button("annexClose", "关闭", self.closed.emit)
        self._lists: list[BuiltList] = []
        self._situation_notes: list[str] = []
        self._lay_out()

    def _lay_out(self) -> None:
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * LINES + 2 * style.STEP)
        heads = [QLabel(text) for text in ("预算绩效管理情况", "表10 项目支出表")]
        for label in heads:
            label.setFont(style.font(bold=True))
        top, middle = QHBoxLayout(), QHBoxLayout()
        top.addWidget(heads[0], 1)
        top.addWidget(self.copy_button)
        middle.addWidget(heads[1], 1)
        middle.addWidget(self.units)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self.close_button)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.paper)
        self._stack.addWidget(EmptyState("annexEmpty", EMPTY))
        layout = parts.column(self)
        layout.addWidget(self.title)
        layout.addLayout(top)
        layout.addWidget(self.text)
        layout.addLayout(middle)
        layout.addWidget(self.notes)
        layout.addWidget(self._stack, 1)
        layout.addLayout(bottom)

    def show_year(self, session: Session, year: int) -> None:
        """Show what the forms of a year come to."""
        self.title.setText(f"{year} 年度公开附件")
        found = situation.situations(session.forms(year))
        several = len(found) > 1
        self.text.setPlainText("\n".join(
            f"{one.unit}：{one.text}" if several and one.unit else one.text for one in found
        ))  # fmt: skip
        self.copy_button.setEnabled(bool(found))
        self._situation_notes = [note for one in found for note in one.notes]
        self._lists = project_lists.lists_of(session, year)
        self.units.clear()
        self.units.addItems([one.unit or one.projects.title for one in self._lists])
        self.units.setVisible(len(self._lists) > 1)
        self._show_list()

    @Slot()
    def _show_list(self) -> None:
        at = self.units.currentIndex()
        one = self._lists[at] if 0 <= at < len(self._lists) else None
        notes = [*self._situation_notes, *(one.missing if one else ())]
        self.notes.setText("\n".join(f"请核对：{note}。" for note in notes))
        self.notes.setVisible(bool(notes))
        self._stack.setCurrentIndex(0 if one else 1)
        if one:
            self.paper.show_sheet(preview.printed_list(one.projects))

    @Slot()
    def copy_text(self) -> None:
        """Put the paragraph on the clipboard."""
        QApplication.clipboard().setText(self.text.toPlainText())
        self.said.emit("已复制预算绩效管理情况，可以贴进公开文本。")
