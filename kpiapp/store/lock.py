"""Who holds a library: a lock of the operating system on a small file beside it.

The system lets go of the lock when a process ends in whatever way, so that a crash leaves no lock
behind. Where a disk knows no locks, the file itself says who holds it, and a holder on this
computer that is no longer running is passed over.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import IO, TYPE_CHECKING

from kpiapp.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

LOCKED_BYTE = 1 << 30
"""Far behind the text, because Windows lets nobody read a locked byte."""
_NO_LOCKS_HERE = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a library open: name, computer, process, and since when (local ISO time)."""

    who: str
    computer: str
    pid: int
    since: str


class LibraryInUse(UserError):  # noqa: N818 - a state of the world, not a fault
    """Somebody else has the library open; it can be opened read-only."""

    def __init__(self, path: Path, holder: Holder | None) -> None:
        """Say who, where and since when."""
        self.holder = holder
        someone = "另一个窗口"
        if holder:
            since = holder.since.replace("T", " ")[:16]
            someone = f"“{holder.who}”在电脑“{holder.computer}”上（自 {since} 起）"
        super().__init__(f"目标库“{path.name}”正由{someone}使用", "可以以只读方式打开")


class Lock:
    """The lock on one library, held until `release`."""

    def __init__(self, path: Path, who: str) -> None:
        """Take the lock.

        Raises:
            LibraryInUse: another process, or another window of this one, holds it.
            UserError: no file can be made beside the library.
        """
        self.path = path.with_name(f"{path.name}.lock")
        self.holder = Holder(
            who, socket.gethostname(), os.getpid(), datetime.now().astimezone().isoformat()
        )
        self._file = self._take(path)
        self._file.seek(0)
        self._file.truncate()
        self._file.write(json.dumps(asdict(self.holder), ensure_ascii=False))
        self._file.flush()

    def _take(self, path: Path) -> IO[str]:
        while True:
            try:
                file = self.path.open("a+", encoding="utf-8")
            except OSError as error:
                raise UserError(
                    f"不能在目标库“{path.name}”所在的文件夹里写文件",
                    "请把它复制到能写入的文件夹，或以只读方式打开",
                ) from error
            if not _lock(file, self.path, self.holder):
                file.close()
                raise LibraryInUse(path, read_holder(self.path))
            if _is_same(file, self.path):
                return file
            file.close()  # its last holder took the file away between our two steps

    def release(self) -> None:
        """Let go, and take the small file away."""
        if sys.platform != "win32":
            self.path.unlink(missing_ok=True)
        self._file.close()
        if sys.platform == "win32":
            try:
                self.path.unlink(missing_ok=True)
            except PermissionError:
                return  # somebody has taken the lock already


def holder_of(path: Path) -> Holder | None:
    """Return who holds the library at `path`, or None when nobody does."""
    lock = path.with_name(f"{path.name}.lock")
    try:
        file = lock.open("r+", encoding="utf-8")
    except OSError:
        return read_holder(lock)
    with file:
        nobody = Holder("", "", 0, "")
        return None if _lock(file, lock, nobody) else read_holder(lock)


def read_holder(lock: Path) -> Holder | None:
    """Return who a lock file names, or None if it says nothing."""
    try:
        return Holder(**json.loads(lock.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _lock(file: IO[str], path: Path, me: Holder) -> bool:
    """Try to lock; False if somebody else holds it."""
    try:
        _lock_byte(file)
    except OSError as error:
        if error.errno not in _NO_LOCKS_HERE:
            return False
        other = read_holder(path)
        return other is None or (other.computer == me.computer and not is_running(other.pid))
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock_byte(file: IO[str]) -> None:
        file.seek(LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock_byte(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_running(pid: int) -> bool:
    """Say whether a process of this computer still runs."""
    if sys.platform == "win32":
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x100000, False, pid)
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_same(file: IO[str], path: Path) -> bool:
    if sys.platform == "win32":
        return True
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
