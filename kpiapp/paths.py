"""Where the program's own files lie, run from source or frozen by PyInstaller."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))
RESOURCES = ROOT / "resources"


def resource(*parts: str) -> Path:
    """Return the path of a file below `resources/`."""
    return RESOURCES.joinpath(*parts)


_beside: list[Path] = []


def look_beside(library: Path | None) -> None:
    """Find folders of one's own (表样, 评分方案) beside this library from now on; None: nowhere."""
    _beside[:] = [library.parent] if library else []


def own_folder(name: str) -> Path | None:
    """Return the folder of this name beside the library that was opened last, or None."""
    return next((folder / name for folder in _beside), None)
