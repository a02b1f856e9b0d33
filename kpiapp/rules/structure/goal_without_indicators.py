"""Rule `goal-without-indicators`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.problem import Severity
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.ERROR, order=1, values=False)
def goal_without_indicators(form: Facts, _: Context) -> Iterator[Finding]:
    """目标没有指标

    为什么
        绩效指标是绩效目标的细化和量化。没有指标的目标无法考核，年末也无法自评。
    怎么改
        在这个目标下补上产出、效益、满意度指标；不再需要的目标请删去。
    依据
        财预〔2015〕88号《项目支出绩效目标审核表》“规范完整性”；申报表备注1“每个子目标对应一项或多项绩效指标”。
    错例
        年度目标1：保障机房稳定运行
        年度目标2：完成网站改版  <- 目标2没有指标
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
    正例
        年度目标1：保障机房稳定运行
        年度目标2：完成网站改版
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
        年度2 | 产出指标 | 数量指标 | 改版栏目数 | ≥6个
    """
    for horizon in Horizon:
        goals = [goal for goal in form.goals_of(horizon) if goal.text.strip() or goal.label]
        numbers = _numbers_with_rows(form, horizon)
        empty = [goal for goal in goals if goal.number not in numbers]
        if goals and len(empty) == len(goals):
            message = f"{horizon.label}目标列了{len(goals)}个，没有任何{horizon.label}指标"
            fix = fixes.new_row(form, horizon, goals[0].number)
            yield Finding(form.goal_place(horizon, None, rows=True), message, fix)
            continue
        for goal in empty:
            place = form.goal_place(horizon, goal.number, rows=True)
            fix = fixes.new_row(form, horizon, goal.number)
            yield Finding(place, f"{horizon.label}目标{goal.number}没有指标", fix)


def _numbers_with_rows(form: Facts, horizon: Horizon) -> set[int]:
    """Return the goal numbers with rows; one printed row may count for both horizons."""
    if horizon is Horizon.LONG_TERM and form.one_row:
        return {row.goal for row in form.rows}
    return set(form.numbers(horizon))
