"""Layouts whose labels hold words of one form: {unit}, {months}, {money}, {points}."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kpiapp.sheets.layouts.blocks import IndicatorsBlock, Layout, TableBlock
from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpiapp.sheets.grid import Grid

WORD = re.compile(r"\{(unit|months|money|points)\}")
LONGEST_WORD = 12


def worded(layout: Layout, words: Mapping[str, str]) -> Layout:
    """Return a layout with the words of one form put into labels and heads."""
    return replace(layout, blocks=tuple(_block(block, words) for block in layout.blocks))


def _block(block: Any, words: Mapping[str, str]) -> Any:
    if not isinstance(block, TableBlock | IndicatorsBlock):
        return block
    columns = tuple(replace(x, head=_put(x.head, words)) for x in block.columns)
    if isinstance(block, TableBlock):
        return replace(block, columns=columns, label=_put(block.label, words))
    return replace(block, columns=columns, goal_label=_put(block.goal_label, words))


def _put(text: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", word)
    return text


def words_on(grid: Grid, layout: Layout) -> dict[str, str]:
    """Return the words that a printed sheet has where the layout's labels leave them open."""
    texts = {canonical(cell.text) for cell in grid.cells if cell.text}
    found: dict[str, str] = {}
    for template in _open(layout):
        pattern = _pattern(canonical(template))
        for match in filter(None, map(pattern.fullmatch, texts)):
            found = match.groupdict() | found
    return found


def _open(layout: Layout) -> Iterator[str]:
    """Yield the labels and heads of a layout that hold such words."""
    for block in layout.blocks:
        if isinstance(block, TableBlock | IndicatorsBlock):
            labels = [part for column in block.columns for part in column.head.split("/")]
            labels.append(block.label if isinstance(block, TableBlock) else block.goal_label)
            yield from (label for label in labels if WORD.search(label))


def _pattern(template: str) -> re.Pattern[str]:
    parts = WORD.split(template.replace("{number}", "1"))
    texts = [re.escape(part) for part in parts]
    seen: set[str] = set()
    for place in range(1, len(parts), 2):
        name = parts[place]
        texts[place] = rf"(?P={name})" if name in seen else rf"(?P<{name}>.{{0,{LONGEST_WORD}}}?)"
        seen.add(name)
    return re.compile("".join(texts))
