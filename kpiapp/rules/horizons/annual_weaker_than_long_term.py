"""Rule `annual-weaker-than-long-term`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.pairing.comparing import Difference, difference, is_weaker
from kpiapp.rules.pairing.horizon_pairs import both_targets
from kpiapp.rules.row import is_cost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=5, compares=True)
def annual_weaker_than_long_term(form: Facts, _: Context) -> Iterator[Finding]:
    """年度指标值弱于长期

    为什么
        长期要求不低于90%，今年只要80%，长期目标就达不到。
    怎么改
        年度指标值调到不弱于长期，或说明长期指标值为什么定得高。
    依据
        财预〔2015〕88号审核表“绩效合理性”。
    错例
        长期1 | 满意度指标 | 服务对象满意度指标 | 工作满意度 | ≥90%
        年度1 | 满意度指标 | 服务对象满意度指标 | 工作满意度 | ≥80%  <- 年度≥80%弱于长期≥90%
    正例
        长期1 | 产出指标 | 数量指标 | 培训次数 | ≥36次
        年度1 | 产出指标 | 数量指标 | 培训次数 | ≥12次
        长期1 | 产出指标 | 时效指标 | 响应时长 | ≤30分钟
        年度1 | 产出指标 | 时效指标 | 响应时长 | ≤0.5小时
    """
    for pair in both_targets(form):
        long_term, annual = pair.long_term, pair.annual
        if is_cost(pair.row) or annual.sign != long_term.sign or annual.sign not in ("≥", "≤"):
            continue
        per_year = annual.unit == "%" or annual.sign == "≤" or annual.period or long_term.period
        if (
            per_year
            and difference(annual, long_term) is Difference.NUMBER
            and is_weaker(annual, long_term)
        ):
            yield Finding(
                pair.annual_place,
                f"年度{annual}弱于长期{long_term}",
                pair.row.propose("target", long_term.text),
                against=pair.against,
            )
