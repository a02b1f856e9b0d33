"""Rule `indicator-under-wrong-level2`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.names import Measure
from kpiapp.model.problem import Severity
from kpiapp.model.taxonomy import Level2
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import naming
from kpiapp.rules.single_rows import each_row

if TYPE_CHECKING:
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=7)
@each_row
def indicator_under_wrong_level2(row: Row, form: Facts) -> Finding | None:
    """三级指标放错了二级指标

    为什么
        响应时长放在质量指标里，时效就没有考核；成本放在数量指标里，成本就没有控制。
    怎么改
        把这一行移到它所属的二级指标下。
    依据
        财预〔2015〕88号审核表“规范完整性”（不错位）；申报表备注3。
    错例
        长期1 | 产出指标 | 质量指标 | 网络安全故障响应时长 | ≤1.5小时  <- 应属“时效指标”
    正例
        长期1 | 产出指标 | 时效指标 | 网络安全故障响应时长 | ≤1.5小时
        长期1 | 产出指标 | 质量指标 | UPS供电时长 | ≥4小时
        长期1 | 产出指标 | 质量指标 | 投诉案件按期办结率 | ≥98%
    """
    expected = _expected(row)
    if row.group and expected and row.group not in expected:
        heading = fixes.heading2(form, expected[0])
        message = f"“{row.name}”列在“{row.level2}”，应属“{heading}”"
        return Finding(row.place("group"), message, fixes.regroup(row, form, expected[0]))
    return None


_COST = (
    Level2.COST, Level2.RUNNING_COST, Level2.ECONOMIC, Level2.SOCIAL_COST, Level2.ECOLOGICAL_COST,
)  # fmt: skip


def _expected(row: Row) -> tuple[Level2, ...]:
    """Return the groups that the end of the name asks for, the best first; () if any will do."""
    if naming.is_satisfaction(row.key):
        return (Level2.SATISFACTION,)
    if naming.is_timeliness(row.key):
        return (Level2.TIMELINESS,)
    if naming.is_cost_name(row.key) and row.measure is Measure.MONEY:
        return _COST
    return ()
