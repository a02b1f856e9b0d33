"""Rule `operator-against-direction`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.names import Measure
from kpiapp.model.problem import Fix, Severity
from kpiapp.model.taxonomy import Level1, Level2, expected_level1
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import naming
from kpiapp.rules.single_rows import each_row

if TYPE_CHECKING:
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=10)
@each_row
def operator_against_direction(row: Row, _: Facts) -> Finding | None:
    """比较符与方向相反

    为什么
        故障率写“≥5%”，等于要求多出故障；满意度写“≤90%”，等于要求群众不满意。
    怎么改
        越小越好的用“≤”，越大越好的用“≥”。
    依据
        财预〔2020〕10号 按指标正向、反向计分。
    错例
        年度1 | 产出指标 | 质量指标 | 设备故障率 | ≥5%  <- 越小越好
        年度1 | 满意度指标 | 服务对象满意度指标 | 群众满意度 | ≤90%  <- 越大越好
        年度1 | 产出指标 | 时效指标 | 故障响应时长 | =30分钟  <- 越小越好
        年度1 | 产出指标 | 数量指标 | 投诉件数 | ≥0件  <- 任何结果都达标
    正例
        年度1 | 产出指标 | 质量指标 | 安全事故发生率 | =0%
        年度1 | 产出指标 | 质量指标 | UPS供电时长 | ≥4小时
        年度1 | 效益指标 | 社会效益指标 | 事件发生下降率 | >0%
        年度1 | 效益指标 | 经济效益指标 | 新增企业贷款额度 | ≥5000万元
    """
    if not row.target.is_numeric or row.target.sign is None:
        return None
    if fault := _fault(row):
        return Finding(row.place("target"), fault, _fix(row))
    return None


_TURNED = {"≥": "≤", "≤": "≥", ">": "≤", "<": "≥", "=": "≤"}


def _fault(row: Row) -> str | None:
    sign, target, less = row.target.sign, row.target, _less_is_better(row)
    if sign == "≥" and target.number == 0:
        return f"指标值“{target.text}”没有约束，任何结果都达标"
    if less and (sign in ("≥", ">") or (sign == "=" and _is_wait(row))):
        return f"“{row.name}”越小越好，指标值却写“{target.text}”"
    if less is False and sign in ("≤", "<"):
        return f"“{row.name}”越大越好，指标值却写“{target.text}”"
    if sign == "=" and naming.is_satisfaction(row.key) and target.unit == "%" and _below_100(row):
        return f"“{row.name}”越大越好，指标值却写“{target.text}”"
    if sign in ("<", ">") and row.measure is Measure.MONEY:
        return f"金额的指标值“{target.text}”应写“≤”或“≥”"
    return None


def _less_is_better(row: Row) -> bool | None:
    """Return the direction that the name tells; of money under 效益 more may be the good."""
    if row.measure is Measure.MONEY and expected_level1(row.group or Level2.COST) is Level1.BENEFIT:
        return None
    return naming.less_is_better(row.key)


def _is_wait(row: Row) -> bool:
    return naming.is_waiting_time(row.key) and row.measure is Measure.TIME


def _below_100(row: Row) -> bool:
    return row.target.number is not None and row.target.number < 100  # noqa: PLR2004


def _fix(row: Row) -> Fix | None:
    text, sign = row.target.text.strip(), row.target.sign
    if row.target.number == 0 or not sign or not text.startswith(sign):
        return None
    if naming.is_satisfaction(row.key) and sign == "=":
        return row.propose("target", "≥" + text[1:])
    if sign in "<>" and row.measure is Measure.MONEY:
        return row.propose("target", "≤" + text[1:])
    return row.propose("target", _TURNED[sign] + text[1:])
