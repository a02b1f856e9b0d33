"""The sheets of a year with a tick each: which of them are to be exported."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from kpiapp.model.form import Form
from kpiapp.model.problem import Severity
from kpiapp.services.exports import project_lists
from kpiapp.services.findings import excusing
from ui.models.rows_model import Index, RowsModel

if TYPE_CHECKING:
    from kpiapp.model.problem import Problem
    from kpiapp.services.exports.annex import Item
    from kpiapp.services.exports.project_lists import BuiltList
    from kpiapp.services.session import Session


@dataclass(slots=True)
class _Line:
    """One sheet: what it is, what is said of it, what is wrong with it, and its tick."""

    item: Item
    cells: tuple[str, str, str]
    tip: str = ""
    wrong: list[Problem] = field(default_factory=list)
    ticked: bool = True


class ExportModel(RowsModel):
    """One row a sheet, 表10 before the forms, all of them ticked at first."""

    HEADS = ("表", "类型", "结论")
    rows: list[_Line]

    def show(self, session: Session, year: int) -> None:
        """Fill the table with 表10 and the forms of a year."""
        self.put(
            [
                *map(_list_line, project_lists.lists_of(session, year)),
                *(_form_line(session, form) for form in session.forms(year)),
            ]
        )

    def chosen(self) -> list[Item]:
        """Return what is ticked, in its order."""
        return [line.item for line in self.rows if line.ticked]

    def errors(self) -> int:
        """Return how many errors the ticked forms have."""
        return len(self.wrong())

    def wrong(self) -> list[tuple[Form, Problem]]:
        """Return the errors of the ticked forms, form by form."""
        ticked = [line for line in self.rows if line.ticked]
        return [
            (line.item, x) for line in ticked if isinstance(line.item, Form) for x in line.wrong
        ]

    # -- what Qt asks -------------------------------------------------------------------------

    def shown(self, row: Any, column: int, role: int) -> Any:
        """Return the words of a cell or its tick."""
        line: _Line = row
        match role:
            case Qt.ItemDataRole.CheckStateRole if column == 0:
                return Qt.CheckState.Checked if line.ticked else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.DisplayRole:
                return line.cells[column]
            case Qt.ItemDataRole.ToolTipRole:
                return line.tip or line.cells[column]
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a form."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid() or index.column():
            return False
        self.rows[index.row()].ticked = Qt.CheckState(value) is Qt.CheckState.Checked
        self.dataChanged.emit(index, index, [role])
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that the first column can be ticked."""
        flags = super().flags(index)
        return flags if index.column() else flags | Qt.ItemFlag.ItemIsUserCheckable


def _form_line(session: Session, form: Form) -> _Line:
    cells = (form.name or "未命名", form.kind.label, session.verdict(form.id))
    return _Line(form, cells, wrong=_errors(session, form))


def _list_line(built: BuiltList) -> _Line:
    said = f"有 {len(built.missing)} 处请核对" if built.missing else "由项目表汇总"
    return _Line(built, (built.name, "表10", said), "\n".join(built.missing))


def _errors(session: Session, form: Form) -> list[Problem]:
    """Return the errors of a form that count."""
    return [x for x in excusing.counting(session, form.id) if x.severity is Severity.ERROR]
