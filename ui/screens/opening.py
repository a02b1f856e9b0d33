"""What a library shows while its panes are still being made: the names of its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSplitter

from ui.screens.navigator import Navigator
from ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from kpiapp.services.session import Session

WIDTHS = [264, 1096]


class OpeningPage(QSplitter):
    """The navigator, which the workspace takes over, and a sentence in the place of the form."""

    def __init__(self, session: Session, year: int) -> None:
        """List the names of a year's forms, which costs no loading and no checking."""
        super().__init__()
        self.setObjectName("openingPage")
        self.setHandleWidth(1)
        self.navigator = Navigator()
        self.navigator.show_names(session, year)
        self.addWidget(self.navigator)
        self.addWidget(EmptyState("openingText", "正在打开…"))
        self.setSizes(WIDTHS)
