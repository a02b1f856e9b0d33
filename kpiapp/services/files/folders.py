"""Folders that are written into, and names of files that every system accepts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_NAME = 60
"""Characters of a file name; Chinese ones take three bytes, and 255 bytes is the most on Linux."""
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]+')
_DEVICES = frozenset(
    ["CON", "PRN", "AUX", "NUL", *(f"{name}{n}" for name in ("COM", "LPT") for n in range(1, 10))]
)


def make_folder(folder: Path) -> None:
    """Make a folder if it is missing; raises UserError where that is not allowed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        from kpiapp.sheets.files import reason

        raise UserError(f"不能建立文件夹“{folder}”：{reason(error)}", "请换一个位置") from error


def safe_name(text: str) -> str:
    """Return a text as a file name that Windows, Linux and a USB stick accept."""
    name = _FORBIDDEN.sub("_", text)[:LONGEST_NAME].strip(" .")
    if name.partition(".")[0].upper() in _DEVICES:
        name = f"_{name}"
    return name or "未命名"
