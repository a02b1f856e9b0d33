"""Rule `annual-not-in-long-term`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.problem import Severity
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=1, compares=True)
def annual_not_in_long_term(form: Facts, _: Context) -> Iterator[Finding]:
    """年度指标没有对应的长期指标

    为什么
        年度目标是长期目标的分解。年度有而长期没有，要么长期漏填，要么两边名称对不上。
    怎么改
        在长期表补上这条指标，或统一两边的名称。
    依据
        财预〔2015〕88号审核表“规范完整性”“目标相关性”。
    错例
        长期1 | 产出指标 | 数量指标 | 坐席人员培训次数 | ≥12次/年
        年度1 | 产出指标 | 数量指标 | 坐席人员培训次数 | ≥12次
        年度1 | 效益指标 | 社会效益指标 | 诉求响应办理效率 | 有所提升  <- 在长期目标1中没有对应指标
    正例
        长期1 | 产出指标 | 数量指标 | 坐席人员培训次数 | ≥12次/年
        年度1 | 产出指标 | 数量指标 | 坐席人员培训次数 | ≥12次
        年度2 | 效益指标 | 社会效益指标 | 诉求响应办理效率 | 有所提升
    """
    if terms.is_one_off(form):
        return
    for number, pairing in form.pairings.items():
        for indicator in pairing.right_only:
            row = form.by_id[indicator.id]
            message = f"年度指标“{row.name}”在长期目标{number}中没有对应指标"
            fix = fixes.copy_row(row, form, Horizon.LONG_TERM, number)
            yield Finding(row.place("row"), message, fix)
