"""Pages of paper on a grey desk, at any zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractScrollArea

from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from kpiapp.services.exports.preview import Box, Sheet

FACES: Final = ["SimSun", "宋体", "Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Sans SC"]
STRONG_FACES: Final = ["SimHei", "黑体", "Noto Sans CJK SC", "Noto Sans SC"]
GAP: Final = 16
DESK: Final = "#dde2e8"
INK: Final = "#1a1a1a"
LEAST, MOST = 0.4, 4.0


class PaperView(QAbstractScrollArea):
    """Draws a `Sheet`; only the pages in view are painted.

    Signals:
        hovered: the place (`B3`) of the cell under the pointer, "" for none.
        chosen: the place of the cell that was clicked.
    """

    hovered = Signal(str)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paperView")
        self.setAccessibleName("正式表格")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.sheet: Sheet | None = None
        self._zoom: float | None = None
        self._marks: Mapping[str, str] = {}
        self._current = self._under = ""
        self.viewport().setMouseTracking(True)

    @property
    def zoom(self) -> float:
        """Pixels per point; fits the width of the page until the person chooses."""
        if self._zoom is not None or self.sheet is None:
            return self._zoom or 1.0
        return max(LEAST, (self.viewport().width() - 2 * GAP) / self.sheet.width)

    def set_zoom(self, zoom: float | None) -> None:
        """Show pages at so many pixels per point, or (None) as wide as the pane."""
        self._zoom = None if zoom is None else min(MOST, max(LEAST, zoom))
        self._measure()

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Draw another sheet; the place on the page is kept."""
        self.sheet = sheet
        self._current = self._under = ""
        self._measure()

    # -- cells --------------------------------------------------------------------------------

    def mark(self, colours: Mapping[str, str]) -> None:
        """Lay a colour under cells, by their place in the file (`B3`)."""
        self._marks = dict(colours)
        self.viewport().update()

    def point_at(self, cell: str, *, reveal: bool = True) -> None:
        """Frame a cell, and bring it into sight where it is not."""
        self._current = cell
        self.viewport().update()
        place = self._place_of(cell) if reveal else None
        view = QRectF(self.viewport().rect())
        if place is not None and not (view.top() <= place.top() and place.top() < view.bottom()):
            bar = self.verticalScrollBar()
            bar.setValue(int(bar.value() + place.top() - view.height() / 3))

    def _page_place(self, number: int) -> QRectF:
        """Return where a page lies in the viewport."""
        assert self.sheet
        width, height = self.sheet.width * self.zoom, self.sheet.height * self.zoom
        left = max(GAP, (self.viewport().width() - width) / 2) - self.horizontalScrollBar().value()
        top = GAP + number * (height + GAP) - self.verticalScrollBar().value()
        return QRectF(left, top, width, height)

    def _place_of(self, cell: str) -> QRectF | None:
        for number, boxes in enumerate(self.sheet.pages if self.sheet else ()):
            for box in boxes:
                if box.cell == cell:
                    return _place(box, self._page_place(number), self.zoom)
        return None

    def cell_at(self, point: QPointF) -> str:
        """Return the place of the cell at a point of the viewport, or ""."""
        for number, boxes in enumerate(self.sheet.pages if self.sheet else ()):
            page = self._page_place(number)
            if page.contains(point):
                hits = (x.cell for x in boxes if _place(x, page, self.zoom).contains(point))
                return next(hits, "")
        return ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which cell the pointer is over."""
        super().mouseMoveEvent(event)
        self._tell_hover(self.cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer is over no cell."""
        super().leaveEvent(event)
        self._tell_hover("")

    def _tell_hover(self, cell: str) -> None:
        if cell != self._under:
            self._under = cell
            self.hovered.emit(cell)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which cell was clicked."""
        super().mousePressEvent(event)
        cell = self.cell_at(event.position())
        if cell:
            self.chosen.emit(cell)

    def sizeHint(self) -> QSize:
        """Return room for a readable page."""
        return QSize(640, 480)

    def _measure(self) -> None:
        view = self.viewport().size()
        width, height = self._extent()
        self.verticalScrollBar().setRange(0, max(0, int(height - view.height())))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setRange(0, max(0, int(width - view.width())))
        self.horizontalScrollBar().setPageStep(view.width())
        self.viewport().update()

    def _extent(self) -> tuple[float, float]:
        if self.sheet is None:
            return 0.0, 0.0
        pages = len(self.sheet.pages)
        width = self.sheet.width * self.zoom + 2 * GAP
        return width, pages * (self.sheet.height * self.zoom + GAP) + GAP

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page again."""
        super().resizeEvent(event)
        self._measure()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * (1.1 if event.angleDelta().y() > 0 else 1 / 1.1))
            event.accept()
        else:
            super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in view."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(DESK))
        if self.sheet is None:
            return
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        for number, boxes in enumerate(self.sheet.pages):
            page = self._page_place(number)
            if page.intersects(QRectF(event.rect())):
                painter.fillRect(page.translated(1.5, 1.5), QColor(style.LINE_STRONG))
                painter.fillRect(page, QColor(style.PANE))
                self._paint_marks(painter, page, boxes)
                paint_page(painter, page.topLeft(), boxes, self.zoom)

    def _paint_marks(self, painter: QPainter, page: QRectF, boxes: list[Box]) -> None:
        for box in boxes:
            place = _place(box, page, self.zoom)
            current = bool(box.cell) and box.cell == self._current
            colour = self._marks.get(box.cell, style.ACCENT_SOFT if current else "")
            if colour:
                painter.fillRect(place, QColor(colour))
            if current:
                painter.setPen(QPen(QColor(style.ACCENT), 3))
                painter.drawRect(place)


def paint_page(painter: QPainter, corner: QPointF, boxes: list[Box], zoom: float) -> None:
    """Draw the cells of one page, at `zoom` pixels per point, on whatever there is to draw on."""
    page = QRectF(corner, corner)
    for box in boxes:
        place = _place(box, page, zoom)
        if box.border:
            painter.setPen(QPen(QColor(INK), max(0.6, 0.6 * zoom)))
            painter.drawRect(place)
        _paint_text(painter, place, box, zoom)


def _place(box: Box, page: QRectF, zoom: float) -> QRectF:
    """Return where a cell lies, on a page that lies there."""
    place = QRectF(box.x * zoom, box.y * zoom, box.width * zoom, box.height * zoom)
    return place.translated(page.topLeft())


def _paint_text(painter: QPainter, place: QRectF, box: Box, zoom: float) -> None:
    painter.setPen(QColor(INK))
    painter.setFont(_font(box, zoom))
    metrics = QFontMetricsF(painter.font())
    line = box.line * zoom
    top = place.top() + max(0.0, (place.height() - line * len(box.lines)) / 2)
    pad = 2 * zoom
    for number, text in enumerate(box.lines):
        width = metrics.horizontalAdvance(text)
        x = {
            "left": place.left() + pad,
            "right": place.right() - pad - width,
            "centre": place.center().x() - width / 2,
        }[box.align]
        x = max(x, place.left() + pad / 2)
        base = top + number * line + (line + metrics.ascent() - metrics.descent()) / 2
        painter.drawText(int(x), int(base), text)


def _font(box: Box, zoom: float) -> QFont:
    font = QFont(STRONG_FACES if box.strong else FACES)
    font.setPixelSize(max(1, round(box.size * zoom)))
    return font
