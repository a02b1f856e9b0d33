"""The tree of a form's goals, groups and indicators: what stands where, and where to find it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Form, Kind
from kpiapp.services.forms.lines import GoalLines, Line
from ui.models.node_tree import NOWHERE, Index, NodeTree
from ui.models.nodes import ROOT, NodeKind
from ui.models.problem_marks import Marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QModelIndex, QObject

    from ui.models.indicator_columns import Column


class FormTree(NodeTree):
    """Finds goals, groups and lines by index, and indexes by number, name or id."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.form = Form("", Kind.PROJECT, 0)
        self.columns: list[Column] = []
        self.marks = Marks(())
        self._goals: list[GoalLines] = []
        self._line_of: dict[str, int] = {}

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return len(self.columns)

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
        return self.columns[index.column()].cell

    def column_of(self, cell: str) -> int:
        """Return which column shows a cell of the lines; -1 where none does."""
        return next((n for n, column in enumerate(self.columns) if column.cell == cell), -1)

    def find_line(self, row_id: str, cell: str = "name") -> QModelIndex:
        """Return the index of an indicator's cell; invalid if it is not shown."""
        node = self._line_of.get(row_id, ROOT)
        return self.index_of(node, max(self.column_of(cell), 0))

    def find_goal(self, number: int) -> QModelIndex:
        """Return the index of a goal; invalid if it is not shown."""
        return self.find_key(ROOT, (number,))

    def find_group(self, number: int, level1: str, level2: str | None = None) -> QModelIndex:
        """Return the index of a group; invalid if it is not shown."""
        first = self.find_key(self.find_goal(number).internalId(), (number, level1))
        if level2 is None or not first.isValid():
            return first
        return self.find_key(first.internalId(), (number, level1, level2))

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
