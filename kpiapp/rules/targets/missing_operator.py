"""Rule `missing-operator`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.names import Measure
from kpiapp.model.problem import Fix, Severity
from kpiapp.model.target import TargetKind
from kpiapp.model.taxonomy import Level2
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import naming
from kpiapp.rules.row import is_cost
from kpiapp.rules.single_rows import each_row

if TYPE_CHECKING:
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.HINT, order=4, turn=4)
@each_row
def missing_operator(row: Row, _: Facts) -> Finding | None:
    """数值没有≥、≤或=

    为什么
        只写“12次”，多做了算不算达标、少做一次怎么扣分都说不清。
    怎么改
        越多越好写“≥”，时间、成本、故障写“≤”，固定的数写“=”。
    依据
        预算绩效系统“计算符号”必填；财预〔2020〕10号按正向、反向计分。
    错例
        年度1 | 产出指标 | 数量指标 | 手持终端个数 | 1417台  <- 没有≥、≤或=
        年度1 | 产出指标 | 数量指标 | 清洁频次 | 1次/天  <- 没有≥、≤或=
    正例
        年度1 | 产出指标 | 数量指标 | 手持终端个数 | =1417台
        年度1 | 产出指标 | 质量指标 | 成本控制率 | 97%-100%
        年度1 | 效益指标 | 社会效益指标 | 服务水平 | 提升
    """
    target = row.target
    if target.kind in _KINDS and (target.sign is None or target.kind is TargetKind.LIMIT):
        message = f"指标值“{target.text}”没有≥、≤或="
        return Finding(row.place("target"), message, _fix(row))
    return None


_KINDS = (TargetKind.NUMBER, TargetKind.FREQUENCY, TargetKind.LIMIT)


def _fix(row: Row) -> Fix | None:
    """Offer the sign of the direction: ≤ for times, costs and faults, = for a whole, else ≥."""
    if row.target.kind is TargetKind.LIMIT:
        return None
    spends = is_cost(row) and row.group not in _EARNING  # 产业产值 is an amount to be reached
    less = naming.less_is_better(row.key)
    if less is None:
        less = spends or row.measure is Measure.TIME
    more = "=" if row.measure is Measure.RATE and row.target.low == _WHOLE else "≥"
    return row.propose("target", ("≤" if less else more) + row.target.text.strip())


_WHOLE = 100
_EARNING = frozenset((Level2.ECONOMIC, Level2.SOCIAL, Level2.ECOLOGICAL, Level2.SUSTAINABLE))
