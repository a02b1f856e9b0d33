"""Rule `rate-over-100`: see the page of the function below."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.model.problem import Fix, Severity
from kpiapp.model.units import is_rate
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import naming
from kpiapp.rules.single_rows import each_row

if TYPE_CHECKING:
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=9)
@each_row
def rate_over_100(row: Row, _: Facts) -> Finding | None:
    """比率超过100%

    为什么
        合格率、覆盖率最多100%，写“≥100%”是达到或超过，永远说不通。
    怎么改
        “≥100%”改成“=100%”；超过100%的请核对。
    依据
        比率的定义；预算绩效系统的取值范围校验。
    错例
        年度1 | 产出指标 | 质量指标 | 验收合格率 | ≥100%  <- 超过100%
        年度1 | 产出指标 | 质量指标 | 设备完好率 | =120%  <- 超过100%
    正例
        年度1 | 产出指标 | 质量指标 | 验收合格率 | =100%
        年度1 | 效益指标 | 经济效益指标 | 技术合同额增长率 | ≥120%
    """
    target = row.target
    if not target.is_numeric or target.unit != "%" or target.high is None:
        return None
    over = target.high > _WHOLE or (target.high == _WHOLE and target.sign in ("≥", ">"))
    if over and is_rate(target.unit) and not naming.may_exceed(row.key):
        message = f"“{row.name}”的指标值“{target.text}”超过100%"
        return Finding(row.place("target"), message, _fix(row))
    return None


_WHOLE = Decimal(100)


def _fix(row: Row) -> Fix | None:
    return row.propose("target", "=100%", safe=row.target.high == _WHOLE)
