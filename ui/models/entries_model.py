"""A table of a form of 自评 or 监控 (its money, its goals), of which some columns are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.models.table_model import Index, TableModel

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from kpiapp.model.form import Form


class EntriesModel(TableModel):
    """A table of which some columns are typed; the others are given or follow from them."""

    def __init__(
        self, label: str, write: Callable[[int, int, str], bool], fixed: Collection[int]
    ) -> None:
        super().__init__(label, lambda _change: False)
        self._write, self._fixed = write, frozenset(fixed)

    def show(self, form: Form) -> None:
        """Show the table of a form; the same rows are only drawn again, under the cursor."""
        table = form.tables[self.label]
        ids = [row.id for row in table.rows]
        if self._form is None or (self._table_columns, [x.id for x in self._rows]) != (
            table.columns, ids
        ):  # fmt: skip
            super().show(form)
            return
        self._take(form)
        self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, self.columnCount() - 1))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only the columns that are not fixed be typed."""
        flags = super().flags(index)
        fixed = index.column() in self._fixed
        return flags & ~Qt.ItemFlag.ItemIsEditable if fixed else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a cell as one step, with what follows from it."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        return self._write(index.row(), index.column(), str(value))
