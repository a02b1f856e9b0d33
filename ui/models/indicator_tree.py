"""Goals, groups and indicators of a form as a tree; long-term and annual stand in one row."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from kpiapp.model.form import Form, Horizon, Kind
from kpiapp.model.names import normalise
from kpiapp.services.editing import SHARED, Change, cell_text, set_cell, set_sides, sides
from kpiapp.services.lines import GoalLines, Line, goal_lines
from kpiapp.services.rearranging import rename_group
from kpiapp.services.shape import Shape, shape_of
from ui.models.indicator_columns import PROBLEMS, columns_of, goal_title, line_text
from ui.models.nodes import ROOT, Key, NodeKind, Nodes, Wanted, wanted_tree
from ui.models.problem_marks import Marks
from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kpiapp.model.form import Indicator
    from kpiapp.model.problem import Problem

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
EMPTY_HEADING = {NodeKind.LEVEL1: "（未填一级指标）", NodeKind.LEVEL2: "（未填二级指标）"}


class Role(IntEnum):
    """What the delegate asks besides Qt's own roles."""

    KIND = Qt.ItemDataRole.UserRole + 1
    SEVERITY = Qt.ItemDataRole.UserRole + 2
    ROLLED_UP = Qt.ItemDataRole.UserRole + 3
    MISSING = Qt.ItemDataRole.UserRole + 4
    SIDES = Qt.ItemDataRole.UserRole + 5
    CELL = Qt.ItemDataRole.UserRole + 6


