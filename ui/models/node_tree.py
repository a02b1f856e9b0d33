"""A tree of numbered nodes as Qt wants it, kept in step with changes node by node."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

from ui.models.nodes import ROOT, Key, Nodes, Thing, Wanted

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class NodeTree(QAbstractItemModel):
    """Indexes carry the number of their node, never a Python object."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.nodes = Nodes()

    # -- what Qt asks ---------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """Return the index of a child."""
        kids = self.nodes.kids(parent.internalId() if parent.isValid() else ROOT)
        if 0 <= row < len(kids) and 0 <= column < self.columnCount():
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

    def index_of(self, node: int, column: int = 0) -> QModelIndex:
        """Return the index of a node; an invalid one for the root."""
        return NOWHERE if node == ROOT else self.createIndex(self.nodes.row[node], column, node)

    def find_key(self, parent: int, key: Key) -> QModelIndex:
        """Return the child of a node with a key; invalid if there is none."""
        found = (node for node in self.nodes.kids(parent) if self.nodes.key[node] == key)
        return self.index_of(next(found, ROOT))

    # -- keeping step with the form -------------------------------------------------------------

    def sync(self, parent: int, wanted: list[Wanted]) -> None:
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
            self.sync(known, one.children)

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
        """Take up what a node stands for, and tell its cells if they may say something else."""
        old, self.nodes.thing[node] = self.nodes.thing[node], one.thing
        if self.says_other(old, one.thing):
            for column in range(self.columnCount()):
                index = self.index_of(node, column)
                self.dataChanged.emit(index, index)

    def says_other(self, old: Thing, new: Thing) -> bool:
        """Say whether a node may show other texts than before; things are live, so ask twice."""
        return old is not new
