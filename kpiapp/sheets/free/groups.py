"""一级 and 二级 above the rows of a table: in columns of their own, or as headings between rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kpiapp.model.taxonomy import Level1, expected_level1, level1_of, level2_of
from kpiapp.sheets.parse_table import cell_below
from kpiapp.sheets.slots import DOTS, split_points
from kpiapp.sheets.words import Tidy, canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.columns import Leaf
    from kpiapp.sheets.free.panels import Panel
    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.page import Line
    from kpiapp.sheets.reading import Reading

COUNT = "一二三四五六七八九十"
NUMBER = re.compile(rf"^([{COUNT}]+[、.．]|[(（][{COUNT}]+[)）]|\d+[.、．])")
LONGEST_GROUP = 14


class Groups(NamedTuple):
    """一级 and 二级 that the rows of a panel stand under, and the points printed with them."""

    level1: str = ""
    level2: str = ""
    points1: str = ""
    points2: str = ""


def groups_of(reading: Reading, line: Line, panel: Panel, above: Groups) -> Groups:
    """Return the groups of a row: what it prints, else those above it."""
    level1, points1 = _group(reading, line, panel.leaf("level1"))
    level2, points2 = _group(reading, line, panel.leaf("level2"))
    if level1 and level1 != above.level1:
        return Groups(level1, level2, points1, points2)
    if level2 and not reading.own and DOTS.fullmatch(level2):
        return Groups(above.level1, "", above.points1, "")
    if not level2:
        return above._replace(level1=level1 or above.level1)
    level1 = above.level1 or level1
    if panel.leaf("level1") is None:
        level1 = _above(level2) or level1
    return Groups(level1, level2, above.points1, points2)


def _group(reading: Reading, line: Line, leaf: Leaf | None) -> tuple[str, str]:
    cell = cell_below(reading, line, leaf) if leaf else None
    text = reading.text(cell, Tidy.NAME) if cell else ""
    return (text, "") if reading.own else split_points(text)


def _above(level2: str) -> str:
    """Return the 一级 that a 二级 stands under, "" if it is no known one."""
    known = level2_of(level2)
    return expected_level1(known).label if known else ""


def heading_of(cells: Sequence[Cell], panel: Panel, above: Groups) -> Groups | None:
    """Return the groups that a heading between the rows begins (一、产出指标（50分）), or None.

    Args:
        cells: what is written on the line.
        panel: the columns; groups with columns of their own have no headings.
        above: the groups so far.
    """
    if len(cells) != 1 or panel.leaf("level1") is not None:
        return None
    text = canonical(cells[0].text)
    number = NUMBER.match(text)
    name, points = split_points(NUMBER.sub("", text))
    if len(name) > LONGEST_GROUP or not (level1_of(name) or level2_of(name)):
        return None
    if _is_level1(name, number[0] if number else ""):
        return Groups(name, "", points, "")
    if panel.leaf("level2") is not None:
        return None
    return Groups(above.level1 or _above(name), name, above.points1, points)


def _is_level1(name: str, number: str) -> bool:
    if number:
        return number[0] in COUNT
    return name in {one.label for one in Level1} or level2_of(name) is None
