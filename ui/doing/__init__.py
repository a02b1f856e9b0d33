"""What each command does, one function each, called with the window. See `ui.commands`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.doing import checking, editing, files, forms, layouts, looking

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.main_window import MainWindow

PARTS: Final = (files, editing, forms, layouts, checking, looking)
"""One module a menu; 表 has two."""


def function(name: str) -> Callable[[MainWindow], None]:
    """Return what does the command of this name; StopIteration if nothing does."""
    found: Callable[[MainWindow], None] = next(
        vars(part)[name] for part in PARTS if name in vars(part)
    )
    return found
