"""Numbers that Word counts by itself (`1.`, `（一）`): printed, but in no paragraph's text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.sheets.docx.text import attribute, child, name_of

if TYPE_CHECKING:
    from kpiapp.sheets.docx.text import Element

PLACE = re.compile(r"%([1-9])")
CHINESE = "零一二三四五六七八九"
TEN, CIRCLED, LETTERS = 10, 20, 26


class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, root: Element | None) -> None:
        """Learn the lists of `numbering.xml`; None where a document has none."""
        self._lists: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._of_number: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for element in root if root is not None else ():
            if name_of(element) == "abstractNum":
                self._lists[attribute(element, "abstractNumId") or ""] = _levels(element)
            elif name_of(element) == "num":
                number = attribute(element, "numId") or ""
                self._of_number[number] = attribute(child(element, "abstractNumId"), "val") or ""

    def label(self, paragraph: Element) -> str:
        """Return the number printed before a paragraph, and count it; "" where there is none."""
        properties = child(paragraph, "pPr", "numPr")
        number = attribute(child(properties, "numId"), "val") or ""
        levels = self._lists.get(self._of_number.get(number, ""), {})
        level = _whole(attribute(child(properties, "ilvl"), "val"), 0)
        if level not in levels:
            return ""
        counts = self._counts.setdefault(number, {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return self._printed(levels, counts, level)

    @staticmethod
    def _printed(
        levels: dict[int, tuple[str, str, int]], counts: dict[int, int], level: int
    ) -> str:
        def one(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            form, _, start = levels.get(place, ("decimal", "", 1))
            return in_form(counts.get(place, start), form)

        form, text, _ = levels[level]
        return "" if form in {"bullet", "none"} else PLACE.sub(one, text)


def _levels(element: Element) -> dict[int, tuple[str, str, int]]:
    """Return form, text and first number of each level of a list."""
    levels = {}
    for level in element:
        if name_of(level) == "lvl":
            levels[_whole(attribute(level, "ilvl"), 0)] = (
                attribute(child(level, "numFmt"), "val") or "decimal",
                attribute(child(level, "lvlText"), "val") or "",
                _whole(attribute(child(level, "start"), "val"), 1),
            )
    return levels


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < TEN else default


def in_form(number: int, form: str) -> str:
    """Return a number as a list prints it.

    >>> in_form(12, "chineseCountingThousand"), in_form(3, "decimalEnclosedCircle")
    ('十二', '③')
    """
    if "hinese" in form or form.startswith(("ideograph", "taiwanese", "japaneseCounting")):
        return _chinese(number)
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= CIRCLED:
        return chr(0x2460 + number - 1)
    if form in {"lowerLetter", "upperLetter"} and 1 <= number <= LETTERS:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _chinese(number: int) -> str:
    if not 0 < number < TEN * TEN:
        return str(number)
    tens, ones = divmod(number, TEN)
    front = "" if tens == 0 else "十" if tens == 1 else CHINESE[tens] + "十"
    return front + (CHINESE[ones] if ones else "")
