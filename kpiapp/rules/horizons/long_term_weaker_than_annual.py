"""Rule `long-term-weaker-than-annual`: see the page of the function below."""

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

    from kpiapp.model.target import Target
    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=6, compares=True)
def long_term_weaker_than_annual(form: Facts, _: Context) -> Iterator[Finding]:
    """长期指标值弱于年度

    为什么
        今年就要10人，长期反而只要9人，多半是只改了一边。
    怎么改
        长期指标值调到不弱于年度。
    依据
        财预〔2015〕88号审核表“绩效合理性”。
    错例
        长期1 | 产出指标 | 数量指标 | 办公楼物业服务人数 | ≥9人
        年度1 | 产出指标 | 数量指标 | 办公楼物业服务人数 | ≥10人  <- 长期≥9人弱于年度≥10人
    正例
        长期1 | 产出指标 | 数量指标 | 办公楼物业服务人数 | ≥10人
        年度1 | 产出指标 | 数量指标 | 办公楼物业服务人数 | ≥10人
        长期1 | 成本指标 | 经济成本指标 | 租赁成本 | ≤30万元
        年度1 | 成本指标 | 经济成本指标 | 租赁成本 | ≤10万元
    """
    for pair in both_targets(form):
        long_term, annual = pair.long_term, pair.annual
        if is_cost(pair.row) or annual.sign != long_term.sign or annual.sign not in ("≥", "≤"):
            continue
        if difference(annual, long_term) is Difference.NUMBER and is_weaker(long_term, annual):
            yield Finding(
                pair.annual_place,
                f"长期{long_term}弱于年度{annual}",
                pair.set_long_term(_raised(long_term, annual)),
                against=pair.against,
            )


PER_YEAR = "/年"


def _raised(long_term: Target, annual: Target) -> str:
    """Return the annual target as a long-term one: what was said of each year stays so."""
    said = long_term.text.rstrip().endswith(PER_YEAR) and not annual.period
    return annual.text + PER_YEAR if said else annual.text
