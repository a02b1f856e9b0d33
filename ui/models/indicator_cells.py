"""What one cell of the indicator tree says: its text, colour, tip, and what is read aloud."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont

from kpiapp.model.form import Horizon
from kpiapp.services.forms.editing import SHARED, cell_text, sides
from kpiapp.services.forms.lines import GoalLines, Line
from ui.models.indicator_columns import PROBLEMS, goal_title, line_text
from ui.models.nodes import NodeKind
from ui.widgets import style

if TYPE_CHECKING:
    from ui.models.form_tree import FormTree

EMPTY_HEADING = {NodeKind.LEVEL1: "（未填一级指标）", NodeKind.LEVEL2: "（未填二级指标）"}


class Role(IntEnum):
    """What the delegate asks besides Qt's own roles."""

    KIND = Qt.ItemDataRole.UserRole + 1
    SEVERITY = Qt.ItemDataRole.UserRole + 2
    ROLLED_UP = Qt.ItemDataRole.UserRole + 3
    MISSING = Qt.ItemDataRole.UserRole + 4
    SIDES = Qt.ItemDataRole.UserRole + 5
    CELL = Qt.ItemDataRole.UserRole + 6


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


HEADINGS = _Headings()


def other_role(tree: FormTree, node: int, column: int, role: int) -> Any:
    """Return what is asked of few cells, or of cells with marks."""
    cell = tree.columns[column].cell
    thing = tree.nodes.thing[node]
    if role == Role.SEVERITY:
        return tree.marks.severity(thing, cell)
    if role == Role.ROLLED_UP:
        return tree.marks.rolled_up(node) if cell == PROBLEMS else None
    if role == Role.MISSING:
        return isinstance(thing, Line) and cell != PROBLEMS and cell_text(thing, cell) is None
    if role == Role.SIDES:
        return sides(thing, cell) if isinstance(thing, Line) and cell in SHARED else None
    if role == Qt.ItemDataRole.EditRole:
        return raw(tree, node, column)
    if role == Qt.ItemDataRole.ToolTipRole:
        return tip(tree, node, column)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return spoken(tree, node, column)
    return None


def text(tree: FormTree, node: int, column: int) -> str:
    """Return what a cell shows."""
    thing = tree.nodes.thing[node]
    if isinstance(thing, Line):
        cell = tree.columns[column].cell
        if cell == PROBLEMS:
            return ""
        return line_text(thing, cell) or ("（未填名称）" if cell == "name" else "")
    if column:
        return ""
    if isinstance(thing, GoalLines):
        return goal_title(thing, alone=len(tree.goals()) == 1)
    return raw(tree, node, column) or EMPTY_HEADING[tree.nodes.kind[node]]


def raw(tree: FormTree, node: int, column: int) -> str:
    """Return what a cell is edited from: without strokes and words for what is empty."""
    thing = tree.nodes.thing[node]
    if isinstance(thing, Line):
        cell = tree.columns[column].cell
        return "" if cell == PROBLEMS else cell_text(thing, cell) or ""
    if isinstance(thing, tuple) and not column:
        return thing[1] if thing[2] is None else thing[2]
    return ""


def colour(tree: FormTree, node: int, column: int) -> QColor | None:
    """Return the colour of a text that is not plain: headings, earlier years, missing sides."""
    thing = tree.nodes.thing[node]
    if not isinstance(thing, Line):
        return HEADINGS.soft if tree.nodes.kind[node] is NodeKind.LEVEL2 else None
    cell = tree.columns[column].cell
    if cell == "name":
        return None if thing.name else HEADINGS.faint
    if cell in ("prior2", "prior1"):
        return HEADINGS.soft if thing.annual else HEADINGS.faint
    return HEADINGS.faint if cell_text(thing, cell) is None else None


def tip(tree: FormTree, node: int, column: int) -> str | None:
    """Return the whole text of a cell and what is found in it."""
    thing, cell = tree.nodes.thing[node], tree.columns[column].cell
    messages = tree.marks.messages(thing, cell)
    whole = text(tree, node, column)
    if isinstance(thing, GoalLines):
        both = (side.text for side in (thing.long_term, thing.annual) if side and side.text)
        whole = "\n".join(dict.fromkeys(both))
    if isinstance(thing, Line) and cell != PROBLEMS and cell_text(thing, cell) is None:
        whole = f"没有{side_of(cell)}指标。直接输入指标值，就补上一行"
    return "\n".join([whole, *messages] if whole else messages) or None


def spoken(tree: FormTree, node: int, column: int) -> str:
    """Return what is read aloud: the indicator, the column and the text."""
    thing, cell = tree.nodes.thing[node], tree.columns[column].cell
    if not isinstance(thing, Line) or not column:
        return text(tree, node, column)
    if cell == PROBLEMS:
        return "；".join(tree.marks.messages(thing, cell)) or "没有问题"
    return f"{thing.name}，{tree.columns[column].tip}：{text(tree, node, column) or '空'}"


def side_of(cell: str) -> str:
    """Return the word for the side that a cell belongs to."""
    side = Horizon.LONG_TERM if cell == "long_term" else Horizon.ANNUAL
    return side.label
