"""Which layout a sheet is: by the labels on it, the rare ones counting most."""

from __future__ import annotations

from functools import lru_cache
from math import log
from typing import TYPE_CHECKING, NamedTuple

from kpiapp.sheets.heads import path_parts
from kpiapp.sheets.layouts.blocks import (
    GoalsBlock,
    IndicatorsBlock,
    Layout,
    TableBlock,
    TitleBlock,
    with_year,
)
from kpiapp.sheets.layouts.layout import load_layouts
from kpiapp.sheets.reading import labels_of
from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.grid import Grid

ENOUGH = 0.45
"""Below this a sheet is of no known layout: foreign sheets score 0.3 at most, messy ones 0.7."""


LONGEST_LABEL = 60


class Match(NamedTuple):
    """A layout that a sheet may be, and how sure that is, 0 to 1."""

    layout: Layout
    confidence: float


def detect(grid: Grid, layouts: Sequence[Layout] | None = None) -> list[Match]:
    """Return the layouts a sheet may be, the likeliest first; a sheet's own mark is certain.

    Args:
        grid: the sheet.
        layouts: what to choose from; by default, those of the program.
    """
    layouts = load_layouts() if layouts is None else layouts
    for one in layouts:
        if grid.marks.get("layout") == one.id and grid.marks.get("kind") == one.kind:
            return [Match(one, 1.0)]
    words = {
        canonical(cell.text) for cell in grid.cells if cell.text and len(cell.text) < LONGEST_LABEL
    }
    weights = _weights(tuple(layouts))
    known = sum(weights[word] for word in words if word in weights)
    matches = [Match(one, _agreement(vocabulary(one), words, weights, known)) for one in layouts]
    return sorted(matches, key=lambda match: -match.confidence)


def _agreement(
    vocabulary: frozenset[str], words: set[str], weights: dict[str, float], known: float
) -> float:
    """Return how well a layout's labels and those on the sheet agree (harmonic mean)."""
    both = sum(weights[word] for word in vocabulary & words)
    wanted = sum(weights[word] for word in vocabulary)
    return round(2 * both / (wanted + known), 3) if both else 0.0


@lru_cache(maxsize=8)
def _weights(layouts: tuple[Layout, ...]) -> dict[str, float]:
    """Return the weight of each label: the fewer layouts print it, the more it says."""
    counts: dict[str, int] = {}
    for one in layouts:
        for word in vocabulary(one):
            counts[word] = counts.get(word, 0) + 1
    return {word: 1 + log(len(layouts) / count) for word, count in counts.items()}


@lru_cache(maxsize=64)
def vocabulary(layout: Layout) -> frozenset[str]:
    """Return every label and head that a layout prints, as they are compared."""
    texts: list[str] = []
    for block in layout.blocks:
        texts += [*labels_of(block), block.outer]
        if isinstance(block, TitleBlock):
            texts.append(block.title)
        if isinstance(block, TableBlock | IndicatorsBlock):
            texts += [part for column in block.columns for part in path_parts(column.head)]
        if isinstance(block, GoalsBlock):
            texts += block.heads
        if isinstance(block, IndicatorsBlock):
            texts += [block.side, block.heading.replace("{number}", "1"), *_goal_rows(block)]
    return frozenset(canonical(with_year(text, 2050)) for text in texts if text)


def _goal_rows(block: IndicatorsBlock) -> list[str]:
    if not block.goal_row:
        return []
    return [block.goal_row.replace("{label}", block.label_of(1)).replace("{number}", "1")]
