"""All forms of a year as a table: amount, problems by severity, verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt

from kpiapp.model.problem import Severity
from ui.models.amounts import amount_text
from ui.models.rows_model import RowsModel

if TYPE_CHECKING:
    from collections import Counter

    from kpiapp.services.session import Session

FORM_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Gives the id of a row's form."""
NUMBERS: Final = range(2, 8)


@dataclass(frozen=True, slots=True)
class Row:
    """One form with what its columns say."""

    form: str
    cells: tuple[str, ...]
    counts: Counter[Severity]


class OverviewModel(RowsModel):
    """One row a form, in the order of the library."""

    HEADS = ("表", "类型", "当年预算", "目标", "指标", "错误", "警告", "提示", "结论")
    rows: list[Row]

    def show(self, session: Session, year: int) -> None:
        """Fill the table with the forms of a year."""
        self.put([_row(session, head.id) for head in session.heads(year)])

    # -- what Qt asks -------------------------------------------------------------------------

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the head of a column, placed as its cells are."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return super().headerData(section, orientation, role)

    def shown(self, row: Any, column: int, role: int) -> Any:
        """Return the words of a cell, or the form's id."""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.cells[column]
            case Qt.ItemDataRole.ToolTipRole if column == 0:
                return row.cells[0]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case int() if role == FORM_ROLE:
                return row.form
        return None

    def worst(self, row: int) -> Severity | None:
        """Return the gravest severity found in a row's form."""
        counts = self.rows[row].counts
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
