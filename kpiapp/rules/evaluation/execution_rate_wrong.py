"""Rule `execution-rate-wrong`: see the page of the function below."""

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


@rule(Severity.ERROR, order=5)
def execution_rate_wrong(form: Facts, context: Context) -> Iterator[Finding]:
    """执行率算错

    为什么
        执行率应为全年执行数除以全年预算数（调整后），算错了预算执行的得分也错。
    怎么改
        按调整后的预算数重算；超过100%的核对执行数。
    依据
        财预〔2020〕10号 预算执行率；湖北省自评表备注（预算数为调整后预算）。
    错例
        执行：年初数=100 | 调整数=90 | 执行数=81 | 执行率=81%  <- 81÷90=90%
    正例
        执行：年初数=100 | 调整数=90 | 执行数=81 | 执行率=90%
    """
    evaluation = results.evaluated(form, context)
    rate = results.execution_rate(evaluation) if evaluation else None
    execution = evaluation.execution if evaluation else None
    for cell, words in execution.unread if execution else ():
        yield Finding(form.place(f"预算执行情况 / {cell}"), f"{cell}写“{words}”，不是金额")
    if execution and execution.unscored:
        yield Finding(form.place("预算执行率"), f"预算执行{execution.unscored}")
        return
    if execution is None or rate is None:
        return
    if rate < 0:
        yield Finding(form.place("预算执行率"), f"全年执行数“{execution.spent}”小于0")
        return
    told = results.number(execution.rate)
    right = format_amount(round_half_up(rate, 2))
    base = execution.adjusted or execution.initial
    if told is not None and abs(told - rate) > results.TOLERANCE:
        message = f"{execution.spent}÷{base}={right}%，执行率写{execution.rate}"
        yield Finding(form.place("预算执行率"), message)
    elif rate > WHOLE:
        message = f"执行数{execution.spent}超过全年预算数{base}，执行率{right}%"
        yield Finding(form.place("预算执行率"), message)


WHOLE = Decimal(100)
