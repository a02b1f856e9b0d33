"""Rule `standard-differs`: see the page of the function below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.names import normalise
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.facts import each_once
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.HINT, order=10, reach=Reach.LINKS)
def standard_differs(form: Facts, context: Context) -> Iterator[Finding]:
    """同一指标的依据不同

    为什么
        同一条指标值，长期说是计划数据，年度说是行业标准，依据就靠不住。
    怎么改
        两边写同一个依据。
    依据
        申报表备注4：“绩效标准”指设定绩效指标值时的文件依据或参考标准。
    错例
        长期1 | 产出指标 | 质量指标 | 系统满意度 | ≥95% | 标准=计划数据
        年度1 | 产出指标 | 质量指标 | 系统满意度 | ≥95% | 标准=行业标准  <- 长期表的依据为“计划数据”
    正例
        长期1 | 成本指标 | 经济成本指标 | 人均成本 | ≤200元/人 | 标准=其他数据：《经费管理办法》
        年度1 | 成本指标 | 经济成本指标 | 人均成本 | ≤200元/人 | 标准=其他数据
    """
    yield from _inside(form)
    for ours, theirs, project in context.partners(form):
        if _differ(_plan(ours.standard), _plan(theirs.standard)):
            name = project.short_name
            yield Finding(
                ours.place("standard"),
                f"部门表的依据为“{ours.standard}”，项目表（{name}）为“{theirs.standard}”",
                ours.propose("standard", theirs.standard),
                other_form=project.form.id,
                against=(theirs.place("standard"),),
            )


@each_once
def _inside(form: Facts) -> Iterator[Finding]:
    """Yield what differs inside the form."""
    for long_term, annual, _step in form.pairs:
        if _differ(long_term.standard, annual.standard):
            yield Finding(
                annual.place("standard"),
                f"长期表的依据为“{long_term.standard}”，年度表为“{annual.standard}”",
                annual.propose("standard", long_term.standard),
                against=(long_term.place("standard"),),
            )


_KINDS = re.compile(
    r"(?:计划|行业|历史|经验|其他|国家|地方|预算支出|政策|合同)(?:标准|数据|指标|依据)"
)
"""A basis out of a list; anything else is free text."""


def _differ(one: str, other: str) -> bool:
    a, b = normalise(one), normalise(other)
    if not (_KINDS.match(a) and _KINDS.match(b)):
        return False
    return not a.startswith(b) and not b.startswith(a)


def _plan(standard: str) -> str:
    """Between forms 计划标准, 计划数据 and 计划指标 are one."""
    return re.sub(r"^计划(?:标准|数据|指标)", "计划标准", standard)
