"""The one window: menus, tools, the open library, and the line that says what was done."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from kpiapp.errors import UserError
from ui import commands, doing
from ui.commands import Needs
from ui.screens.welcome import WelcomePage
from ui.status import StatusLine
from ui.widgets import style
from ui.widgets.elided import ElidedLabel
from ui.widgets.message_bar import MessageBar
from ui.widgets.search_field import SearchField, Target

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent

    from kpiapp.services.session import Changed, Session
    from ui.workspace import Workspace

TITLE: Final = "绩效目标管理"
TOOLS: Final = ("undo", "redo", None, "import_files", "export", "preview", None, "new_project")


class MainWindow(QMainWindow):
    """The frame. What the commands do is in `ui.doing`, one function each."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle(TITLE)
        self.workspace: Workspace | None = None
        self.recent_menu = QMenu("最近打开", self)
        self.recent_menu.setObjectName("recentMenu")
        self.recent_menu.aboutToShow.connect(self._list_recent)
        self.actions_by_name = commands.make_actions(self, self.run)
        commands.fill_menus(self.menuBar(), self.actions_by_name, self.recent_menu)
        self.welcome = WelcomePage()
        self.messages = MessageBar()
        self.status = StatusLine()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.welcome)
        self._lay_out()
        self._make_tools()
        self._connect()
        self.resize(1360, 860)
        self.enable()

    # -- making -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.messages)
        layout.addWidget(self.pages, 1)
        self.setCentralWidget(centre)
        self.statusBar().setObjectName("statusBar")
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.status, 1)

    def _make_tools(self) -> None:
        tools = QToolBar("工具栏")
        tools.setObjectName("tools")
        tools.setMovable(False)
        tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        tools.setIconSize(QSize(18, 18))
        tools.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.library_name = ElidedLabel()
        self.library_name.setObjectName("libraryName")
        self.library_name.setAccessibleName("目标库")
        style.class_of(self.library_name, "heading")
        tools.addWidget(self.library_name)
        for name in TOOLS:
            if name is None:
                tools.addSeparator()
            else:
                tools.addAction(self.actions_by_name[name])
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        tools.addWidget(space)
        self.year_label = QLabel("年度 ")
        self.years = QComboBox()
        self.years.setObjectName("yearChoice")
        self.years.setAccessibleName("年度")
        self.years.setToolTip("正在看哪个预算年度")
        self.years.setMinimumWidth(80)
        tools.addWidget(self.year_label)
        tools.addWidget(self.years)
        self.search = SearchField(self._targets, self)
        self.search.setFixedWidth(240)
        tools.addWidget(self.search)
        self.addToolBar(tools)
        self.tools = tools

    def _connect(self) -> None:
        self.welcome.new_wanted.connect(partial(self.run, "new_library"))
        self.welcome.open_wanted.connect(partial(self.run, "open_library"))
        self.welcome.sample_wanted.connect(partial(self.run, "open_sample"))
        self.welcome.recent_chosen.connect(self.open)
        self.status.undo_wanted.connect(partial(self.run, "undo"))
        self.years.activated.connect(self._year_chosen)

    # -- commands -----------------------------------------------------------------------------

    def run(self, name: str) -> None:
        """Do a command by its name; what the world refuses is said in the message bar."""
        try:
            getattr(doing, name)(self)
        except UserError as error:
            self.messages.say_error(error)

    def enable(self) -> None:
        """Offer the commands that make sense now, undo and redo by their names."""
        session = self.session
        fits = {
            Needs.NOTHING: True,
            Needs.LIBRARY: session is not None,
            Needs.WRITABLE: bool(session and not session.read_only),
            Needs.FORM: bool(self.workspace and self.workspace.form_id),
        }
        fits[Needs.WRITABLE_FORM] = fits[Needs.WRITABLE] and fits[Needs.FORM]
        for command in commands.all_commands():
            self.actions_by_name[command.name].setEnabled(fits[command.needs])
        self.years.setEnabled(session is not None)
        self._name_steps(session)

    def _name_steps(self, session: Session | None) -> None:
        writable = session is not None and not session.read_only
        for name, word, label in (
            ("undo", "撤销", session.undo_label if session and writable else None),
            ("redo", "重做", session.redo_label if session and writable else None),
        ):
            action = self.actions_by_name[name]
            action.setText(f"{word}：{label}" if label else word)
            action.setIconText(word)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{action.text()}（{keys}）")
            action.setEnabled(label is not None)

    # -- the open library ---------------------------------------------------------------------

    @property
    def session(self) -> Session | None:
        """The open session, or None."""
        return self.workspace.session if self.workspace else None

    def open(self, path: Path, *, read_only: bool = False) -> None:
        """Open a library file and show it; a refusal is said, with a way out."""
        doing.open_path(self, path, read_only=read_only)

    def show_session(self, session: Session) -> None:
        """Show an open library in place of what was open."""
        from ui.workspace import Workspace

        self.close_session()
        years = session.years()
        workspace = Workspace(session, years[0] if years else datetime.now().astimezone().year + 1)
        workspace.stepped.connect(self._stepped)
        workspace.year_changed.connect(lambda _year: self._list_years())
        workspace.form_shown.connect(self.enable)
        workspace.failed.connect(self.messages.say_error)
        workspace.said.connect(self._say)
        self.workspace = workspace
        self.pages.addWidget(workspace)
        self.pages.setCurrentWidget(workspace)
        self.tools.show()
        self._list_years()
        self.setWindowTitle(f"{session.library.path.name} — {TITLE}")
        self.library_name.setText(f"目标库  {session.library.name}")
        self.status.say(f"已打开“{session.library.name}”")
        self.status.note.setText("只读" if session.read_only else "")
        self.enable()

    def close_session(self) -> None:
        """Close the open library, if there is one."""
        workspace, self.workspace = self.workspace, None
        if workspace is None:
            return
        workspace.leave()
        workspace.session.library.close()
        self.pages.removeWidget(workspace)
        workspace.deleteLater()
        self.messages.hide()

    def show_welcome(self) -> None:
        """Show the first page."""
        from kpiapp import settings

        self.close_session()
        self.welcome.show_recent(settings.recent_libraries())
        self.pages.setCurrentWidget(self.welcome)
        self.tools.hide()
        self.setWindowTitle(TITLE)
        self.library_name.setText("")
        self.years.clear()
        self.status.say("就绪")
        self.status.note.setText("")
        self.enable()

    def _stepped(self, changed: Changed) -> None:
        if self.session:
            self.status.show_step(self.session, changed)
            self._list_years()
            self.enable()

    def _say(self, text: str, folder: Path | None) -> None:
        """Tell what was done, in the bar and at the bottom; offer the folder it went to."""
        from ui.screens.exporting import open_folder

        show = partial(open_folder, folder) if folder else None
        self.messages.say(text, "good", "打开文件夹" if folder else "", show)
        if folder:
            self.status.say(text)
            self.status.show_undo(self.session)

    # -- year, recent, search -----------------------------------------------------------------

    def _list_years(self) -> None:
        if not self.workspace:
            return
        year = self.workspace.year
        years = sorted({*self.workspace.session.years(), year}, reverse=True)
        if years != [self.years.itemData(n) for n in range(self.years.count())]:
            self.years.clear()
            for one in years:
                self.years.addItem(str(one), one)
        self.years.setCurrentIndex(self.years.findData(year))

    def _year_chosen(self) -> None:
        if self.workspace:
            self.workspace.show_year(self.years.currentData())

    def _list_recent(self) -> None:
        from kpiapp import settings

        self.recent_menu.clear()
        for path in settings.recent_libraries():
            action = self.recent_menu.addAction(path.stem, partial(self.open, path))
            action.setToolTip(str(path))
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction("还没有打开过目标库").setEnabled(False)

    def _targets(self) -> list[Target]:
        """Return what the search can find: forms and indicators of the year, then commands."""
        found = doing.places_to_go(self.workspace) if self.workspace else []
        for command in commands.all_commands():
            action = self.actions_by_name[command.name]
            if action.isEnabled() and "\t" not in command.text:
                text = action.text().rstrip("…")
                keys = action.shortcut().toString()
                found.append(Target(text, keys, partial(self.run, command.name), command.icon))
        return found

    # -- the window itself --------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop background work and close the library; there is nothing to save."""
        from ui import jobs

        jobs.wait_for_all()
        self.close_session()
        super().closeEvent(event)
