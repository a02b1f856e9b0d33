"""Tick boxes on one line: `1. 常年性项目☑  2. 一次性项目□  3. 延续性项目□(从 年至 年)`.

The box stands behind the name and before a bracket. What a person writes into the bracket
(从2024年至2026年) is the option's value. People also put the box first, tick inside brackets
(（√）), or only write √ behind what applies.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.form import Choice
from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

TICKED, EMPTY = "☑", "□"
TICKS = "☑☒✓✔√■☻●▇█◼⬛🗹"
BOXES = "□☐○◯▢◻⬜❑❏"
BOX = re.compile(f"\\s*([{TICKS}{BOXES}])\\s*")
REST = r"\s*(?P<rest>[(（][^)）]{0,80}[)）])?"
OPTION = re.compile(rf"(?P<box>[{TICKS}{BOXES}]){REST}")
NUMBER = re.compile(r"\s*\d+\s*[.．、]\s*")
BRACKETED = re.compile(r"[(（\[【〔]\s*([√✓✔■●]?|[×✗])\s*[)）\]】〕]")
"""A tick, a cross or nothing between brackets is a box; a cross there says no."""
FIRST = re.compile(
    rf"(?P<number>\d+\s*[.．、]\s*)?(?P<box>[{TICKS}{BOXES}])\s*"
    rf"(?P<name>[^{TICKS}{BOXES}]{{0,80}}?){REST}\s*"
    rf"(?=(?:\d+\s*[.．、]\s*)?[{TICKS}{BOXES}]|$)"
)
APART = re.compile(r"\s{2,}|\n|\s+(?=\d+\s*[.．、])")


def print_boxes(choice: Choice | None, options: Iterable[str], *, numbered: bool) -> str:
    """Return the printed line of a choice.

    Args:
        choice: what is ticked, or None.
        options: the layout's options, used where the choice has none.
        numbered: print `1. ` before each.
    """
    choice = choice or Choice()
    printed = []
    for place, option in enumerate(choice.options or options, 1):
        box = TICKED if option in choice.checked else EMPTY
        name, rest = _cut(option)
        if option in choice.values:
            rest = _bracketed(choice.values[option], rest)
        number = f"{place}. " if numbered else ""
        printed.append(f"{number}{name}{box}{rest}")
    return "  ".join(printed)


def read_boxes(text: str, known: Iterable[str], *, numbered: bool) -> Choice:
    """Return the choice that a printed line shows.

    Args:
        text: the line.
        known: the layout's options: a filled-in bracket is recognised by them.
        numbered: the number before a name belongs to the line, not to the option.
    """
    choice = Choice()
    known = tuple(known)
    text = _behind(BRACKETED.sub(_box, text))
    end = 0
    for found in OPTION.finditer(text):
        *others, name = _pieces(text[end : found.start()], known) or [""]
        end = found.end()
        choice.options += [_without_number(one, numbered=numbered) for one in others]
        name = _without_number(name, numbered=numbered)
        rest = found["rest"] or ""
        option = _known_option(name, known) if re.search(r"\d", rest) else None
        if option is None:
            option = name + rest
        elif canonical(option) != canonical(name + rest):
            choice.values[option] = _value(rest, _cut(option)[1])
        choice.options.append(option)
        if found["box"] in TICKS:
            choice.checked.append(option)
    if choice.options:
        left = _pieces(text[end:], known)
        choice.options += [_without_number(one, numbered=numbered) for one in left]
    return choice


def _box(found: re.Match[str]) -> str:
    return TICKED if found[1] and found[1] not in "×✗" else EMPTY


def _behind(text: str) -> str:
    """Return a line whose boxes stand before the names with each box behind its name."""
    start = text.strip()
    if not FIRST.match(start) or re.search(rf"[{TICKS}{BOXES}]{REST}$", start):
        return text
    return "  ".join(
        f"{one['number'] or ''}{one['name']}{one['box']}{one['rest'] or ''}"
        for one in FIRST.finditer(start)
    )


def _pieces(text: str, known: Iterable[str]) -> list[str]:
    """Return the names in a text between two boxes; all but the last have no box of their own."""
    pieces = [piece.strip() for piece in APART.split(text.strip()) if piece.strip()]
    words = text.split()
    names = {canonical(NUMBER.sub("", option, count=1)) for option in known}
    if len(pieces) == 1 and names.issuperset(canonical(NUMBER.sub("", x, count=1)) for x in words):
        return words
    return pieces


def _without_number(name: str, *, numbered: bool) -> str:
    return NUMBER.sub("", name, count=1) if numbered else name


def _known_option(name: str, known: Iterable[str]) -> str | None:
    """Return the layout's option of this name that has a bracket to fill in."""
    wanted = canonical(name)
    cut = ((option, *_cut(option)) for option in known)
    return next((option for option, one, rest in cut if rest and canonical(one) == wanted), None)


def _cut(option: str) -> tuple[str, str]:
    """Return an option's name and its bracket at the end, or ""."""
    found = re.fullmatch(r"(.*?)\s*([(（][^()（）]*[)）])", option)
    return (found[1], found[2]) if found and "年" in found[2] else (option, "")


def _bracketed(value: str, like: str) -> str:
    if value[:1] in "(（":
        return value
    return f"({value})" if like.startswith("(") else f"（{value}）"


def _value(rest: str, like: str) -> str:
    """Return what is written in a bracket; with the bracket where it is of another kind."""
    return rest[1:-1] if _bracketed(rest[1:-1], like) == rest else rest
