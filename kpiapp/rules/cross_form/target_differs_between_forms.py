"""Rule `target-differs-between-forms`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.pairing.comparing import Difference, difference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.target import Target
    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=6, reach=Reach.LINKS)
def target_differs_between_forms(form: Facts, context: Context) -> Iterator[Finding]:
    """部门表与项目表指标值不同

    为什么
        同一条指标两张表要求不同，年末按哪个考核说不清。
    怎么改
        改成同一个值，一般以项目表为准。
    依据
        部门整体绩效指标来自项目绩效指标（财预〔2015〕88号审核表“规范完整性”）。
    错例
        [部门表]
        年度1 | 满意度指标 | 服务对象满意度 | 群众满意度 | ≥90%  <- 项目表（p04）为≥95%
        年度1 | 产出指标 | 质量指标 | 投诉案件办结率 | 100%
        [项目表 p04]
        年度1 | 满意度指标 | 服务对象满意度 | 群众满意度 | ≥95%
        年度1 | 产出指标 | 质量指标 | 投诉案件办结率 | ≥100%
    正例
        [部门表]
        年度1 | 产出指标 | 数量指标 | 购买书籍数量 | ≥15套
        年度1 | 产出指标 | 质量指标 | 投诉案件办结率 | 100%
        [项目表 p04]
        年度1 | 产出指标 | 数量指标 | 购买书籍数量 | ≥15套/年
        年度1 | 产出指标 | 质量指标 | 投诉案件办结率 | =100%
    """
    if form.is_project:
        return
    for link in context.links:
        project = link.project
        name = project.short_name
        for ours, theirs, step in context.pairs_of(link):
            if _differ(ours.target, theirs.target, ours.horizon, step):
                yield Finding(
                    ours.place("target"),
                    f"部门表为{ours.target}，项目表（{name}）为{theirs.target}",
                    ours.propose("target", theirs.target.text),
                    other_form=project.form.id,
                    against=(theirs.place("target"),),
                )
                continue
            later, twin = ours.long_term, project.twins.get(theirs.id)
            if later and twin and _differ(later, twin.target, _LATER, step):
                yield Finding(
                    ours.place("target"),
                    f"长期指标值：部门表为{later}，项目表（{name}）为{twin.target}",
                    ours.propose("long_term_target", twin.target.text),
                    other_form=project.form.id,
                    against=(twin.place("target"), theirs.place("target")),
                )


LAST = 3
_LATER = Horizon.LONG_TERM


def _differ(ours: Target, theirs: Target, horizon: Horizon, step: int) -> bool:
    """Say whether two targets of one horizon demand something else.

    A yearly target of a project beside a sum over years of the department is no difference.
    """
    kind = difference(ours, theirs)
    if kind is Difference.NUMBER:
        return not (horizon is _LATER and theirs.period and not ours.period)
    return (kind is Difference.KIND and step < LAST) or (kind is Difference.WORDS and step == 1)
