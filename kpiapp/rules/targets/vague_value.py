"""Rule `vague-value`: see the page of the function below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.names import normalise
from kpiapp.model.problem import Severity
from kpiapp.model.target import TargetKind
from kpiapp.model.taxonomy import Level2
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import naming
from kpiapp.rules.single_rows import each_row

if TYPE_CHECKING:
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.HINT, order=7)
@each_row
def vague_value(row: Row, _: Facts) -> Finding | None:
    """文字指标值无法考核

    为什么
        名称是“提升办理效率”，指标值又是“有所提升”，等于没有标准。
    怎么改
        换成能数的指标；实在只能定性的，写清分几档、各档是什么样。
    依据
        财预〔2015〕88号审核表“指标科学性”。
    错例
        年度1 | 效益指标 | 社会效益指标 | 提升公文办理效率 | 有所提升  <- 只重复名称
        年度1 | 产出指标 | 质量指标 | 等保评估结论 | 安全  <- 不是数值
    正例
        年度1 | 效益指标 | 社会效益指标 | 城市管理水平 | 提高
        年度1 | 效益指标 | 社会效益指标 | 网格化工作 | 积极影响
    """
    if row.target.kind is not TargetKind.WORDS or naming.is_rate(row.key):
        return None
    core = _core(row.target.words)
    if core and core in _same_words(row.key):
        message = f"指标值“{row.target.text}”只重复名称里的词，无法考核"
        return Finding(row.place("target"), message)
    if row.group in _MEASURED:
        message = f"{row.level2}的指标值“{row.target.text}”不是数值，无法考核"
        return Finding(row.place("target"), message)
    return None


_MEASURED = (Level2.QUANTITY, Level2.QUALITY, Level2.TIMELINESS, Level2.COST)
_EMPTY_WORDS = re.compile(
    r"有效|有所|持续|显著|明显|进一步|基本|积极|全面|不断|切实|逐步|稳步|大幅|^有(?=..)"
)


def _core(words: str) -> str:
    """Return what a value says besides words of degree; 有效提高 says 提高."""
    plain = normalise(words)
    return _same_words(_EMPTY_WORDS.sub("", plain) or plain)


def _same_words(text: str) -> str:
    return text.replace("提高", "提升")
