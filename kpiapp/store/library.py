"""目标库: one SQLite file with all units, projects, years, forms and steps."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sqlalchemy import select

from kpiapp.errors import UserError
from kpiapp.model.form import Form, Unit
from kpiapp.store import applying, attachments, heads, history, reading
from kpiapp.store import step as steps
from kpiapp.store.applying import EXCUSES, SETTINGS
from kpiapp.store.connecting import engine_for, writer_of
from kpiapp.store.faults import told
from kpiapp.store.files import META, copy, make, need_database, need_library
from kpiapp.store.heads import FormHead
from kpiapp.store.lock import Holder, Lock, holder_of
from kpiapp.store.rows import FORMS, UNITS
from kpiapp.store.step import PutExcuse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from sqlalchemy import Connection, Engine

    from kpiapp.model.project_list import ProjectList
    from kpiapp.store.attachments import Attachment
    from kpiapp.store.step import Change, Step, StepHead

__all__ = ["SUFFIX", "Excuse", "FormHead", "Library"]

T = TypeVar("T")
SUFFIX = ".kpi"


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why a finding does not count, who said so and when (ISO, UTC)."""

    key: str
    form_id: str
    code: str
    reason: str
    who: str
    time: str


class Library:
    """An open library. Everything that changes forms goes through `commit`, `undo` and `redo`."""

    def __init__(self, path: Path, engine: Engine, lock: Lock | None, who: str) -> None:
        """Take over what `open` has opened."""
        self.path = path
        self.who = who
        self._engine = engine
        self._writer = writer_of(engine)
        self._lock = lock
        self._versions: dict[str, int] = {}
        self._labels: tuple[str | None, str | None] | None = None  # as only this instance writes

    # -- opening and closing ------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, name: str = "", *, who: str = "") -> Library:
        """Make a new library file and open it.

        Raises:
            UserError: the file is there already, or the folder cannot be written.
        """
        if path.exists():
            raise UserError(f"文件“{path.name}”已存在", "请换一个名字，或打开它")
        if not path.parent.is_dir():
            raise UserError(f"文件夹“{path.parent}”不存在", "请先建立它，或换一个位置")
        draft = path.with_name(f".{path.name}.{os.getpid()}.new")
        try:
            with told(path):
                make(draft, name or path.stem)
                draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        return cls.open(path, who=who)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, who: str = "") -> Library:
        """Open a library, bringing an older file to this program's version.

        Raises:
            LibraryInUse: somebody else has it open for writing.
            UserError: the file is missing, no library, damaged, or of a newer program.
        """
        need_database(path)
        who = who or _user()
        lock = None if read_only else Lock(path, who)
        engine = engine_for(path, read_only=read_only)
        try:
            with told(path):
                need_library(engine, path, read_only=read_only)
        except BaseException:
            engine.dispose()
            if lock:
                lock.release()
            raise
        return cls(path, engine, lock, who)

    def close(self) -> None:
        """Close the file and let others have it."""
        self._engine.dispose()
        if self._lock:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        """Whether this instance may not write."""
        return self._lock is None

    @property
    def holder(self) -> Holder | None:
        """Who may write to the file now: this instance, somebody else, or nobody."""
        return self._lock.holder if self._lock else holder_of(self.path)

    @property
    def name(self) -> str:
        """The name that its maker gave the library."""
        statement = select(META.c.value).where(META.c.key == "name")
        return self._read(lambda connection: str(connection.scalar(statement) or self.path.stem))

    # -- what is in it ------------------------------------------------------------------------

    def units(self) -> list[Unit]:
        """Return the units of the library, by id."""
        statement = select(UNITS).order_by(UNITS.c.id)
        rows = self._read(lambda connection: connection.execute(statement).all())
        return [Unit(row.id, row.name, row.parent_id) for row in rows]

    def years(self) -> list[int]:
        """Return the years that have forms, the newest first."""
        statement = select(FORMS.c.year).distinct().order_by(FORMS.c.year.desc())
        return self._read(lambda connection: list(connection.scalars(statement)))

    def heads(self, year: int | None = None) -> list[FormHead]:
        """Return the heads of the forms of a year or of all, department forms first."""
        return self._read(lambda connection: heads.read_heads(connection, year))

    def has(self, form_id: str) -> bool:
        """Say whether there is a form with this id."""
        statement = select(FORMS.c.id).where(FORMS.c.id == form_id)
        return self._read(lambda connection: connection.scalar(statement) is not None)

    def load(self, form_id: str) -> Form:
        """Return a form; raises KeyError."""
        found = self._read(lambda connection: reading.read_form(connection, form_id))
        if not found:
            raise KeyError(form_id)
        form, self._versions[form_id] = found
        return form

    def load_year(self, year: int) -> list[Form]:
        """Return all forms of a year, in the order of `heads`."""
        found = self._read(lambda connection: reading.read_year(connection, year))
        self._versions |= {form.id: version for form, version in found}
        return [form for form, _ in found]

    def project_lists(self, year: int) -> list[ProjectList]:
        """Return the 项目支出表 of a year."""
        return self._read(lambda connection: reading.read_project_lists(connection, year))

    # -- steps --------------------------------------------------------------------------------

    def commit(self, step: Step) -> Step:
        """Write a step in one transaction and return it with its place in the history.

        Steps that were undone can no longer be redone.

        Raises:
            UserError: it could not be saved; then nothing has changed.
        """
        step = replace(step, who=self.who, time=_now())
        step = self._change(step.changes, lambda connection: history.add(connection, step))
        self._labels = (step.label, None)
        return step

    def undo(self, step: Step) -> None:
        """Take back the step that `last_step` returned, in one transaction."""
        back = [steps.inverse(change) for change in reversed(step.changes)]
        self._change(back, lambda connection: history.mark(connection, step, undone=True))

    def redo(self, step: Step) -> None:
        """Do again the step that `next_step` returned, in one transaction."""
        self._change(step.changes, lambda connection: history.mark(connection, step, undone=False))

    def begin_here(self) -> None:
        """Make what the library holds now its start: no step before this can be taken back."""
        self._write(history.forget)
        self._labels = (None, None)

    def last_step(self) -> Step | None:
        """Return the step that undo takes back."""
        return self._read(history.last_done)

    def next_step(self) -> Step | None:
        """Return the step that redo does again."""
        return self._read(history.first_undone)

    def step_labels(self) -> tuple[str | None, str | None]:
        """Return what undo would take back and what redo would do again."""
        if self._labels is None or self.read_only:
            self._labels = self._read(history.labels)
        return self._labels

    def steps(self, limit: int = 200) -> list[StepHead]:
        """Return the history, the newest first, undone steps included."""
        return self._read(lambda connection: history.heads(connection, limit))

    # -- settings -----------------------------------------------------------------------------

    def setting(self, key: str, default: Any = None) -> Any:
        """Return a setting of this library."""
        statement = select(SETTINGS.c.value).where(SETTINGS.c.key == key)
        row = self._read(lambda connection: connection.execute(statement).first())
        return default if row is None else row.value

    def excuses(self) -> dict[str, Excuse]:
        """Return the findings that do not count, by their key (code and stable place)."""
        statement = select(EXCUSES).order_by(EXCUSES.c.time)
        rows = self._read(lambda connection: connection.execute(statement).all())
        return {row.key: Excuse(*row) for row in rows}

    def excuse(
        self, key: str, form_id: str = "", code: str = "", reason: str = ""
    ) -> PutExcuse | None:
        """Return the change that excuses a finding, or without a reason lets it count again.

        Args:
            key: the finding: its code and stable place.
            form_id: the form it is on.
            code: of its rule.
            reason: what every report will list.

        Returns:
            The change, to be committed as part of a step; None where it changes nothing.
        """
        statement = select(EXCUSES).where(EXCUSES.c.key == key)
        known = self._read(lambda connection: connection.execute(statement).mappings().first())
        row = {"form_id": form_id, "code": code, "reason": reason, "who": self.who, "time": _now()}
        if known is None and not reason:
            return None
        old = {name: known[name] for name in row} if known else None
        return PutExcuse(key, old, row if reason else None)

    # -- attached files -------------------------------------------------------------------------

    def attachments(self, form_id: str) -> list[Attachment]:
        """Return the files attached to a form, without their contents."""
        return self._read(lambda connection: attachments.read(connection, form_id))

    def attached(self, attachment_id: str) -> bytes:
        """Return the content of an attached file; raises KeyError."""
        return self._read(lambda connection: attachments.content(connection, attachment_id))

    def attach(self, attachment: Attachment, data: bytes) -> Attachment:
        """Keep a file beside a form; return it with who attached it and when."""
        kept = replace(attachment, who=self.who, time=_now())
        self._write(lambda connection: attachments.add(connection, kept, data))
        return kept

    def detach(self, attachment_id: str) -> None:
        """Take an attached file away; it does not come back by undo."""
        self._write(lambda connection: attachments.remove(connection, attachment_id))

    def check(self) -> None:
        """Look through the whole file; raises UserError where it is damaged."""
        found = self._read(lambda c: c.exec_driver_sql("PRAGMA quick_check").scalar())
        if found != "ok":
            raise UserError(f"目标库“{self.path.name}”已损坏", "请从备份恢复")

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy of the whole file, also while it is being used."""
        draft = path.with_name(f".{path.name}.{os.getpid()}.new")
        try:
            with told(path):
                copy(self._engine, draft)
                draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)

    # -- one transaction ----------------------------------------------------------------------

    def _read(self, work: Callable[[Connection], T]) -> T:
        with told(self.path), self._engine.connect() as connection:
            return work(connection)

    def _write(self, work: Callable[[Connection], T]) -> T:
        if self.read_only:
            raise UserError(
                f"目标库“{self.path.name}”以只读方式打开，不能修改", "请由占用者关闭后重新打开"
            )
        with told(self.path), self._writer.begin() as connection:
            return work(connection)

    def _change(self, changes: Sequence[Change], note: Callable[[Connection], T]) -> T:
        """Write changes and their note in the history; then remember the forms' versions."""

        def work(connection: Connection) -> tuple[dict[str, int | None], T]:
            versions = applying.write_changes(connection, changes, self._versions, self.path.name)
            return versions, note(connection)

        self._labels = None
        versions, result = self._write(work)
        for form_id, version in versions.items():
            if version is None:
                self._versions.pop(form_id, None)
            else:
                self._versions[form_id] = version
        return result


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "未署名"
