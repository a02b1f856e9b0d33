"""Rule `long-term-not-in-annual`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.problem import Severity
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=2, compares=True)
def long_term_not_in_annual(form: Facts, _: Context) -> Iterator[Finding]:
    """长期指标没有对应的年度指标

    为什么
        长期指标要靠每年的指标来实现。年度表没有它，这一年就没有安排。
    怎么改
        在年度表补上这条指标，或统一两边的名称。
    依据
        财预〔2015〕88号审核表“规范完整性”“目标相关性”。
    错例
        长期1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次/年
        长期1 | 产出指标 | 质量指标 | 网络安全等级 | 达标  <- 在年度目标1中没有对应指标
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
    正例
        长期1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次/年
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
    """
    if terms.is_one_off(form):
        return
    for number, pairing in form.pairings.items():
        for indicator in pairing.left_only:
            row = form.by_id[indicator.id]
            message = f"长期指标“{row.name}”在年度目标{number}中没有对应指标"
            fix = fixes.copy_row(row, form, Horizon.ANNUAL, number)
            yield Finding(row.place("row"), message, fix)
