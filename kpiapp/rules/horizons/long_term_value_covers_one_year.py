"""Rule `long-term-value-covers-one-year`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.model.taxonomy import Level2
from kpiapp.model.units import unit_family
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.HINT, order=15, compares=True)
def long_term_value_covers_one_year(form: Facts, _: Context) -> Iterator[Finding]:
    """长期值只够一年

    为什么
        长期到2030年，却和一年一样只出12份报告：五年总共12份，还是每年12份？
    怎么改
        每年都做的写“12份/年”；要合计的写几年的总数。
    依据
        财预〔2015〕88号审核表“绩效合理性”。
    错例
        终止年度：2030年
        长期1 | 产出指标 | 数量指标 | 提交巡检报告数 | 12份  <- 长期到2030年
        年度1 | 产出指标 | 数量指标 | 提交巡检报告数 | 12份
    正例
        终止年度：2030年
        长期1 | 产出指标 | 数量指标 | 提交巡检报告数 | 12份/年
        年度1 | 产出指标 | 数量指标 | 提交巡检报告数 | 12份
        长期1 | 产出指标 | 数量指标 | 每月巡检次数 | 2次
        年度1 | 产出指标 | 数量指标 | 每月巡检次数 | 2次
    """
    until = terms.until(form)
    if until is None or until <= form.form.year:
        return
    for long_term, annual, _step in form.pairs:
        target = long_term.target
        if (
            long_term.group is Level2.QUANTITY
            and unit_family(target.unit) in _PER_YEAR
            and not target.period
            and (target.low, target.high) == (annual.target.low, annual.target.high)
            and target.unit == annual.target.unit
            and not any(word in long_term.key for word in _NAMED_PERIODS)
        ):
            message = f"长期到{until}年，指标值{target}与一年的相同，也没有写“/年”"
            fix = long_term.propose("target", f"{target.text.strip()}/年")
            yield Finding(
                long_term.place("target"), message, fix, against=(annual.place("target"),)
            )


_PER_YEAR = frozenset("次 份 场 场次 期 批次 篇 人次 件".split())
"""Units of what is done anew each year; 个, 台, 人 are stocks."""
_NAMED_PERIODS = ("每月", "每季", "每年", "月度", "年度", "每周", "每日", "每天")
