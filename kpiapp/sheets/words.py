"""Comparing labels as people print them, and making foreign text plain.

Two labels are the same if they differ only in blanks, full or half width, brackets, a closing
colon or the year they name. Values of our own workbooks are never touched; those of any other file
are made plain (`Tidy`).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from unicodedata import normalize

BLANKS = re.compile(r"[\s\u00a0\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
HIDDEN = re.compile(r"[\u00a0\u2007\u202f\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad]")
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
SIGNS = (
    (re.compile(r"[>＞]\s*[=＝]|[≧⩾≥]"), "≥"),
    (re.compile(r"[<＜]\s*[=＝]|[≦⩽≤]"), "≤"),
)
POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")
NARROW_SIGNS = str.maketrans({"＝": "=", "＜": "<", "＞": ">"})
NARROW = {ord("％"): "%"} | {
    code: chr(code - 0xFEE0)
    for first, last in ("０９", "ＡＺ", "ａｚ")
    for code in range(ord(first), ord(last) + 1)
}
SIGNATURE = re.compile(
    r"(填报?表?人|填报单位|审核人?|复核|制表|经办|负责人|单位负责人|联系人|日期)[^:：]{0,6}[:：]"
)
"""What stands below a table, on the lines of those who sign it."""


PULLED_APART = re.compile(r"\s*[一-鿿](?:[ \t]+[一-鿿])+\s*")
"""A short text whose every character stands alone, so that it fills its cell."""


class Tidy(StrEnum):
    """What a cell holds, and so how its text is made plain."""

    NAME = "name"
    """Labels, 一级 二级 三级: no blanks or line breaks inside."""
    TARGET = "target"
    """指标值 and amounts: as names, and every sign in its one form."""
    PROSE = "prose"
    """Sentences: blanks and line breaks that a person typed stay, but `问 卷 调 查` is one word."""


@lru_cache(maxsize=8192)
def canonical(text: str) -> str:
    """Return what two spellings of one label have in common.

    >>> canonical("长期目标（截止2028年） ：") == canonical("长 期目标(截止2030年)")
    True
    """
    plain = BLANKS.sub("", normalize("NFKC", text)).rstrip(":")
    return YEAR.sub("#", plain)


@lru_cache(maxsize=8192)
def plain(text: str, tidy: Tidy) -> str:
    """Return the text of a foreign file in plain writing; see `Tidy`."""
    if text.isascii() and text.isalnum():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(NARROW)
    text = POINT.sub(".", text)
    for pattern, sign in SIGNS:
        text = pattern.sub(sign, text)
    if tidy is Tidy.PROSE:
        text = HIDDEN.sub("", text)
        lines = (BLANKS.sub("", text) if PULLED_APART.fullmatch(text) else text).split("\n")
        return "\n".join(line.rstrip(" \t") for line in lines).strip()
    text = BLANKS.sub("", text)
    return text.translate(NARROW_SIGNS) if tidy is Tidy.TARGET else text
