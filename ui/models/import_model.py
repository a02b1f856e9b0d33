"""What the files of an import hold, one row a form; files that could not be read are rows too."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from kpiapp.model.lineage import Way
from kpiapp.services.checks.grouping import unit_named_on
from kpiapp.services.imports import import_lines
from kpiapp.services.imports.importing import Plan, Planned, State, with_variants
from kpiapp.services.imports.joining import told
from ui.models.rows_model import Index, RowsModel
from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.edit import Path
    from kpiapp.model.form import Form
    from kpiapp.services.files.reading_files import Failure, Incoming

NAME, UNIT, KIND, YEAR, LAYOUT, SURE, STATE, JOINS, UNREAD, FILE = range(10)
TAKEN: Final = (State.NEW, State.CHANGED)
ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Gives the `Planned`, `Incoming` (a list of projects) or `Failure` of a row."""

Row = "Planned | Incoming | Failure"


@dataclass(slots=True)
class _Line:
    row: Any
    cells: tuple[str, ...]
    checked: bool | None
    left_out: set[Path] = field(default_factory=set)


class ImportModel(RowsModel):
    """Rows one can tick; those that would change nothing cannot be ticked."""

    HEADS = (
        "名称", "单位", "类型", "年度", "表样", "把握", "与库里相比", "作为项目", "未认出", "文件",
    )  # fmt: skip
    rows: list[_Line]

    def show(self, plan: Plan, failures: Sequence[Failure]) -> None:
        """Fill the table; everything that would change the library is ticked."""
        self.put(
            [
                *(_planned(item) for item in plan.items),
                *(_list(item) for item in plan.project_lists),
                *(_failed(item) for item in failures),
            ]
        )

    def clear(self) -> None:
        """Empty the table."""
        self.show(Plan(), ())

    def chosen(self) -> Plan:
        """Return the plan of what is ticked."""
        lines = [line for line in self.rows if line.checked]
        forms = [
            import_lines.without(line.row, line.left_out)
            for line in lines
            if isinstance(line.row, Planned)
        ]
        return Plan(
            [item for item in with_variants(forms) if item.state in TAKEN],
            [line.row for line in lines if not isinstance(line.row, Planned)],
        )

    def left_out(self, row: int) -> set[Path]:
        """Return the values of a form that are not to be taken over; not to be changed."""
        return self.rows[row].left_out

    def leave_out(self, row: int, path: Path, *, out: bool) -> None:
        """Take one value of a form over, or leave it as the library has it."""
        line = self.rows[row]
        (line.left_out.add if out else line.left_out.discard)(path)
        self.dataChanged.emit(self.index(row, STATE), self.index(row, STATE))

    def join(self, row: int, project_id: str) -> None:
        """Let a new form become a year of another project, or of a new one ("")."""
        line = self.rows[row]
        if isinstance(line.row, Planned) and line.row.joining:
            line.row = replace(line.row, joining=line.row.joining.by_hand(project_id))
            cells = list(line.cells)
            cells[JOINS] = told(line.row.joining)
            line.cells = tuple(cells)
            self.dataChanged.emit(self.index(row, 0), self.index(row, FILE))

    def unticked(self) -> set[int]:
        """Return the rows that could be ticked and are not."""
        return {n for n, line in enumerate(self.rows) if line.checked is False}

    def untick(self, rows: set[int]) -> None:
        """Take the tick from some rows."""
        for row in rows:
            if self.rows[row].checked:
                self.setData(
                    self.index(row, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole
                )

    def tick(self, *, every: bool) -> None:
        """Tick every row that can be ticked, or none; of two versions of a form the first."""
        for line in self.rows:
            if line.checked is not None:
                line.checked = every and not _is_variant(line.row)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))

    # -- what Qt asks -------------------------------------------------------------------------

    def shown(self, row: Any, column: int, role: int) -> Any:
        """Return the words, the tick, or the row itself."""
        line: _Line = row
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return line.cells[column]
            case Qt.ItemDataRole.CheckStateRole if column == 0 and line.checked is not None:
                return Qt.CheckState.Checked if line.checked else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ForegroundRole if line.checked is None:
                return QColor(style.TEXT_SOFT)
            case Qt.ItemDataRole.ForegroundRole if column == JOINS and _doubtful(line.row):
                return QColor(style.WARNING)
            case int() if role == ROW_ROLE:
                return line.row
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a row."""
        if not index.isValid():
            return False
        line = self.rows[index.row()]
        if role != Qt.ItemDataRole.CheckStateRole or line.checked is None:
            return False
        line.checked = Qt.CheckState(value) is Qt.CheckState.Checked
        self.dataChanged.emit(index, index, [role])
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that rows which change something can be ticked."""
        flags = super().flags(index)
        first = index.isValid() and index.column() == 0
        if first and self.rows[index.row()].checked is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags


def _doubtful(row: object) -> bool:
    """Say whether the project that a form is to join was found by likeness only."""
    joining = row.joining if isinstance(row, Planned) else None
    return joining is not None and joining.way is Way.NEAR


def _is_variant(row: object) -> bool:
    return isinstance(row, Planned) and row.state is State.VARIANT


def _planned(item: Planned) -> _Line:
    draft, form = item.incoming.draft, item.form
    number = f"（{len(item.edits)} 处）" if item.edits else ""
    assumed = "？" if draft and draft.year_assumed else ""
    cells = (
        form.name or "未命名",
        _unit(form),
        form.kind.label,
        f"{form.year}{assumed}",
        draft.layout.name if draft else form.layout,
        f"{draft.confidence:.0%}" if draft and not draft.own else "确定",
        f"{item.state.label}{number}",
        told(item.joining) if item.joining else "",
        f"{len(draft.unread)} 格" if draft and draft.unread else "",
        item.incoming.path.name,
    )
    choosable = False if _is_variant(item) else None
    return _Line(item, cells, item.state in TAKEN or choosable)


def _list(item: Incoming) -> _Line:
    projects = item.project_list
    draft = item.list_draft
    assumed = "？" if draft and draft.year_assumed else ""
    cells = (
        projects.title if projects else "项目支出表",
        "",
        "表10",
        f"{projects.year}{assumed}" if projects else "",
        draft.layout.name if draft else projects.layout if projects else "",
        f"{draft.confidence:.0%}" if draft and not draft.own else "确定",
        State.SAME.label if item.unchanged else "放入",
        "",
        f"{len(draft.unread)} 格" if draft and draft.unread else "",
        item.path.name,
    )
    return _Line(item, cells, None if item.unchanged else True)


def _failed(item: Failure) -> _Line:
    cells = (item.error.message, "", "", "", "", "", "读不了", "", "", item.path.name)
    return _Line(item, cells, None)


def _unit(form: Form) -> str:
    """Return the unit that a form names, or the one it belongs to."""
    return unit_named_on(form) or (form.unit.name if form.unit else "")
