"""Tick boxes on one line: `1. 常年性项目☑  2. 一次性项目□  3. 延续性项目□(从 年至 年)`.

The box stands behind the name and before a bracket. What a person writes into the bracket
(从2024年至2026年) is the option's value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.form import Choice
from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

TICKED, EMPTY = "☑", "□"
TICKS = "☑☒✓✔√■☻●"
BOXES = "□☐○◯▢"
BOX = re.compile(f"\\s*([{TICKS}{BOXES}])\\s*")
OPTION = re.compile(
    rf"(?P<name>[^{TICKS}{BOXES}]*?)\s*(?P<box>[{TICKS}{BOXES}])\s*(?P<rest>[(（][^)）]*[)）])?"
)
NUMBER = re.compile(r"\s*\d+\s*[.．、]\s*")


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
    for found in OPTION.finditer(text):
        name = found["name"].strip()
        if numbered:
            name = NUMBER.sub("", name, count=1)
        rest = found["rest"] or ""
        option = _known_option(name, known) if re.search(r"\d", rest) else None
        if option is None:
            option = name + rest
        elif canonical(option) != canonical(name + rest):
            choice.values[option] = _value(rest, _cut(option)[1])
        choice.options.append(option)
        if found["box"] in TICKS:
            choice.checked.append(option)
    return choice


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
