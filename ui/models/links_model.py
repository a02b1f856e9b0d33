"""What continues what: one row a form or an indicator, with what it continues and how surely."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor

from kpiapp.model.lineage import Way
from ui.models.rows_model import RowsModel
from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from kpiapp.services.years.lineage import Match

MATCH_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Gives the `Match` of a row."""
NAME, EARLIER, WAY, SURE = range(4)
NEW: Final = "没有，是新的"


class LinksModel(RowsModel):
    """Shows matches; the page changes them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Match] = []
        self.heads = ("", "", "", "")

    def show(self, matches: Sequence[Match], year: int) -> None:
        """Show the matches of a year; where they are of the same things, the rows stay."""
        same = [x.id for x in matches] == [x.id for x in self.rows]
        self.heads = (f"{year}年", f"接续{year - 1}年的", "依据", "把握")
        if same and matches:
            self.exchange(matches)
            return
        self.put(matches)

    # -- what Qt asks -------------------------------------------------------------------------

    def shown(self, row: Any, column: int, role: int) -> Any:
        """Return the words of a cell, how they look, or the match."""
        match: Match = row
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return words(match)[column]
            case Qt.ItemDataRole.ForegroundRole if column != NAME:
                return _colour(match)
            case Qt.ItemDataRole.SizeHintRole if column == NAME:
                return QSize(0, style.ROW)
            case int() if role == MATCH_ROLE:
                return match
        return None


def words(match: Match) -> tuple[str, str, str, str]:
    """Return what the columns say of a match."""
    if not match.earlier:
        return match.name, NEW, match.way.value if match.way is Way.BY_HAND else "", ""
    return match.name, "＋".join(match.earlier_names), match.way.value, f"{match.sure:.0%}"


def _colour(match: Match) -> QColor | None:
    """Let doubtful matches be seen, and what is new stand back."""
    if not match.earlier:
        return QColor(style.TEXT_SOFT)
    return QColor(style.WARNING) if match.way is Way.NEAR else None
