"""SQLite's complaints as sentences: the world's fault is told, ours is raised on."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from kpiapp.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SENTENCES = {
    "SQLITE_FULL": ("磁盘已满，没有保存到目标库“{}”", "请腾出空间后再试"),
    "SQLITE_READONLY": ("目标库“{}”不能写入", "请检查文件和文件夹的权限，或以只读方式打开"),
    "SQLITE_BUSY": ("目标库“{}”正被其他程序使用", "请关闭其他程序后再试"),
    "SQLITE_LOCKED": ("目标库“{}”正被其他程序使用", "请关闭其他程序后再试"),
    "SQLITE_CORRUPT": ("目标库“{}”已损坏", "请从备份恢复"),
    "SQLITE_NOTADB": ("文件“{}”不是目标库，或已损坏", "请选择以 .kpi 结尾的目标库文件"),
    "SQLITE_IOERR": ("读写目标库“{}”时出错", "请检查磁盘和网络连接后再试"),
    "SQLITE_CANTOPEN": ("打不开目标库“{}”", "请检查文件是否存在、是否有权限"),
    "SQLITE_TOOBIG": ("内容太长，没有保存到目标库“{}”", "请缩短文字后再试"),
}
"""What a person is told, by the beginning of SQLite's own name of the fault."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what is the world's fault inside the block into a UserError that names the file."""
    try:
        yield
    except DBAPIError as error:
        raise _user_error(error.orig, path) or error from error
    except sqlite3.Error as error:
        raise _user_error(error, path) or error from error
    except OSError as error:
        raise unopened(path, error) from error


def unopened(path: Path, error: OSError) -> UserError:
    """Return what to tell of a library that the system does not let us open."""
    return UserError(
        f"打不开目标库“{path.name}”：{error.strerror or error}",
        "请检查是否有权限、磁盘或网络是否连着，再试一次",
    )


def _user_error(error: BaseException | None, path: Path) -> UserError | None:
    name = getattr(error, "sqlite_errorname", "") or ""
    for start, (message, way_out) in SENTENCES.items():
        if name.startswith(start):
            return UserError(message.format(path.name), way_out)
    return None
