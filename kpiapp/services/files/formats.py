"""File formats by suffix: `kpiapp/sheets/<suffix>.py` reads and writes Grids, JSON is our own."""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, Any

from kpiapp.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kpiapp.sheets.grid import Grid

JSON = ".json"
WORKBOOK = ".xlsx"
SAME_AS = {".xlsm": "xlsx", ".et": "xls", ".doc": "docx", ".htm": "html"}
"""Suffixes that a sibling's reader handles, or refuses with the right sentence."""
SHEETS = ("xlsx", "docx", "pdf", "html")
"""What an office or a browser opens, in the order in which it is offered."""
OLD = ("xls",)
"""What is read and never written."""


def writable() -> list[str]:
    """Return the formats that sheets can be written in, without dots."""
    return [name for name in SHEETS if hasattr(_module(name), "write")]


def readable() -> list[str]:
    """Return the formats that forms can be read from, without dots."""
    return ["json", *(name for name in (*SHEETS, *OLD) if hasattr(_module(name), "read"))]


def is_readable(path: Path) -> bool:
    """Say whether a file in a folder is worth reading; a person's own choice is always tried."""
    suffix = path.suffix.lower()
    return suffix == JSON or suffix in SAME_AS or suffix[1:] in readable()


def read_grids(path: Path) -> list[Grid]:
    """Return the sheets of an office file, which is read as what it is, whatever its name says.

    Raises:
        UserError: there is no such format, or the file cannot be read.
    """
    from kpiapp.sheets.sniffing import content_of

    content = content_of(path)
    if content.word:
        raise UserError(f"“{path.name}”是{content.word}", content.way_out)
    suffix = path.suffix.lower()
    module = _module(content.module or SAME_AS.get(suffix, suffix[1:]))
    if not hasattr(module, "read"):
        known = "、".join(f".{name}" for name in readable())
        raise UserError(
            f"不认识文件“{path.name}”的格式", f"可以读的格式有：{known}，请另存为其中一种"
        )
    grids: list[Grid] = module.read(path)
    return grids


def holds_sheets(path: Path) -> bool:
    """Say whether a file is an office file, whatever its name; not one that cannot be opened."""
    try:
        with path.open("rb") as file:
            return file.read(2) == b"PK"
    except OSError:
        return False


def write_grids(
    path: Path, grids: Sequence[Grid], *, headings: Sequence[str] = (), title: str = ""
) -> None:
    """Write sheets into one file, by its suffix.

    Args:
        path: where.
        grids: the sheets, in order.
        headings: one a sheet (`表 12-1.项目支出绩效目标表`), printed above it and listed in the
            contents; a workbook names its sheets instead and has none.
        title: the name of the whole, above the contents.

    Raises:
        UserError: there is no such format, or the file cannot be written; then it is as it was.
    """
    module = _module(path.suffix.lower()[1:])
    if not hasattr(module, "write"):
        known = "、".join(f".{name}" for name in ("json", *writable()))
        raise UserError(f"不能写成“{path.suffix or path.name}”格式", f"可以写的格式有：{known}")
    if headings and path.suffix.lower() != WORKBOOK:
        module.write(path, grids, headings=headings, title=title)
    else:
        module.write(path, grids)


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all; raises UserError."""
    from kpiapp.sheets.files import write_aside

    write_aside(path, data)


def _module(name: str) -> Any:
    """Return the module of a format, or None; it is loaded only when asked for."""
    if name not in (*SHEETS, *OLD) or importlib.util.find_spec(f"kpiapp.sheets.{name}") is None:
        return None
    return importlib.import_module(f"kpiapp.sheets.{name}")
