"""What the small tables of the window share: a list of rows under heads that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QObject

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class RowsModel(QAbstractTableModel):
    """Rows of any kind; what they say is up to `shown`.

    Attributes:
        HEADS: the heads of the columns; an instance may have others.
        rows: what is shown, from top to bottom.
    """

    HEADS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = self.HEADS
        self.rows: list[Any] = []

    def put(self, rows: Iterable[Any]) -> None:
        """Show these rows instead of those that are there."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def exchange(self, rows: Iterable[Any]) -> None:
        """Show as many rows that say something else; what is chosen stays chosen."""
        self.rows = list(rows)
        if self.rows:
            last = self.index(len(self.rows) - 1, len(self.heads) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def shown(self, row: Any, column: int, role: int) -> Any:
        """Return what a cell says or how it looks: by default nothing; `row` is one of `rows`."""
        return None

    # -- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the head of a column."""
        across = orientation == Qt.Orientation.Horizontal and section < len(self.heads)
        return self.heads[section] if across and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what `shown` does, and nothing for what is none."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        return self.shown(self.rows[index.row()], index.column(), role)
