"""Rule `indicator-not-in-other-form`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.problem import Severity
from kpiapp.model.taxonomy import Level2
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.pairing.linking import Link
    from kpiapp.rules.row import Row


@rule(Severity.HINT, order=8, reach=Reach.DEPARTMENT)
def indicator_not_in_other_form(form: Facts, context: Context) -> Iterator[Finding]:
    """指标只在一张表里

    为什么
        部门表和项目表的指标大多对应，只有这一条没有，可能是漏填。
    怎么改
        在另一张表补上，或确认不需要。
    依据
        财预〔2015〕88号审核表“规范完整性”。
    错例
        [部门表]
        年度1 | 产出指标 | 数量指标 | 维保次数 | ≥12次  <- 项目表（p04）没有这条指标
        年度1 | 产出指标 | 数量指标 | 坐席培训次数 | ≥12次
        年度1 | 产出指标 | 质量指标 | 投诉办结率 | 100%
        年度1 | 满意度指标 | 服务对象满意度 | 工作满意度 | ≥90%
        [项目表 p04]
        年度1 | 产出指标 | 数量指标 | 坐席培训次数 | ≥12次
        年度1 | 产出指标 | 质量指标 | 投诉办结率 | 100%
        年度1 | 满意度指标 | 服务对象满意度 | 工作满意度 | ≥90%
    正例
        [部门表]
        年度1 | 产出指标 | 数量指标 | 维保次数 | ≥12次
        年度1 | 产出指标 | 数量指标 | 活动次数 | ≥6次
        年度1 | 产出指标 | 质量指标 | 投诉办结率 | 100%
        年度1 | 满意度指标 | 服务对象满意度 | 工作满意度 | ≥90%
        [项目表 p04]
        年度1 | 产出指标 | 质量指标 | 投诉办结率 | 100%
        年度1 | 满意度指标 | 服务对象满意度 | 工作满意度 | ≥90%
    """
    for link in context.links_of(form):
        other = link.project if form is link.department else link.department
        message = (
            f"项目表（{other.short_name}）没有这条指标"
            if form is link.department
            else f"部门表目标{link.goal}没有这条指标"
        )
        for row in _lonely(form, link, context):
            yield Finding(row.place("row"), message, other_form=other.form.id)


MOST = 0.7
"""Share of a side's rows with a partner from which a lonely one stands out."""


def _lonely(form: Facts, link: Link, context: Context) -> list[Row]:
    """Return the rows of one side without a partner in either horizon, the annual row first.

    Where only the long-term rows can be compared, their annual ones stand for them.
    What a department spends on itself (公用经费控制) is part of its own frame, of no project.
    """
    is_department = form is link.department
    rows = [
        row
        for row in form.rows
        if row.horizon in link.pairings and row.group is not Level2.RUNNING_COST
    ]
    if is_department:
        rows = [row for row in rows if row.goal == link.goal]
    here = {row.id for pair in link.pairs for row in pair[:2]}
    if not rows or sum(row.id in here for row in rows) < MOST * len(rows):
        return []
    other = link.project if is_department else link.department
    keys = {row.key for row in other.rows if is_department or row.goal == link.goal}
    told: set[str] = set()
    lonely = []
    for row in sorted(rows, key=lambda row: (row.horizon is Horizon.LONG_TERM, row.index)):
        twin = form.twins.get(row.id)
        either = {row.id, twin.id if twin else row.id}
        if row.key in keys or either & told or either & context.partnered:
            continue
        told |= either
        lonely.append(twin if twin and twin.is_annual else row)
    return lonely
