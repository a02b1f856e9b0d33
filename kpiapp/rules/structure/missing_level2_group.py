"""Rule `missing-level2-group`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.problem import Severity
from kpiapp.model.taxonomy import Level1, Level2
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.HINT, order=4, values=False)
def missing_level2_group(form: Facts, _: Context) -> Iterator[Finding]:
    """产出里没有数量或质量指标

    为什么
        数量说明做多少，质量说明做得怎样；只有一样，产出就说不完整。
    怎么改
        补一条数量指标或质量指标。时效、成本指标可以没有。
    依据
        财预〔2021〕101号 产出指标原则上应有数量指标和质量指标。
    错例
        年度目标1：机房运维  <- 没有质量指标
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
    正例
        年度目标1：机房运维
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
        年度1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥99%
    """
    goals = [form.numbers()] if form.judged_together else [[n] for n in form.numbers()]
    for numbers in goals:
        groups = {row.group for row in form.rows if row.goal in numbers}
        if not groups & {Level2.QUANTITY, Level2.QUALITY, Level2.TIMELINESS}:
            continue
        goal = numbers[0] if len(numbers) == 1 else None
        for level2 in (Level2.QUANTITY, Level2.QUALITY):
            if level2 not in groups:
                whose = f"目标{goal}的" if goal else "各目标的"
                horizon = Horizon.ANNUAL if Horizon.ANNUAL in form.horizons else Horizon.LONG_TERM
                yield Finding(
                    form.goal_place(None, goal, field=level2.label, rows=True),
                    f"{whose}指标没有{level2.label}",
                    fixes.new_row(form, horizon, numbers[0], Level1.OUTPUT),
                )
