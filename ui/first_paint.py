"""Doing what takes long once the person sees something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Calls back once a window has been painted; a timer alone would fire before that."""

    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        """Wait for a window, or a part of one; where that goes before, nobody is called."""
        super().__init__(window)
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        """Wait for the first paint event, let it pass, and call back when it is done."""
        if event.type() is QEvent.Type.Paint:
            thing.removeEventFilter(self)
            QTimer.singleShot(0, self, self._then)
        return False
