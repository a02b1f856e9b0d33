"""Columns that share the width of their view, none narrower than its head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt

from ui.widgets import style
from ui.widgets.column_widths import raised

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QTreeView

LEAST = 48


class Shares(QObject):
    """Gives each shown column of a view its part of the width, whenever that changes."""

    def __init__(self, view: QTreeView, shares: Mapping[int, int]) -> None:
        super().__init__(view)
        self._view, self._shares = view, shares
        view.header().setStretchLastSection(True)
        view.header().setMinimumSectionSize(LEAST)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share again when the view has another size."""
        if event.type() == QEvent.Type.Resize:
            self.share()
        return super().eventFilter(watched, event)

    def share(self) -> None:
        """Share the present width; to be called when a column was shown or hidden."""
        shown = {x: n for x, n in self._shares.items() if not self._view.isColumnHidden(x)}
        room, whole = self._view.viewport().width(), sum(shown.values())
        widths = [room * share // whole for share in shown.values()]
        for column, width in zip(
            shown, raised(widths, [self._head(n) for n in shown]), strict=True
        ):
            self._view.setColumnWidth(column, width)

    def _head(self, column: int) -> int:
        """Return the width that the head of a column takes."""
        text = str(self._view.model().headerData(column, Qt.Orientation.Horizontal) or "")
        return self._view.header().fontMetrics().horizontalAdvance(text) + 2 * style.STEP + 4
