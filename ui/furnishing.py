"""Menus, tools and pages of the window, put in once it has been seen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from ui import commands
from ui.screens.welcome import WelcomePage
from ui.status import StatusLine
from ui.widgets import parts, style
from ui.widgets.calm import CalmCombo
from ui.widgets.elided import ElidedLabel
from ui.widgets.message_bar import MessageBar
from ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from ui.frame import Frame

TOOLS: Final = ("undo", "redo", None, "import_files", "export", "preview", None, "new_project")


def furnish(window: Frame) -> None:
    """Put everything into a window that still shows its skeleton."""
    window.recent_menu = QMenu("最近打开", window)
    window.recent_menu.setObjectName("recentMenu")
    window.recent_menu.aboutToShow.connect(window.list_recent)
    window.actions_by_name = commands.make_actions(window, window.asked.emit)
    commands.fill_menus(window.menuBar(), window.actions_by_name, window.recent_menu)
    _make_pages(window)
    _make_tools(window)
    _connect(window)


def _make_pages(window: Frame) -> None:
    window.welcome = WelcomePage()
    window.messages = MessageBar()
    window.status = StatusLine()
    window.pages = QStackedWidget()
    window.pages.addWidget(window.welcome)
    centre = QWidget()
    layout = QVBoxLayout(centre)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(window.messages)
    layout.addWidget(window.pages, 1)
    window.setCentralWidget(centre)
    window.statusBar().setObjectName("statusBar")
    window.statusBar().setSizeGripEnabled(False)
    window.statusBar().addWidget(window.status, 1)


def _make_tools(window: Frame) -> None:
    tools = QToolBar("工具栏")
    tools.setObjectName("tools")
    tools.setMovable(False)
    tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    tools.setIconSize(QSize(18, 18))
    tools.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    window.library_name = ElidedLabel()
    window.library_name.setObjectName("libraryName")
    window.library_name.setAccessibleName("目标库")
    style.class_of(window.library_name, "heading")
    tools.addWidget(window.library_name)
    _add_buttons(window, tools)
    space = QWidget()
    space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    tools.addWidget(space)
    tools.addWidget(QLabel("年度 "))
    window.years = _years()
    tools.addWidget(window.years)
    window.search = SearchField(window.targets, window)
    window.search.setMinimumWidth(120)
    window.search.setMaximumWidth(240)
    tools.addWidget(window.search)
    window.addToolBar(tools)
    window.tools = tools


def _add_buttons(window: Frame, tools: QToolBar) -> None:
    for name in TOOLS:
        if name is None:
            tools.addSeparator()
            continue
        action = window.actions_by_name[name]
        tools.addAction(action)
        tools.widgetForAction(action).setObjectName(f"tool-{name}")


def _years() -> QComboBox:
    years = parts.named(CalmCombo(), "yearChoice", "年度", "正在看哪个预算年度")
    years.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click, typing must not choose years
    years.setMinimumWidth(80)
    return years


def _connect(window: Frame) -> None:
    window.welcome.new_wanted.connect(partial(window.asked.emit, "new_library"))
    window.welcome.open_wanted.connect(partial(window.asked.emit, "open_library"))
    window.welcome.sample_wanted.connect(partial(window.asked.emit, "open_sample"))
    window.welcome.review_wanted.connect(partial(window.asked.emit, "review_folder"))
    window.welcome.recent_chosen.connect(window.open_asked)
    window.status.undo_wanted.connect(partial(window.asked.emit, "undo"))
    window.years.activated.connect(window.choose_year)
