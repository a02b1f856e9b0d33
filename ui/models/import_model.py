"""What the files of an import hold, one row a form; files that could not be read are rows too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from kpiapp.services.importing import Plan, Planned, State
from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from kpiapp.services.importing import Failure, Incoming

Index = QModelIndex | QPersistentModelIndex
HEADS: Final = ("名称", "类型", "年度", "格式", "与库里相比", "未认出", "文件")
NAME, KIND, YEAR, LAYOUT, STATE, UNREAD, FILE = range(7)
TAKEN: Final = (State.NEW, State.CHANGED)
ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Gives the `Planned`, `Incoming` (a list of projects) or `Failure` of a row."""

Row = "Planned | Incoming | Failure"


@dataclass(slots=True)
class _Line:
    row: Any
    cells: tuple[str, ...]
    checked: bool | None


class ImportModel(QAbstractTableModel):
    """Rows one can tick; those that would change nothing cannot be ticked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[_Line] = []

    def show(self, plan: Plan, failures: Sequence[Failure]) -> None:
        """Fill the table; everything that would change the library is ticked."""
        self.beginResetModel()
        self._lines = [
            *(_planned(item) for item in plan.items),
            *(_list(item) for item in plan.project_lists),
            *(_failed(item) for item in failures),
        ]
        self.endResetModel()

    def clear(self) -> None:
        """Empty the table."""
        self.show(Plan(), ())

    def chosen(self) -> Plan:
        """Return the plan of what is ticked."""
        rows = [line.row for line in self._lines if line.checked]
        return Plan(
            [row for row in rows if isinstance(row, Planned)],
            [row for row in rows if not isinstance(row, Planned)],
        )

    def tick(self, *, every: bool) -> None:
        """Tick every row that can be ticked, or none."""
        for line in self._lines:
            if line.checked is not None:
                line.checked = every
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, 0))

    # -- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the head of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words, the tick, or the row itself."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return line.cells[index.column()]
            case Qt.ItemDataRole.CheckStateRole if index.column() == 0 and line.checked is not None:
                return Qt.CheckState.Checked if line.checked else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ForegroundRole if line.checked is None:
                return QColor(style.TEXT_SOFT)
            case int() if role == ROW_ROLE:
                return line.row
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a row."""
        line = self._lines[index.row()]
        if role != Qt.ItemDataRole.CheckStateRole or line.checked is None:
            return False
        line.checked = Qt.CheckState(value) is Qt.CheckState.Checked
        self.dataChanged.emit(index, index, [role])
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that rows which change something can be ticked."""
        flags = super().flags(index)
        first = index.isValid() and index.column() == 0
        if first and self._lines[index.row()].checked is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags


def _planned(item: Planned) -> _Line:
    draft, form = item.incoming.draft, item.form
    number = f"（{len(item.edits)} 处）" if item.edits else ""
    assumed = "（待确认）" if draft and draft.year_assumed else ""
    cells = (
        form.name or "未命名",
        form.kind.label,
        f"{form.year}{assumed}",
        draft.layout.name if draft else form.layout,
        f"{item.state.label}{number}",
        f"{len(draft.unread)} 格" if draft and draft.unread else "",
        item.incoming.path.name,
    )
    return _Line(item, cells, item.state in TAKEN or None)


def _list(item: Incoming) -> _Line:
    projects = item.project_list
    year = str(projects.year) if projects else ""
    cells = ("项目支出表", "表10", year, "", "放入", "", item.path.name)
    return _Line(item, cells, checked=True)


def _failed(item: Failure) -> _Line:
    cells = (item.error.message, "", "", "", "读不了", "", item.path.name)
    return _Line(item, cells, None)
