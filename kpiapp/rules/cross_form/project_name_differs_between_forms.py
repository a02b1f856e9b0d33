"""Rule `project-name-differs-between-forms`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.names import normalise
from kpiapp.model.problem import Severity
from kpiapp.rules import fixes
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=2, reach=Reach.UNIT, values=False)
def project_name_differs_between_forms(form: Facts, context: Context) -> Iterator[Finding]:
    """几张表的项目名称不同

    为什么
        项目表、部门表、表10对同一项目叫法不同，系统按名称对不上，公开后也让人以为是两个项目。
    怎么改
        统一用部门预算（表10）里的名称。
    依据
        项目申报文本填报说明：项目名称必须与部门预算一致。
    错例
        [部门表]
        表 项目支出情况：项目名称 | 支出项目类别 | 项目总预算 | 项目本年度预算
        - 接线员及督导员项目经费 | 运转类 | 237.86 | 237.86
        [项目表 p01]
        项目名称：接线员及督导员项目  <- 部门表“接线员及督导员项目经费”
        项目当年预算：237.86
        [表10]
        - 接线员督导员项目 | 237.86
    正例
        [部门表]
        表 项目支出情况：项目名称 | 项目类型 | 项目总预算 | 项目本年度预算
        - 项目1：聘用人员服装费 | 一次性项目 | 57.84 | 57.84
        [项目表 p01]
        项目名称：聘用人员服装费
        项目当年预算：57.84万元
    """
    match = next((x for x in context.matches if x.project is form), None)
    if not form.is_project or match is None or not form.name:
        return
    names = [("项目表", form.name)]
    if match.line:
        names.append(("部门表", match.line.name))
    elif match.goal_name:
        names.append((f"部门表目标{match.goal_name[0]}", match.goal_name[1]))
    if match.listed:
        names.append(("表10", match.listed.name))
    if len({normalise(name) for _, name in names}) > 1:
        message = "；".join(f"{where}“{name}”" for where, name in names)
        label = next((x for x in form.form.fields if x == "项目名称"), "项目名称")
        right = match.listed.name if match.listed else names[-1][1]
        fix = fixes.set_field(label, right) if normalise(right) != normalise(form.name) else None
        other = context.department.form.id if context.department else context.lists[0].id
        yield Finding(form.place(label), message, fix, other_form=other)
