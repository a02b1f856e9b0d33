"""Breaking a text into printed lines, without any font library.

A Chinese character is one em wide in every Chinese font; the few others are looked up in a table of
the embedded font's widths, which the PDF writer measures once and hands over.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from kpiapp.sheets import paper
from kpiapp.sheets.legal import legal

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpiapp.sheets.grid import Cell

    Widths = Callable[[str], float]

NOT_FIRST = frozenset("，。、；：？！）》〉】」』”’％%…—·,.;:?!)]}~～℃°′″‰")
"""Never at the beginning of a line."""
NOT_LAST = frozenset("（《〈【「『“‘([{￥$¥-–")
"""Never at the end of a line; a hyphen there would read as that of a divided word."""
JOINED = frozenset("0123456789.,%≥≤=<>-~")
TAB = "    "


@lru_cache(maxsize=4096)
def usual_width(char: str) -> float:
    """Return the width of a character in em as most Chinese fonts have it."""
    return 1.0 if east_asian_width(char) in "WFA" else 0.55


def line_count(cell: Cell, widths: list[float]) -> int:
    """Return how many lines the text of a cell takes in body type over columns of these widths."""
    return len(break_lines(cell.text, paper.cell_width(cell, widths) / paper.BODY))


def break_lines(text: str, room: float, width: Widths = usual_width) -> list[str]:
    """Return the printed lines of a text; joined, they are the text without its line ends.

    Args:
        text: any text, of any number of lines.
        room: how many em fit on a line.
        width: the width of one character in em.
    """
    lines: list[str] = []
    for part in legal(text).replace("\t", TAB).split("\n"):
        lines += _broken(part, room, width)
    return lines


def _broken(text: str, room: float, width: Widths) -> list[str]:
    if len(text) <= room:
        return [text]
    lines = []
    start = 0
    used = 0.0
    place = 0
    while place < len(text):
        used += width(text[place])
        if used > room + 1e-6 and place > start:
            end = _good_break(text, start, place)
            lines.append(text[start:end])
            start = place = end
            used = 0.0
            continue
        place += 1
    return [*lines, text[start:]]


def _good_break(text: str, start: int, place: int) -> int:
    """Return the break nearest before `place` that typesetting allows; `place` if there is none."""
    for end in range(place, max(start, place - 24), -1):
        if _may_break(text[end - 1], text[end]):
            return end
    return place


def _may_break(before: str, after: str) -> bool:
    if after in NOT_FIRST or before in NOT_LAST:
        return False
    if before in JOINED and after in JOINED:
        return False
    return not (_is_letter(before) and _is_letter(after))


def _is_letter(char: str) -> bool:
    return char.isalnum() and usual_width(char) < 1
