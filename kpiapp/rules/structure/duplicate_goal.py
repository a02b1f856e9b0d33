"""Rule `duplicate-goal`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Goal, Horizon
from kpiapp.model.names import normalise
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=2, compares=True, values=False)
def duplicate_goal(form: Facts, _: Context) -> Iterator[Finding]:
    """两个目标文字相同

    为什么
        同一个目标写了两遍，指标会分散在两处，汇总和考核时重复计算。
    怎么改
        把两个目标合并，指标归到一处；若本是两件事，请写出各自的内容。
    依据
        财预〔2015〕88号《项目支出绩效目标审核表》“明确清晰性”。
    错例
        长期目标1：编外人员队伍稳定履职
        长期目标2：编外人员队伍稳定履职  <- 目标2与目标1文字相同
    正例
        长期目标1：编外人员队伍稳定履职
        长期目标2：档案整理工作持续平稳
    """
    seen: set[tuple[int, int]] = set()
    for horizon in Horizon:
        first: dict[str, Goal] = {}
        for goal in form.goals_of(horizon):
            key = normalise(goal.text)
            earlier = first.setdefault(key, goal) if key else goal
            if earlier is goal or (earlier.number, goal.number) in seen:
                continue
            seen.add((earlier.number, goal.number))
            message = f"目标{goal.number}与目标{earlier.number}文字相同：{goal.text.strip()}"
            yield Finding(
                form.goal_place(horizon, goal.number),
                message,
                against=(form.goal_place(horizon, earlier.number),),
            )
