"""What people write around names: 指标1：, 1. or ① before, （20分） behind, several in a cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.sheets.draft import Change
from kpiapp.sheets.words import BLANKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpiapp.model.form import Indicator
    from kpiapp.sheets.reading import Reading

NUMBER = r"(?:指标\s*\d+\s*[:：.、．]?|\d{1,2}\s*[.．、)）](?!\d)|[(（]\s*\d{1,2}\s*[)）]|[①-⑳])"
SLOT = re.compile(r"^\s*指标\s*\d+\s*[:：.、．]?\s*")
NUMBERED = re.compile(rf"^\s*{NUMBER}\s*")
SLOTS = re.compile(rf"(?m)^\s*{NUMBER}")
DOTS = re.compile(r"[.…·。、\s]+")
POINTS = re.compile(
    r"[(（]\s*(\d+(?:\.\d+)?(?:\s*[-—~～至]\s*\d+(?:\.\d+)?)?)\s*(分?)\s*[)）]\s*(分?)$"
)
"""Points behind a name, or from how many to how many they may be: （20分）, （40-50）分."""
VALUE = re.compile(r"\s*[≥≤=<>＞＜]\s*\d[\d.,]*\S{0,8}\s*")
MOST = 0.8
"""A table numbers its indicators where this share of the names begin with a number."""


def points(text: str) -> float | int | str | None:
    """Return points as a number where they are one, else as they stand; None where none stand."""
    plain_text = text.removesuffix("分")
    if not plain_text:
        return None
    try:
        value = float(plain_text)
    except ValueError:
        return text
    return int(value) if value.is_integer() else value


def split_points(text: str, *, scored: bool = True) -> tuple[str, str]:
    """Return a name and the points printed behind it, "" if none are.

    Args:
        text: the name of a group or an indicator.
        scored: a number in brackets is points also without 分, as behind the name of a group.

    >>> split_points("数量指标（20分）"), split_points("数量指标（20）")
    (('数量指标', '20'), ('数量指标', '20'))
    """
    found = POINTS.search(text)
    if not found or not (found[2] or found[3] or scored):
        return text, ""
    return text[: found.start()].rstrip(), found[1]


def bare_name(text: str, *, scored: bool) -> tuple[str, str]:
    """Return the name of an indicator without 指标1： and points, and the points; dots are none.

    Args:
        text: the name as printed.
        scored: its group has points.
    """
    name = SLOT.sub("", BLANKS.sub("", text))
    return ("", "") if DOTS.fullmatch(name) else split_points(name, scored=scored)


def divided(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Return one dict of texts an indicator, where one row holds several line by line.

    Args:
        texts: what the row holds by value (level3, target, …), line ends as typed.
    """
    flat = {value: "".join(text.split("\n")) for value, text in texts.items()}
    kept = {value: text for value, text in texts.items() if value in {"standard", "note"}}
    names = _names(texts.get("level3", ""), _lines(texts.get("target", "")))
    count = len(names)
    lines = {value: _lines(text) for value, text in texts.items()}
    if count < 2 or len(lines.get("target", [""])) not in {1, count}:  # noqa: PLR2004  one name
        return [flat | kept]
    return [
        {
            value: names[n]
            if value == "level3"
            else (NUMBERED.sub("", part[n]) if len(part) == count else flat[value])
            for value, part in lines.items()
        }
        for n in range(count)
    ]


def _names(text: str, targets: Sequence[str]) -> list[str]:
    """Return the names in a cell: each begins with a number, or has its own value beside it."""
    starts = [found.start() for found in SLOTS.finditer(text)]
    if len(starts) > 1 and not text[: starts[0]].strip():
        pieces = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
        return [NUMBERED.sub("", "".join(piece.split("\n"))) for piece in pieces]
    lines = _lines(text)
    alike = len(lines) == len(targets) > 1 and all(map(VALUE.fullmatch, targets))
    return lines if alike else [text]


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def without_numbers(reading: Reading, rows: Sequence[Indicator]) -> None:
    """Take the numbers off the names of a table that numbers them; each is told as a change."""
    named = [row for row in rows if row.level3]
    found = [row for row in named if NUMBERED.match(row.level3) and NUMBERED.sub("", row.level3)]
    if not found or len(found) < MOST * len(named) or (len(named) == 1 and not _is_first(found[0])):
        return
    for row in found:
        before, row.level3 = row.level3, NUMBERED.sub("", row.level3)
        place = reading.places.get((row.id, "level3"), "")
        reading.changes.append(Change(place, before, row.level3))


def _is_first(row: Indicator) -> bool:
    """Say whether a name is numbered 1: a single one of any other number bears it as its own."""
    number = NUMBERED.match(row.level3)
    return number is not None and re.sub(r"[^\d①]", "", number[0]) in {"1", "①"}
