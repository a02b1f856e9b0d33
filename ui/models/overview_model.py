"""All forms of a year as a table: amount, problems by severity, verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from kpiapp.model.problem import Severity
from ui.models.amounts import amount_text

if TYPE_CHECKING:
    from collections import Counter

    from PySide6.QtCore import QObject

    from kpiapp.services.session import Session

Index = QModelIndex | QPersistentModelIndex
FORM_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Gives the id of a row's form."""
HEADS: Final = ("表", "类型", "当年预算", "目标", "指标", "错误", "警告", "提示", "结论")
NUMBERS: Final = range(2, 8)


@dataclass(frozen=True, slots=True)
class Row:
    """One form with what its columns say."""

    form: str
    cells: tuple[str, ...]
    counts: Counter[Severity]


class OverviewModel(QAbstractTableModel):
    """One row a form, in the order of the library."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show(self, session: Session, year: int) -> None:
        """Fill the table with the forms of a year."""
        self.beginResetModel()
        self._rows = [_row(session, head.id) for head in session.heads(year)]
        self.endResetModel()

    # -- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of forms."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the head of a column, placed as its cells are."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell, or the form's id."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.cells[index.column()]
            case Qt.ItemDataRole.ToolTipRole if index.column() == 0:
                return row.cells[0]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(index.column())
            case int() if role == FORM_ROLE:
                return row.form
        return None

    def worst(self, row: int) -> Severity | None:
        """Return the gravest severity found in a row's form."""
        counts = self._rows[row].counts
        return next((severity for severity in Severity if counts[severity]), None)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _row(session: Session, form_id: str) -> Row:
    form, counts = session.form(form_id), session.counts(form_id)
    cells = (
        form.name or "未命名",
        form.kind.label,
        amount_text(form) or "—",
        str(len({goal.number for goal in form.goals})),
        str(len(form.indicators)),
        *(str(counts[severity]) for severity in Severity),
        session.verdict(form_id),
    )
    return Row(form_id, cells, counts)
