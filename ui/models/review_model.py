"""What a check of many units found, as a table to be sorted and filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor

from kpiapp.model.problem import Severity
from kpiapp.services.checks.report_rows import rank
from ui.models.rows_model import Index, RowsModel
from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtCore import QObject

    from kpiapp.services.checks.report_rows import ReportRow

ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Gives the `ReportRow` of a row."""
SORT_ROLE: Final = Qt.ItemDataRole.UserRole + 2
LEVEL, UNIT, YEAR, FORM, PLACE, MESSAGE, RULE, FILE = range(8)


class ReviewModel(RowsModel):
    """One row a finding, or a file that could not be read."""

    HEADS = ("级别", "单位", "年度", "表", "位置", "问题", "规则", "文件")
    rows: list[ReportRow]

    def show(self, rows: Sequence[ReportRow]) -> None:
        """Show these rows."""
        self.put(rows)

    # -- what Qt asks -------------------------------------------------------------------------

    def shown(self, row: Any, column: int, role: int) -> Any:
        """Return the words of a cell, what it is sorted by, or the row."""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return words(row)[column]
            case Qt.ItemDataRole.ToolTipRole:
                return tip(row)
            case Qt.ItemDataRole.ForegroundRole if row.quiet is not None:
                return QColor(style.TEXT_FAINT)
            case int() if role == SORT_ROLE:
                return _sorted_by(row, column)
            case int() if role == ROW_ROLE:
                return row
        return None


def _sorted_by(row: ReportRow, column: int) -> int | str:
    return rank(row.severity) if column == LEVEL else words(row)[column]


def words(row: ReportRow) -> tuple[str, ...]:
    """Return what the columns say of a row."""
    message = row.message + (f"（不算问题：{row.quiet}）" if row.quiet is not None else "")
    return (
        row.level, row.unit or "—", str(row.year or ""), row.form, row.place, message, row.rule,
        row.path.name if row.path else "",
    )  # fmt: skip


def tip(row: ReportRow) -> str:
    """Return the whole of a row: what is wrong, where, what to do, in which file."""
    parts = (f"{row.level}：{row.message}", row.place, row.mend and f"怎么改：{row.mend}")
    return "\n".join([*(part for part in parts if part), str(row.path or "")])


class ReviewFilter(QSortFilterProxyModel):
    """Shows the rows of some severities, of one unit, of one rule, with a text somewhere."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSortRole(SORT_ROLE)
        self._severities: frozenset[Severity | None] = frozenset((None, *Severity))
        self._unit = self._code = self._text = ""

    def choose(
        self, severities: Collection[Severity | None], unit: str, code: str, text: str
    ) -> None:
        """Show only these; an empty text is any."""
        self._severities = frozenset(severities)
        self._unit, self._code, self._text = unit, code, text.casefold()
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Say whether a row is shown."""
        model = self.sourceModel()
        assert isinstance(model, ReviewModel)
        row = model.rows[source_row]
        return (
            row.severity in self._severities
            and self._unit in ("", row.unit)
            and self._code in ("", row.code)
            and (not self._text or any(self._text in x.casefold() for x in (*words(row), row.code)))
        )
