"""Rule `horizon-goal-count-differs`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.HINT, order=13, compares=True, values=False)
def horizon_goal_count_differs(form: Facts, _: Context) -> Iterator[Finding]:
    """长期与年度目标个数不同

    为什么
        长期3个目标、年度2个，有一个长期目标今年没有安排。
    怎么改
        核对两边的目标，编号一一对应；当年确实不安排的请在总目标里说明。
    依据
        申报表备注1：绩效总目标可分解为多个子目标。
    错例
    <- 长期目标2个，年度目标1个
        长期目标1：保障机房运行
        长期目标2：保障网络安全
        年度目标1：全年巡检12次
    正例
        长期目标1：保障机房运行
        年度目标1：全年巡检12次
    """
    long_term, annual = (len(form.goals_of(horizon)) for horizon in Horizon)
    if long_term and annual and long_term != annual and not terms.is_one_off(form):
        message = f"长期目标{long_term}个，年度目标{annual}个"
        yield Finding(form.place(cell="row"), message, alone=True)
