"""How the panes of an open library lie beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout

from ui import remembered
from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

WIDTHS: Final = [264, 800, 304]
HEIGHTS: Final = [560, 200]
LEAST_WIDTHS: Final = (208, 400, 200)
LEAST_HEIGHT: Final = 240
"""Of the panes above the problems; what does not fit a small screen scrolls."""
LEAST_PROBLEMS: Final = 96


def side_pane(pages: dict[str, QWidget]) -> QTabWidget:
    """Return the pane at the right with a tab for each page, by its title."""
    side = QTabWidget()
    side.setObjectName("side")
    side.setAccessibleName("右侧栏")
    side.setDocumentMode(True)
    style.class_of(side, "pane")
    side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    for title, page in pages.items():
        side.addTab(page, title)
    return side


def lay_out(
    holder: QWidget, upper: Sequence[QWidget], problems: QWidget
) -> tuple[QSplitter, QSplitter]:
    """Put panes into splitters, sized as they were left, and return these.

    Args:
        holder: the widget that they fill.
        upper: the panes beside each other: 导航, the middle, the right.
        problems: the pane below them.
    """
    across = _splitter("splitAcross", Qt.Orientation.Horizontal)
    down = _splitter("splitDown", Qt.Orientation.Vertical)
    for pane, width in zip(upper, LEAST_WIDTHS, strict=True):
        across.addWidget(pane)
        pane.setMinimumSize(width, LEAST_HEIGHT)
    down.addWidget(across)
    down.addWidget(problems)
    problems.setMinimumHeight(LEAST_PROBLEMS)
    for splitter, keeps, sizes in ((across, 1, WIDTHS), (down, 0, HEIGHTS)):
        splitter.setSizes(sizes)
        splitter.setStretchFactor(keeps, 1)
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(down)
    remembered.place_panes((across, down))
    return across, down


def _splitter(name: str, way: Qt.Orientation) -> QSplitter:
    splitter = QSplitter(way)
    splitter.setObjectName(name)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    return splitter
