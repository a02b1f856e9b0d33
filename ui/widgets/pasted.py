"""What the clipboard holds, as cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from kpiapp.services import pasting

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData


def cells() -> pasting.Block:
    """Return the cells on the clipboard; nothing where it holds no text."""
    return cells_of(QGuiApplication.clipboard().mimeData())


def cells_of(data: QMimeData) -> pasting.Block:
    """Return the cells in what is pasted or dropped."""
    return pasting.read_clipboard(data.html() if data.hasHtml() else "", data.text())
