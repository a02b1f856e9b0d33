"""The program with its window. Loads Qt alone; the library is opened after the window shows."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ui.chinese import speak_chinese
from ui.first_paint import FirstPaint
from ui.main_window import MainWindow
from ui.widgets import style

if TYPE_CHECKING:
    from types import TracebackType


def main(library: str | Path | None = None, layouts: str = "") -> int:
    """Run the window until it is closed and return the exit code.

    Args:
        library: the file to open; without it the one opened last, else the first page.
        layouts: a folder with layouts of a person's own, besides that beside the library.
    """
    app = make_application()
    window = MainWindow(at_once=False)
    sys.excepthook = _told_by(window)
    window.show()
    FirstPaint(window, lambda: start(window, Path(library) if library else None, layouts))
    code = app.exec()
    from kpiapp import crash

    crash.stop_watching()  # only a run that died leaves its last words
    return code


def make_application() -> QApplication:
    """Return the application with its name, its texts in Chinese and its looks."""
    app = _application()
    app.setApplicationName("kpiapp")
    app.setApplicationDisplayName("绩效目标管理")
    app.setDesktopFileName("kpiapp")
    speak_chinese(app)
    style.apply_style(app)
    return app


def _application() -> QApplication:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    return app


def start(window: MainWindow, library: Path | None, layouts: str = "") -> None:
    """Furnish the window and open what is to be opened, now that the person sees it."""
    style.stay_light(_application())
    window.furnish()
    if layouts:
        _use_layouts(window, Path(layouts))
    from kpiapp import crash, settings

    fault = crash.watch_hard_crashes()
    recent = settings.recent_libraries()
    if library or recent:
        window.open(library or recent[0])
    if window.workspace is None:
        window.show_welcome()
    if fault:
        window.messages.say("上次程序没有正常结束。已经保存的内容都在。", "info")


def _use_layouts(window: MainWindow, folder: Path) -> None:
    from kpiapp.errors import UserError
    from kpiapp.services import own_layouts

    try:
        own_layouts.use_given(folder)
    except UserError as error:
        window.messages.say_error(error)


def screenshot(library: str | Path, png_path: str | Path) -> None:
    """Open a library without a screen and write a picture of the window.

    Raises:
        UserError: the library cannot be opened.
    """
    from kpiapp.services import opening
    from ui import offscreen

    with offscreen.quietly():
        app = make_application()
        window = MainWindow()
        window.resize(1440, 900)
        window.show()
        window.show_session(opening.open_session(Path(library)))
        for _ in range(3):
            app.processEvents()
        Path(png_path).parent.mkdir(parents=True, exist_ok=True)
        window.grab().save(str(png_path))
        window.close()


Hook = Callable[[type[BaseException], BaseException, "TracebackType | None"], object]


def _told_by(window: MainWindow) -> Hook:
    """Return an exception hook that tells the person, once, and keeps the program running."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        from kpiapp import crash
        from kpiapp.errors import UserError
        from ui.dialogs import CrashDialog

        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        elif isinstance(error, UserError):
            window.messages.say_error(error)
        elif window.findChild(CrashDialog) is None:
            CrashDialog(crash.report(error), crash.save_report(error), window).open()

    return hook
