"""What a person sees in a cell that holds a number, a date or a formula.

Number formats are followed as far as they carry meaning: percent, decimals and words such as
`0"万元"`; thousands separators, colours and padding are only looks and go.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, NamedTuple

CONSTANT = re.compile(r"=\s*([-+]?[\d.,]+\s*%?)\s*")
LOOKS = re.compile(r"\[[^\]]*\]|_.|\*.")
LITERAL = re.compile(r'"([^"]*)"|\\(.)')
DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]+)?|[#0?,]*\.[#0?]+")


KEPT = 0xE000
"""Private characters stand for the words of a format while its digits are looked for."""


class Pattern(NamedTuple):
    """A number format: words before and behind, decimals (None: as many as there are), percent."""

    before: str
    behind: str
    decimals: int | None
    percent: bool


@lru_cache(maxsize=512)
def pattern_of(number_format: str, section: int = 0) -> Pattern:
    """Return what a number format shows besides the digits.

    >>> pattern_of('0.00"万元"').behind
    '万元'
    """
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format)
    text = LOOKS.sub("", sections[min(section, len(sections) - 1)])
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[1] if found[1] is not None else found[2])
        return chr(KEPT + len(kept) - 1)

    text = LITERAL.sub(keep, text)
    digits = DIGITS.search(text)
    if digits is None:
        plain = text.strip().lower() in {"", "general", "@", "g/通用格式"}
        return Pattern("", "", None, "%" in text and not plain)
    decimals = len(digits[0].partition(".")[2])
    before, behind = text[: digits.start()], text[digits.end() :]
    percent = "%" in before or "%" in behind
    return Pattern(_words(before, kept), _words(behind, kept), decimals, percent)


def _words(text: str, kept: list[str]) -> str:
    return "".join(
        kept[ord(char) - KEPT] if KEPT <= ord(char) < KEPT + len(kept) else char
        for char in text
        if char not in "%,#0? ()"
    )


def shown(value: Any, number_format: str = "General") -> str:
    """Return the text that a cell shows.

    Args:
        value: what the file holds: text, number, date, truth value or nothing.
        number_format: its format, as the file names it.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


def _number(value: float, number_format: str) -> str:
    try:
        amount = Decimal(repr(value))
    except InvalidOperation:
        return str(value)
    if not amount.is_finite():
        return str(value)
    sections = number_format.count(";")
    pattern = pattern_of(number_format, 1 if amount < 0 and sections else 0)
    if pattern.percent:
        amount *= 100
    digits = _digits(amount, pattern.decimals)
    if amount < 0 and sections and "-" not in pattern.before:
        digits = "-" + digits.lstrip("-")
    return f"{pattern.before}{digits}{'%' if pattern.percent else ''}{pattern.behind}"


def _digits(amount: Decimal, decimals: int | None) -> str:
    """Return a number with as many decimals as its format shows."""
    if decimals is None:
        amount = amount.quantize(Decimal("1e-10")) if abs(amount) < 10**15 else amount
        text = format(amount, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return format(amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), "f")


def constant_formula(formula: str) -> str | None:
    """Return what a person typed who typed `=100%`: the text itself; None for a real formula."""
    found = CONSTANT.fullmatch(formula)
    return f"={found[1].replace(' ', '')}" if found else None
