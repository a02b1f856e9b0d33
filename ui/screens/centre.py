"""The middle of the window: one line that says which form this is, and the page below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kpiapp.model.problem import Severity
from kpiapp.services.findings import excusing
from ui.models.amounts import amount_text
from ui.models.problems_model import look_of
from ui.widgets import style
from ui.widgets.elided import ElidedLabel
from ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from kpiapp.model.form import Form
    from kpiapp.services.session import Session

UNFILLED: Final = ("missing-required-field", "missing-target", "goal-without-indicators")
"""Codes of what is simply not filled in yet, told apart from what is wrong."""


class Centre(QWidget):
    """The header line of a form over a stack of pages; other pages have a title of their own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("centre")
        self.name = ElidedLabel()
        self.name.setObjectName("formTitle")
        self.name.setFont(style.font(1.2, bold=True))
        self.detail, self.todo = QLabel(), QLabel()
        self.detail.setObjectName("formDetail")
        self.todo.setObjectName("formTodo")
        style.class_of(self.detail, "soft")
        self._header = self._make_header()
        self.stack = QStackedWidget()
        self.empty = EmptyState("centreEmpty", "在左侧选一张表开始填写。")
        self._offers = QHBoxLayout()
        self._offers.setSpacing(style.STEP)
        offers = QWidget()
        offers.setLayout(self._offers)
        self.empty.add_widget(offers)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self.stack, 1)
        self._header.hide()
        style.class_of(self, "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _make_header(self) -> QWidget:
        header = QWidget()
        header.setObjectName("formHeader")
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        style.class_of(header, "pane")
        layout = QHBoxLayout(header)
        layout.setContentsMargins(16, 10, 16, 6)
        layout.setSpacing(style.STEP * 2)
        layout.addWidget(self.name)
        layout.addWidget(self.detail)
        layout.addStretch(1)
        layout.addWidget(self.todo)
        return header

    def offer(self, action: QAction) -> None:
        """Put a button for a command below the words of an empty year."""
        button = QPushButton(style.turning_white(action.icon()), action.text())
        button.setObjectName(f"offer-{action.objectName()}")
        button.setAccessibleName(action.iconText())
        button.setToolTip(action.toolTip())
        button.setAutoDefault(True)  # Enter presses it
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        button.clicked.connect(action.trigger)
        self._offers.addWidget(button)

    def focus_offer(self) -> None:
        """Put the keyboard on the first of these buttons."""
        first = self._offers.itemAt(0)
        if first and first.widget():
            first.widget().setFocus()

    def show_page(self, page: QWidget, *, header: bool = False) -> None:
        """Show a page, with or without the line of the form above it."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self._header.setVisible(header)

    def describe(self, session: Session, form: Form) -> None:
        """Say which form is shown, and what is still to be done on it."""
        self.name.setText(form.name or f"未命名的{form.kind.label}表")
        self.detail.setText(" · ".join(x for x in (f"{form.year} 年", amount_text(form)) if x))
        self.show_todo(session, form)

    def show_todo(self, session: Session, form: Form) -> None:
        """Say what is still to be done on a form: this one, or the stage of it that is in sight."""
        text, look = todo(session, form)
        self.todo.setText(text)
        style.class_of(self.todo, look)


def todo(session: Session, form: Form) -> tuple[str, str]:
    """Return the verdict on a form, how many errors are only blanks, and how the words look."""
    found = excusing.counting(session, form.id)
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    unfilled = sum(problem.code in UNFILLED for problem in errors)
    more = f"（其中 {unfilled} 项没有填）" if unfilled else ""
    verdict = session.verdict(form.id)
    return verdict + more, look_of(verdict)
