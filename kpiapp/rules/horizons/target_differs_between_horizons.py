"""Rule `target-differs-between-horizons`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.model.target import Target, in_unit
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.pairing.comparing import Difference, difference
from kpiapp.rules.pairing.horizon_pairs import BothTargets, both_targets
from kpiapp.rules.reading import amounts
from kpiapp.rules.row import is_cost

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=7, compares=True)
def target_differs_between_horizons(form: Facts, _: Context) -> Iterator[Finding]:
    """长期与年度指标值不一致

    为什么
        同一条指标，长期写1套、年度写20套，或一边是数一边是字，必有一处填错。
    怎么改
        核对后两边一致；长期确是几年合计的，请写明“/年”或改用≥。
    依据
        财预〔2015〕88号审核表“规范完整性”“绩效合理性”。
    错例
        长期1 | 产出指标 | 数量指标 | 协同办公软件 | 1套
        年度1 | 产出指标 | 数量指标 | 协同办公软件 | 20套  <- 长期为1套，年度为20套
        长期1 | 产出指标 | 时效指标 | 案件上报及时性 | 及时
        年度1 | 产出指标 | 时效指标 | 案件上报及时性 | ≥95%  <- 长期为及时，年度为≥95%
    正例
        长期1 | 产出指标 | 数量指标 | 培训次数 | ≥36次
        年度1 | 产出指标 | 数量指标 | 培训次数 | ≥12次
        长期1 | 产出指标 | 数量指标 | 购书数量 | =15套/年
        年度1 | 产出指标 | 数量指标 | 购书数量 | =15套
    """
    for pair in both_targets(form):
        kind = difference(pair.annual, pair.long_term)
        if (
            (kind is Difference.NUMBER and not _left_to_weaker(pair))
            or kind is Difference.KIND
            or (kind is Difference.WORDS and pair.equal_names)
        ) and not _are_the_budgets(pair, form):
            yield Finding(
                pair.annual_place,
                f"长期为{pair.long_term}，年度为{pair.annual}",
                against=pair.against,
            )


def _left_to_weaker(pair: BothTargets) -> bool:
    """Say whether one of the two rules on weaker targets judges this pair."""
    sign = pair.annual.sign
    return sign == pair.long_term.sign and sign in ("≥", "≤") and not is_cost(pair.row)


def _are_the_budgets(pair: BothTargets, form: Facts) -> bool:
    """Say whether a cost is this year's budget here and the whole budget there."""
    if not is_cost(pair.row):
        return False
    return _is(pair.annual, amounts.budget(form.form, "当年预算")) and _is(
        pair.long_term, amounts.budget(form.form, "总预算")
    )


def _is(target: Target, budget: Decimal | None) -> bool:
    return budget is not None and in_unit(target, "万元") == budget
