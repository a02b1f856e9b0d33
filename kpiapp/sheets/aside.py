"""Writing a file aside and swapping it in, so that a failure never leaves half a file."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from kpiapp.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """Give a new file beside `path` to write to; it takes the place of `path` at the end.

    Raises:
        UserError: the folder or the old file does not allow it; nothing was changed.
    """
    draft = path.with_name(f".{path.stem[:40]}-{uuid4().hex[:8]}{path.suffix}")
    try:
        yield draft
        os.replace(draft, path)  # noqa: PTH105 (as quick, and names both files in its error)
    except OSError as error:
        raise _sentence(path, error) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _sentence(path: Path, error: OSError) -> UserError:
    """Say why a file could not be written, and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(f"磁盘已满，无法写入“{path.name}”", "请清出空间，或换一个文件夹")
    if error.errno == errno.ENAMETOOLONG:
        return UserError(f"文件名太长：“{path.name[:30]}…”", "请把文件名改短")
    if not path.parent.is_dir():
        return UserError(f"文件夹“{path.parent}”不存在", "请换一个文件夹，或检查磁盘是否已断开")
    if path.is_dir():
        return UserError(f"“{path.name}”是一个文件夹，不能写成文件", "请换一个文件名")
    if isinstance(error, PermissionError) and path.exists() and os.access(path.parent, os.W_OK):
        return UserError(
            f"文件“{path.name}”正被其他程序打开，或是只读的",
            "请在Excel、Word或WPS中关闭它，或换一个文件名",
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return UserError(f"文件夹“{path.parent}”不允许写入", "请换一个文件夹")
    return UserError(f"无法写入“{path.name}”：{error.strerror or error}", "请换一个文件夹再试")