class IndicatorTree(QAbstractItemModel):
    """Goal -> 一级 -> 二级 -> line. Never changes the form itself: `do` is asked to.

    Args:
        do: performs a change as one step; says whether it was done.
    """

    def __init__(
        self, do: Callable[[Change], bool] = lambda _: False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._do = do
        self.nodes = Nodes()
        self.form = Form("", Kind.PROJECT, 0)
        self.shape = Shape((), {})
        self.columns = columns_of(self.shape, 0)
        self.read_only = False
        self.filter = ""
        self.marks = Marks(())
        self._goals: list[GoalLines] = []
        self._line_of: dict[str, int] = {}
        self._cell_at: list[str] = []

    # -- what is shown --------------------------------------------------------------------------

    def show(self, form: Form) -> None:
        """Show a form from scratch."""
        self.beginResetModel()
        self.form = form
        self.filter = ""
        self._read()
        self.shape = shape_of(form)
        self.columns = columns_of(self.shape, form.year)
        self._cell_at = [column.cell for column in self.columns]
        self._rebuild()
        self.endResetModel()

    def show_rows(self, indicators: Sequence[Indicator], year: int = 2026) -> None:
        """Show any list of indicators, as a form of its own."""
        self.show(Form("", Kind.PROJECT, year, indicators=list(indicators)))

    def set_filter(self, text: str) -> None:
        """Show only indicators whose name or group holds a text; all again if it is empty."""
        self.beginResetModel()
        self.filter = text.strip()
        self._rebuild()
        self.endResetModel()

    def refresh(self) -> None:
        """Take up changes of the form that touch names, groups, numbers or the order of rows.

        Only nodes that came, went or moved are told to views: what is expanded, selected and
        current stays.
        """
        self._read()
        if shape_of(self.form) != self.shape:
            self.show(self.form)
            return
        self._sync(ROOT, self._wanted())
        self._note_lines()

    def refresh_rows(self, row_ids: Iterable[str]) -> None:
        """Take up changes of values of some indicators."""
        last = len(self.columns) - 1
        for node in {self._line_of[x] for x in row_ids if x in self._line_of}:
            for column in range(last):
                index = self.createIndex(self.nodes.row[node], column, node)
                self.dataChanged.emit(index, index)

    def refresh_goals(self) -> None:
        """Take up changed texts of goals."""
        self._read()
        texts = {goal.number: goal for goal in self._goals}
        for node in self.nodes.kids(ROOT):
            thing = self.nodes.thing[node]
            assert isinstance(thing, GoalLines)
            self.nodes.thing[node] = texts.get(thing.number, thing)
            index = self.createIndex(self.nodes.row[node], 0, node)
            self.dataChanged.emit(index, index)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Mark the cells that problems sit on; only cells whose mark changed are drawn again."""
        old, self.marks = self.marks, Marks(problems)
        self.marks.roll_up(self.nodes)
        for node, cell in self.marks.changed_since(old, self.nodes, self._line_of):
            if node < len(self.nodes.row) and cell in self._cell_at:
                column = self._cell_at.index(cell)
                index = self.createIndex(self.nodes.row[node], column, node)
                self.dataChanged.emit(index, index)

    def _read(self) -> None:
        self._goals = goal_lines(self.form)

    def _wanted(self) -> list[Wanted]:
        known = {row: self.nodes.key[node] for row, node in self._line_of.items()}
        used: set[Key] = set()

        def key(line: Line) -> Key:
            ids = [row.id for row in line.rows]
            found = next((k for x in ids if (k := known.get(x)) and k not in used), ids[0])
            used.add(found)
            return found

        return wanted_tree(self._goals, key, self._matches if self.filter else None)

    def _matches(self, line: Line) -> bool:
        wanted = normalise(self.filter)
        texts = (*line.group, *(row.level3 for row in line.rows))
        return any(wanted in normalise(text) for text in texts)

    def _rebuild(self) -> None:
        self._line_of = {}
        wanted = self._wanted()
        self.nodes.clear()
        self.nodes.place(ROOT, self.nodes.grow(ROOT, wanted))
        self._note_lines()

    def _note_lines(self) -> None:
        things = self.nodes.thing
        self._line_of = {
            row.id: node
            for node in self.nodes.walk()
            if isinstance(line := things[node], Line)
            for row in line.rows
        }
        self.marks.roll_up(self.nodes)

    # -- keeping step with the form -------------------------------------------------------------

    def _sync(self, parent: int, wanted: list[Wanted]) -> None:
        """Make the children of a node what they should be, telling views each difference."""
        keys = {one.key for one in wanted}
        nodes = self.nodes
        for node in reversed(list(nodes.kids(parent))):
            if nodes.key[node] not in keys:
                self._remove(parent, nodes.row[node])
        for position, one in enumerate(wanted):
            known = self._child(parent, position, one.key)
            if known is None:
                self._insert(parent, position, one)
                continue
            if nodes.row[known] != position:
                self._move(parent, nodes.row[known], position)
            self._update(known, one)
            self._sync(known, one.children)

    def _child(self, parent: int, likely: int, key: Key) -> int | None:
        """Return the child with a key, most likely the one at `likely`."""
        kids = self.nodes.kids(parent)
        if likely < len(kids) and self.nodes.key[kids[likely]] == key:
            return kids[likely]
        return next((node for node in kids if self.nodes.key[node] == key), None)

    def _remove(self, parent: int, position: int) -> None:
        self.beginRemoveRows(self.index_of(parent), position, position)
        kids = self.nodes.kids(parent)
        self.nodes.place(parent, kids[:position] + kids[position + 1 :])
        self.endRemoveRows()

    def _insert(self, parent: int, position: int, one: Wanted) -> None:
        self.beginInsertRows(self.index_of(parent), position, position)
        kids = self.nodes.kids(parent)
        made = self.nodes.grow(parent, [one])
        self.nodes.place(parent, kids[:position] + made + kids[position:])
        self.endInsertRows()

    def _move(self, parent: int, source: int, position: int) -> None:
        """Move a child up to `position`; children above it are in place already."""
        where = self.index_of(parent)
        self.beginMoveRows(where, source, source, where, position)
        kids = list(self.nodes.kids(parent))
        kids.insert(position, kids.pop(source))
        self.nodes.place(parent, kids)
        self.endMoveRows()

    def _update(self, node: int, one: Wanted) -> None:
        old, self.nodes.thing[node] = self.nodes.thing[node], one.thing
        if one.kind is NodeKind.LINE or old != one.thing:
            last = len(self.columns) - 1 if one.kind is NodeKind.LINE else 0
            row = self.nodes.row[node]
            first, end = self.createIndex(row, 0, node), self.createIndex(row, last, node)
            self.dataChanged.emit(first, end)

    # -- finding --------------------------------------------------------------------------------

    def index_of(self, node: int, column: int = 0) -> QModelIndex:
        """Return the index of a node; an invalid one for the root."""
        return NOWHERE if node == ROOT else self.createIndex(self.nodes.row[node], column, node)

    def kind(self, index: Index) -> NodeKind:
        """Return the level of an index."""
        return self.nodes.kind[index.internalId()] if index.isValid() else NodeKind.ROOT

    def line(self, index: Index) -> Line | None:
        """Return the line that an index shows, or None."""
        thing = self.nodes.thing[index.internalId()] if index.isValid() else None
        return thing if isinstance(thing, Line) else None

    def group(self, index: Index) -> tuple[int, str, str | None] | None:
        """Return goal number, 一级 and 二级 of the group that an index shows, or None."""
        thing = self.nodes.thing[index.internalId()] if index.isValid() else None
        return thing if isinstance(thing, tuple) else None

    def goal(self, index: Index) -> GoalLines | None:
        """Return the goal that an index stands on or under."""
        node = index.internalId() if index.isValid() else ROOT
        while node != ROOT:
            thing = self.nodes.thing[node]
            if isinstance(thing, GoalLines):
                return thing
            node = self.nodes.parent[node]
        return None

    def goals(self) -> list[GoalLines]:
        """Return all goals of the form."""
        return self._goals

    def cell(self, index: Index) -> str:
        """Return which cell of a line a column shows."""
        return self._cell_at[index.column()]

    def find_line(self, row_id: str, cell: str = "name") -> QModelIndex:
        """Return the index of an indicator's cell; invalid if it is not shown."""
        node = self._line_of.get(row_id, ROOT)
        column = self._cell_at.index(cell) if cell in self._cell_at else 0
        return self.index_of(node, column)

    def find_goal(self, number: int) -> QModelIndex:
        """Return the index of a goal; invalid if it is not shown."""
        return self._find_key(ROOT, (number,))

    def find_group(self, number: int, level1: str, level2: str | None = None) -> QModelIndex:
        """Return the index of a group; invalid if it is not shown."""
        first = self._find_key(self.find_goal(number).internalId(), (number, level1))
        if level2 is None or not first.isValid():
            return first
        return self._find_key(first.internalId(), (number, level1, level2))

    def _find_key(self, parent: int, key: Key) -> QModelIndex:
        found = (node for node in self.nodes.kids(parent) if self.nodes.key[node] == key)
        return self.index_of(next(found, ROOT))

    def lines_below(self, index: Index) -> Iterator[Line]:
        """Yield the lines on or below an index, from top to bottom."""
        node = index.internalId() if index.isValid() else ROOT
        thing = self.nodes.thing[node]
        if isinstance(thing, Line):
            yield thing
        for below in self.nodes.walk(node):
            thing = self.nodes.thing[below]
            if isinstance(thing, Line):
                yield thing

    # -- what Qt asks ---------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """Return the index of a child."""
        kids = self.nodes.kids(parent.internalId() if parent.isValid() else ROOT)
        if 0 <= row < len(kids) and 0 <= column < len(self.columns):
            return self.createIndex(row, column, kids[row])
        return QModelIndex()

    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]
        """Return the parent of an index."""
        if not index.isValid():
            return QModelIndex()
        return self.index_of(self.nodes.parent[index.internalId()])

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of children; only first columns have any."""
        if parent.isValid() and parent.column():
            return 0
        return len(self.nodes.kids(parent.internalId() if parent.isValid() else ROOT))

    def hasChildren(self, parent: Index = NOWHERE) -> bool:
        """Say whether there are children, without counting them."""
        if not parent.isValid():
            return bool(self.nodes.kids(ROOT))
        return not parent.column() and parent.internalId() in self.nodes.children

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return the head of a column, and what it means."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.tip
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say what can be done with a cell: edit, drag, drop upon."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.read_only:
            return flags
        kind = self.kind(index)
        if self._editable(kind, index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        flags |= Qt.ItemFlag.ItemIsDropEnabled
        if index.column() == 0 and kind is not NodeKind.GOAL:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def _editable(self, kind: NodeKind, column: int) -> bool:
        if kind is NodeKind.LINE:
            return self._cell_at[column] != PROBLEMS
        return column == 0 and kind in (NodeKind.LEVEL1, NodeKind.LEVEL2)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, and how."""
        if not index.isValid():
            return None
        node, column = index.internalId(), index.column()
        kind = self.nodes.kind[node]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(node, column)
        if role == Qt.ItemDataRole.FontRole:
            return _HEADINGS.font(kind) if column == 0 else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(node, column)
        if role == Role.KIND:
            return kind
        if role == Role.CELL:
            return self._cell_at[column]
        return self._seldom(node, column, role)

    def _seldom(self, node: int, column: int, role: int) -> Any:
        """Return what is asked of few cells, or of cells with marks."""
        cell = self._cell_at[column]
        thing = self.nodes.thing[node]
        if role == Role.SEVERITY:
            return self.marks.severity(thing, cell)
        if role == Role.ROLLED_UP:
            return self.marks.rolled_up(node) if cell == PROBLEMS else None
        if role == Role.MISSING:
            return isinstance(thing, Line) and cell != PROBLEMS and cell_text(thing, cell) is None
        if role == Role.SIDES:
            return sides(thing, cell) if isinstance(thing, Line) and cell in SHARED else None
        if role == Qt.ItemDataRole.EditRole:
            return self._raw(node, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(node, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(node, column)
        return None

    def _text(self, node: int, column: int) -> str:
        thing = self.nodes.thing[node]
        if isinstance(thing, Line):
            cell = self._cell_at[column]
            if cell == PROBLEMS:
                return ""
            return line_text(thing, cell) or ("（未填名称）" if cell == "name" else "")
        if column:
            return ""
        if isinstance(thing, GoalLines):
            return goal_title(thing, alone=len(self._goals) == 1)
        return self._raw(node, column) or EMPTY_HEADING[self.nodes.kind[node]]

    def _raw(self, node: int, column: int) -> str:
        thing = self.nodes.thing[node]
        if isinstance(thing, Line):
            cell = self._cell_at[column]
            return "" if cell == PROBLEMS else cell_text(thing, cell) or ""
        if isinstance(thing, tuple) and not column:
            return thing[1] if thing[2] is None else thing[2]
        return ""

    def _colour(self, node: int, column: int) -> QColor | None:
        thing = self.nodes.thing[node]
        if not isinstance(thing, Line):
            return _HEADINGS.soft if self.nodes.kind[node] is NodeKind.LEVEL2 else None
        cell = self._cell_at[column]
        if cell == "name":
            return None if thing.name else _HEADINGS.faint
        if cell in ("prior2", "prior1"):
            return _HEADINGS.soft if thing.annual else _HEADINGS.faint
        return _HEADINGS.faint if cell_text(thing, cell) is None else None

    def _tip(self, node: int, column: int) -> str | None:
        thing, cell = self.nodes.thing[node], self._cell_at[column]
        messages = self.marks.messages(thing, cell)
        text = self._text(node, column)
        if isinstance(thing, GoalLines):
            both = (side.text for side in (thing.long_term, thing.annual) if side and side.text)
            text = "\n".join(dict.fromkeys(both))
        if isinstance(thing, Line) and cell != PROBLEMS and cell_text(thing, cell) is None:
            text = f"没有{self._side_of(cell)}指标。直接输入指标值，就补上一行"
        return "\n".join([text, *messages] if text else messages) or None

    def _spoken(self, node: int, column: int) -> str:
        thing, cell = self.nodes.thing[node], self._cell_at[column]
        if not isinstance(thing, Line) or not column:
            return self._text(node, column)
        if cell == PROBLEMS:
            return "；".join(self.marks.messages(thing, cell)) or "没有问题"
        return f"{thing.name}，{self.columns[column].tip}：{self._text(node, column) or '空'}"

    def _side_of(self, cell: str) -> str:
        side = Horizon.LONG_TERM if cell == "long_term" else Horizon.ANNUAL
        return side.label

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Change a cell as one step; a mapping of horizons changes each side of a shared cell."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        change = self._change(index, value)
        return not change or self._do(change)

    def _change(self, index: Index, value: Any) -> Change:
        line, group = self.line(index), self.group(index)
        if line and isinstance(value, dict):
            return set_sides(line, self.cell(index), value)
        if line:
            return set_cell(self.form, line, self.cell(index), str(value))
        assert group is not None
        return rename_group(self.form, group[0], group[1:], str(value))


class _Headings:
    """Fonts and colours of the levels, made once a program is there to draw them."""

    def __init__(self) -> None:
        self._fonts: dict[NodeKind, QFont] = {}
        self.faint = QColor(style.TEXT_FAINT)
        self.soft = QColor(style.TEXT_SOFT)

    def font(self, kind: NodeKind) -> QFont | None:
        if kind is NodeKind.LINE or kind is NodeKind.LEVEL2:
            return None
        if kind not in self._fonts:
            self._fonts[kind] = style.font(bold=True)
        return self._fonts[kind]


_HEADINGS = _Headings()
