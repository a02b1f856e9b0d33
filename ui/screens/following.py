"""What the pages share whose changes are steps of a library: 检查规则, 历年对应, 监控和自评设置."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kpiapp.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QShowEvent

    from kpiapp.services.changed import Changed
    from kpiapp.services.session import Session


class FollowingPage(QWidget):
    """A page that takes up every step while it is in sight, also one that undo takes back.

    Signals:
        failed: why a change could not be kept.
        closed: the person is done with the page.
    """

    failed = Signal(UserError)
    closed = Signal()

    def __init__(self, session: Session, name: str, text: str) -> None:
        """Take the open library, and the names of the page."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.session = session

    def refresh(self) -> None:
        """Show what holds now."""
        raise NotImplementedError

    def take_up(self, _changed: Changed) -> None:
        """Show what a step changed."""
        self.refresh()

    def attempt(self, change: Callable[[], object]) -> None:
        """Make a change, or say why not and show what holds."""
        try:
            change()
        except UserError as error:
            self.refresh()
            self.failed.emit(error)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the steps while the page is in sight."""
        super().showEvent(event)
        if self.take_up not in self.session.listeners:
            self.session.listeners.append(self.take_up)
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop following; the page may be taken away."""
        super().hideEvent(event)
        if self.take_up in self.session.listeners:
            self.session.listeners.remove(self.take_up)
