"""Rule `group-differs`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.names import Measure
from kpiapp.model.problem import Fix, Severity
from kpiapp.model.taxonomy import Level2
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.facts import each_once
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=4, reach=Reach.LINKS)
def group_differs(form: Facts, context: Context) -> Iterator[Finding]:
    """同一指标归在不同的二级指标

    为什么
        同一条指标，长期算质量、年度算数量，分值分配和汇总就不一致。
    怎么改
        两边归到同一个二级指标。
    依据
        财预〔2015〕88号审核表“规范完整性”（不错位）。
    错例
        长期1 | 产出指标 | 质量指标 | 工作完成率 | =100%
        年度1 | 产出指标 | 时效指标 | 工作完成率 | =100%  <- 长期表在“质量指标”下
    正例
        长期1 | 满意度指标 | 服务对象满意度 | 群众满意度 | ≥90%
        年度1 | 满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%
    """
    yield from _inside(form)
    for ours, theirs, project in context.partners(form):
        if _differ(ours.group, theirs.group):
            where = f"项目表（{project.short_name}）在“{theirs.level2}”下"
            yield Finding(
                ours.place("group"),
                f"部门表在“{ours.level2}”下，{where}",
                _fix(ours, theirs),
                other_form=project.form.id,
                also=(theirs.place("group"),),
                against=(theirs.place("group"),),
            )


@each_once
def _inside(form: Facts) -> Iterator[Finding]:
    """Yield what differs inside the form."""
    for long_term, annual, _step in form.pairs:
        if _differ(long_term.group, annual.group):
            yield Finding(
                annual.place("group"),
                f"长期表在“{long_term.level2}”下，年度表在“{annual.level2}”下",
                _better_place(long_term, annual),
                also=(long_term.place("group"),),
                against=(long_term.place("group"),),
            )


def _differ(one: Level2 | None, other: Level2 | None) -> bool:
    return one is not None and other is not None and one != other


_USUAL = {
    Measure.RATE: Level2.QUALITY, Measure.COUNT: Level2.QUANTITY, Measure.TIME: Level2.TIMELINESS,
    Measure.MONEY: Level2.COST,
}  # fmt: skip
"""The group that what a target counts speaks for."""


def _better_place(long_term: Row, annual: Row) -> Fix:
    """Offer the group that suits the target, else the long-term one, for the other row."""
    if _USUAL.get(annual.measure) is annual.group:
        return _fix(long_term, annual)
    return _fix(annual, long_term)


def _fix(row: Row, model: Row) -> Fix:
    edits = (row.set("level1", model.level1), row.set("level2", model.level2))
    return Fix(f"{row.horizon.label}表归到“{model.level2}”", edits)
