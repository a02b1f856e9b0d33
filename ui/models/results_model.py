"""Targets and what came of them as a grid: headings of goals and groups, a row an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from kpiapp.model.form import groups
from kpiapp.model.shortening import one_line
from kpiapp.services.stages.evaluation_form import indicators_to_score
from ui.models.table_model import PART_ROLE
from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kpiapp.model.form import Form, Goal, Group, Indicator

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
WORDS_ROLE = Qt.ItemDataRole.UserRole + 2
"""The words that a cell offers."""

_HEADING: tuple[int, ...] = (Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.FontRole)
_LONGEST_GOAL = 40
"""Characters of a goal that its heading shows."""
LOOKS = {"bad": style.ERROR, "soft": style.TEXT_SOFT, "warn": style.WARNING, "good": style.GOOD}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows.

    Attributes:
        text: what is drawn.
        look: a key of `LOOKS`, or "".
        tip: what it says when pointed at.
        typed: what is there to be edited, where that is another text.
    """

    text: str
    look: str = ""
    tip: str = ""
    typed: str | None = None


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """One column.

    Attributes:
        head: what stands above it.
        show: the cell of an indicator.
        write: writes what was typed; None where it cannot be typed into.
        label: what it is called in the form, where several cells may be written at once.
        words: offered while typing.
        number: its texts stand at the right.
        head_of_goal: the cell of a goal's heading, and `write_goal` what is typed there.
        head_of_group: the cell of a group's heading.
    """

    head: str
    show: Callable[[Indicator], Cell]
    write: Callable[[Indicator, str], bool] | None = None
    label: str = ""
    words: Sequence[str] = ()
    number: bool = False
    head_of_goal: Callable[[Goal], Cell] | None = None
    write_goal: Callable[[Goal, str], bool] | None = None
    head_of_group: Callable[[Group], str] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid: an indicator, or the heading of a goal or of a group."""

    indicator: Indicator | None = None
    goal: Goal | None = None
    group: Group | None = None


class ResultsModel(QAbstractTableModel):
    """The grid of a form of a later stage; it reads like an inner table to `TableView`."""

    def __init__(
        self, label: str, columns: Sequence[ResultColumn], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.label = label
        self.columns = list(columns)
        self.read_only = False
        self.lines: list[Line] = []
        self._heading = dict(zip(_HEADING, (QColor(style.WINDOW), style.font(bold=True)),
                                 strict=True))  # fmt: skip

    def show_form(self, form: Form) -> None:
        """Show a form; the same lines are only drawn again."""
        lines = list(_lines(form))
        if [_key(x) for x in lines] == [_key(x) for x in self.lines]:
            self.lines = lines
            last = self.index(len(lines) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def indicator_at(self, row: int) -> Indicator | None:
        """Return the indicator of a line, or None for a heading."""
        return self.lines[row].indicator if 0 <= row < len(self.lines) else None

    def find(self, indicator_id: str) -> int:
        """Return the line of an indicator, or -1."""
        return next(
            (n for n, x in enumerate(self.lines) if x.indicator and x.indicator.id == indicator_id),
            -1,
        )

    # -- what TableView asks --------------------------------------------------------------------

    def head(self, column: int) -> str:
        """Return the head of a column."""
        return self.columns[column].head

    def head_parts(self, column: int) -> list[str]:
        """Return the lines of a head."""
        return [self.columns[column].head]

    def is_number(self, column: int) -> bool:
        """Say whether a column holds numbers."""
        return self.columns[column].number

    # -- what Qt asks ---------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return the head of a column, placed as its cells are."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].head
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, and how."""
        if not index.isValid():
            return None
        cell = self.cell(index.row(), index.column())
        line = self.lines[index.row()]
        if line.indicator is None and role in _HEADING:
            return self._heading[role]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.EditRole:
                return cell.text if cell.typed is None else cell.typed
            case Qt.ItemDataRole.ToolTipRole:
                return cell.tip or cell.text or None
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(LOOKS[cell.look]) if cell.look else None
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._side(index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._name(line)}，{self.head(index.column())}：{cell.text or '空'}"
            case int() if role == WORDS_ROLE:
                return self.columns[index.column()].words
        return False if role == PART_ROLE else None

    def cell(self, row: int, column: int) -> Cell:
        """Return what a cell shows."""
        line, kind = self.lines[row], self.columns[column]
        if line.indicator:
            return kind.show(line.indicator)
        if line.goal:
            if kind.head_of_goal:
                return kind.head_of_goal(line.goal)
            return Cell(_goal_text(line.goal) if column == 0 else "")
        assert line.group
        if kind.head_of_group:
            return Cell(kind.head_of_group(line.group))
        return Cell(_group_text(line.group) if column == 0 else "")

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = (
            Qt.AlignmentFlag.AlignRight
            if self.columns[column].number
            else Qt.AlignmentFlag.AlignLeft
        )
        return side | Qt.AlignmentFlag.AlignVCenter

    def _name(self, line: Line) -> str:
        if line.indicator:
            return line.indicator.level3
        return _goal_text(line.goal) if line.goal else _group_text(line.group)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say which cells can be typed into."""
        flags = super().flags(index)
        if not index.isValid():
            return flags
        line, kind = self.lines[index.row()], self.columns[index.column()]
        typed = kind.write if line.indicator else kind.write_goal if line.goal else None
        if typed and not self.read_only:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a cell as one step."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        line, kind = self.lines[index.row()], self.columns[index.column()]
        if line.indicator and kind.write:
            return kind.write(line.indicator, str(value))
        if line.goal and kind.write_goal:
            return kind.write_goal(line.goal, str(value))
        return False


def _lines(form: Form) -> Iterator[Line]:
    """Yield the lines of a form: a goal's heading only where there are several."""
    rows = indicators_to_score(form)
    numbers = list(dict.fromkeys(row.goal for row in rows))
    for number in numbers:
        goal = next((x for x in form.goals if x.number == number), None)
        if len(numbers) > 1 and goal:
            yield Line(goal=goal)
        for group in groups(row for row in rows if row.goal == number):
            yield Line(group=group)
            yield from (Line(indicator=row) for row in group.indicators)


def _key(line: Line) -> tuple[str, ...]:
    if line.indicator:
        return ("row", line.indicator.id)
    if line.goal:
        return ("goal", line.goal.id)
    return ("group", *(row.id for row in line.group.indicators)) if line.group else ()


def _goal_text(goal: Goal) -> str:
    return f"目标{goal.number}  {one_line(goal.text, _LONGEST_GOAL)}"


def _group_text(group: Group | None) -> str:
    return " · ".join(x for x in (group.level1, group.level2) if x) if group else ""
