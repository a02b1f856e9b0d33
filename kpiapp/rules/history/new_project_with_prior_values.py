"""Rule `new-project-with-prior-values`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.problem import Fix, Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import terms
from kpiapp.rules.row import PRIOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.edit import Edit
    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=2, compares=True)
def new_project_with_prior_values(form: Facts, _: Context) -> Iterator[Finding]:
    """新增项目填了历年值

    为什么
        新增项目以前没有做过，不会有前年、上年的值：要么不是新增，要么值填错了。
    怎么改
        不是新增的改勾持续性项目；确是新增的清空这两栏。
    依据
        项目申报文本填报说明：新增项目指首次列入预算的项目。
    错例
        项目属性：☐持续性项目 ☑新增性项目
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 前年=≥12次 | 上年=≥12次
    <- 新增性项目填了以前年度指标值
    正例
        项目属性：☐持续性项目 ☑新增性项目
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 前年=/ | 上年=
    """
    if not terms.is_new(form) or terms.is_continuing(form):
        return
    filled = [
        (row, cell)
        for row in form.rows
        for cell in PRIOR
        if (x := row.prior(cell)) and not x.is_blank
    ]
    if filled:
        edits: tuple[Edit, ...] = tuple(row.set(cell, "") for row, cell in filled)
        count = len({row.id for row, _ in filled})
        message = f"新增性项目填了以前年度指标值（{count}条指标）"
        place = form.goal_place(Horizon.ANNUAL, None, rows=True)
        yield Finding(place, message, Fix("清空历年值", edits), alone=True)
