"""Rule `rate-in-quantity-group`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.model.taxonomy import Level2
from kpiapp.model.units import is_rate
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import naming
from kpiapp.rules.single_rows import each_row

if TYPE_CHECKING:
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.HINT, order=8)
@each_row
def rate_in_quantity_group(row: Row, form: Facts) -> Finding | None:
    """比率放在数量指标

    为什么
        数量指标说的是做多少；完成率、覆盖率说的是做到什么程度，属质量指标。
    怎么改
        移到质量指标，或改写成数量（次数、件数）。
    依据
        财预〔2021〕101号 数量指标反映产出数量，质量指标反映产出达到的标准和水平。
    错例
        年度1 | 产出指标 | 数量指标 | 工作计划完成率 | =100%  <- 是比率
    正例
        年度1 | 产出指标 | 质量指标 | 工作计划完成率 | =100%
        年度1 | 产出指标 | 数量指标 | 工作计划完成数 | ≥6项
    """
    if row.group is Level2.QUANTITY and (
        naming.ends_in_rate(row.key)
        or (is_rate(row.target.unit) and not row.key.endswith(("数", "量")))
    ):
        message = f"“{row.name}”是比率，列在“{row.level2}”"
        return Finding(row.place("group"), message, fixes.regroup(row, form, Level2.QUALITY))
    return None
