"""What a library shows while its panes are still being made: the names of its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSplitter

from ui.screens.navigator import Navigator
from ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ui.models.navigator_model import NamedForm

WIDTHS = [264, 1096]


class OpeningPage(QSplitter):
    """The navigator, which the workspace takes over, and a sentence in the place of the form."""

    def __init__(self, forms: Iterable[NamedForm]) -> None:
        """List the names of forms, which costs no loading and no checking."""
        super().__init__()
        self.setObjectName("openingPage")
        self.setHandleWidth(1)
        self.navigator = Navigator()
        self.navigator.show_names(forms)
        self.addWidget(self.navigator)
        self.addWidget(EmptyState("openingText", "正在打开…"))
        self.setSizes(WIDTHS)
