"""Rule `historical-standard-without-history`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Fix, Place, Severity
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.single_rows import each_row_beside_others

if TYPE_CHECKING:
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=6)
@each_row_beside_others
def historical_standard_without_history(row: Row, form: Facts) -> Finding | None:
    """历史标准没有历史值

    为什么
        说指标值是按历史标准定的，前年、上年却都空着，标准无从查起。
    怎么改
        填上历年值；没有历年值的，依据改为计划标准或行业标准。
    依据
        申报表备注4；湖北绩效指标“指标值确定依据”的说明。
    错例
        年度1 | 满意度指标 | 服务对象满意度指标 | 使用方满意度 | ≥98% | 前年= | 上年=
        | 标准=历史标准  <- 历史标准
    正例
        年度1 | 满意度指标 | 服务对象满意度指标 | 使用方满意度 | ≥98% | 前年= | 上年=≥98%
        | 标准=历史标准
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 标准=历史标准
    """
    if not row.is_annual or not row.standard.startswith("历史"):
        return None
    if row.prior1 is None or row.prior2 is None:
        return None
    if row.prior1.is_blank and row.prior2.is_blank:
        twin = form.twins.get(row.id)
        also: tuple[Place, ...] = (twin.place("standard"),) if twin else ()
        message = f"依据是“{row.standard}”，前年、上年值都是空的"
        return Finding(row.place("standard"), message, _fix(row, form), also=also)
    return None


def _fix(row: Row, form: Facts) -> Fix | None:
    text = fixes.heading_of_standard(form, "计划")
    return row.propose("standard", text)
