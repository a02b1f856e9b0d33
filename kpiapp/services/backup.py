"""Copies of a library, taken while it is in use, and put back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.services.files.folders import make_folder

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.store.library import Library


def backup(library: Library, folder: Path) -> Path:
    """Copy a library into a folder, made if missing, under its name and the time; return the copy.

    Raises:
        UserError: the folder cannot be made, is full or read-only.
    """
    make_folder(folder)
    copy = _name_beside(library.path, folder, "备份")
    library.copy_to(copy)
    return copy


def restore(copy: Path, target: Path) -> Path | None:
    """Make a library again from a copy; return where what stood at `target` was kept, if any.

    Raises:
        UserError: the copy is no library or damaged, the library is open elsewhere, or the place
            cannot be written.
    """
    from kpiapp.store.library import Library

    with Library.open(copy, read_only=True) as library:
        library.check()
        kept = _put_aside(target) if target.exists() else None
        library.copy_to(target)
    return kept


def _put_aside(target: Path) -> Path:
    """Keep what stands where a copy is put back: a damaged file, too, is left to an expert."""
    from kpiapp.store.faults import told
    from kpiapp.store.library import Library
    from kpiapp.store.lock import LibraryInUse

    try:
        with Library.open(target) as library:
            library.check()
            return backup(library, target.parent)
    except LibraryInUse:
        raise
    except UserError:
        kept = _name_beside(target, target.parent, "损坏")
        for ending in ("", "-wal", "-shm"):  # a journal left over would spoil the copy put back
            part = target.with_name(target.name + ending)
            if part.exists():
                with told(part):
                    part.replace(kept.with_name(kept.name + ending))
        return kept


def _name_beside(library: Path, folder: Path, what: str) -> Path:
    """Return the name of a copy, with the time in it."""
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    return folder / f"{library.stem}-{what}{stamp}{library.suffix}"
