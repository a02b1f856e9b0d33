"""The row above the indicators: adding, moving, taking away, and the filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ui.screens.indicator_actions import IndicatorActions

OTHER_GROUP = "其他分组…"


class IndicatorTools(QWidget):
    """Buttons for the actions on indicators, the menu of groups, and the filter.

    Signals:
        filtered: the text that names and groups must hold to be shown.
    """

    filtered = Signal(str)

    def __init__(
        self,
        actions: IndicatorActions,
        groups: Callable[[], Mapping[str, Sequence[str]]],
        parent: QWidget | None = None,
    ) -> None:
        """Make the row.

        Args:
            actions: what the buttons do.
            groups: tells the 一级 with the 二级 below each that can be added.
            parent: as Qt has it.
        """
        super().__init__(parent)
        self.setObjectName("indicatorTools")
        self._actions, self._groups = actions, groups
        self.group_menu = QMenu(self)
        self.group_menu.setObjectName("groupMenu")
        self.group_menu.aboutToShow.connect(self.fill_group_menu)
        self.group_menus: list[QMenu] = []
        self.add_group = self._group_button()
        self.filter = _filter_box()
        self.filter.textChanged.connect(self.filtered)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(style.STEP * 2, style.STEP // 2, style.STEP * 2, style.STEP // 2)
        layout.setSpacing(style.STEP // 2)
        layout.addWidget(self._button("add_indicator", text=True))
        layout.addWidget(self.add_group)
        layout.addWidget(self._button("add_goal", text=True))
        layout.addSpacing(style.STEP)
        for name in ("duplicate", "remove", "up", "down"):
            layout.addWidget(self._button(name))
        layout.addSpacing(style.STEP)
        layout.addWidget(self._button("complete", text=True))
        layout.addStretch()
        layout.addWidget(self.filter)

    def _button(self, name: str, *, text: bool = False) -> QToolButton:
        action = self._actions.by_name[name]
        button = _tool(f"tool_{name}", action.text(), text=text)
        button.setDefaultAction(action)
        return button

    def _group_button(self) -> QToolButton:
        button = _tool("tool_add_group", "添加分组", text=True)
        button.setText("添加分组")
        button.setToolTip("在当前目标下添加一级、二级指标")
        button.setIcon(style.icon("plus"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self.group_menu)
        return button

    def fill_group_menu(self) -> None:
        """Offer the 一级 and 二级 of the form's layout, in its words."""
        self.group_menu.clear()
        for old in self.group_menus:
            old.deleteLater()
        self.group_menus = []
        for first, seconds in self._groups().items():
            menu = self.group_menu.addMenu(first)
            self.group_menus.append(menu)
            for second in seconds:
                self._offer(menu, second, first, second)
            menu.addSeparator()
            self._offer(menu, OTHER_GROUP, first, "")

    def _offer(self, menu: QMenu, text: str, level1: str, level2: str) -> None:
        menu.addAction(text).triggered.connect(lambda: self._actions.add_group(level1, level2))


def _tool(name: str, spoken: str, *, text: bool) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setAccessibleName(spoken)
    button.setIconSize(QSize(16, 16))
    if text:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _filter_box() -> QLineEdit:
    box = QLineEdit()
    box.setObjectName("indicatorFilter")
    box.setAccessibleName("筛选指标")
    box.setPlaceholderText("筛选指标")
    box.setClearButtonEnabled(True)
    box.addAction(style.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
    box.setFixedWidth(184)
    box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return box
