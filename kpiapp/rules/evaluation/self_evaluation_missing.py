"""Rule `self-evaluation-missing`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.ERROR, order=9, reach=Reach.LINKS)
def self_evaluation_missing(form: Facts, context: Context) -> Iterator[Finding]:
    """项目没有自评

    为什么
        所有项目都要自评，缺一个，部门的自评就不完整。
    怎么改
        从申报表生成自评表并填完成值。
    依据
        财预〔2020〕10号 单位自评应覆盖所有项目支出。
    错例
        [项目表 p01]
        项目名称：物业后勤保障
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 完成=12次
        [项目表 p02]  <- 没有自评表
        项目名称：食堂运行保障
        年度1 | 产出指标 | 数量指标 | 供餐天数 | ≥240天
        已截止
    正例
        [项目表 p01]
        项目名称：物业后勤保障
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 完成=12次
        [项目表 p02]
        项目名称：食堂运行保障
        年度1 | 产出指标 | 数量指标 | 供餐天数 | ≥240天
    """
    due = context.closed and context.evaluations and form.is_project
    if due and form.form.id not in context.evaluations:
        yield Finding(form.place(cell="row"), f"“{form.name}”没有自评表", alone=True)
