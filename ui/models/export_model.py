"""The forms of a year with a tick each: which of them are to be exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from kpiapp.model.problem import Severity

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from kpiapp.model.form import Form
    from kpiapp.model.problem import Problem
    from kpiapp.services.session import Session

Index = QModelIndex | QPersistentModelIndex
HEADS: Final = ("表", "类型", "结论")


class ExportModel(QAbstractTableModel):
    """One row a form, all of them ticked at first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._forms: list[Form] = []
        self._verdicts: list[str] = []
        self._errors: list[int] = []
        self._ticked: list[bool] = []
        self._wrong: list[list[Problem]] = []

    def show(self, session: Session, year: int) -> None:
        """Fill the table with the forms of a year."""
        self.beginResetModel()
        self._forms = session.forms(year)
        self._verdicts = [session.verdict(form.id) for form in self._forms]
        self._errors = [session.counts(form.id)[Severity.ERROR] for form in self._forms]
        self._ticked = [True] * len(self._forms)
        self._wrong = [_errors(session, form) for form in self._forms]
        self.endResetModel()

    def chosen(self) -> list[Form]:
        """Return the ticked forms, in their order."""
        return [form for form, tick in zip(self._forms, self._ticked, strict=True) if tick]

    def errors(self) -> int:
        """Return how many errors the ticked forms have."""
        return sum(n for n, tick in zip(self._errors, self._ticked, strict=True) if tick)

    def wrong(self) -> list[tuple[Form, Problem]]:
        """Return the errors of the ticked forms, form by form."""
        lines = zip(self._forms, self._wrong, self._ticked, strict=True)
        return [(form, x) for form, wrong, tick in lines if tick for x in wrong]

    def worst(self, row: int) -> Severity | None:
        """Return the mark of a row."""
        return Severity.ERROR if self._errors[row] else None

    # -- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of forms."""
        return 0 if parent.isValid() else len(self._forms)

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
        """Return the words of a cell or its tick."""
        if not index.isValid():
            return None
        row = index.row()
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if self._ticked[row] else Qt.CheckState.Unchecked
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        form = self._forms[row]
        return (form.name or "未命名", form.kind.label, self._verdicts[row])[index.column()]

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a form."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column():
            return False
        self._ticked[index.row()] = Qt.CheckState(value) is Qt.CheckState.Checked
        self.dataChanged.emit(index, index, [role])
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that the first column can be ticked."""
        flags = super().flags(index)
        return flags if index.column() else flags | Qt.ItemFlag.ItemIsUserCheckable


def _errors(session: Session, form: Form) -> list[Problem]:
    """Return the errors of a form that count."""
    report = session.report(form.year)
    found = (x for x in session.problems(form.id) if x.severity is Severity.ERROR)
    return [x for x in found if report is None or report.is_active(x)]
