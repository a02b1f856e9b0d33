"""Rule `indicator-count-unusual`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.HINT, order=11, values=False)
def indicator_count_unusual(form: Facts, _: Context) -> Iterator[Finding]:
    """指标过多或过少

    为什么
        指标太多抓不住重点，分值也摊薄；太少又考核不全。
    怎么改
        合并同类指标，留下核心的；不足3条的请补充。
    依据
        财预〔2015〕88号审核表“指标科学性”（选取最能体现目标实现程度的关键指标）。
    错例
        年度目标1：组织党建活动
        年度1 | 产出指标 | 数量指标 | 活动次数 | ≥6次
        年度1 | 满意度指标 | 服务对象满意度指标 | 党员满意度 | ≥90%
    <- 只有2条指标
    正例
        年度1 | 产出指标 | 数量指标 | 活动次数 | ≥6次
        年度1 | 产出指标 | 质量指标 | 活动参与率 | ≥95%
        年度1 | 满意度指标 | 服务对象满意度指标 | 党员满意度 | ≥90%
    """
    for horizon in form.horizons:
        count = sum(row.horizon is horizon for row in form.rows)
        if count < FEWEST:
            place = form.goal_place(horizon, None, rows=True)
            yield Finding(place, f"{horizon.label}表只有{count}条指标", alone=True)
    for (horizon, goal), rows in form.by_goal.items():
        if len(rows) > MOST:
            place = form.goal_place(horizon, goal, rows=True)
            yield Finding(place, f"目标{goal}有{len(rows)}条指标（多于{MOST}条）", alone=True)


FEWEST, MOST = 3, 25
