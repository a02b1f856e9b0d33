"""Rule `period-contradicts-frequency`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=5, compares=True, values=False)
def period_contradicts_frequency(form: Facts, _: Context) -> Iterator[Finding]:
    """常年项目起止只有一年

    为什么
        常年性项目每年都有，起止年度却只有一年，类型或年度必有一处不对。
    怎么改
        终止年度改为以后的年度或“长期”；只做一年的改勾一次性。
    依据
        项目申报文本填报说明：起止时间为整个项目的计划起止时间。
    错例
        项目安排频度：☐一次性项目 ☑常年项目
        起始年度：2026
        终止年度：2026  <- 起始年度和终止年度都是2026
    正例
        项目安排频度：☑一次性项目 ☐常年项目
        起始年度：2026
        终止年度：2026
    """
    start, end, said = terms.start(form), terms.end(form), terms.attributes(form)
    one_year = start.year is not None and start.year == end.year
    if not one_year or form.has_long_term or terms.is_one_off(form):
        return
    if "持续性" in said or "常年" in said:
        kind = "常年性" if "常年" in said else "持续性"
        message = f"{kind}项目，起始年度和终止年度都是{start.year}"
        yield Finding(form.place(end.label), message)
