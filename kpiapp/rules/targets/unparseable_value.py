"""Rule `unparseable-value`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.model.target import TargetKind
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.single_rows import each_row

if TYPE_CHECKING:
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=2)
@each_row
def unparseable_value(row: Row, _: Facts) -> Finding | None:
    """指标值看不懂

    为什么
        一个格子里写了两个数或两种单位，不知道按哪个考核。
    怎么改
        一条指标只写一个数值加一个单位；两件事分成两条指标。
    依据
        预算绩效系统分“计算符号、指标值、计量单位”三栏填报，一栏一个值。
    错例
        年度1 | 产出指标 | 数量指标 | 安全评估报告与整改建议次数
        | ≥4次/4份  <- 不是一个数值加一个单位
        年度1 | 产出指标 | 时效指标 | 案件上报及时性 | ≥及时  <- 不是一个数值加一个单位
    正例
        年度1 | 产出指标 | 数量指标 | 安全评估报告份数 | ≥4份
        年度1 | 产出指标 | 数量指标 | 日常巡逻频次 | 2小时1次
        年度1 | 产出指标 | 时效指标 | 值班时间 | =7*24小时
    """
    if row.target.kind is TargetKind.UNPARSEABLE:
        message = f"指标值“{row.target.text}”不是一个数值加一个单位"
        return Finding(row.place("target"), message)
    return None
