"""Looking into an office package before a library unpacks it.

xlsx and docx are zip files with XML inside. A zip bomb (a few bytes that unpack to gigabytes), an
entity bomb (a document type that multiplies itself), an encrypted or a damaged file is named here
in one sentence, before any library spends memory or time on it.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile, ZipInfo

from kpiapp.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

MOST_ENTRIES = 5_000
LARGEST = 200_000_000
"""Bytes of all parts together, unpacked; a sheet of 100,000 rows has about 60 million."""
LARGEST_XML = 60_000_000
"""Bytes of one XML part: the libraries need some ten times as much memory."""
LARGEST_RATIO = 400
"""Unpacked to packed; office XML reaches about 60."""
SMALL = 5_000_000
"""A part below this size is harmless whatever its ratio."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


def check_package(path: Path, main_part: str, word: str) -> None:
    """Make sure that a file is a sound office package of one kind.

    Args:
        path: the file.
        main_part: what must be inside, such as `word/document.xml`; the start of a name will do.
        word: what a person calls such a file, such as `Word文档`.

    Raises:
        UserError: it cannot be read, is something else, encrypted, damaged, or a bomb.
    """
    try:
        with path.open("rb") as file:
            start = file.read(8)
        if start == OLE:
            raise UserError(
                f"“{path.name}”加了密码，或是旧版格式，无法读取",
                f"请用Office或WPS打开它，去掉密码后另存为新的{word}",
            )
        with ZipFile(path) as package:
            _check_parts(path, package, main_part, word)
    except FileNotFoundError:
        raise UserError(f"找不到文件“{path.name}”", "它可能已被移动或改名") from None
    except OSError as error:
        raise UserError(
            f"无法打开“{path.name}”：{error.strerror or error}", "请检查文件是否正被占用"
        ) from error
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise damaged(path, word) from None


def damaged(path: Path, word: str) -> UserError:
    """Return the sentence for a file that cannot be understood."""
    return UserError(
        f"“{path.name}”已损坏，或不是{word}", f"请用Office或WPS打开它，另存为新的{word}再试"
    )


def _check_parts(path: Path, package: ZipFile, main_part: str, word: str) -> None:
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise UserError(f"“{path.name}”加了密码，无法读取", "请去掉密码后再试")
    if not any(part.filename.startswith(main_part) for part in parts):
        raise UserError(f"“{path.name}”不是{word}", f"请选择{word}，或先另存为这种格式")
    too_large = len(parts) > MOST_ENTRIES or sum(part.file_size for part in parts) > LARGEST
    if too_large or any(_suspicious(part) for part in parts):
        raise UserError(
            f"“{path.name}”展开后过大，不像是一份表格，没有打开", "请检查文件来源，或另存一份再试"
        )
    for part in parts:
        if _is_xml(part) and _has_doctype(package, part):
            raise UserError(
                f"“{path.name}”里有不安全的内容（文档类型声明），没有打开",
                "请检查文件来源，或用Office、WPS另存一份再试",
            )


def _suspicious(part: ZipInfo) -> bool:
    if part.file_size <= SMALL:
        return False
    ratio = part.file_size / max(part.compress_size, 1)
    return ratio > LARGEST_RATIO or (_is_xml(part) and part.file_size > LARGEST_XML)


def _is_xml(part: ZipInfo) -> bool:
    return part.filename.lower().endswith((".xml", ".rels", ".vml"))


def _has_doctype(package: ZipFile, part: ZipInfo) -> bool:
    """Tell if an XML part declares a document type; zipfile never reads past the stated size."""
    keep = 32
    with package.open(part) as file:
        tail = b""
        while block := file.read(1 << 20):
            data = tail + block
            if any(mark in data for mark in DOCTYPE):
                return True
            tail = data[-keep:]
    return False
