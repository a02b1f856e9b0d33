"""Words to choose from while filling in a form: the form's own first, then the layout's."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kpiapp.model.taxonomy import (
    Level1,
    level1_labels,
    level1_of,
    level2_labels,
    level2_of,
)

if TYPE_CHECKING:
    from kpiapp.model.form import Form
    from kpiapp.services.forms.shape import Shape

STANDARDS = ("计划标准", "历史标准", "行业标准", "经验标准")
"""The four bases of a target that the rules name."""
LONGEST_STANDARD = 12
"""Longer ones are explanations of one indicator, no words to choose again."""


def standards(form: Form) -> list[str]:
    """Return standards to choose from: those of the form by how often they stand there."""
    used = Counter(row.standard for row in form.indicators if row.standard)
    own = [text for text, _ in used.most_common() if len(text) <= LONGEST_STANDARD]
    return list(dict.fromkeys((*own, *STANDARDS)))


def group_choices(form: Form, shape: Shape) -> dict[str, list[str]]:
    """Return the 一级 with their 二级 to choose from, each in one wording.

    A heading that the form or its layout prints is taken in its wording; the guide's headings
    fill in what neither has.
    """
    found: dict[str, dict[str, None]] = {}
    for first, second in (*_own(form), *shape.groups):
        _add(found, first, second)
    for label in level1_labels():
        first = _same(found, label) or label
        means = level1_of(label)
        for second in level2_labels(means) if means else ():
            _add(found, first, second)
    order = {text: n for n, text in enumerate(found)}
    ranked = sorted(found, key=lambda text: (_rank(text), order[text]))
    return {first: list(found[first]) for first in ranked}


def _own(form: Form) -> list[tuple[str, str]]:
    pairs = ((row.level1, row.level2) for row in form.indicators)
    return list(dict.fromkeys(pair for pair in pairs if all(pair)))


def _add(found: dict[str, dict[str, None]], first: str, second: str) -> None:
    """Add a 二级 unless the list has it, by its meaning, under the same 一级."""
    first = _same(found, first) or first
    means = level2_of(second)
    there = found.setdefault(first, {})
    if second not in there and (means is None or means not in {level2_of(x) for x in there}):
        there[second] = None


def _same(found: dict[str, dict[str, None]], first: str) -> str | None:
    """Return the wording already taken for a 一级 of this meaning."""
    if first in found:
        return first
    means = level1_of(first)
    return next((x for x in found if means and level1_of(x) is means), None)


def _rank(first: str) -> int:
    means = level1_of(first)
    return list(Level1).index(means) if means else len(Level1)


def beside_fault(text: str, *, needed: bool = False) -> str:
    """Return what is wrong with the years beside a box, or "".

    Args:
        text: what stands there.
        needed: the box is ticked, so that nothing is wrong too.

    >>> beside_fault("从2024年至2026年"), beside_fault("2024—2026"), beside_fault("")
    ('', '', '')
    >>> beside_fault("从2026年至2024年")
    '终止年份早于起始年份'
    """
    years = [int(year) for year in re.findall(r"(?:19|20)\d\d", text)]
    if (text.strip() or needed) and len(years) != 2:  # noqa: PLR2004 - the first and the last
        return "请写起止两个年份，例如：从 2024 年至 2026 年"
    return "终止年份早于起始年份" if years != sorted(years) else ""
