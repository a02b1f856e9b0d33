"""What a file is by its contents, whatever its name says."""

from __future__ import annotations

import codecs
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from kpiapp.sheets.files import OLE, RESAVE, head_of

if TYPE_CHECKING:
    from pathlib import Path

ORIGINAL = "请向对方要Word或Excel原件"


class Content(NamedTuple):
    """What a file holds: the module that reads it, or what it is called and what to do with it."""

    module: str = ""
    word: str = ""
    way_out: str = ""


UNKNOWN = Content()
PACKAGES = (
    ("xl/workbook.xml", Content("xlsx")),
    ("word/document.xml", Content("docx")),
    ("ppt/presentation.xml", Content("", "PowerPoint幻灯片", ORIGINAL)),
    ("META-INF/manifest.xml", Content("", "OpenDocument文件(.ods、.odt)", RESAVE)),
)
BEGINNINGS = (
    (b"%PDF", Content("", "PDF文件，只能看和打印", ORIGINAL)),
    (b"\xff\xd8\xff", Content("", "图片", ORIGINAL)),
    (b"\x89PNG", Content("", "图片", ORIGINAL)),
    (b"GIF8", Content("", "图片", ORIGINAL)),
    (b"BM", Content("", "图片", ORIGINAL)),
    (b"II*\x00", Content("", "图片", ORIGINAL)),
    (b"Rar!", Content("", "压缩包", "请先解压，再选择里面的文件")),
    (b"7z\xbc\xaf", Content("", "压缩包", "请先解压，再选择里面的文件")),
    (b"\x1f\x8b", Content("", "压缩包", "请先解压，再选择里面的文件")),
    (b"MZ", Content("", "程序文件，没有打开", "请确认来源，向对方再要一份")),
    (b"{\\rtf", Content("", "RTF文档", "请用Word或WPS打开它，另存为“Word文档(*.docx)”后再试")),
)
FIRST_BLANK = ord("\t")
SLIDES = "PowerPoint Document".encode("utf-16-le")


def content_of(path: Path) -> Content:
    """Return what a file holds; `UNKNOWN` where only its reader can tell.

    Raises:
        UserError: it cannot be read, is empty, a folder, or too large for a form.
    """
    head = head_of(path, "绩效目标表")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"PK"):
        return _package(path)
    if head.startswith(OLE):
        slides = SLIDES in path.read_bytes()
        return Content("", "PowerPoint幻灯片", ORIGINAL) if slides else Content("xls")
    for beginning, content in BEGINNINGS:
        if head.startswith(beginning):
            return content
    if start.startswith(b"<"):
        return Content("html")
    if start[:1] in {b"{", b"["}:
        return Content("", "JSON文件", "请把文件名改成.json结尾再试")
    return Content("", "纯文本", RESAVE) if _is_text(head) else UNKNOWN


def _package(path: Path) -> Content:
    """Return which office package it is; a damaged one is left to its reader to tell."""
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return UNKNOWN
    found = (content for part, content in PACKAGES if part in names)
    return next(found, Content("", "压缩包", "请先解压，再选择里面的文件"))


def _is_text(head: bytes) -> bool:
    """Say whether the first bytes are words, without control codes."""
    if any(byte < FIRST_BLANK for byte in head):
        return False
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):  # a character that the end cuts in two is no fault
            codecs.getincrementaldecoder(encoding)().decode(head)
            return True
    return False
