"""How a library file is opened: pragmas, and what a network disk needs."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import create_engine, event
from sqlalchemy.pool import QueuePool

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

NETWORK_FILE_SYSTEMS = frozenset(
    "nfs nfs4 cifs smb smb2 smb3 smbfs ncpfs afs 9p davfs fuse.davfs fuse.sshfs fuse.rclone"
    " fuse.gvfsd-fuse fuse.glusterfs ceph lustre vboxsf prl_fs fuse.vmhgfs-fuse".split()
)
BUSY_SECONDS = 5
_DRIVE_REMOTE = 4


def is_on_network(path: Path) -> bool:
    """Say whether a file lies on a network disk, a mapped drive letter included.

    SQLite's WAL needs shared memory, which no network file system has.
    """
    if sys.platform == "win32":
        return _is_remote_drive(path)
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return file_system_of(path.resolve(), mounts) in NETWORK_FILE_SYSTEMS


def file_system_of(path: Path, mounts: str) -> str:
    """Return the type of the file system that holds `path`, from the text of /proc/mounts."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        _, point, this_kind, *_ = (*line.split(), "", "", "")
        point = point.replace("\\040", " ")
        if path.is_relative_to(point or "?") and len(point) >= best:
            best, kind = len(point), this_kind
    return kind


def _is_remote_drive(path: Path) -> bool:
    import ctypes

    anchor = path.resolve().anchor
    if anchor.startswith("\\\\"):
        return True
    windll: Any = getattr(ctypes, "windll", None)
    return bool(windll and windll.kernel32.GetDriveTypeW(anchor) == _DRIVE_REMOTE)


def engine_for(path: Path, *, read_only: bool, journal: str = "") -> Engine:
    """Return an engine whose connections have foreign keys on and lose nothing at a power cut."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            _uri(path, read_only=read_only),
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            _set_pragmas(connection, path, read_only=read_only, journal=journal)
        except BaseException:
            connection.close()  # and so take away the files beside it
            raise
        return connection

    # One connection is enough: a library is used by one window, its background jobs take turns.
    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=1, max_overflow=4
    )
    event.listen(engine, "begin", _begin)
    return engine


def writer_of(engine: Engine) -> Engine:
    """Return the same engine for transactions that write: they take their turn at the start."""
    return engine.execution_options(writes=True)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _uri(path: Path, *, read_only: bool) -> str:
    return f"{_file_uri(path)}?mode={'ro&immutable=1' if read_only and _is_still(path) else 'rw'}"


def _file_uri(path: Path) -> str:
    return f"file:{quote(path.resolve().as_posix())}"


def has_table(path: Path, name: str) -> bool:
    """Say whether a database has a table; looking changes no file and leaves none beside.

    Raises:
        sqlite3.Error: it is no database, or damaged.
    """
    connection = sqlite3.connect(f"{_file_uri(path)}?mode=ro&immutable=1", uri=True)
    try:
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,))
        return found.fetchone() is not None
    finally:
        connection.close()


def _is_still(path: Path) -> bool:
    """Say whether nobody can be writing: SQLite makes no WAL index in a read-only folder."""
    wal = path.with_name(f"{path.name}-wal")
    return not wal.exists() and not os.access(path.parent, os.W_OK)


def _set_pragmas(
    connection: sqlite3.Connection, path: Path, *, read_only: bool, journal: str
) -> None:
    connection.execute("PRAGMA foreign_keys=ON")
    if read_only:
        # Not mode=ro: the last one to leave must be able to take away the files of the WAL.
        connection.execute("PRAGMA query_only=ON")
    else:
        mode = journal or ("DELETE" if is_on_network(path) else "WAL")
        connection.execute(f"PRAGMA journal_mode={mode}")
        connection.execute("PRAGMA synchronous=FULL")
