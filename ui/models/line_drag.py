"""Dragging indicators and groups from one place of the tree to another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from kpiapp.services.forms.rearranging import move_lines
from ui.models.nodes import NodeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpiapp.services.forms.editing import Change
    from kpiapp.services.forms.lines import Line
    from ui.models.form_tree import FormTree
    from ui.models.node_tree import Index

MIME = "application/x-kpiapp-indicators"


def packed(tree: FormTree, indexes: Iterable[Index]) -> QMimeData:
    """Return the ids of the lines on and below some cells."""
    ids: dict[str, None] = {}
    for index in indexes:
        ids |= dict.fromkeys(line.main.id for line in tree.lines_below(index))
    data = QMimeData()
    data.setData(MIME, json.dumps(list(ids)).encode())
    return data


def unpacked(tree: FormTree, data: QMimeData) -> list[Line]:
    """Return the lines that a drag carries; none if it comes from another form."""
    if not data.hasFormat(MIME):
        return []
    found = (tree.line(tree.find_line(x)) for x in json.loads(bytes(data.data(MIME).data())))
    return [line for line in found if line]


def dropped(tree: FormTree, lines: Sequence[Line], row: int, parent: Index) -> Change | None:
    """Return the change that drops lines on or between the children of an index.

    On a group they go to its end, between indicators where they are let go, on an indicator
    before it. On a goal or a 一级 every line keeps its 二级.
    """
    kind = tree.kind(parent)
    if kind is NodeKind.LINE:
        return dropped(tree, lines, parent.row(), parent.parent())
    goal, group = tree.goal(parent), tree.group(parent)
    if goal is None or not lines:
        return None
    if group and group[2] is not None:
        moved = {line.main.id for line in lines}
        below = (
            tree.line(tree.index(n, 0, parent)) for n in range(max(row, 0), tree.rowCount(parent))
        )
        before = (
            next((x for x in below if x and x.main.id not in moved), None) if row >= 0 else None
        )
        return move_lines(tree.form, lines, goal.number, (group[1], group[2]), before)
    first = group[1] if group else lines[0].group[0]
    if len({line.group for line in lines}) > 1:
        return None
    return move_lines(tree.form, lines, goal.number, (first, lines[0].group[1]), None)
