"""What a head of an indicator table of any district says that its column holds."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpiapp.sheets.grid import Cell

MEANINGS = (
    ("weight", r"权重"),
    ("extra", r"半年|季度|实际|完成(值|情况|程度|率)|执行情况|得分|偏差|改进|评分|赋分"),
    ("extra", r"取值|来源|佐证|核心"),
    ("number", r"^序号$"),
    ("level1", r"一级|指标类[别型]"),
    ("level2", r"二级|指标分类"),
    ("note", r"描述|解释|说明|备注|计算方法"),
    ("level3", r"三级|指标名称|指标内容|明细指标|具体指标|个性指标"),
    ("prior2", r"前年|上上年"),
    ("prior1", r"上年|去年|上一年"),
    ("direction", r"方向"),
    ("sign", r"性质|符号|运算符|比较符"),
    ("unit", r"(计量|度量|数量|指标)单位|^单位$"),
    ("standard", r"依据|(绩效|考核|评价|衡量)标准|^标准$"),
    ("weight", r"分值|分数"),
    ("long_term_target", r"(长期|中期|周期|实施期|总体|总).{0,4}(指标|目标|计划)值"),
    ("target", r"(指标|目标|计划|预期|标杆|实现|年度|^数|^)值|计划水平|目标水平|预[期计].*实现"),
)
"""What the words of a head mean; the first that is found counts."""
ANY = re.compile("|".join(pattern for _, pattern in MEANINGS))
"""Most cells hold none of these words: one look tells."""
BARE_YEAR = re.compile(r"#年?(度|实际|完成)*值?|#年(度)?(指标|实际|完成)值")
LONGEST_HEAD = 24
BRACKETS = re.compile(r"\([^()]*\)")
FREE_HEAD = re.compile(r"(绩效|考核|具体)?指标")


@lru_cache(maxsize=4096)
def meaning(head: str) -> str:
    """Return what a head says its column holds, "" if it is no known head.

    What stands in brackets explains a head; it counts where the rest of it says nothing.

    >>> meaning("指标值（包含文字描述）"), meaning("全年实际值"), meaning("计量单位")
    ('target', 'extra', 'unit')
    """
    whole = canonical(head)
    word = BRACKETS.sub("", whole)
    if not whole or len(word) > LONGEST_HEAD:
        return ""
    if BARE_YEAR.fullmatch(whole):
        return "year"
    return _meant(word) or (_meant(whole) if word != whole else "")


def _meant(word: str) -> str:
    if not ANY.search(word):
        return ""
    return next((value for value, pattern in MEANINGS if re.search(pattern, word)), "")


def is_head_line(cells: Iterable[Cell]) -> bool:
    """Say whether a line could begin an indicator table: cheap, and never wrong by missing one."""
    found = {meaning(cell.text) for cell in cells}
    return "level3" in found or {"level1", "level2"} <= found
