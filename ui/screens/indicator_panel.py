"""The pane at the right: what is known of the indicator that is being edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from kpiapp.model.problem import Place
from kpiapp.services.forms.about_indicator import AboutIndicator, Like, PastStep, about
from ui.widgets import style
from ui.widgets.empty import EmptyState
from ui.widgets.years_chart import YearsChart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.services.session import Session

DELAY = 120
"""Milliseconds before the pane follows: running through a tree must not be slowed by it."""


EMPTY = "选中一条指标，\n这里显示它的说明、历年和相近指标。"


class IndicatorPanel(QWidget):
    """说明, 历年, 相近指标 and 历史 of one indicator.

    Signals:
        place_chosen: a place the person wants to see.
    """

    place_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("indicatorPanel")
        self.setAccessibleName("指标")
        self._session: Session | None = None
        self._place: Place | None = None
        self._timer = QTimer(self, singleShot=True, interval=DELAY)
        self._timer.timeout.connect(self.update_now)
        self.name, self._where, self.words = QLabel(), QLabel(), QLabel()
        self.chart = YearsChart()
        self.likes, self.steps = QVBoxLayout(), QVBoxLayout()
        self._stack = QStackedWidget()
        self._empty = EmptyState("indicatorEmpty", EMPTY)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scrolled())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        style.class_of(inside, "pane")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(4)
        for label, look in ((self.name, "heading"), (self._where, "soft")):
            label.setWordWrap(True)
            style.class_of(label, look)
            layout.addWidget(label)
        self.words.setWordWrap(True)
        layout.addWidget(_section("说明"))
        layout.addWidget(self.words)
        layout.addWidget(_section("历年"))
        layout.addWidget(self.chart)
        layout.addWidget(_section("相近指标"))
        layout.addLayout(self.likes)
        layout.addWidget(_section("这张表的改动"))
        layout.addLayout(self.steps)
        layout.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setObjectName("indicatorScroll")
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def show_place(self, session: Session, place: Place | None) -> None:
        """Follow the person to a place; nothing is read before they rest there."""
        self._session, self._place = session, place
        self._timer.start()

    def clear(self) -> None:
        """Show nothing: no library is open."""
        self._session = self._place = None
        self._timer.stop()
        self._stack.setCurrentIndex(0)

    def update_now(self) -> None:
        """Read and show what is known of the place."""
        found = self._about() if self.isVisible() else None
        if found:
            self._show(found)
        elif self.isVisible():
            self._stack.setCurrentIndex(0)

    def _about(self) -> AboutIndicator | None:
        if not (self._session and self._place and self._place.indicator):
            return None
        try:
            return about(self._session, self._place.form, self._place.indicator)
        except KeyError:  # the indicator was deleted since
            return None

    def _show(self, found: AboutIndicator) -> None:
        self.name.setText(found.name)
        self._where.setText(found.place)
        self.words.setText(found.words)
        self.chart.show_values(found.years)
        likes: list[QWidget] = [self._like(x) for x in found.likes]
        _refill(self.likes, likes or [_soft("其他表里没有相近的指标。")])
        _refill(self.steps, _steps(found.steps) or [_soft("还没有改动。")])
        self._stack.setCurrentIndex(1)

    def _like(self, like: Like) -> QWidget:
        place = Place(like.form, like.horizon, like.goal, like.indicator, "name")
        button = QPushButton(f"{like.name}  {like.target}")
        button.setObjectName(f"like-{like.indicator}")
        button.setToolTip(f"到“{like.form_name}”的这条指标")
        style.class_of(button, "link")
        button.clicked.connect(lambda: self.place_chosen.emit(place))
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(0)
        layout.addWidget(button)
        layout.addWidget(_soft(like.form_name))
        return box


def _section(text: str) -> QLabel:
    label = QLabel(text)
    label.setContentsMargins(0, 12, 0, 2)
    style.class_of(label, "section")
    return label


def _soft(text: str) -> QLabel:
    label = QLabel(text, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    style.class_of(label, "faint")
    return label


def _steps(steps: Sequence[PastStep]) -> list[QWidget]:
    return [_soft(f"{step.time}  {step.label}  {step.who}".rstrip()) for step in steps]


def _refill(layout: QVBoxLayout, widgets: Sequence[QWidget]) -> None:
    """Put widgets into a layout in place of those that are there."""
    while layout.count():
        old = layout.takeAt(0).widget()
        if old:
            old.setParent(None)
            old.deleteLater()
    for widget in widgets:
        layout.addWidget(widget)
