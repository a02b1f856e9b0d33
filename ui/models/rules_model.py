"""All rules of the checker as a table with ticks, family by family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor

from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from kpiapp.services.rule_choices import RuleChoice

Index = QModelIndex | QPersistentModelIndex
CHOICE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Gives the `RuleChoice` of a row."""
HEADS: Final = ("规则", "级别", "类别", "代码")
TITLE, LEVEL, FAMILY, CODE = range(4)


class RulesModel(QAbstractTableModel):
    """One row a rule.

    Signals:
        switched: the code of a rule, and whether it is to be checked.
    """

    switched = Signal(str, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rules: list[RuleChoice] = []

    def show(self, rules: Sequence[RuleChoice]) -> None:
        """Show these rules; where they are the same ones, the rows stay."""
        same = [x.code for x in rules] == [x.code for x in self._rules]
        if same:
            self._rules = list(rules)
            if rules:
                last = self.index(len(rules) - 1, CODE)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._rules = list(rules)
        self.endResetModel()

    # -- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of rules."""
        return 0 if parent.isValid() else len(self._rules)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the head of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADS[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that the first column can be ticked."""
        flags = super().flags(index)
        if index.isValid() and index.column() == TITLE and not self._rules[index.row()].fixed:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell, its tick, or the rule."""
        if not index.isValid():
            return None
        rule = self._rules[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _words(rule)[index.column()]
            case Qt.ItemDataRole.CheckStateRole if index.column() == TITLE:
                return Qt.CheckState.Checked if rule.on else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ForegroundRole if not rule.on:
                return QColor(style.TEXT_FAINT)
            case Qt.ItemDataRole.ToolTipRole:
                return rule.fixed or rule.title
            case Qt.ItemDataRole.SizeHintRole if index.column() == TITLE:
                return QSize(0, style.ROW)
            case int() if role == CHOICE_ROLE:
                return rule
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell that a tick was set or taken away; the page does it."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        self.switched.emit(self._rules[index.row()].code, on)
        return True


def _words(rule: RuleChoice) -> tuple[str, ...]:
    level = rule.severity.label
    if rule.severity is not rule.usual:
        level += f"（原为{rule.usual.label}）"
    if not rule.on:
        level = "不检查"
    return rule.title, level, rule.family, rule.code
