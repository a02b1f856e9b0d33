"""Rule `range-instead-of-threshold`: see the page of the function below."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.model.target import TargetKind
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.single_rows import each_row

if TYPE_CHECKING:
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.HINT, order=8)
@each_row
def range_instead_of_threshold(row: Row, _: Facts) -> Finding | None:
    """到100%的区间可写成≥

    为什么
        上限是100%的区间，上限并不约束什么，写“≥97%”就够了，计分也明白。
    怎么改
        改成“≥下限”。
    依据
        预算绩效系统“计算符号”只有一个；财预〔2020〕10号按单一指标值计分。
    错例
        年度1 | 产出指标 | 成本指标 | 成本控制率 | 97%-100%  <- 可写“≥97%”
    正例
        年度1 | 产出指标 | 成本指标 | 成本控制率 | ≥97%
        年度1 | 产出指标 | 质量指标 | 机房温度 | 20～25℃
    """
    target = row.target
    if target.kind is TargetKind.RANGE and target.unit == "%" and target.high == _WHOLE:
        text = f"≥{format_amount(target.low or _NOUGHT)}%"
        message = f"指标值“{target.text}”是到100%的区间，可写“{text}”"
        return Finding(row.place("target"), message, row.propose("target", text, safe=True))
    return None


_NOUGHT, _WHOLE = Decimal(0), Decimal(100)
