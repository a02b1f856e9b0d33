"""Where the program's own files lie, run from source or frozen by PyInstaller."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))
RESOURCES = ROOT / "resources"


def resource(*parts: str) -> Path:
    """Return the path of a file below `resources/`."""
    return RESOURCES.joinpath(*parts)
