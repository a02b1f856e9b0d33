"""Text to numbers: half-width text, Arabic and Chinese numerals. Exact, never float."""

from __future__ import annotations

import re
from decimal import Decimal

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ALIKE = str.maketrans(
    {
        "≧": "≥", "⩾": "≥", "≽": "≥", "≮": "≥", "≦": "≤", "⩽": "≤", "≼": "≤", "≯": "≤",
        "═": "=", "﹦": "=", "﹥": ">", "﹤": "<", "﹪": "%",
        "−": "-", "–": "-", "—": "-", "―": "-", "‐": "-", "‑": "-", "﹣": "-",
        "〜": "~", "∼": "~", "×": "*", "✕": "*", "∗": "*", "﹐": ",",
    }
)  # fmt: skip
_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_DOUBLE_SIGNS = re.compile(r"[>≥]=|=>|[<≤]=|=<|==")

NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?"
"""A number with optional thousands separators, as it stands in half-width text."""

CHINESE = "[零〇一二两三四五六七八九十百千万亿点半]"
"""One character of a Chinese numeral."""

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}


def half_width(text: str) -> str:
    """Return text without blanks, in half-width letters, with each sign written in one way.

    `＞＝` `>=` `≧` `⩾` become ≥ (likewise ≤ and =); every dash becomes `-` and every tilde `~`.
    """
    plain = _BLANKS.sub("", text.translate(_WIDTH).translate(_ALIKE))
    return _DOUBLE_SIGNS.sub(_one_sign, plain)


def _one_sign(match: re.Match[str]) -> str:
    signs = match.group()
    if ">" in signs or "≥" in signs:
        return "≥"
    return "≤" if "<" in signs or "≤" in signs else "="


def arabic_number(text: str) -> Decimal:
    """Return the number that a match of `NUMBER` writes."""
    return Decimal(text.replace(",", ""))


def chinese_number(text: str) -> Decimal | None:
    """Return the number that Chinese numerals write (一百二十 -> 120), or None.

    A string of bare digits (一二三) is no number, and neither is 千方百计.
    """
    if text == "半":
        return Decimal("0.5")
    whole, point, decimals = text.partition("点")
    value = _whole(whole)
    if value is None or (point and not decimals) or any(x not in _DIGITS for x in decimals):
        return None
    tail = "".join(str(_DIGITS[x]) for x in decimals)
    return Decimal(f"{value}.{tail}" if tail else value)


def _whole(text: str) -> int | None:
    """Return the whole number in Chinese numerals, read from left to right."""
    if not text or text[0] in "百千万亿":
        return None
    total, section, digit = 0, 0, None
    for char in text:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _TENS:
            section += (1 if digit is None else digit) * _TENS[char]
            digit = None
        elif char in _MYRIADS:
            total = (total + section + (digit or 0)) * _MYRIADS[char]
            section, digit = 0, None
        else:
            return None
    return total + section + (digit or 0)
