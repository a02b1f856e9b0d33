"""整体绩效总目标: the table that shows all goals of a form at one glance."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from kpiapp.model.names import normalise

if TYPE_CHECKING:
    from kpiapp.model.form import Form, Horizon, Table

_NUMBERED = re.compile(r"(?:绩效)?目标\s*(\d+)\s*[:：]")
_AROUND, _LONGEST = 8, 40
_FULL_WIDTH = str.maketrans(",;:()", "，；：（）")


def goals_in(form: Form, horizon: Horizon) -> dict[int, str]:
    """Return the goal texts of a horizon as the overview shows them, by goal number."""
    table = next((x for label, x in form.tables.items() if _is_overview(label, x)), None)
    columns = _columns(table, horizon) if table else []
    if not table or not columns:
        return {}
    joined_cells = (
        " ".join(row.cells[i] for i in columns if i < len(row.cells)) for row in table.rows
    )
    texts = [text for text in joined_cells if text.strip()]
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
    """Return both texts cut down to where they differ in words, with some words around.

    Where that would be long, only their first difference is shown, with … behind it.
    """
    alike = one.translate(_FULL_WIDTH), other.translate(_FULL_WIDTH)
    blocks = SequenceMatcher(None, *alike, autojunk=False).get_opcodes()
    changed = [x for x in blocks if x[0] != "equal" and _words(one, other, x)]
    if not changed:
        return one, other
    _, i1, i2, j1, j2 = changed[0]
    end = ""
    if max(changed[-1][2] - i1, changed[-1][4] - j1) <= _LONGEST:
        i2, j2 = changed[-1][2], changed[-1][4]
    elif len(changed) > 1:
        end = "…"
    return _cut(one, i1, i2) + end, _cut(other, j1, j2) + end


def _words(one: str, other: str, block: tuple[str, int, int, int, int]) -> bool:
    """Say whether more than blanks and punctuation differs in a block."""
    _, i1, i2, j1, j2 = block
    return normalise(one[i1:i2]) != normalise(other[j1:j2])


def _cut(text: str, start: int, end: int) -> str:
    shown = text[max(0, start - _AROUND) : min(end, start + _LONGEST) + _AROUND]
    return shown.strip().lstrip("，,；;、。 ")
