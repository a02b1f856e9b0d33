"""What each command does, one function each, called with the window. See `ui.commands`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.doing import checking, editing, files, forms, layouts, looking

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.frame import Frame

PARTS: Final = (files, editing, forms, layouts, checking, looking)
"""One module a menu; 表 has two."""


def function(name: str) -> Callable[[Frame], None]:
    """Return what does the command of this name; StopIteration if nothing does."""
    found: Callable[[Frame], None] = next(vars(part)[name] for part in PARTS if name in vars(part))
    return found
