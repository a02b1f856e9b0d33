"""Rule `goal-text-differs`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.edit import SetValue
from kpiapp.model.form import Goal, Horizon
from kpiapp.model.names import normalise, similarity
from kpiapp.model.problem import Fix, Severity
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.facts import each_once
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import overview

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.pairing.linking import Link


@rule(Severity.WARNING, order=7, reach=Reach.LINKS, values=False)
def goal_text_differs(form: Facts, context: Context) -> Iterator[Finding]:
    """两处的目标文字不同

    为什么
        同一个目标在总目标栏和目标行写得不一样，不知道以哪个为准。
    怎么改
        以改过的一处为准，复制到另一处。
    依据
        申报表“绩效总目标”栏与各目标行的勾稽。
    错例
        表 项目绩效总目标：长期目标（截止2028年） | 年度目标
        - 保障区城运中心办公 | 全年巡检12次
        长期目标1：保障区域运中心办公  <- 总目标栏写
        年度目标1：全年巡检12次。
    正例
        表 整体绩效总目标：长期目标（截止2028年） | 年度目标
        - 目标1：保障网络安全；目标2：保障机房运行。 | 目标1：全年巡检12次
        长期目标1：保障网络安全
        长期目标2：保障机房运行
        年度目标1：全年巡检12次
    """
    yield from _inside(form)
    if not form.is_project:
        for link in context.links:
            yield from _against_project(form, link)


@each_once
def _inside(form: Facts) -> Iterator[Finding]:
    """Yield what differs inside the form."""
    for horizon in Horizon:
        yield from _against_overview(form, horizon)


LIKE = 0.9


def _against_overview(form: Facts, horizon: Horizon) -> Iterator[Finding]:
    """Yield the goals whose overview reads otherwise; one finding where all of them do."""
    shown = overview.goals_in(form.form, horizon)
    both = [(goal, shown[goal.number]) for goal in form.goals_of(horizon) if goal.number in shown]
    different = [
        (goal, text)
        for goal, text in both
        if normalise(goal.text) and normalise(text) and normalise(text) != normalise(goal.text)
    ]
    if len(different) > 1 and len(different) == len(both):
        place = form.goal_place(horizon, None)
        yield Finding(place, f"总目标栏与目标行的{len(both)}个目标文字全部不同")
        return
    for goal, text in different:
        told, other = overview.around_difference(text, goal.text)
        fix = Fix("目标行改为总目标栏的文字", (SetValue(("goals", goal.id, "text"), text),))
        message = f"总目标栏写“{told}”，目标行写“{other}”"
        yield Finding(form.goal_place(horizon, goal.number), message, fix)


def _against_project(form: Facts, link: Link) -> Iterator[Finding]:
    """Yield the goals that the linked project words a little otherwise."""
    project = link.project
    for horizon in Horizon:
        ours = form.goals.get((horizon, link.goal))
        theirs = project.goals.get((horizon, 1))
        if ours is None or theirs is None or not _is_slip(ours, theirs, link):
            continue
        told, other = overview.around_difference(ours.text, theirs.text)
        yield Finding(
            form.goal_place(horizon, ours.number),
            f"部门表写“{told}”，项目表（{project.short_name}）写“{other}”",
            Fix("改为项目表的文字", (SetValue(("goals", ours.id, "text"), theirs.text),)),
            other_form=project.form.id,
            against=(project.goal_place(horizon, theirs.number),),
        )


def _is_slip(ours: Goal, theirs: Goal, link: Link) -> bool:
    a, b = normalise(ours.text), normalise(theirs.text)
    if not a or not b or a == b or a == normalise(link.project.name):
        return False
    return link.by_name or similarity(a, b) >= LIKE
