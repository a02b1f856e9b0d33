"""Folders: where file dialogs begin, and folders shown in the system's file manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from kpiapp import settings

if TYPE_CHECKING:
    from pathlib import Path


def start_folder() -> str:
    """Return where a file dialog begins: beside the library opened last, else in 文档."""
    own = settings.settings_file().parent  # where the sample lies, and nothing of the person's
    recent = [path.parent for path in settings.recent_libraries() if path.parent != own]
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return str(recent[0]) if recent else QStandardPaths.writableLocation(documents)


def open_folder(folder: Path) -> None:
    """Show a folder in the file manager; the desktop says itself where it cannot."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
