"""Run in a process of its own: opens a window, prints the seconds until it was painted, and ends.

    python first_paint.py STARTED bare              a bare PySide6 window
    python first_paint.py STARTED main LIBRARY      the program's window; a second figure tells
                                                    when a list of the library's forms was painted,
                                                    a third when its panes were, a fourth when
                                                    these told what a check has found

STARTED is `time.monotonic()` of whoever started this process.
"""

from __future__ import annotations

import sys
import time

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QTimer

STARTED = float(sys.argv[1])
GIVE_UP_MS = 20_000


class Watch(QObject):
    """Prints when the window was painted, then a list, then the panes, then what was found."""

    def __init__(self, wanted: int) -> None:
        """Stop after `wanted` figures."""
        super().__init__()
        self.wanted = wanted
        self.told = 0

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        """Look at each paint event; all of them go on to whom they belong."""
        left = STEPS[self.told : self.wanted]
        if event.type() is QEvent.Type.Paint and left and left[0](thing):
            self.tell()
        return False

    def tell(self) -> None:
        """Print a figure; the same few milliseconds of drawing follow in every window."""
        print(time.monotonic() - STARTED, flush=True)
        self.told += 1
        if self.told == self.wanted:
            QTimer.singleShot(0, QtWidgets.QApplication.exit)


def filled(thing: QObject) -> bool:
    """Tell whether a thing is the inside of a list that has rows."""
    view = thing.parent()
    if not isinstance(view, QtWidgets.QAbstractItemView) or view.model() is None:
        return False
    return view.model().rowCount() > 0


def is_window(thing: QObject) -> bool:
    """Tell whether a thing is the window itself."""
    return isinstance(thing, QtWidgets.QMainWindow)


def is_workspace(thing: QObject) -> bool:
    """Tell whether a thing holds the panes of an open library."""
    return thing.objectName() == "workspace"


def is_checked(thing: QObject) -> bool:
    """Tell whether a thing says what the check of a form came to."""
    from kpiapp.services.session import CHECKING

    is_verdict = isinstance(thing, QtWidgets.QLabel) and thing.objectName() == "problemsVerdict"
    return is_verdict and thing.text() not in {"", CHECKING}


STEPS = (is_window, filled, is_workspace, is_checked)


class WatchedApplication(QtWidgets.QApplication):
    """An application whose paint events are watched from the beginning."""

    def __init__(self, *arguments: object) -> None:
        """Start watching."""
        super().__init__(*arguments)
        self.watch = Watch(1 if sys.argv[2] == "bare" else len(STEPS))
        self.installEventFilter(self.watch)
        QTimer.singleShot(GIVE_UP_MS, QtWidgets.QApplication.exit)


def bare() -> None:
    """Show the least window that this library can show."""
    app = WatchedApplication(sys.argv[:1])
    window = QtWidgets.QMainWindow()
    window.resize(1280, 800)
    window.show()
    app.exec()


def program() -> None:
    """Show the program's own window, opening a library."""
    QtWidgets.QApplication = WatchedApplication  # type: ignore[misc]
    import main

    sys.argv[1:] = ["--library", sys.argv[3]]
    main.main()


if __name__ == "__main__":
    bare() if sys.argv[2] == "bare" else program()
