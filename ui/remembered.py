"""Where the window was and how wide its panes were, kept from one start to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeGuard

from PySide6.QtCore import QRect

from kpiapp import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QSplitter, QWidget

WINDOW: Final = "window"
PANES: Final = "panes"
NUMBERS: Final = 4
"""That say a place: left, top, width and height."""
LEAST_IN_SIGHT: Final = 120
"""Pixels of a window that must lie on a screen; else it is put where it usually is."""


def keep_window(window: QWidget) -> None:
    """Keep place and size of a window."""
    place = window.normalGeometry()
    data = {
        "place": [place.x(), place.y(), place.width(), place.height()],
        "whole_screen": window.isMaximized(),
    }
    settings.put(WINDOW, data)


def place_window(window: QWidget) -> None:
    """Put a window where it was, unless the screen it was on is gone."""
    data = settings.get(WINDOW)
    if not isinstance(data, dict) or (place := _rect(data.get("place"))) is None:
        return
    seen = place.intersected(window.screen().availableVirtualGeometry())
    if min(seen.width(), seen.height()) < LEAST_IN_SIGHT:
        return
    window.setGeometry(place)
    if data.get("whole_screen") is True:
        window.setWindowState(window.windowState().WindowMaximized)


def _rect(numbers: Any) -> QRect | None:
    """Return the place that a list of four numbers says, or None."""
    return QRect(*numbers) if _fits(numbers, NUMBERS) else None


def keep_panes(splitters: Iterable[QSplitter]) -> None:
    """Keep the sizes of panes, each under the objectName of its splitter.

    Panes that are put away at the moment keep the size that was kept for them before.
    """
    kept = _panes()
    for splitter in splitters:
        before = kept.get(splitter.objectName())
        sizes = splitter.sizes()
        if 0 in sizes and _fits(before, len(sizes)):
            sizes = [size or old for size, old in zip(sizes, before, strict=True)]
        if any(sizes):
            kept[splitter.objectName()] = sizes
    settings.put(PANES, kept)


def place_panes(splitters: Iterable[QSplitter]) -> None:
    """Give panes the sizes that were kept."""
    kept = _panes()
    for splitter in splitters:
        sizes = kept.get(splitter.objectName())
        if _fits(sizes, splitter.count()) and all(sizes):
            splitter.setSizes(sizes)


def _panes() -> dict[str, Any]:
    found = settings.get(PANES)
    return found if isinstance(found, dict) else {}


def _fits(sizes: Any, count: int) -> TypeGuard[list[int]]:
    return isinstance(sizes, list) and len(sizes) == count and all(type(x) is int for x in sizes)
