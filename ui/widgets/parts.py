"""The plain parts of a page, each with the names that tests and screen readers ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from ui.widgets import style
from ui.widgets.calm import CalmCombo

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QAbstractItemModel

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str, text: str, tip: str = "") -> W:
    """Give a widget its object name, what is read aloud, and perhaps a tip; return it."""
    widget.setObjectName(name)
    widget.setAccessibleName(text)
    if tip:
        widget.setToolTip(tip)
    return widget


def button(
    name: str, text: str, do: Callable[[], object] | None = None, tip: str = ""
) -> QPushButton:
    """Return a button that does something without being told that it is checked."""
    made = named(QPushButton(text), name, text, tip)
    if do is not None:
        made.clicked.connect(lambda: do())  # noqa: PLW0108 - clicked brings a bool
    return made


def primary(button: QPushButton) -> None:
    """Make a button the one of its page that stands out; Enter presses it, as in a dialog."""
    style.class_of(button, "primary")
    button.setAutoDefault(True)


def chip(name: str, text: str, what: str) -> QPushButton:
    """Return a round switch that shows or hides something, on at first."""
    made = named(QPushButton(text), name, f"显示{what}", f"显示或隐藏{what}")
    made.setCheckable(True)
    made.setChecked(True)
    style.class_of(made, "chip")
    return made


def combo(name: str, tip: str, least: int = 0) -> QComboBox:
    """Return a list to choose from.

    Args:
        name: its object name.
        tip: what is chosen.
        least: so many characters are always seen, however long the longest item is; 0 shows all.
    """
    made = named(CalmCombo(), name, tip, tip)
    if least:
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(least)
    return made


def flat_list(name: str, text: str, model: QAbstractItemModel) -> QTreeView:
    """Return the view of a table whose rows are chosen whole."""
    view = named(QTreeView(), name, text)
    view.setModel(model)
    view.setRootIsDecorated(False)
    view.setUniformRowHeights(True)
    return view


def row(*widgets: QWidget) -> QHBoxLayout:
    """Return widgets beside each other."""
    made = QHBoxLayout()
    made.setSpacing(style.STEP)
    for widget in widgets:
        made.addWidget(widget)
    return made


def column(page: QWidget) -> QVBoxLayout:
    """Give a page its ground and its margins; return the layout that takes its parts."""
    style.class_of(page, "pane")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(3 * style.STEP, 2 * style.STEP, 3 * style.STEP, 2 * style.STEP)
    layout.setSpacing(style.STEP)
    return layout


def title(text: str) -> QLabel:
    """Return the title of a page."""
    label = QLabel(text)
    style.class_of(label, "title")
    return label


def heading(text: str) -> QLabel:
    """Return the heading of a part of a page."""
    label = QLabel(text)
    style.class_of(label, "heading")
    label.setContentsMargins(0, style.STEP, 0, 0)
    return label


def soft(text: str = "", name: str = "") -> QLabel:
    """Return a line of explanation."""
    label = QLabel(text, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if name:
        label.setObjectName(name)
    style.class_of(label, "soft")
    return label
