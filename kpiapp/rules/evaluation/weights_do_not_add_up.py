"""Rule `weights-do-not-add-up`: see the page of the function below."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.rules import results
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.ERROR, order=1)
def weights_do_not_add_up(form: Facts, context: Context) -> Iterator[Finding]:
    """分值合计不对

    为什么
        各条指标的分值加起来不等于规定的总分，总分就算不出100分。
    怎么改
        调整三级指标的分值，使合计为90分（湖北80分），加上预算执行为100分。
    依据
        财预〔2020〕10号 预算执行率10分、指标合计90分；湖北省自评表备注（预算执行20分、指标80分）。
    错例
        年度目标1：机房运维  <- 分值合计85，应为90
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 分值=50 | 完成=12次
        年度1 | 满意度指标 | 服务对象满意度 | 群众满意度 | ≥90% | 分值=35 | 完成=95%
    正例
        年度目标1：机房运维
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 分值=50 | 完成=12次
        年度1 | 满意度指标 | 服务对象满意度 | 群众满意度 | ≥90% | 分值=40 | 完成=95%
    """
    evaluation = results.evaluated(form, context)
    if evaluation is None or not evaluation.scoring.weights_printed:
        return
    heads = evaluation.scoring.head_weights
    shared = any(goal.share is not None for goal in form.goals_of(Horizon.ANNUAL))
    numbers = form.numbers(Horizon.ANNUAL)
    for group in [[n] for n in numbers] if shared else [numbers]:
        rows = [row for row in form.all_rows if row.is_annual and row.goal in group]
        weights = [
            w for row in rows if row.key and (w := results.number(row.source.weight)) is not None
        ]
        total = sum(weights, Decimal(0))
        if weights and abs(total - heads) > results.TOLERANCE:
            place = form.goal_place(Horizon.ANNUAL, group[0], rows=True)
            message = f"分值合计{format_amount(total)}，应为{format_amount(heads)}"
            yield Finding(place, message, alone=True)
        for row in rows:
            if not row.key and row.source.weight not in (None, ""):
                yield Finding(
                    row.place("row"), f"“{row.level2}”与其下的三级指标都有分值，会重复相加"
                )
