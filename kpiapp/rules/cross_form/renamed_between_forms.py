"""Rule `renamed-between-forms`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Place, Severity
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=5, reach=Reach.LINKS)
def renamed_between_forms(form: Facts, context: Context) -> Iterator[Finding]:
    """部门表与项目表指标名称不同

    为什么
        同一条指标在部门表和项目表叫法不同，汇总时对不上。
    怎么改
        统一用项目表的名称。
    依据
        部门整体绩效指标来自项目绩效指标（财预〔2015〕88号审核表“规范完整性”）。
    错例
        [部门表]
        年度1 | 产出指标 | 数量指标 | 坐席人员培训 | ≥12次/年  <- 项目表（p04）为“坐席人员培训次数”
        年度1 | 产出指标 | 质量指标 | 投诉案件办结率 | 100%
        年度1 | 产出指标 | 时效指标 | 突发事件响应时长 | ≤15分钟
        [项目表 p04]
        年度1 | 产出指标 | 数量指标 | 坐席人员培训次数 | ≥12次/年
        年度1 | 产出指标 | 质量指标 | 投诉案件办结率 | 100%
        年度1 | 产出指标 | 时效指标 | 突发事件响应时长 | ≤15分钟
    正例
        [部门表]
        年度1 | 满意度指标 | 服务对象满意度 | 服务对象满意度 | ≥95%
        [项目表 p04]
        年度1 | 满意度指标 | 服务对象满意度 | 服务对象满意率 | ≥95%
    """
    if form.is_project:
        return
    for link in context.links:
        told: set[str] = set()
        for ours, theirs, step in context.pairs_of(link):
            twin = form.twins.get(ours.id)
            if step == 1 or ours.id in told or (twin and twin.id in told):
                continue
            told.add(ours.id)
            project = link.project
            yield Finding(
                ours.place("name"),
                f"部门表为“{ours.name}”，项目表（{project.short_name}）为“{theirs.name}”",
                ours.propose("level3", theirs.name),
                other_form=project.form.id,
                against=_other_names(ours, theirs, form, project),
            )


def _other_names(ours: Row, theirs: Row, form: Facts, project: Facts) -> tuple[Place, ...]:
    """Return the names that may be the root: of the project's row, and of both twins."""
    rows = [theirs, form.twins.get(ours.id), project.twins.get(theirs.id)]
    return tuple(row.place("name") for row in rows if row)
