"""Ticks written in symbol fonts: `R` in Wingdings 2 is a ticked box, `£` an empty one."""

from __future__ import annotations

SYMBOLS = {
    "wingdings 2": {"R": "☑", "S": "☒", "T": "☒", "P": "✓", "£": "□", "¢": "□", "0": "□"},
    "wingdings": {
        "þ": "☑",
        "ý": "☒",
        "ü": "✓",
        "¨": "□",
        "o": "□",
        "q": "□",
        "n": "■",
        "x": "☒",
    },
    "webdings": {"a": "✓", "c": "□", "g": "■"},
    "symbol": {"³": "≥", "£": "≤", "´": "×", "°": "°", "Ö": "√", "±": "±"},
}
PRIVATE = 0xF000
"""Word writes a character of a symbol font at U+F000 plus its code."""


def as_unicode(text: str, font: str | None) -> str:
    """Return a text as it looks in a symbol font; any other font leaves it as it is.

    >>> as_unicode("R", "Wingdings 2")
    '☑'
    """
    table = SYMBOLS.get((font or "").strip().lower())
    if table is None:
        return text
    plain = (chr(ord(c) - PRIVATE) if PRIVATE < ord(c) < PRIVATE + 256 else c for c in text)
    return "".join(table.get(char, char) for char in plain)


def names_symbol_font(xml: bytes) -> bool:
    """Say whether an XML part names such a font."""
    return b"ingdings" in xml or b"ebdings" in xml
