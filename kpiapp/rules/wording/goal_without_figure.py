"""Rule `goal-without-figure`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.HINT, order=5, values=False, turn=5)
def goal_without_figure(form: Facts, _: Context) -> Iterator[Finding]:
    """年度目标没有数量

    为什么
        年度目标没有一个数，年末就只能说“完成了”，指标里的数也找不到出处。
    怎么改
        把最主要的指标值写进目标，如“全年开展党组织活动12次”。
    依据
        项目申报文本填报说明：目标应以数量衡量。
    错例
        年度目标1：合理使用资金，保障单位内部办公设备正常运转。  <- 没有任何数量
        年度1 | 产出指标 | 数量指标 | 提供法律服务次数 | ≥5次
    正例
        年度目标1：提供法律服务五次，保障办公设备正常运转。
        年度1 | 产出指标 | 数量指标 | 提供法律服务次数 | ≥5次
    """
    for goal in form.goals_of(Horizon.ANNUAL):
        text = goal.text.strip()
        if text and form.of(Horizon.ANNUAL, goal.number) and not texts.has_figure(text):
            message = f"年度目标{goal.number}没有任何数量，指标里有"
            yield Finding(form.goal_place(Horizon.ANNUAL, goal.number), message)
