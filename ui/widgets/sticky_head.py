"""The heads of a table that is higher than the page around it, kept in sight while it scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHeaderView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QScrollArea, QTableView


class StickyHead(QHeaderView):
    """A second head at the top of a page, shown while the table's own is scrolled away."""

    def __init__(self, view: QTableView, area: QScrollArea) -> None:
        super().__init__(Qt.Orientation.Horizontal, area.viewport())
        self.setObjectName(f"{view.objectName()}_head")
        self.setAccessibleName(f"{view.accessibleName()}的栏目")
        self.setModel(view.model())
        self.setHighlightSections(False)
        self._view, self._area = view, area
        area.verticalScrollBar().valueChanged.connect(self.place)
        area.verticalScrollBar().rangeChanged.connect(self.place)
        view.horizontalHeader().sectionResized.connect(self.take_width)
        self.hide()

    def take_width(self, section: int, _old: int, width: int) -> None:
        """Take up the width of a column."""
        self.resizeSection(section, width)

    def place(self) -> None:
        """Come in when the table's head leaves the page above, and go with the last rows."""
        own = self._view.horizontalHeader()
        corner = own.mapTo(self._area.viewport(), QPoint(0, 0))
        rows = corner.y() + self._view.height() - own.height()
        self.setVisible(corner.y() < 0 < rows - own.height())
        if self.isVisible():
            self.setGeometry(corner.x(), 0, own.width(), own.height())
            self.raise_()
