"""Rule `annual-goal-copies-long-term`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.names import normalise
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=12, compares=True, values=False)
def annual_goal_copies_long_term(form: Facts, _: Context) -> Iterator[Finding]:
    """年度目标照抄长期目标

    为什么
        年度目标应写当年做什么、做到什么程度；照抄长期目标，年末就不知道今年完成了多少。
    怎么改
        写当年的任务和数量，如“全年巡检12次，完成三级等保测评1次”。
    依据
        项目申报文本填报说明：跨年度项目既要有总目标，又要有本年度目标。
    错例
        长期目标1：保障平台稳定高效运行
        年度目标1：保障平台稳定高效运行。  <- 年度目标1与长期目标1文字相同
    正例
        长期目标1：保障平台稳定高效运行
        年度目标1：全年巡检12次，保障平台稳定高效运行
    """
    for goal in form.goals_of(Horizon.LONG_TERM):
        annual = form.goals.get((Horizon.ANNUAL, goal.number))
        key = normalise(goal.text)
        if annual and key and normalise(annual.text) == key:
            message = f"年度目标{goal.number}与长期目标{goal.number}文字相同"
            yield Finding(form.goal_place(Horizon.ANNUAL, goal.number), message)
