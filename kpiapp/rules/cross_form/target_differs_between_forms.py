"""Rule `target-differs-between-forms`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.problem import Severity
from kpiapp.rules.comparing import Difference, difference
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        for ours, theirs, step in link.pairs:
            kind = difference(ours.target, theirs.target)
            one_year = (
                ours.horizon is Horizon.LONG_TERM
                and theirs.target.period
                and not ours.target.period
            )
            if (
                (kind is Difference.NUMBER and not one_year)
                or (kind is Difference.KIND and step < LAST)
                or (kind is Difference.WORDS and step == 1)
            ):
                yield Finding(
                    ours.place("target"),
                    f"部门表为{ours.target}，项目表（{project.short_name}）为{theirs.target}",
                    ours.propose("target", theirs.target.text),
                    other_form=project.form.id,
                    against=(theirs.place("target"),),
                )


LAST = 3
