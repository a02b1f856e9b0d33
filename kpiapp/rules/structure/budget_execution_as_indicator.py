"""Rule `budget-execution-as-indicator`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.HINT, order=12, values=False)
def budget_execution_as_indicator(form: Facts, _: Context) -> Iterator[Finding]:
    """预算执行率不宜作绩效指标

    为什么
        自评表里预算执行率另占10分（湖北20分），再作绩效指标就计了两次。
    怎么改
        项目表里删去这一行，换成反映产出或成本的指标。
    依据
        财预〔2020〕10号 预算执行率单独计分。
    错例
        年度1 | 产出指标 | 成本指标 | 预算执行率 | ≥97%  <- 另行计分
    正例
        年度1 | 产出指标 | 时效指标 | 租金支付及时率 | =100%
    """
    if not form.is_project:
        return
    for row in form.rows:
        if any(word in row.key for word in _WORDS):
            message = f"“{row.name}”在自评时另行计分，不宜再作绩效指标"
            yield Finding(row.place("row"), message, fixes.drop_row(row))


_WORDS = ("预算执行率", "预算完成率", "资金支付率", "资金到位率", "资金拨付率", "支出进度")
