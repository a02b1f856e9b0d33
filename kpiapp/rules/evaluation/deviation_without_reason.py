"""Rule `deviation-without-reason`: see the page of the function below."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount, round_half_up
from kpiapp.model.problem import Severity
from kpiapp.rules import results
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.outcomes import Evaluation, Result
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=6)
def deviation_without_reason(form: Facts, context: Context) -> Iterator[Finding]:
    """有偏差没有写原因

    为什么
        扣了分，或完成值远超指标值，都要说明原因，否则看不出是没做好还是目标定低了。
    怎么改
        写明原因和改进措施。
    依据
        财预〔2020〕10号 自评表“偏差原因分析及改进措施”栏；超过30%的偏差应说明。
    错例
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 分值=20 | 完成=9次 | 得分=15
        | 原因=无  <- 扣了5分
        年度1 | 产出指标 | 数量指标 | 培训人数 | ≥100人 | 分值=20 | 完成=150人 | 得分=20
        | 原因=  <- 超过指标值50%
    正例
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 分值=20 | 完成=9次 | 得分=15
        | 原因=设备停用三个月 | 措施=改为每月自检
        年度1 | 产出指标 | 数量指标 | 培训人数 | ≥100人 | 分值=20 | 完成=110人 | 得分=20 | 原因=
    """
    evaluation = results.evaluated(form, context)
    if evaluation is None:
        return
    full = True
    for row, result in results.rows_with_results(form, evaluation):
        lost = _lost(row, result)
        full = full and not lost
        what = _deviation(row, result, evaluation)
        if what and not results.said(result.reason):
            yield Finding(row.result_place("偏差原因"), f"“{row.name}”{what}，没有写原因")
        elif lost and not results.said(result.measure):
            yield Finding(row.result_place("偏差原因"), f"“{row.name}”{what}，没有写改进措施")
    rate = results.execution_rate(evaluation)
    low = rate is not None and rate < LOW and full and evaluation.results
    if rate is not None and low and not _explained(evaluation):
        message = f"执行率{format_amount(round_half_up(rate, 2))}%而指标全部完成，没有写原因"
        yield Finding(form.place("预算执行率"), message)


LOW = Decimal(90)


def _lost(row: Row, result: Result) -> Decimal:
    weight, typed = results.number(row.source.weight), results.number(result.score)
    if weight is None or typed is None or weight - typed <= results.TOLERANCE:
        return Decimal(0)
    return weight - typed


def _deviation(row: Row, result: Result, evaluation: Evaluation) -> str:
    """Return in words why a reason is due, or ""."""
    if lost := _lost(row, result):
        return f"扣了{format_amount(lost)}分"
    done, aim = results.achieved(row, result), row.target.number
    if done is None or not aim or aim < 0 or row.target.sign in ("≤", "<"):
        return ""
    if done < evaluation.scoring.over * aim:
        return ""
    return f"完成值超过指标值{format_amount(round_half_up(100 * (done - aim) / aim, 0))}%"


def _explained(evaluation: Evaluation) -> bool:
    return evaluation.execution is not None and results.said(evaluation.execution.reason)
