"""预览: the official sheet exactly as it prints, kept up to date while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from kpiapp.errors import UserError
from ui.widgets import style
from ui.widgets.empty import EmptyState
from ui.widgets.paper_view import PaperView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from kpiapp.model.form import Form
    from kpiapp.model.problem import Place

DELAY = 80
"""Milliseconds after the last change: a burst of edits is drawn once."""


class PreviewPage(QWidget):
    """The sheet with a line to zoom it. It is laid out only while it is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("previewPage")
        self.setAccessibleName("预览")
        self._form: Form | None = None
        self._place: Place | None = None
        self._timer = QTimer(self, singleShot=True, interval=DELAY)
        self._timer.timeout.connect(self.update_now)
        self.view = PaperView()
        self.pages = QLabel()
        self.pages.setObjectName("previewPages")
        style.class_of(self.pages, "soft")
        self._empty = EmptyState("previewEmpty", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self._lay_out()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 4, 8, 4)
        bar.addWidget(self.pages)
        bar.addStretch(1)
        for button in (
            _button("previewSmaller", "zoom-out", "缩小", lambda: self._zoom_by(1 / 1.2)),
            _button("previewFit", "scan", "与窗格同宽", lambda: self.view.set_zoom(None)),
            _button("previewLarger", "zoom-in", "放大", lambda: self._zoom_by(1.2)),
        ):
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self._stack, 1)

    def show_form(self, form: Form, place: Place | None = None) -> None:
        """Show a form, or show it again after it was changed; frame the cell of a place."""
        self._form, self._place = form, place
        if self.isVisible():
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay the sheet out before it is seen."""
        super().showEvent(event)
        self.update_now()

    def update_now(self) -> None:
        """Lay the sheet out anew."""
        from kpiapp.services.exports import pointing
        from kpiapp.services.exports.preview import printed

        if self._form is None:
            return
        try:
            sheet = printed(self._form)
        except UserError as error:
            self._empty.set_text(f"{error.message}\n{error.way_out}")
            self._stack.setCurrentWidget(self._empty)
            return
        self.view.show_sheet(sheet)
        if self._place:
            self.view.point_at(pointing.cell_of(self._form, self._place))
        self.pages.setText(f"{len(sheet.pages)} 页 A4")
        self._stack.setCurrentWidget(self.view)

    def _zoom_by(self, factor: float) -> None:
        self.view.set_zoom(self.view.zoom * factor)


def _button(name: str, icon: str, tip: str, do: Callable[[], object]) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setIcon(style.icon(icon))
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.clicked.connect(lambda: do())  # noqa: PLW0108 - clicked brings a bool
    return button
