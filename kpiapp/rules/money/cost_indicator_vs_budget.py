"""Rule `cost-indicator-vs-budget`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.model.target import in_unit
from kpiapp.model.taxonomy import Level2
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts, naming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=7, compares=True)
def cost_indicator_vs_budget(form: Facts, _: Context) -> Iterator[Finding]:
    """成本指标与预算不符

    为什么
        成本控制额度就是当年预算，二者不同，超支了也查不出来。
    怎么改
        成本控制额度改为“≤当年预算”；只控制一部分成本的，名称里写明是哪一部分。
    依据
        财预〔2021〕101号 成本指标应与预算资金匹配。
    错例
        项目当年预算：9.52万元
        年度1 | 成本指标 | 经济成本指标 | 成本控制额度 | ≤9.25万元  <- 项目当年预算9.52万元
        年度1 | 成本指标 | 经济成本指标 | 通信服务费用 | ≤10万元  <- 项目当年预算9.52万元
    正例
        项目当年预算：150万元
        年度1 | 成本指标 | 经济成本指标 | 通信服务费用 | ≤88.42万元
        年度1 | 成本指标 | 经济成本指标 | 人均成本 | ≤200元/人
    """
    year = amounts.budget(form.form, "当年预算")
    total = amounts.budget(form.form, "总预算")
    if not form.is_project or year is None:
        return
    for row in form.rows:
        target = in_unit(row.target, "万元") if row.group is Level2.COST else None
        if target is None or not row.target.is_numeric:
            continue
        long_term = row.horizon is Horizon.LONG_TERM
        limit = total if long_term else year
        over = limit is not None and target > limit and not amounts.agree(target, limit)
        budgets = [x for x in (year, total if long_term else None) if x is not None]
        wrong = naming.is_total_cost(row.key) and not any(amounts.agree(target, x) for x in budgets)
        if over or wrong:
            told = format_amount(year)
            message = f"成本指标{row.target}，项目当年预算{told}万元"
            if long_term and total is not None:
                message += f"，总预算{format_amount(total)}万元"
            allowed = year if limit is None else limit
            fix = row.propose("target", f"≤{format_amount(allowed)}万元")
            yield Finding(row.place("target"), message, fix)
