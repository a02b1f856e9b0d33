"""An inner table of a form as a grid of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from kpiapp.model.form import Form, Table
from kpiapp.services.forms.tables import is_part, is_total, number_columns, set_table_cell
from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpiapp.model.form import Row
    from kpiapp.services.forms.editing import Change

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
PART_ROLE = Qt.ItemDataRole.UserRole + 1
"""Whether a row is a part of the one above it."""


class TableModel(QAbstractTableModel):
    """Rows and columns of one inner table. Changes go through `do`, never to the form itself."""

    def __init__(
        self, label: str, do: Callable[[Change], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.label = label
        self.read_only = False
        self._do = do
        self._form: Form | None = None
        self._table = Table()
        self._rows: list[Row] = []
        self._numbers: set[int] = set()
        self._total_font = style.font(bold=True)
        self._total_back = QColor(style.WINDOW)

    def show(self, form: Form) -> None:
        """Show the table of a form from scratch."""
        self.beginResetModel()
        self._take(form)
        self.endResetModel()

    def refresh(self) -> None:
        """Take up changes: cells are told one by one, other rows by a new layout."""
        assert self._form is not None
        table = self._form.tables[self.label]
        if table.columns != self._table_columns or len(table.rows) != len(self._rows):
            self.show(self._form)
            return
        ids = [row.id for row in self._rows]
        if ids != [row.id for row in table.rows]:
            self._reordered(ids)
            return
        self._take(self._form)
        self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, self.columnCount() - 1))

    def _reordered(self, ids: list[str]) -> None:
        assert self._form is not None
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        self._take(self._form)
        place = {row.id: n for n, row in enumerate(self._rows)}
        new = [
            self.index(place[ids[index.row()]], index.column())
            if ids[index.row()] in place
            else QModelIndex()
            for index in old
        ]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _take(self, form: Form) -> None:
        self._form = form
        self._table = form.tables[self.label]
        self._table_columns = list(self._table.columns)
        self._rows = list(self._table.rows)
        self._numbers = set(number_columns(self._table))

    def row_id(self, row: int) -> str:
        """Return the id of a row."""
        return self._rows[row].id

    def find(self, row_id: str) -> int:
        """Return where a row stands, or -1."""
        return next((n for n, row in enumerate(self._rows) if row.id == row_id), -1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, and how: numbers to the right, totals told apart."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.cells[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.cells[column] or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = self._side(column)
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.cells[0]}，{self.head(column)}：{row.cells[column] or '空'}"
        if role == PART_ROLE:
            return is_part(row)
        if is_total(row) and role == Qt.ItemDataRole.FontRole:
            return self._total_font
        if is_total(row) and role == Qt.ItemDataRole.BackgroundRole:
            return self._total_back
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        flags = Qt.AlignmentFlag
        return flags.AlignRight if self.is_number(column) else flags.AlignLeft

    def is_number(self, column: int) -> bool:
        """Say whether a column holds numbers only."""
        return column in self._numbers

    def head(self, column: int) -> str:
        """Return the head of a column in one line."""
        return self._table.columns[column].replace("/", " ")

    def head_parts(self, column: int) -> list[str]:
        """Return the lines in which the head of a column is printed."""
        return self._table.columns[column].split("/")

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return the printed head; a head in two parts on two lines."""
        if orientation is not Qt.Orientation.Horizontal or section >= self.columnCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._table.columns[section].replace("/", "\n")
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.head(section) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = self._side(section)
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be typed into unless the library is read-only."""
        flags = super().flags(index)
        fixed = self.read_only or not index.isValid()
        return flags if fixed else flags | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a cell as one step."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or self._form is None:
            return False
        row_id = self._rows[index.row()].id
        change = set_table_cell(self._form, self.label, row_id, index.column(), str(value))
        return not change or self._do(change)
