"""整体绩效总目标: the table that shows all goals of a form at one glance."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpiapp.model.form import Form, Horizon, Table

_NUMBERED = re.compile(r"(?:绩效)?目标\s*(\d+)\s*[:：]")
_AROUND = 8


def goals_in(form: Form, horizon: Horizon) -> dict[int, str]:
    """Return the goal texts of a horizon as the overview shows them, by goal number."""
    table = next((x for label, x in form.tables.items() if _is_overview(label, x)), None)
    columns = _columns(table, horizon) if table else []
    if not table or not columns:
        return {}
    texts = [" ".join(row.cells[i] for i in columns if i < len(row.cells)) for row in table.rows]
    joined = "\n".join(texts)
    found = _split(joined)
    if found:
        return found
    numbers = [goal.number for goal in form.goals if goal.horizon is horizon]
    return dict(zip(numbers, (text.strip() for text in texts), strict=False))


def _is_overview(label: str, table: Table) -> bool:
    return "目标" in label and any("目标" in head for head in table.columns)


def _columns(table: Table, horizon: Horizon) -> list[int]:
    """Return the columns of a horizon: its head, and the empty heads right of it."""
    found: list[int] = []
    inside = False
    for i, head in enumerate(table.columns):
        inside = (horizon.label in head) or (inside and not head.strip())
        if inside:
            found.append(i)
    return found


def _split(text: str) -> dict[int, str]:
    """Cut a text at 目标1： 目标2： …"""
    marks = list(_NUMBERED.finditer(text))
    if not marks:
        return {}
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return {
        int(mark[1]): text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)
    }


def around_difference(one: str, other: str) -> tuple[str, str]:
    """Return both texts cut down to where they first and last differ, with some words around."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    changed = [block for block in blocks if block[0] != "equal"]
    if not changed:
        return one, other
    _, i1, _, j1, _ = changed[0]
    _, _, i2, _, j2 = changed[-1]
    return (
        one[max(0, i1 - _AROUND) : i2 + _AROUND],
        other[max(0, j1 - _AROUND) : j2 + _AROUND],
    )
