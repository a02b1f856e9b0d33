"""Rule `unit-differs`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.facts import each_once
from kpiapp.rules.findings import Finding
from kpiapp.rules.pairing.comparing import Difference, difference
from kpiapp.rules.pairing.horizon_pairs import both_targets
from kpiapp.rules.row import PRIOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.target import Target
    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=8, reach=Reach.LINKS)
def unit_differs(form: Facts, context: Context) -> Iterator[Finding]:
    """同一指标单位不同

    为什么
        上年是100%，当年是“按月发放”，两年没法比；长期按人、年度按次，也没法比。
    怎么改
        统一口径和单位；口径变了的，把以前年度的值折算过来。
    依据
        财预〔2015〕88号审核表“指标科学性”（可比）。
    错例
        长期1 | 产出指标 | 数量指标 | 业务培训 | ≥100人
        年度1 | 产出指标 | 数量指标 | 业务培训 | ≥4场 | 上年=≥90人  <- 单位不同
        年度1 | 产出指标 | 时效指标 | 工资发放及时性 | 按月发放 | 前年=100%  <- 前年值为100%
    正例
        长期1 | 产出指标 | 数量指标 | 购买书籍数量 | ≥15套/年
        年度1 | 产出指标 | 数量指标 | 购买书籍数量 | ≥15套 | 上年=≥14套
        年度1 | 成本指标 | 经济成本指标 | 培训费用 | ≤30000元 | 上年=≤3万元
    """
    yield from _inside(form)
    for ours, theirs, project in context.partners(form):
        if difference(ours.target, theirs.target) is Difference.UNIT:
            name = project.short_name
            yield Finding(
                ours.place("target"),
                f"部门表为{ours.target}，项目表（{name}）为{theirs.target}，单位不同",
                other_form=project.form.id,
                against=(theirs.place("target"),),
            )


@each_once
def _inside(form: Facts) -> Iterator[Finding]:
    """Yield what differs inside the form; a target odd beside the long-term one is told once."""
    told: set[str] = set()
    for pair in both_targets(form):
        if difference(pair.annual, pair.long_term) is Difference.UNIT:
            told.add(pair.row.id)
            message = f"长期为{pair.long_term}，年度为{pair.annual}，单位不同"
            yield Finding(pair.annual_place, message, against=pair.against)
    for row in form.rows:
        if row.id in told:
            continue
        for cell, word in PRIOR.items():
            prior = row.prior(cell)
            if prior and difference(row.target, prior) in (Difference.UNIT, Difference.KIND):
                message = f"{word}值为{prior}，当年为{row.target}，{_what(row.target, prior)}不同"
                yield Finding(row.place(cell), message, against=(row.place("target"),))


def _what(target: Target, prior: Target) -> str:
    return "单位" if target.is_numeric and prior.is_numeric else "口径"
