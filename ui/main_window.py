"""The one window: it does what is asked of it, by menu, key, search, or files let go over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui import dropping, remembered
from ui.frame import Frame
from ui.skeleton import Skeleton

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

WIDTH, HEIGHT, TITLE_BAR = 1360, 860, 40
LEAST_WIDTH: Final = 960
"""Below this the tools would not all be in sight."""


class MainWindow(Frame):
    """The frame with its commands. What they do is in `ui.doing`, one function each."""

    def __init__(self, *, at_once: bool = True) -> None:
        """Make the window, with everything in it, or `at_once` False only its empty panes."""
        super().__init__()
        self.setMinimumWidth(LEAST_WIDTH)
        self._fit_screen()
        self.skeleton = Skeleton()
        self.setCentralWidget(self.skeleton)
        if at_once:
            self.furnish()

    def _fit_screen(self) -> None:
        """Take the usual size, or what a smaller screen has."""
        room = self.screen().availableSize()
        width, height = min(WIDTH, room.width()), min(HEIGHT, room.height() - TITLE_BAR)
        self.resize(max(width, LEAST_WIDTH), height)
        remembered.place_window(self)

    def furnish(self) -> None:
        """Put the menus, the tools and the pages into the window."""
        from ui import furnishing

        self.asked.connect(self.run)
        self.open_asked.connect(self.open)
        furnishing.furnish(self)
        self.setAcceptDrops(True)
        self.enable()

    # -- commands -----------------------------------------------------------------------------

    def run(self, name: str) -> None:
        """Do a command by its name; what the world refuses is said in the message bar."""
        from kpiapp.errors import UserError
        from ui import doing

        try:
            doing.function(name)(self)
        except UserError as error:
            self.messages.say_error(error)

    def open(self, path: Path, *, read_only: bool = False) -> None:
        """Open a library file and show it; a refusal is said, with a way out."""
        from ui import glancing

        with glancing.at(self, path):
            from ui.doing import files

            files.open_path(self, path, read_only=read_only)

    # -- the window itself --------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged over the window."""
        if dropping.fits(self, event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a library, or import forms, that were dropped."""
        event.acceptProposedAction()
        dropping.take(self, event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop background work and close the library; there is nothing to save."""
        from ui import jobs

        jobs.wait_for_all()
        remembered.keep_window(self)
        self.close_session()
        super().closeEvent(event)
