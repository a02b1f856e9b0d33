"""Where the keyboard goes: into a pane, and from one pane to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QAbstractItemView


def focus_into(pane: QWidget) -> bool:
    """Give the keyboard to what had it last in a pane, else to the first that takes it.

    Returns:
        Whether anything in the pane takes it.
    """
    last = pane.focusWidget()
    target = last if last and _takes(last, pane) else _first(pane)
    if target:
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return target is not None


def _first(pane: QWidget) -> QWidget | None:
    """Return the first widget of a pane in the order of Tab that takes the keyboard."""
    one: QWidget | None = pane
    for _ in range(len(pane.findChildren(QWidget)) + 1):
        if one is None or _takes(one, pane):
            return one
        one = one.nextInFocusChain()
    return next((x for x in pane.findChildren(QWidget) if _takes(x, pane)), None)


def next_by_tab(pane: QWidget) -> QWidget | None:
    """Return what Tab comes to next in a pane that has the keyboard; None behind its last."""
    focus = QApplication.focusWidget()
    if focus is None or not pane.isAncestorOf(focus):
        return None
    inside = pane.findChildren(QWidget)
    behind: QWidget | None = focus.nextInFocusChain()
    for _ in range(len(inside)):
        if behind is None or not _holds(pane, behind):
            return None
        if _takes(behind, pane):
            return behind
        behind = behind.nextInFocusChain()
    return None


def _takes(widget: QWidget, pane: QWidget) -> bool:
    inside = widget is pane or pane.isAncestorOf(widget)
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return inside and by_tab and widget.isEnabled() and widget.isVisible()


def focus_next(panes: Sequence[QWidget]) -> None:
    """Give the keyboard to the pane behind the one that has it, round and round."""
    focus = QApplication.focusWidget()
    here = next((n for n, x in enumerate(panes) if focus and _holds(x, focus)), -1)
    for pane in (*panes[here + 1 :], *panes[: here + 1]):
        if pane.isVisible() and focus_into(pane):
            return


def choose_cell(view: QAbstractItemView, index: QModelIndex | QPersistentModelIndex) -> None:
    """Make a cell the current one and the only one selected.

    Qt's `setCurrentIndex` looks at the keys that are held: after Ctrl+Z or Ctrl+V it would add
    the cell to those selected before, and the next Delete would empty them all.
    """
    flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
    view.selectionModel().setCurrentIndex(index, flag)


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)
