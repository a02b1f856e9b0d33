"""Opening and making libraries: the one door through which windows and commands come in."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kpiapp import settings
from kpiapp.model import interchange
from kpiapp.model.stages import declaration_of, take_ids
from kpiapp.paths import look_beside, resource
from kpiapp.services import own_layouts
from kpiapp.services.session import Session
from kpiapp.store.library import SUFFIX, Library
from kpiapp.store.lock import LibraryInUse
from kpiapp.store.step import add_form, put_project_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.store.step import Change

__all__ = ["SUFFIX", "LibraryInUse", "create_session", "open_session", "opened", "sample_session"]


def _look_beside(library: Path) -> None:
    """Use the layouts and schemes of a person's own that lie beside a library."""
    look_beside(library)
    own_layouts.use_library()


def open_session(path: Path, *, read_only: bool = False) -> Session:
    """Open a library for work.

    Raises:
        LibraryInUse: somebody else has it open for writing.
        UserError: the file is missing, no library, damaged, or of a newer program.
    """
    session = Session(Library.open(path, read_only=read_only, who=settings.who()))
    _look_beside(path)
    return session


def create_session(path: Path, name: str = "") -> Session:
    """Make a new library and open it; raises UserError where the file cannot be made."""
    session = Session(Library.create(path, name, who=settings.who()))
    _look_beside(path)
    return session


@contextmanager
def opened(path: Path, *, read_only: bool = False, dry_run: bool = False) -> Iterator[Session]:
    """Open a library for one command and close it again.

    Args:
        path: the file; where it is missing it is made, but not for reading.
        read_only: nothing will be changed.
        dry_run: as `read_only`, but a missing library counts as an empty one.

    Raises:
        UserError: see `open_session`; a library that was made here is taken away again.
    """
    if dry_run and not path.exists():
        with TemporaryDirectory() as folder, Library.create(Path(folder) / path.name) as library:
            yield Session(library)
        return
    new = not (read_only or dry_run or path.exists())
    session = create_session(path) if new else open_session(path, read_only=read_only or dry_run)
    try:
        yield session
    except BaseException:
        session.library.close()
        if new:
            path.unlink(missing_ok=True)
        raise
    session.library.close()


def sample_session(path: Path) -> Session:
    """Make a library with the invented department of the samples, and open it.

    The samples are its start: undo does not take them away.
    """
    session = create_session(path, "示例 · 青禾区文化服务中心")
    session.run("放入示例", list(_sample_changes()))
    session.library.begin_here()
    return session


def _sample_changes() -> Iterator[Change]:
    forms = []
    for path in sorted(resource("samples").rglob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.get("kind") == "project_list":
            yield put_project_list(None, interchange.project_list_from_json(data))
        else:
            forms.append(interchange.form_from_json(data))
    known = {form.id: form for form in forms}
    for form in forms:
        declared = declaration_of(form)
        if declared:
            take_ids(form, known[declared])
        yield add_form(form)
