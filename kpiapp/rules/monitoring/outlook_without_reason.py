"""Rule `outlook-without-reason`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.rules import results
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=1)
def outlook_without_reason(form: Facts, context: Context) -> Iterator[Finding]:
    """可能完不成却没有原因

    为什么
        说“有可能”或“不可能”完成，却不写原因和措施，监控就没有起作用。
    怎么改
        写明偏差原因、属哪一类，以及打算怎么办。
    依据
        财预〔2019〕136号 绩效运行监控表“偏差原因分析”栏。
    错例
        月份：7
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 完成=5次 | 可能性=有可能 | 原因=  <- 没有写
    正例
        月份：7
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 完成=7次 | 可能性=确定能
    """
    monitoring = context.monitorings.get(form.form.id)
    for row in form.rows if monitoring else ():
        result = monitoring.results.get(row.id) if monitoring else None
        if result is None or result.outlook not in _DOUBTFUL:
            continue
        missing = [
            word
            for word, text in (
                ("偏差原因", result.reason),
                ("原因类别", result.reason_class),
                ("措施", result.measure),
            )
            if not results.said(text)
        ]
        if missing:
            message = f"“{row.name}”{result.outlook}完成，没有写{'、'.join(missing)}"
            yield Finding(row.result_place("偏差原因"), message)


_DOUBTFUL = ("有可能", "不可能", "完全不可能")
