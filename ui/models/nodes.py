"""The nodes of the indicator tree: parallel lists, so that 100,000 of them stay small and quick."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from kpiapp.services.forms.lines import GoalLines, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Thing = GoalLines | Line | tuple[int, str, str | None] | None
"""What a node stands for; a group is goal number, 一级 and 二级 (None: the whole 一级)."""
Key = str | tuple[int, ...] | tuple[int, str] | tuple[int, str, str]
ROOT = 0


class NodeKind(IntEnum):
    """The levels of the tree."""

    ROOT = 0
    GOAL = 1
    LEVEL1 = 2
    LEVEL2 = 3
    LINE = 4


@dataclass(slots=True)
class Wanted:
    """A node as the form has it now, before it is in the tree."""

    kind: NodeKind
    key: Key
    thing: Thing
    children: list[Wanted] = field(default_factory=list)


class Nodes:
    """All nodes by number; 0 is the invisible root. Numbers are never given twice."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget every node."""
        self.parent: list[int] = [ROOT]
        self.row: list[int] = [0]
        self.kind: list[NodeKind] = [NodeKind.ROOT]
        self.thing: list[Thing] = [None]
        self.key: list[Key] = [()]
        self.children: dict[int, list[int]] = {ROOT: []}

    def kids(self, node: int) -> list[int]:
        """Return the children of a node."""
        return self.children.get(node, [])

    def grow(self, parent: int, wanted: Iterable[Wanted]) -> list[int]:
        """Make nodes and all below them, without putting them under their parent."""
        made = []
        for n, one in enumerate(wanted):
            node = len(self.parent)
            self.parent.append(parent)
            self.row.append(n)
            self.kind.append(one.kind)
            self.thing.append(one.thing)
            self.key.append(one.key)
            if one.children:
                self.children[node] = self.grow(node, one.children)
            made.append(node)
        return made

    def place(self, parent: int, children: list[int]) -> None:
        """Give a node these children, in this order."""
        self.children[parent] = children
        for n, child in enumerate(children):
            self.row[child] = n

    def walk(self, node: int = ROOT) -> Iterator[int]:
        """Yield every node below one, from top to bottom."""
        for child in self.kids(node):
            yield child
            yield from self.walk(child)


def wanted_tree(
    goals: Iterable[GoalLines],
    line_key: Callable[[Line], Key],
    keep: Callable[[Line], bool] | None = None,
) -> list[Wanted]:
    """Return the tree of some goals.

    Args:
        goals: what to show.
        line_key: what a line is known by from one state of the form to the next.
        keep: which lines to show; goals and groups without one are left out. None: all.
    """
    tree = []
    for goal in goals:
        node = Wanted(NodeKind.GOAL, (goal.number,), goal)
        level1 = None
        for (first, second), lines in goal.groups().items():
            shown = [line for line in lines if keep is None or keep(line)]
            if not shown:
                continue
            if level1 is None or level1.key != (goal.number, first):
                level1 = Wanted(NodeKind.LEVEL1, (goal.number, first), (goal.number, first, None))
                node.children.append(level1)
            group = (goal.number, first, second)
            level2 = Wanted(NodeKind.LEVEL2, group, group)
            level2.children = [Wanted(NodeKind.LINE, line_key(line), line) for line in shown]
            level1.children.append(level2)
        if node.children or keep is None:
            tree.append(node)
    return tree
