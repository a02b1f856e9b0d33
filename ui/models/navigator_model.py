"""The list of forms of one year: the department form, a heading, the project forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from kpiapp.model.form import Kind
from kpiapp.model.problem import Severity
from ui.models.amounts import amount_text

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable

    from PySide6.QtCore import QObject

    from kpiapp.model.form import Form
    from kpiapp.services.session import Session


Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Gives the `Entry` of a row."""


class NamedForm(Protocol):
    """What is known of a form before it is loaded."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def kind(self) -> Kind:
        """A department's or a project's."""

    @property
    def name(self) -> str:
        """What a person calls it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: a form, or a heading where `form` is None.

    Attributes:
        form: id of the form.
        name: what stands in the list.
        amount: the form's amount, in words.
        worst: severity of its worst problem.
        count: its errors; where there are none, its warnings.
        summary: all counts in words.
        inner: stands below a heading.
    """

    form: str | None
    name: str
    amount: str = ""
    worst: Severity | None = None
    count: int = 0
    summary: str = ""
    inner: bool = False


def counts_in_words(counts: Counter[Severity]) -> str:
    """Return the counts by severity as 错误 1 · 警告 3, or 没有问题."""
    parts = [f"{severity.label} {counts[severity]}" for severity in Severity if counts[severity]]
    return " · ".join(parts) or "没有问题"


def worst_of(counts: Counter[Severity]) -> Severity | None:
    """Return the gravest severity that occurs, or None."""
    return next((severity for severity in Severity if counts[severity]), None)


class NavigatorModel(QAbstractListModel):
    """Rows of `Entry`, in the order of the library: department first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show(self, session: Session, year: int) -> None:
        """Fill the list with the forms of a year."""
        self.beginResetModel()
        self._entries = list(_entries(session, year))
        self.endResetModel()

    def show_names(self, forms: Iterable[NamedForm]) -> None:
        """Fill the list with names alone, which costs no loading and no checking."""
        self.beginResetModel()
        self._entries = [Entry(form.id, _name(form.kind, form.name)) for form in forms]
        self.endResetModel()

    def clear(self) -> None:
        """Empty the list."""
        self.beginResetModel()
        self._entries = []
        self.endResetModel()

    def refresh(self, session: Session) -> None:
        """Take the present names, amounts and counts; tell the view of the rows that changed."""
        for row, entry in enumerate(self._entries):
            if entry.form is None:
                continue
            fresh = _entry(session, entry.form, inner=entry.inner)
            if fresh != entry:
                self._entries[row] = fresh
                self.dataChanged.emit(self.index(row), self.index(row))

    def index_of(self, form_id: str) -> QModelIndex:
        """Return the row of a form, or an invalid index."""
        for row, entry in enumerate(self._entries):
            if entry.form == form_id:
                return self.index(row)
        return QModelIndex()

    def forms(self) -> list[str]:
        """Return the ids of the listed forms, from top to bottom."""
        return [entry.form for entry in self._entries if entry.form]

    # -- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, the tooltip, the words for a screen reader, or the entry itself."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.name
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole if entry.form:
                return "\n".join(x for x in (entry.name, entry.amount, entry.summary) if x)
            case int() if role == ENTRY_ROLE:
                return entry
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that forms can be chosen and headings cannot."""
        if not index.isValid() or self._entries[index.row()].form is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


def _entries(session: Session, year: int) -> Iterable[Entry]:
    """Yield the department's forms, then the projects under a heading, unit by unit."""
    units: dict[str, list[Form]] = {}
    for form in session.forms(year):
        units.setdefault(form.unit.id if form.unit else form.layout, []).append(form)
    for forms in units.values():
        departments = [form for form in forms if form.kind is Kind.DEPARTMENT]
        projects = [form for form in forms if form.kind is Kind.PROJECT]
        if len(units) > 1:
            yield Entry(None, _unit_name(departments or projects))
        yield from (_entry(session, form.id, inner=False) for form in departments)
        if projects:
            yield Entry(None, f"项目（{len(projects)}）")
        yield from (_entry(session, form.id, inner=True) for form in projects)


def _unit_name(forms: list[Form]) -> str:
    from kpiapp.services.checks.grouping import unit_named_on  # not needed before the first window

    unit, form = forms[0].unit, forms[0]
    names = {form.name} if form.kind is Kind.DEPARTMENT else {unit_named_on(x) for x in forms}
    name = names.pop() if len(names) == 1 else ""  # projects of several units may stand together
    return (unit.name if unit else "") or name or "未注明单位"


def _name(kind: Kind, name: str) -> str:
    return "部门整体" if kind is Kind.DEPARTMENT else name or "未命名的项目"


def _entry(session: Session, form_id: str, *, inner: bool) -> Entry:
    form, counts = session.form(form_id), session.counts(form_id)
    return Entry(
        form_id,
        _name(form.kind, form.name),
        amount_text(form),
        worst_of(counts),
        counts[Severity.ERROR] or counts[Severity.WARNING],
        counts_in_words(counts),
        inner,
    )
