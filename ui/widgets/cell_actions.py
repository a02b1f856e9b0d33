"""What can be done to the chosen cells of a table by keys and in its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

CELLS = (
    ("cut", "剪切", "", "Ctrl+X"),
    ("copy", "复制单元格", "clipboard", "Ctrl+C"),
    ("paste", "粘贴", "clipboard-check", "Ctrl+V"),
    ("clear", "清除内容", "", "Del"),
)
"""Name, title, icon and keys of what is done to cells."""


def add_action(
    view: QWidget, entry: tuple[str, str, str, str], do: Callable[[], None], *, writable: bool
) -> QAction:
    """Give a table an action on its cells or rows.

    Args:
        view: the table.
        entry: name, title, icon and keys.
        do: what it does.
        writable: whether the table can be changed; copying is possible anyway.
    """
    name, title, icon, keys = entry
    action = keyed_action(view, (f"table_{name}", title, icon, keys), do)
    action.setEnabled(name == "copy" or writable)
    return action


def keyed_action(
    view: QWidget, entry: tuple[str, str, str, str], do: Callable[[], None]
) -> QAction:
    """Give a view an action with its keys, which work while the view has the keyboard.

    Args:
        view: the table or tree.
        entry: the object name, the title, and icon and keys, "" for none.
        do: what it does.
    """
    name, title, icon, keys = entry
    action = QAction(title, view)
    action.setObjectName(name)
    if icon:
        action.setIcon(style.icon(icon))
    if keys:
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    native = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{title}（{native}）" if native else title)
    action.triggered.connect(do)
    view.addAction(action)
    return action
