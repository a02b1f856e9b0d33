"""Files dropped on the window: a library is opened, everything else is imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from ui import guests

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from ui.frame import Frame

SUFFIX: Final = ".kpi"


def files_of(data: QMimeData) -> list[Path]:
    """Return the local files and folders that are dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def fits(window: Frame, data: QMimeData) -> bool:
    """Say whether something can be done with what is dragged."""
    files = files_of(data)
    return _is_library(files) or bool(files and _takes_forms(window))


def take(window: Frame, data: QMimeData) -> None:
    """Open the one library, or read the forms into the page 导入."""
    files = files_of(data)
    if _is_library(files):
        window.open_asked.emit(files[0])
    elif files and window.workspace and _takes_forms(window):
        guests.show_import(window.workspace, files)


def _is_library(files: list[Path]) -> bool:
    return len(files) == 1 and files[0].suffix.lower() == SUFFIX


def _takes_forms(window: Frame) -> bool:
    return bool(window.session and not window.session.read_only)
