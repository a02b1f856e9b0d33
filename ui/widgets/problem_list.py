"""The list of problems on the screen: its rows, what each says of itself, what it offers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QTreeView

from ui.models.problems_model import LINE_ROLE, PROBLEM_ROLE, REASON_ROLE, Line
from ui.widgets import painting, style
from ui.widgets.action_delegate import Action, Option

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from kpiapp.model.problem import Problem, Severity

Index = QModelIndex | QPersistentModelIndex
WHY: Final = Action("why", "为什么", "这条规则说什么、怎么改、依据是什么", always=False)
READ_ONLY: Final = "目标库以只读方式打开，不能修改"


class ProblemList(QTreeView):
    """A list whose lines open to the places of one cause."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("problemsList")
        self.setAccessibleName("问题列表")
        self.setUniformRowHeights(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setIndentation(16)
        self.setHeaderHidden(True)


class PlaceDelegate(QStyledItemDelegate):
    """Cuts a place in the middle: where it begins and the name at its end tell the most."""

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        """Draw the words, asking for no more than they need: the list is drawn at every edit."""
        painting.background(painter, option)
        painter.setFont(option.font)
        box, cut = option.rect.adjusted(4, 0, -4, 0), Qt.TextElideMode.ElideMiddle
        colour = index.data(Qt.ItemDataRole.ForegroundRole) or style.TEXT
        painting.text(painter, box, str(index.data() or ""), colour, cut=cut)


def problems_of(index: Index) -> list[Problem]:
    """Return the problem of a row, or all of a folded line."""
    line: Line | None = index.data(LINE_ROLE)
    return [x.problem for x in line.found] if line else [index.data(PROBLEM_ROLE)]


def severity_of(index: Index) -> Severity:
    """Return how grave the problem of a row is."""
    problem: Problem = index.data(PROBLEM_ROLE)
    return problem.severity


def actions_of(index: Index, *, read_only: bool) -> list[Action]:
    """Return what can be done about a row; where nothing can be changed, the fix is only named."""
    if read_only:
        fix = [replace(x, enabled=False, tip=READ_ONLY) for x in _all(index) if x.name == "fix"]
        return [*fix, WHY]
    return _all(index)


def _all(index: Index) -> list[Action]:
    problem: Problem = index.data(PROBLEM_ROLE)
    fix = [Action("fix", problem.fix.label, f"修复：{problem.fix.label}")] if problem.fix else []
    if index.data(REASON_ROLE) is not None:
        return [Action("restore", "重新计入", "这一处仍算问题", always=False), WHY]
    excuse = Action("excuse", "不算问题…", "写明理由，这一处不再计入", always=False)
    return [*fix, WHY, excuse]
