"""What continues what: one row a form or an indicator, with what it continues and how surely."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor

from kpiapp.model.lineage import Way
from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from kpiapp.services.lineage import Match

Index = QModelIndex | QPersistentModelIndex
MATCH_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Gives the `Match` of a row."""
NAME, EARLIER, WAY, SURE = range(4)
NEW: Final = "没有，是新的"


class LinksModel(QAbstractTableModel):
    """Shows matches; the page changes them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._matches: list[Match] = []
        self._heads: tuple[str, ...] = ("", "", "", "")

    def show(self, matches: Sequence[Match], year: int) -> None:
        """Show the matches of a year; where they are of the same things, the rows stay."""
        same = [x.id for x in matches] == [x.id for x in self._matches]
        self._heads = (f"{year}年", f"接续{year - 1}年的", "依据", "把握")
        if same and matches:
            self._matches = list(matches)
            self.dataChanged.emit(self.index(0, 0), self.index(len(matches) - 1, SURE))
            return
        self.beginResetModel()
        self._matches = list(matches)
        self.endResetModel()

    # -- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._matches)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the head of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell, how they look, or the match."""
        if not index.isValid():
            return None
        match = self._matches[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return words(match)[index.column()]
            case Qt.ItemDataRole.ForegroundRole if index.column() != NAME:
                return _colour(match)
            case Qt.ItemDataRole.SizeHintRole if index.column() == NAME:
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
