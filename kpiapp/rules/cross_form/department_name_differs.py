"""Rule `department-name-differs`: see the page of the function below."""

from __future__ import annotations

import re
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


@rule(Severity.HINT, order=10, reach=Reach.DEPARTMENT, values=False)
def department_name_differs(form: Facts, context: Context) -> Iterator[Finding]:
    """主管部门不是全称

    为什么
        主管部门应是一级预算单位的全称，写简称或科室，汇总时归不到部门。
    怎么改
        改成部门表上的全称；科室写在“项目执行单位”。
    依据
        项目申报文本填报说明：主管部门填写一级预算单位全称。
    错例
        [部门表]
        部门名称：东西湖区城市运行管理中心
        [项目表 p01]
        项目主管部门：区城运中心  <- 部门表“东西湖区城市运行管理中心”
    正例
        [部门表]
        部门名称：江汉区大数据中心
        [项目表 p03]
        项目主管部门：江汉区大数据中心
        项目执行单位：综合科
    """
    found = form.field("主管部门", "主管单位")
    if not form.is_project or found is None or not found[1].strip():
        return
    label, text = found[0], found[1].strip()
    department = context.department
    if department and department.name:
        if normalise(text) != normalise(department.name):
            message = f"项目表“{text}”，部门表“{department.name}”"
            fix = fixes.set_field(label, department.name, safe=True)
            yield Finding(form.place(label), message, fix, other_form=department.form.id)
    elif _SECTION.search(text):
        yield Finding(form.place(label), f"“{label}”写的“{text}”是内设科室，应写部门全称")


_SECTION = re.compile(r"(?:科|股|(?<!办公)室|(?<!办事)(?<!管理)处)$")
