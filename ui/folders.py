"""Folders: where file dialogs begin, and folders shown in the system's file manager."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from kpiapp import settings


def start_folder() -> str:
    """Return where a file dialog begins: beside the last library, else in 文档, else at home."""
    own = settings.settings_file().parent  # where the sample lies, and nothing of the person's
    recent = [path.parent for path in settings.recent_libraries() if path.parent != own]
    place = QStandardPaths.StandardLocation.DocumentsLocation
    documents = Path(QStandardPaths.writableLocation(place))
    return str(next((x for x in (*recent, documents) if x.is_dir()), Path.home()))


def open_folder(folder: Path) -> None:
    """Show a folder in the file manager; the desktop says itself where it cannot."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
