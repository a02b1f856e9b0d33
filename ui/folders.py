"""Folders shown in the system's file manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from pathlib import Path


def open_folder(folder: Path) -> None:
    """Show a folder in the file manager; the desktop says itself where it cannot."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
