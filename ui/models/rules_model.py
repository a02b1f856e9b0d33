"""All rules of the checker as a table with ticks, family by family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor

from ui.models.rows_model import Index, RowsModel
from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.services.findings.rule_choices import RuleChoice

CHOICE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Gives the `RuleChoice` of a row."""
TITLE, LEVEL, FAMILY, CODE = range(4)


class RulesModel(RowsModel):
    """One row a rule.

    Signals:
        switched: the code of a rule, and whether it is to be checked.
    """

    HEADS = ("规则", "级别", "类别", "代码")

    switched = Signal(str, bool)
    rows: list[RuleChoice]

    def show(self, rules: Sequence[RuleChoice]) -> None:
        """Show these rules; where they are the same ones, the rows stay."""
        same = [x.code for x in rules] == [x.code for x in self.rows]
        if same:
            self.exchange(rules)
            return
        self.put(rules)

    # -- what Qt asks -------------------------------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that the first column can be ticked."""
        flags = super().flags(index)
        if index.isValid() and index.column() == TITLE and not self.rows[index.row()].fixed:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def shown(self, row: Any, column: int, role: int) -> Any:
        """Return the words of a cell, its tick, or the rule."""
        rule: RuleChoice = row
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _words(rule)[column]
            case Qt.ItemDataRole.CheckStateRole if column == TITLE:
                return Qt.CheckState.Checked if rule.on else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ForegroundRole if not rule.on:
                return QColor(style.TEXT_FAINT)
            case Qt.ItemDataRole.ToolTipRole:
                return rule.fixed or rule.title
            case Qt.ItemDataRole.SizeHintRole if column == TITLE:
                return QSize(0, style.ROW)
            case int() if role == CHOICE_ROLE:
                return rule
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell that a tick was set or taken away; the page does it."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        self.switched.emit(self.rows[index.row()].code, on)
        return True


def _words(rule: RuleChoice) -> tuple[str, ...]:
    level = rule.severity.label
    if rule.severity is not rule.usual:
        level += f"（原为{rule.usual.label}）"
    if not rule.on:
        level = "不检查"
    return rule.title, level, rule.family, rule.code
