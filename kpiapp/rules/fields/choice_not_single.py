"""Rule `choice-not-single`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.ERROR, order=2, values=False)
def choice_not_single(form: Facts, _: Context) -> Iterator[Finding]:
    """勾选不是一项

    为什么
        持续性和新增性都勾了，或都没勾，项目类型就不明确。
    怎么改
        每组只勾一项。
    依据
        项目申报文本填报说明：项目属性勾选新增项目或延续项目。
    错例
        项目属性：☑持续性项目 ☑新增性项目  <- 勾选了2项
        项目类型：☐常年性项目 ☐一次性项目  <- 没有勾选
    正例
        项目属性：☑持续性项目 ☐新增性项目
    """
    for label, choice in form.form.choices.items():
        count = len(choice.checked)
        if count != 1:
            told = f"“{label}”勾选了{count}项" if count else f"“{label}”没有勾选"
            yield Finding(form.place(label), told)
