"""The problems of some forms as lines; findings with one cause are one line, opened to its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from kpiapp.model.problem import RANK
from kpiapp.services.checks.check_reports import place_text
from kpiapp.services.session import CHECKING
from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QObject

    from kpiapp.model.form import Form, Indicator
    from kpiapp.model.problem import Problem

Index = QModelIndex | QPersistentModelIndex
PROBLEM_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Gives the `Problem` of a row; of a folded line, the first one."""
LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""Gives the `Line` of a row, or None for a row inside one."""
REASON_ROLE: Final = Qt.ItemDataRole.UserRole + 3
"""Gives the reason why a row's problem is excused, or None where it counts."""

MESSAGE, PLACE, FORM, ACTIONS = range(4)
HEADS: Final = ("问题", "位置", "表", "")
LOOKS: Final = {"可以报送": "good", CHECKING: "soft"}


def look_of(verdict: str) -> str:
    """Return the style class in which a verdict is written."""
    return LOOKS.get(verdict, "bad")


@dataclass(frozen=True, slots=True)
class Found:
    """A problem with its form, and the reason why it is excused (None where it counts)."""

    problem: Problem
    form: Form = field(compare=False)
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: problems of one rule, one form and one cause."""

    found: tuple[Found, ...]

    @property
    def first(self) -> Found:
        """The problem that the line speaks of."""
        return self.found[0]


def lines(problems: Iterable[Found]) -> list[Line]:
    """Return problems as lines, gravest first and excused ones last, else in the order given."""
    rows: dict[str, dict[str, Indicator]] = {}
    by_cause: dict[tuple[object, ...], list[Found]] = {}
    for found in problems:
        form = found.form
        if form.id not in rows:
            rows[form.id] = {row.id: row for row in form.indicators}
        row = rows[form.id].get(found.problem.place.indicator or "")
        by_cause.setdefault(_cause(found, row), []).append(found)
    result = [Line(tuple(found)) for found in by_cause.values()]
    result.sort(key=lambda x: (x.first.reason is not None, RANK[x.first.problem.severity]))
    return result


def _cause(found: Found, row: Indicator | None) -> tuple[object, ...]:
    """Return what problems must share to be one line.

    A group's heading is printed once over several rows, and one indicator stands in both
    horizons: each is one mistake, made once.
    """
    problem, place = found.problem, found.problem.place
    kind = (found.reason, problem.severity, problem.code)
    if row is None:
        return (*kind, place, problem.message)
    if place.cell == "group":
        return (*kind, place.form, row.horizon, row.goal, row.level2)
    return (*kind, place.form, row.goal, row.level3, place.cell)


class ProblemsModel(QAbstractItemModel):
    """Two levels: lines, and below a folded line its single problems."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._names: list[object] = []
        self._keys: list[int] = []  # a lasting number of each line, by which Qt knows its rows
        self._row_of: dict[int, int] = {}
        self._next_key = 1

    def show(self, shown: Sequence[Line]) -> None:
        """Show these lines; the view is told only of those that came, went or say otherwise."""
        above, below = _same_ends(self._lines, shown)
        old, new = len(self._lines) - below, len(shown) - below
        names, self._names = self._names, _names(shown)
        if _folds(self._lines[above:old]) == _folds(shown[above:new]):
            changed = [row for row in range(above, new) if self._lines[row] != shown[row]]
            self._lines[above:new] = shown[above:new]
            for first, end in _runs(changed):
                self._draw(first, end)
        else:
            self._remove(above, old)
            self._insert(above, shown[above:new])
        if names != self._names:
            self._draw(0, len(shown))

    def _remove(self, first: int, end: int) -> None:
        if first < end:
            self.beginRemoveRows(QModelIndex(), first, end - 1)
            del self._lines[first:end], self._keys[first:end]
            self._count_rows()
            self.endRemoveRows()

    def _insert(self, first: int, new: Sequence[Line]) -> None:
        if not new:
            return
        self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
        self._lines[first:first] = new
        self._keys[first:first] = range(self._next_key, self._next_key + len(new))
        self._next_key += len(new)
        self._count_rows()
        self.endInsertRows()

    def _count_rows(self) -> None:
        self._row_of = {key: row for row, key in enumerate(self._keys)}

    def _draw(self, first: int, end: int) -> None:
        """Draw some lines again, and the rows inside them: one message to the view a level."""
        if first < end:
            self.dataChanged.emit(self.index(first, MESSAGE), self.index(end - 1, ACTIONS))
        for row in range(first, end):
            here = self.index(row, MESSAGE)
            if inner := self.rowCount(here):
                last = self.index(inner - 1, ACTIONS, here)
                self.dataChanged.emit(self.index(0, MESSAGE, here), last)

    def index_like(self, problem: Problem) -> QModelIndex:
        """Return the line that speaks of the same rule and place, or an invalid index."""
        for row, line in enumerate(self._lines):
            for found in line.found:
                if (found.problem.code, found.problem.place) == (problem.code, problem.place):
                    return self.index(row, MESSAGE)
        return QModelIndex()

    # -- what Qt asks -------------------------------------------------------------------------
    # The internal id is 0 for a line, else the key of the line around.

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Return the index of a line or of a row inside one."""
        if not (0 <= row < self.rowCount(parent) and 0 <= column < len(HEADS)):
            return QModelIndex()  # asked for here, not by hasIndex, which would ask back twice
        return self.createIndex(row, column, self._keys[parent.row()] if parent.isValid() else 0)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """Return the line that a row stands in."""
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(self._row_of[int(index.internalId())], 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of lines, or of the rows of a folded line."""
        if not parent.isValid():
            return len(self._lines)
        if parent.internalId() or parent.column():
            return 0
        count = len(self._lines[parent.row()].found)
        return count if count > 1 else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the head of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell, or what the roles of this module name."""
        if not index.isValid():
            return None
        inner = int(index.internalId())
        line = self._lines[self._row_of[inner] if inner else index.row()]
        entry = line.found[index.row()] if inner else line.first
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _words(entry, None if inner else line, index.column())
            case Qt.ItemDataRole.ToolTipRole if index.column() != ACTIONS:
                return f"{entry.problem.severity.label}：{entry.problem.message}\n{_place(entry)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{entry.problem.severity.label}：{entry.problem.message}，{_place(entry)}"
            case Qt.ItemDataRole.ForegroundRole if entry.reason is not None:
                return QColor(style.TEXT_FAINT)
            case int() if role == REASON_ROLE:
                return entry.reason
            case int() if role == PROBLEM_ROLE:
                return entry.problem
            case int() if role == LINE_ROLE:
                return None if inner else line
        return None


def _same_ends(old: Sequence[Line], new: Sequence[Line]) -> tuple[int, int]:
    """Return how many lines are the same from the top, and from the bottom of the rest."""
    most = min(len(old), len(new))
    above = next((i for i in range(most) if old[i] != new[i]), most)
    most -= above
    below = next((i for i in range(most) if old[-1 - i] != new[-1 - i]), most)
    return above, below


def _folds(lines: Sequence[Line]) -> list[int]:
    """Return how many problems each line holds: the shape of the list."""
    return [len(line.found) for line in lines]


def _runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Return ascending rows as runs of neighbours: the first row and the one behind the last."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row:
            runs[-1] = (runs[-1][0], row + 1)
        else:
            runs.append((row, row + 1))
    return runs


def _names(shown: Sequence[Line]) -> list[object]:
    """Return by what the places of problems are called: names of forms, rows and their groups."""
    forms = {found.form.id: found.form for line in shown for found in line.found}
    return [
        (form.name, [(x.id, x.goal, x.level1, x.level2, x.level3) for x in form.indicators])
        for form in forms.values()
    ]


def _place(entry: Found) -> str:
    return place_text(entry.problem.place, entry.form)


def _words(entry: Found, line: Line | None, column: int) -> str:
    folded = len(line.found) if line else 1
    match column:
        case 0:
            many = f"（共 {folded} 处）" if folded > 1 else ""
            excuse = f"（不算问题：{entry.reason}）" if entry.reason is not None else ""
            return entry.problem.message + many + excuse
        case 1:
            return _place(entry)
        case 2:
            return entry.form.name
        case _:
            return entry.problem.fix.label if entry.problem.fix else ""
