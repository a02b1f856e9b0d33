"""Rule `project-without-form`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.names import normalise
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.ERROR, order=4, reach=Reach.UNIT, values=False)
def project_without_form(form: Facts, context: Context) -> Iterator[Finding]:
    """项目没有申报表

    为什么
        所有项目都要申报绩效目标；表10里有而没有申报表的，报送会被退回。
    怎么改
        为这个项目填申报表；项目已取消的，从部门表里删去。
    依据
        财预〔2020〕10号 所有项目支出均应开展绩效管理；财预〔2015〕88号。
    错例
        [部门表]  <- 表10有“食堂运行保障”
        部门名称：区城运中心
        [项目表 p01]
        项目名称：物业后勤保障
        [表10]
        - 物业后勤保障 | 9.52
        - 食堂运行保障 | 32.40
        已截止
    正例
        [部门表]
        部门名称：区城运中心
        [项目表 p01]
        项目名称：物业后勤保障
        [表10]
        - 物业后勤保障 | 9.52
        - 食堂运行保障 | 32.40
    """
    first = context.forms[0] if context.forms else None
    if not context.closed or not (context.listed or context.department):
        return
    if form is first:
        yield from _missing(form, context)
    if form.is_project:
        match = next((x for x in context.matches if x.project is form), None)
        nowhere = match and not match.line and not match.listed and not match.goal_name
        if nowhere and (context.listed or any(amounts.project_lines(context.department or form))):
            message = f"表10和部门表的项目支出情况都没有“{form.name}”"
            other = context.department.form.id if context.department else context.lists[0].id
            yield Finding(form.place("项目名称"), message, other_form=other, alone=True)


def _missing(form: Facts, context: Context) -> Iterator[Finding]:
    """Yield the listed projects that no form was handed in for."""
    listed = {id(x.listed) for x in context.matches if x.listed}
    lines = {id(x.line.row) for x in context.matches if x.line}
    told: set[str] = set()
    for project in context.listed:
        if id(project) not in listed:
            told.add(normalise(project.name))
            message = f"表10有“{project.name}”，没有项目申报表"
            yield Finding(form.place(), message, other_form=project.list_id, alone=True)
    for line in amounts.project_lines(form) if not form.is_project else ():
        if id(line.row) not in lines and normalise(line.name) not in told:
            message = f"部门表有“{line.name}”，没有项目申报表"
            yield Finding(form.place(line.field), message, alone=True)
