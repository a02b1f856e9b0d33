"""Rule `unit-does-not-fit-name`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Fix, Place, Severity
from kpiapp.model.target import TargetKind
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.pairing.comparing import lacks_unit
from kpiapp.rules.reading import naming
from kpiapp.rules.single_rows import each_row_beside_others

if TYPE_CHECKING:
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=11)
@each_row_beside_others
def unit_does_not_fit_name(row: Row, form: Facts) -> Finding | None:
    """单位与名称不配

    为什么
        名称说的是时间，指标值却是百分数：要么名称错，要么值填错了行。
    怎么改
        改单位或改名称，使二者说的是同一个量。
    依据
        财预〔2015〕88号审核表“指标科学性”。
    错例
        年度1 | 产出指标 | 时效指标 | 网络故障修复平均时间 | =100%  <- 是时间
        年度1 | 产出指标 | 数量指标 | 文明创建活动开展次数 | ≥2件  <- 是次数
        年度1 | 效益指标 | 社会效益指标 | 共建文明城市 | 100%  <- 不是比率
    正例
        年度1 | 产出指标 | 时效指标 | 设备维修及时性 | ≤24小时
        年度1 | 效益指标 | 社会效益指标 | 党建活动丰富度 | ≥3种
        年度1 | 产出指标 | 数量指标 | 业务培训次数 | ≥12次/年
    """
    unit = _unit(row)
    if unit and not naming.unit_fits(row.key, unit):
        asked = naming.asked_unit(row.key)
        message = (
            f"“{row.name}”是{asked}，指标值“{row.target.text}”的单位是“{unit}”"
            if asked
            else f"“{row.name}”不是比率，指标值却是“{row.target.text}”"
        )
        return Finding(row.place("target"), message, _fix(row, form), also=_same_unit(row, unit))
    return None


def _unit(row: Row) -> str:
    """Return the unit of a figure; a frequency such as 2小时1次 counts as times."""
    if not row.target.is_numeric or lacks_unit(row.target):
        return ""
    if row.target.kind is TargetKind.CLOCK:
        return "小时"
    return row.target.unit


def _same_unit(row: Row, unit: str) -> tuple[Place, ...]:
    """Return the past values that are told in the same wrong unit."""
    return tuple(
        row.place(cell)
        for cell in ("prior2", "prior1")
        if (value := row.prior(cell)) and value.is_numeric and value.unit == unit
    )


def _fix(row: Row, form: Facts) -> Fix | None:
    twin = form.twins.get(row.id)
    if twin and _unit(twin) and naming.unit_fits(row.key, _unit(twin)):
        return row.propose("target", twin.target.text)
    return None
