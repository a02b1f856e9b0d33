"""Goals, groups and indicators of a form as a tree; long-term and annual stand in one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from kpiapp.model.names import normalise
from kpiapp.services.forms.editing import Change, set_cell, set_sides
from kpiapp.services.forms.lines import GoalLines, Line, goal_lines
from kpiapp.services.forms.rearranging import rename_group
from kpiapp.services.forms.shape import Shape, shape_of
from ui.models import indicator_cells, line_drag
from ui.models.form_tree import FormTree
from ui.models.indicator_cells import Role
from ui.models.indicator_columns import PROBLEMS, columns_of
from ui.models.nodes import ROOT, Key, NodeKind, Thing, Wanted, wanted_tree
from ui.models.problem_marks import Marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kpiapp.model.form import Form
    from kpiapp.model.problem import Problem
    from ui.models.node_tree import Index


class IndicatorTree(FormTree):
    """Goal -> 一级 -> 二级 -> line. Never changes the form itself: `do` is asked to.

    Args:
        do: performs a change as one step; says whether it was done.
    """

    refused = Signal(object, object)
    """A cell and what was typed into it, which could not be saved."""
    arrived = Signal(str)
    """The id of an indicator that was dragged to where it stands now."""

    def __init__(
        self, do: Callable[[Change], bool] = lambda _: False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._do = do
        self.shape = Shape((), {})
        self.columns = columns_of(self.shape, 0)
        self.read_only = False
        self.filter = ""
        self._touched: frozenset[str] | None = None

    # -- what is shown --------------------------------------------------------------------------

    def show(self, form: Form) -> None:
        """Show a form from scratch."""
        self.beginResetModel()
        self.form = form
        self.filter = ""
        self._read()
        self.shape = shape_of(form)
        self.columns = columns_of(self.shape, form.year)
        self._rebuild()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Show only indicators whose name or group holds a text; all again if it is empty."""
        self.beginResetModel()
        self.filter = text.strip()
        self._rebuild()
        self.endResetModel()

    def refresh(self, row_ids: Iterable[str] | None = None) -> None:
        """Take up changes of the form that touch names, groups, numbers or the order of rows.

        Only nodes that came, went or moved are told to views: what is expanded, selected and
        current stays.

        Args:
            row_ids: the indicators whose values are others; None: any may be.
        """
        self._read()
        if shape_of(self.form) != self.shape:
            self.show(self.form)
            return
        self._touched = None if row_ids is None else frozenset(row_ids)
        self.sync(ROOT, self._wanted())
        self._note_lines()

    def says_other(self, old: Thing, new: Thing) -> bool:
        """Say whether a line was touched, or a line or goal has another row or text on a side."""
        both = (Line, GoalLines)
        if not isinstance(old, both) or not isinstance(new, both):
            return False
        if old.annual is not new.annual or old.long_term is not new.long_term:
            return True
        touched = self._touched
        return touched is None or (isinstance(new, Line) and any(x.id in touched for x in new.rows))

    def refresh_rows(self, row_ids: Iterable[str]) -> None:
        """Take up changes of values of some indicators."""
        last = max(len(self.columns) - 2, 0)  # the marks are told of with the problems
        for node in {self._line_of[x] for x in row_ids if x in self._line_of}:
            row = self.nodes.row[node]
            self.dataChanged.emit(self.createIndex(row, 0, node), self.createIndex(row, last, node))

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
        self.marks.roll_up(self.nodes, self._line_of)
        for node, cell in self.marks.changed_since(old, self.nodes, self._line_of):
            column = self.column_of(cell)
            if node < len(self.nodes.row) and column >= 0:
                index = self.createIndex(self.nodes.row[node], column, node)
                self.dataChanged.emit(index, index)

    def _read(self) -> None:
        self._goals = goal_lines(self.form)

    def _wanted(self) -> list[Wanted]:
        known = {row: self.nodes.key[node] for row, node in self._line_of.items()}
        used: set[Key] = set()

        def key(line: Line) -> Key:
            if not known:
                return line.main.id
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
        self._line_of = {}
        for node in self.nodes.walk():
            line = self.nodes.thing[node]
            if isinstance(line, Line):
                for row in (line.annual, line.long_term):
                    if row:
                        self._line_of[row.id] = node
        self.marks.roll_up(self.nodes, self._line_of)

    # -- what Qt asks ---------------------------------------------------------------------------

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
            return self.columns[column].cell != PROBLEMS
        return column == 0 and kind in (NodeKind.LEVEL1, NodeKind.LEVEL2)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, and how."""
        if not index.isValid():
            return None
        node, column = index.internalId(), index.column()
        kind = self.nodes.kind[node]
        if role == Qt.ItemDataRole.DisplayRole:
            return indicator_cells.text(self, node, column)
        if role == Qt.ItemDataRole.FontRole:
            return indicator_cells.HEADINGS.font(kind) if column == 0 else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return indicator_cells.colour(self, node, column)
        if role == Role.KIND:
            return kind
        if role == Role.CELL:
            return self.columns[column].cell
        return indicator_cells.other_role(self, node, column, role)

    # -- dragging -------------------------------------------------------------------------------

    def mimeTypes(self) -> list[str]:
        """Return what may be dropped here."""
        return [line_drag.MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the indicators that are dragged."""
        return line_drag.packed(self, indexes)

    def supportedDropActions(self) -> Qt.DropAction:
        """Dragging moves; nothing is copied."""
        return Qt.DropAction.MoveAction

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Say whether indicators may be let go here."""
        if self.read_only or action is not Qt.DropAction.MoveAction or column > len(self.columns):
            return False
        return line_drag.dropped(self, line_drag.unpacked(self, data), row, parent) is not None

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Move indicators as one step."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        change = line_drag.dropped(self, line_drag.unpacked(self, data), row, parent)
        if not change or not self._do(change):
            return False
        self.arrived.emit(change.focus)
        return True

    # -- changing -------------------------------------------------------------------------------

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Change a cell as one step; a mapping of horizons changes each side of a shared cell."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        change = self._change(index, value)
        if not change or self._do(change):
            return True
        self.refused.emit(QPersistentModelIndex(index), value)
        return False

    def _change(self, index: Index, value: Any) -> Change:
        line, group = self.line(index), self.group(index)
        if line and isinstance(value, dict):
            return set_sides(line, self.cell(index), value)
        if line:
            return set_cell(self.form, line, self.cell(index), str(value))
        assert group is not None
        return rename_group(self.form, group[0], group[1:], str(value))
