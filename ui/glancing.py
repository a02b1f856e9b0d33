"""The names of a library's forms, on screen while the library itself is still being opened."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from kpiapp.services import first_sight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ui.frame import Frame


@contextmanager
def at(window: Frame, path: Path) -> Iterator[None]:
    """Show the names in a library during the block, which opens it.

    The library's panes take their place; where it is not opened after all, what was there before
    comes back. Names do not cover a library that is open.
    """
    before, tools = window.pages.currentWidget(), window.tools.isVisible()
    names = [] if window.workspace else first_sight.names(path)
    if names:
        window.opening = window.show_names(names)
    try:
        yield
    finally:
        page, window.opening = window.opening, None
        if page is not None:
            window.pages.setCurrentWidget(before)
            window.pages.removeWidget(page)
            page.deleteLater()
            window.tools.setVisible(tools)
