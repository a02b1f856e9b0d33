"""Drawing where there is no screen: for pictures and measurements."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from collections.abc import Iterator

EMPTY_TALK = "propagateSizeHints"
"""Of each window Qt says without a screen that it cannot tell its size to a window manager."""


@contextmanager
def quietly() -> Iterator[None]:
    """Leave out what Qt says of having no window manager; everything else is printed."""
    before = qInstallMessageHandler(_print)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _print(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    if EMPTY_TALK not in text:
        sys.stderr.write(f"{text}\n")
