"""What is shown while no library is open: make one, open one, or look at the sample."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.widgets import parts, style

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 560


class WelcomePage(QWidget):
    """The first page.

    Signals:
        new_wanted, open_wanted, sample_wanted, review_wanted: what the buttons say.
        recent_chosen: the library to open.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    review_wanted = Signal()
    recent_chosen = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcomePage")
        self.setAccessibleName("欢迎")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        column = QWidget()
        column.setFixedWidth(WIDTH)
        self._fill(QVBoxLayout(column))
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(column, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        style.class_of(self, "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _fill(self, layout: QVBoxLayout) -> None:
        title = QLabel("绩效目标管理")
        title.setFont(style.font(2.2, bold=True))
        soft = QLabel("填报、检查、汇总和导出预算绩效目标申报表。数据只在本机，不需要网络。")
        style.class_of(soft, "soft")
        soft.setWordWrap(True)
        layout.setSpacing(style.STEP)
        layout.addWidget(title)
        layout.addWidget(soft)
        layout.addSpacing(style.STEP * 2)
        layout.addLayout(self._buttons())
        layout.addSpacing(style.STEP * 2)
        line = QFrame()
        style.class_of(line, "line")
        layout.addWidget(line)
        layout.addLayout(self._recent)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(style.STEP)
        for name, text, icon, signal in (
            ("welcomeNew", "新建目标库", "", self.new_wanted),
            ("welcomeOpen", "打开目标库", "folder-open", self.open_wanted),
            ("welcomeSample", "打开示例", "sparkles", self.sample_wanted),
            ("welcomeReview", "审核文件夹", "clipboard-check", self.review_wanted),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.setAccessibleName(text)
            button.setMinimumHeight(style.ROW + style.STEP)
            if icon:
                button.setIcon(style.turning_white(style.icon(icon)))
            else:
                parts.primary(button)
            button.setAutoDefault(True)  # Enter presses it
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def show_recent(self, paths: Sequence[Path]) -> None:
        """List the libraries opened lately."""
        while self._recent.count():
            old = self._recent.takeAt(0).widget()
            if old:
                old.setParent(None)
                old.deleteLater()
        head = QLabel("最近打开" if paths else "还没有打开过目标库。新建一个，或先看看示例。")
        head.setContentsMargins(0, 8, 0, 4)
        style.class_of(head, "soft")
        self._recent.addWidget(head)
        for path in paths:
            self._recent.addWidget(self._entry(path))

    def _entry(self, path: Path) -> QWidget:
        button = QPushButton(path.stem)
        button.setObjectName(f"recent-{path.stem}")
        button.setAccessibleName(f"打开 {path.stem}")
        button.setToolTip(str(path))
        style.class_of(button, "link")
        button.setAutoDefault(True)
        button.clicked.connect(lambda: self.recent_chosen.emit(path))
        where = QLabel(str(path.parent))
        where.setTextFormat(Qt.TextFormat.PlainText)
        style.class_of(where, "faint")
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.addWidget(button)
        layout.addWidget(where, 1, Qt.AlignmentFlag.AlignRight)
        return row
