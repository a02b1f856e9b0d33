"""Rule `outlook-contradicts-progress`: see the page of the function below."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount, round_half_up
from kpiapp.model.names import Measure
from kpiapp.model.problem import Severity
from kpiapp.rules import results
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.outcomes import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=2, compares=True)
def outlook_contradicts_progress(form: Facts, context: Context) -> Iterator[Finding]:
    """预计与进度矛盾

    为什么
        七个月只完成三成，却填“确定能”，多半没有认真核对。
    怎么改
        核对进度，改可能性，或写明后几个月的安排。
    依据
        财预〔2019〕136号 完成目标可能性；预算绩效系统的进度预警（低于序时进度60%为红灯）。
    错例
        月份：6
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 完成=3次 | 可能性=确定能  <- 到6月完成
        年度1 | 产出指标 | 数量指标 | 培训次数 | ≥5次 | 完成=3次 | 预计=4次
        | 可能性=确定能  <- 全年预计4次
    正例
        月份：6
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 完成=6次 | 预计=12次 | 可能性=确定能
        年度1 | 产出指标 | 质量指标 | 设备完好率 | ≥95% | 完成=50% | 可能性=确定能
    """
    monitoring = context.monitorings.get(form.form.id)
    for row in form.rows if monitoring else ():
        result = monitoring.results.get(row.id) if monitoring else None
        if monitoring is None or result is None or result.outlook != "确定能":
            continue
        if fault := _fault(row, result, monitoring.month):
            yield Finding(row.result_place("完成目标可能性"), fault)


RED = Decimal("0.6")
"""Below this share of what the months call for the light is red."""


def _fault(row: Row, result: Result, month: int) -> str | None:
    aim = row.target.number
    if aim is None or aim <= 0 or not row.target.is_numeric:
        return None
    less = row.target.sign in ("≤", "<")
    expected = results.achieved(row, Result(actual=result.expected))
    if expected is not None and (expected > aim if less else expected < aim):
        return f"全年预计{result.expected}，达不到{row.target}，却填“确定能”"
    done = results.achieved(row, result)
    if done is None or row.measure is Measure.RATE:
        return None
    percent = format_amount(round_half_up(100 * done / aim, 1))
    if less and done > aim:
        return f"到{month}月已达{result.actual}，超过{row.target}，却填“确定能”"
    if not less and row.measure is not Measure.TIME and done < RED * aim * month / 12:
        return f"到{month}月完成{percent}%，却填“确定能”"
    return None
