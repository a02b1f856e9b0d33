"""What the columns of an indicator table hold: by the words of their heads, else by place."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kpiapp.sheets.layouts.blocks import with_year
from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.columns import Leaf
    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.layouts.blocks import Column, IndicatorsBlock

MEANINGS = (
    ("number", r"^序号$"),
    ("name", r"目标名称"),
    ("level1", r"一级指标"),
    ("level2", r"二级指标"),
    ("level3", r"三级指标|指标名称|明细指标|指标内容"),
    ("prior2", r"前年"),
    ("prior1", r"上年"),
    ("long_term_target", r"长期.*指标值"),
    ("note", r"指标值?说明|指标解释|^备注"),
    ("standard", r"绩效标准|确定依据|评价标准|标准值?依据"),
    ("weight", r"权重|分值"),
    ("target", r"实现|当年|预期|预计|指标值|目标值"),
)
"""What the last head of a column means; the first that is found counts."""
LOWER_HEAD = re.compile(r"(前年|上年|#年?|.*指标值|.*实现值?)")


@lru_cache(maxsize=4096)
def meaning(head: str) -> str | None:
    """Return what a head says its column holds, or None."""
    word = canonical(head)
    return next((value for value, pattern in MEANINGS if re.search(pattern, word)), None)


def read_values(leaves: Sequence[Leaf], block: IndicatorsBlock | None) -> list[str]:
    """Return what each column holds ("" if unknown): heads first, then the layout's order.

    A head that the layout prints just so means what the layout says, any other what its words say.

    A misprinted head (`1人` for 预计当年实现) is understood by its place.
    """
    own = _own_heads(block) if block else {}
    values = [own.get(canonical(leaf.path)) or _leaf_meaning(leaf) for leaf in leaves]
    years = [n for n, leaf in enumerate(leaves) if values[n] == "year"]
    for n, value in zip(reversed(years), ("prior1", "prior2"), strict=False):
        values[n] = value
    values = [
        "" if value == "year" or value in values[:n] else value for n, value in enumerate(values)
    ]
    for columns in (block.columns, block.other_columns) if block else ():
        if len(columns) == len(values) and _agrees(values, columns):
            values = [value or column.value for value, column in zip(values, columns, strict=True)]
    return values


def _own_heads(block: IndicatorsBlock) -> dict[str, str]:
    """Return what the layout's columns hold, by heads that stand over one of them only."""
    heads = [canonical(with_year(column.head, 2050)) for column in block.columns]
    pairs = zip(heads, block.columns, strict=True)
    return {head: column.value for head, column in pairs if heads.count(head) == 1}


def is_head_line(cells: Sequence[Cell]) -> bool:
    """Say whether the texts of a line are but the lower heads of a table: 前年 | 上年."""
    return bool(cells) and all(LOWER_HEAD.fullmatch(canonical(cell.text)) for cell in cells)


def _leaf_meaning(leaf: Leaf) -> str:
    if re.fullmatch(r"#年?(度?指标值)?", canonical(leaf.last)):
        return "year"
    return meaning(leaf.last) or ""


def _agrees(values: Sequence[str], columns: Sequence[Column]) -> bool:
    """Say whether the unknown columns are just those of the layout that were not found."""
    known = {value for value in values if value}
    return all(
        column.value not in known if not value else column.value == value
        for value, column in zip(values, columns, strict=True)
    )
