"""编辑: undo and redo, the clipboard, and the search."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from kpiapp.model.problem import Place
from ui.widgets.search_field import Target

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.workspace import Workspace


def undo(window: MainWindow) -> None:
    """Take back the last step."""
    if window.session:
        window.session.undo()


def redo(window: MainWindow) -> None:
    """Do again what was taken back."""
    if window.session:
        window.session.redo()


def cut(_window: MainWindow) -> None:
    """Cut in whatever has the keyboard."""
    _press(QKeySequence.StandardKey.Cut)


def copy(_window: MainWindow) -> None:
    """Copy from whatever has the keyboard."""
    _press(QKeySequence.StandardKey.Copy)


def paste(_window: MainWindow) -> None:
    """Paste into whatever has the keyboard."""
    _press(QKeySequence.StandardKey.Paste)


def _press(key: QKeySequence.StandardKey) -> None:
    widget = QApplication.focusWidget()
    stroke = QKeySequence(key)[0]  # type: ignore[index]
    if widget:
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            event = QKeyEvent(kind, stroke.key(), stroke.keyboardModifiers())
            QApplication.postEvent(widget, event)


def search(window: MainWindow) -> None:
    """Put the keyboard into the search field."""
    window.search.open()


def places_to_go(workspace: Workspace) -> list[Target]:
    """Return the forms of the year and their indicators, for the search."""
    targets, rows = [], []
    for form in workspace.session.forms(workspace.year):
        go = partial(workspace.show_form, form.id)
        targets.append(Target(form.name or form.title, form.kind.label, go, "file-text"))
        seen = set()
        for row in form.indicators:
            if row.level3 and row.level3 not in seen:
                seen.add(row.level3)
                place = Place(form.id, row.horizon, row.goal, row.id, "name")
                rows.append(Target(row.level3, form.name, partial(workspace.go_to, place)))
    return targets + rows
