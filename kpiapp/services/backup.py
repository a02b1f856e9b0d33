"""Copies of a library, taken while it is in use, and put back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kpiapp.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.store.library import Library


def backup(library: Library, folder: Path) -> Path:
    """Copy a library into a folder, under its name and the time; return the copy.

    Raises:
        UserError: the folder is missing, full or read-only.
    """
    if not folder.is_dir():
        raise UserError(f"文件夹“{folder}”不存在", "请先建立它，或换一个位置")
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    target = folder / f"{library.path.stem}-备份{stamp}{library.path.suffix}"
    library.copy_to(target)
    return target


def restore(copy: Path, target: Path) -> None:
    """Make a library again from a copy; what stood at `target` is kept beside it.

    Raises:
        UserError: the copy is no library or damaged, or the place cannot be written.
    """
    from kpiapp.store.library import Library

    if target.exists():
        with Library.open(target) as old:
            backup(old, target.parent)
    with Library.open(copy, read_only=True) as library:
        library.check()
        library.copy_to(target)
