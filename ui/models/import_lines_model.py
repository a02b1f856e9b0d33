"""The values of one incoming form against the library; changed ones can be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor

from kpiapp.services.imports.import_lines import Line, Standing
from ui.models.rows_model import Index, RowsModel
from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtCore import QObject

    from kpiapp.model.edit import Path

LABEL, VALUE, BEFORE, CELL, STANDING = range(5)
COLOURS: Final = {
    Standing.NEW: style.GOOD,
    Standing.CHANGED: style.WARNING,
    Standing.GONE: style.ERROR,
    Standing.SAME: style.TEXT_SOFT,
}
NAME_LABEL: Final = "三级指标"


class ImportLinesModel(RowsModel):
    """Rows of values, with a heading row above those that belong together.

    Signals:
        left_out: the path of a value, and whether it is to be left out.
    """

    HEADS = ("栏目", "读到的内容", "库里的内容", "单元格", "比较")

    left_out = Signal(object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Line | str] = []
        self._cells: list[str] = []
        self._out: Collection[Path] = ()

    def show(
        self, lines: Sequence[Line], left_out: Collection[Path], *, only_different: bool = False
    ) -> None:
        """Fill the table; `left_out` is kept by whoever hears `left_out`, and read here."""
        self.beginResetModel()
        self.rows, self._cells, self._out = [], [], left_out
        group = None
        for line in lines:
            if only_different and line.standing is Standing.SAME:
                continue
            if line.group != group:
                group = line.group
                self._put(line.group, "")
            if line.label == NAME_LABEL and line.standing is not Standing.CHANGED:
                self._cells[-1] = line.cell  # the heading is the indicator's name
            else:
                self._put(line, line.cell)
        self.endResetModel()

    def _put(self, row: Line | str, cell: str) -> None:
        self.rows.append(row)
        self._cells.append(cell)

    def headings(self) -> list[int]:
        """Return the rows that are headings."""
        return [n for n, row in enumerate(self.rows) if isinstance(row, str)]

    def cell(self, row: int) -> str:
        """Return where a row was read (`B3`), or ""."""
        return self._cells[row] if 0 <= row < len(self._cells) else ""

    def row_of(self, cell: str) -> int:
        """Return the row that was read from a cell, or -1."""
        return self._cells.index(cell) if cell and cell in self._cells else -1

    # -- what Qt asks -------------------------------------------------------------------------

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words, the tick and the colour of a cell."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if isinstance(row, str):
            return _heading(row, column, self._cells[index.row()], role)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _texts(row)[column].replace("\n", " ")
            case Qt.ItemDataRole.ToolTipRole:
                return _texts(row)[column] or None
            case Qt.ItemDataRole.ForegroundRole if column == STANDING:
                return QColor(COLOURS[row.standing])
            case Qt.ItemDataRole.ForegroundRole if column in {BEFORE, CELL}:
                return QColor(style.TEXT_SOFT)
            case Qt.ItemDataRole.CheckStateRole if column == LABEL and row.path is not None:
                out = row.path in self._out
                return Qt.CheckState.Unchecked if out else Qt.CheckState.Checked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Leave a changed value out, or take it over after all."""
        if not index.isValid():
            return False
        row = self.rows[index.row()]
        if role != Qt.ItemDataRole.CheckStateRole or isinstance(row, str) or row.path is None:
            return False
        self.left_out.emit(row.path, Qt.CheckState(value) is not Qt.CheckState.Checked)
        self.dataChanged.emit(index, index, [role])
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that changed values can be ticked."""
        flags = super().flags(index)
        row = self.rows[index.row()] if index.isValid() else ""
        ticks = isinstance(row, Line) and row.path is not None and index.column() == LABEL
        return flags | Qt.ItemFlag.ItemIsUserCheckable if ticks else flags


def _texts(line: Line) -> tuple[str, ...]:
    return line.label, line.value, line.before, line.cell, line.standing.value


def _heading(text: str, column: int, cell: str, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
            return text if column == LABEL else None
        case Qt.ItemDataRole.FontRole:
            return style.font(bold=True)
        case Qt.ItemDataRole.BackgroundRole:
            return QColor(style.WINDOW)
        case Qt.ItemDataRole.StatusTipRole:
            return cell
    return None
