"""Scrolling the page around a widget until it, or a part of it, is in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea

from ui.widgets import style
from ui.widgets.sticky_head import StickyHead

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QWidget


def bring_into_sight(widget: QWidget, box: QRect | None = None) -> None:
    """Scroll the page that a widget stands on; what is higher than the page shows its top.

    Qt's own `ensureWidgetVisible` is content with the cursor's line of a text.

    Args:
        widget: stands in a `QScrollArea`; otherwise nothing is done.
        box: the part that must be seen, in the widget's coordinates; all of it if None.
    """
    area = _area_around(widget)
    if area is None:
        return
    part = widget.rect() if box is None else box
    top = widget.mapTo(area.widget(), part.topLeft()).y()
    head = area.findChild(StickyHead)
    highest = top - 2 * style.STEP - (head.sizeHint().height() if head else 0)
    lowest = top + part.height() + 2 * style.STEP - area.viewport().height()
    bar = area.verticalScrollBar()
    bar.setValue(min(max(bar.value(), lowest), highest))


def _area_around(widget: QWidget) -> QScrollArea | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above
