"""Opening office files with care, and writing them aside so that nothing is ever half-written.

A damaged, locked, encrypted or hostile file is told in one sentence before it is unpacked.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import uuid
import zipfile
import zlib
from typing import TYPE_CHECKING

from kpiapp.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 50_000_000
LARGEST_PART = 40_000_000
LARGEST_TOTAL = 150_000_000
"""A form's sheet is 10 to 100 kB of XML; these leave room for a district's whole book."""
MOST_PARTS = 5_000
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
WIDE_ENTITY = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T|E\x00?N\x00?T)", re.IGNORECASE)
RESAVE = "请用Excel或WPS打开它，另存为“Excel工作簿(*.xlsx)”后再试"
RESAVE_WORD = "请用Word或WPS打开它，另存为“Word文档(*.docx)”后再试"


def check_package(path: Path, part: str, kind: str) -> zipfile.ZipFile:
    """Return an office file opened as a package, once it is known to be harmless.

    Args:
        path: the file.
        part: a part that it must contain, such as `xl/workbook.xml`.
        kind: what it should be, in Chinese (Excel工作簿).

    Raises:
        UserError: it cannot be read, is of another kind, damaged, encrypted, or too large unpacked.
    """
    head = head_of(path, kind)
    if not head.startswith(b"PK"):
        raise UserError(f"“{path.name}”不是{kind}", f"请选择{kind}，或" + _resave(path)[1:])
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UserError(
            f"“{path.name}”已损坏，打不开", "请向对方再要一份，或" + _resave(path)[1:]
        ) from error
    try:
        _check_parts(package, path, part, kind)
    except BaseException:
        package.close()
        raise
    return package


def head_of(path: Path, kind: str) -> bytes:
    """Return the first bytes of a file.

    Raises:
        UserError: it cannot be read, is empty, a folder, or too large to be a `kind`.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UserError(f"“{path.name}”是文件夹，不是{kind}", "请选择其中的文件")
        if size == 0:
            raise UserError(f"“{path.name}”是空文件", "请向对方再要一份")
        if size > LARGEST_FILE:
            raise UserError(
                f"“{path.name}”有{size // 1_000_000}MB，不像绩效目标表",
                "请删去其中的图片和无关的工作表后再试",
            )
        with path.open("rb") as file:
            return file.read(8192)
    except OSError as error:
        raise UserError(
            f"读不了“{path.name}”：{reason(error)}", "请检查文件和权限后再试"
        ) from error


def _resave(path: Path) -> str:
    """Say how to save a file anew, in the words of the program that it belongs to."""
    return RESAVE_WORD if path.suffix.lower() in {".docx", ".doc", ".wps"} else RESAVE


def _check_parts(package: zipfile.ZipFile, path: Path, part: str, kind: str) -> None:
    """Refuse a package of another kind, or one that would fill the memory when unpacked."""
    parts = package.infolist()
    if part not in {info.filename for info in parts}:
        raise UserError(f"“{path.name}”不是{kind}", f"请选择{kind}")
    xml = [info for info in parts if info.filename.endswith((".xml", ".rels", ".vml"))]
    total = sum(info.file_size for info in xml)
    largest = max((info.file_size for info in xml), default=0)
    if len(parts) > MOST_PARTS or largest > LARGEST_PART or total > LARGEST_TOTAL:
        raise UserError(
            f"“{path.name}”展开后过大（{total // 1_000_000}MB），为保安全没有打开",
            "请确认来源；把需要的工作表复制到新工作簿后再试",
        )
    if any(info.flag_bits & 0x1 for info in parts):
        raise UserError(f"“{path.name}”有密码，读不了", "请去掉密码另存后再试")


IGNORED = (
    ("vbaProject", "文件里有宏：没有运行，也没有读入"),
    ("externalLinks/", "文件里有指向别的工作簿的链接：没有打开，单元格按保存时的值读入"),
    ("embeddings/", "文件里嵌有别的对象（如另一张表、文档）：没有读入，请打开原文件核对"),
    ("activeX/", "文件里有控件：没有读入"),
)
"""Parts that are never read, by what their names hold, and what a person is told of them."""


LINKED = "文件里有指向外部文件的链接（模板、图片或对象）：没有打开"
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")


def ignored_parts(package: zipfile.ZipFile, path: Path) -> list[str]:
    """Return the sentences on what an office file holds besides its text and is never read."""
    names = package.namelist()
    told = [told for word, told in IGNORED if any(word in name for name in names)]
    inner = (name for name in names if name.endswith(".rels") and "externalLinks/" not in name)
    linked = any(_leads_outside(read_part(package, name, path)) for name in inner)
    return [*told, LINKED] if linked else told


def _leads_outside(relations: bytes) -> bool:
    """Say whether a part is tied to a file outside; what a person may click is no such tie."""
    return any(
        b'TargetMode="External"' in one and b"/hyperlink" not in one
        for one in RELATION.findall(relations)
    )


def read_part(package: zipfile.ZipFile, name: str, path: Path) -> bytes:
    """Return one XML part; entities and more bytes than announced are refused.

    Raises:
        UserError: the part is damaged or hostile.
    """
    try:
        with package.open(name) as stream:
            data = stream.read(LARGEST_PART + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
        raise UserError(f"“{path.name}”已损坏，打不开", "请向对方再要一份") from error
    if len(data) > LARGEST_PART:
        raise UserError(f"“{path.name}”展开后过大，为保安全没有打开", "请确认来源")
    wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in data[:4]
    if (WIDE_ENTITY if wide else ENTITY).search(data):
        raise UserError(
            f"“{path.name}”含有XML实体定义，为保安全没有打开", "请确认来源；" + _resave(path)
        )
    return data


def write_aside(path: Path, data: bytes) -> None:
    """Write a file next to its place and swap it in: it is there whole or not at all.

    Raises:
        UserError: the folder is missing or read-only, the disk is full, the file is open elsewhere.
    """
    aside = path.with_name(f".{path.name[:80]}.{uuid.uuid4().hex[:8]}.tmp")
    try:
        with aside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise UserError(
            f"没能保存“{path.name}”到“{path.parent}”：{reason(error)}",
            "原有文件没有改动；请处理后再试，或另选一个位置",
        ) from error


def reason(error: OSError) -> str:
    """Return the cause of a failed reading or writing in plain Chinese."""
    causes = {
        errno.ENOSPC: "磁盘已满",
        errno.EDQUOT: "磁盘配额已满",
        errno.EFBIG: "文件超过了这里允许的大小",
        errno.EROFS: "磁盘是只读的",
        errno.ENOENT: "文件或文件夹不存在",
        errno.ENOTDIR: "所在位置不是文件夹",
        errno.EISDIR: "这是一个文件夹",
        errno.ENAMETOOLONG: "文件名太长",
        errno.EACCES: "没有权限，或文件正被Excel、WPS打开",
        errno.EPERM: "没有权限，或文件正被Excel、WPS打开",
        errno.EBUSY: "文件正被其他程序占用",
        errno.EIO: "磁盘读写出错",
    }
    return causes.get(error.errno or 0, error.strerror or "读写出错")
