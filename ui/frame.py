"""What the window holds: menus, tools, pages, the open library, and the line below them.

Commands act on it without knowing the window that runs them.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QComboBox, QMenu, QStackedWidget, QToolBar

    from kpiapp.services.changed import Changed
    from kpiapp.services.session import Session
    from ui.models.navigator_model import NamedForm
    from ui.screens.importing import Taken
    from ui.screens.opening import OpeningPage
    from ui.screens.welcome import WelcomePage
    from ui.status import StatusLine
    from ui.widgets.elided import ElidedLabel
    from ui.widgets.message_bar import MessageBar
    from ui.widgets.search_field import SearchField, Target
    from ui.workspace import Workspace

TITLE: Final = "绩效目标管理"
BEGINNINGS: Final = ("new_department", "new_project", "import_files")
"""Commands that an empty year offers."""


class Frame(QMainWindow):
    """The window without its commands; `ui.furnishing` puts the parts in.

    Signals:
        asked: the name of a command that somebody wants done.
        open_asked: the path of a library that somebody wants opened.
    """

    asked = Signal(str)
    open_asked = Signal(object)

    welcome: WelcomePage
    messages: MessageBar
    status: StatusLine
    pages: QStackedWidget
    tools: QToolBar
    library_name: ElidedLabel
    years: QComboBox
    search: SearchField
    recent_menu: QMenu
    actions_by_name: dict[str, QAction]

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle(TITLE)
        self.workspace: Workspace | None = None
        self.opening: OpeningPage | None = None

    # -- commands -----------------------------------------------------------------------------

    def enable(self) -> None:
        """Offer the commands that make sense now, undo and redo by their names."""
        from ui import commands
        from ui.commands import Needs

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
        self._name_steps()

    def _name_steps(self) -> tuple[str | None, str | None]:
        """Name 撤销 and 重做 after what they would do, and return the two labels."""
        session = self.session
        writable = session is not None and not session.read_only
        labels = session.library.step_labels() if session and writable else (None, None)
        for name, word, label in zip(("undo", "redo"), ("撤销", "重做"), labels, strict=True):
            action = self.actions_by_name[name]
            action.setText(f"{word}：{label}" if label else word)
            action.setIconText(word)
            keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
            action.setToolTip(f"{action.text()}（{keys}）")
            action.setEnabled(label is not None)
        return labels

    # -- the open library ---------------------------------------------------------------------

    @property
    def session(self) -> Session | None:
        """The open session, or None."""
        return self.workspace.session if self.workspace else None

    def show_session(self, session: Session) -> None:
        """Show an open library in place of what was open."""
        self.close_session()
        years = session.years()
        year = years[0] if years else datetime.now().astimezone().year + 1
        hurried = self.opening is not None
        opening = self.opening or self.show_names(session.heads(year))
        self.opening = None
        from kpiapp import crash
        from kpiapp.services import catalogue
        from ui import guests
        from ui.workspace import Workspace  # all panes and what they need

        workspace = Workspace(session, year, opening.navigator)
        workspace.stepped.connect(self._stepped)
        workspace.year_changed.connect(lambda _year: self._list_years())
        workspace.form_shown.connect(self.enable)
        workspace.failed.connect(self.messages.say_error)
        workspace.said.connect(self.say_done)
        workspace.imported.connect(self._say_imported)
        workspace.links_wanted.connect(partial(guests.show_links, workspace))
        for name in BEGINNINGS:
            workspace.centre.offer(self.actions_by_name[name])
        self.workspace = workspace
        self.pages.addWidget(workspace)
        self.pages.setCurrentWidget(workspace)
        crash.watch_steps(lambda: [step.label for step in session.library.steps(crash.STEPS_SHOWN)])
        self.pages.removeWidget(opening)
        opening.deleteLater()
        workspace.begin(at_once=not hurried)
        for fault in catalogue.layout_faults():
            self.messages.say_error(fault)
        self._list_years()
        self.setWindowTitle(f"{session.library.path.name} — {TITLE}")
        self.library_name.setText(f"目标库  {session.library.name}")
        self.status.say(f"已打开“{session.library.name}”")
        self.status.note.setText("只读" if session.read_only else "")
        self.enable()
        if workspace.form_id is None:
            workspace.centre.focus_offer()

    def show_names(self, forms: Iterable[NamedForm]) -> OpeningPage:
        """List the names of forms at once, while the panes are still to be made."""
        from ui.screens.opening import OpeningPage

        page = OpeningPage(forms)
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self.tools.show()
        self.centralWidget().show()  # Qt would show what is new only at the next event
        self.repaint()
        return page

    def close_session(self) -> None:
        """Close the open library, if there is one."""
        workspace, self.workspace = self.workspace, None
        if workspace is None:
            return
        from kpiapp import crash

        crash.watch_steps(None)
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
            if changed.how != "do":
                self.messages.forget()
            undo, _ = self._name_steps()
            self.status.show_step(changed, undo)
            if changed.added or changed.removed:
                self._list_years()
                self.enable()

    def say_done(self, text: str, folder: Path | None) -> None:
        """Tell what was done, in the bar and at the bottom; offer the folder it went to."""
        from ui.folders import open_folder

        show = partial(open_folder, folder) if folder else None
        self.messages.say(text, "good", "打开文件夹" if folder else "", show)
        if folder:
            self.status.say(text)
            self.status.show_undo(self._name_steps()[0])

    def _say_imported(self, taken: Taken) -> None:
        """Tell what was imported; what was not understood can be read again."""
        from ui.dialogs import show_report

        link = f"看没有认出的 {taken.unread} 个单元格" if taken.unread else "看导入报告"
        show = partial(show_report, self, "importReport", "导入报告", taken.report)
        self.messages.say(taken.text, "info" if taken.unread else "good", link, show)

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

    def choose_year(self) -> None:
        """Show the year that was chosen above."""
        if self.workspace:
            self.workspace.show_year(self.years.currentData())

    def list_recent(self) -> None:
        """Fill the menu 最近打开."""
        from kpiapp import settings

        self.recent_menu.clear()
        for path in settings.recent_libraries():
            action = self.recent_menu.addAction(path.stem, partial(self.open_asked.emit, path))
            action.setToolTip(str(path))
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction("还没有打开过目标库").setEnabled(False)

    def targets(self) -> list[Target]:
        """Return what the search can find: forms and indicators of the year, then commands."""
        from ui import commands, searching
        from ui.widgets.search_field import Target

        found = searching.places_to_go(self.workspace) if self.workspace else []
        for command in commands.all_commands():
            action = self.actions_by_name[command.name]
            if action.isEnabled() and "\t" not in command.text:
                text = action.text().rstrip("…")
                keys = action.shortcut().toString()
                found.append(
                    Target(text, keys, partial(self.asked.emit, command.name), command.icon)
                )
        return found
