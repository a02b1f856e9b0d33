"""Rule `prior-value-differs-between-forms`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.pairing.comparing import Difference, difference
from kpiapp.rules.row import PRIOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=7, reach=Reach.LINKS)
def prior_value_differs_between_forms(form: Facts, context: Context) -> Iterator[Finding]:
    """部门表与项目表历年值不同

    为什么
        上年的值是已经发生的事，两张表不同，必有一处抄错。
    怎么改
        按上年的申报表或自评表改正。
    依据
        部门表与项目表“近两年指标值”的勾稽。
    错例
        [部门表]
        年度1 | 产出指标 | 数量指标 | 党组织活动次数 | 12次 | 前年=13次
        | 上年=13次  <- 上年值部门表为13次
        年度1 | 产出指标 | 质量指标 | 党建考评合格率 | 100% | 前年=100% | 上年=100%
        [项目表 p01]
        年度1 | 产出指标 | 数量指标 | 党组织活动次数 | 12次 | 前年=13次 | 上年=12次
        年度1 | 产出指标 | 质量指标 | 党建考评合格率 | 100% | 前年= | 上年=≥100%
    正例
        [部门表]
        年度1 | 产出指标 | 数量指标 | 购书数量 | ≥15套 | 前年=11套 | 上年=≥14套
        年度1 | 产出指标 | 质量指标 | 党建考评合格率 | 100% | 前年=100% | 上年=100%
        [项目表 p01]
        年度1 | 产出指标 | 数量指标 | 购书数量 | ≥15套 | 前年=≥11套 | 上年=≥14套
        年度1 | 产出指标 | 质量指标 | 党建考评合格率 | 100% | 前年=100% | 上年=100%
    """
    for ours, theirs, project in context.partners(form):
        cells = [cell for cell in PRIOR if _differ(ours, theirs, cell)]
        if not cells:
            continue
        name = project.short_name
        parts = [
            f"{PRIOR[c]}值部门表为{ours.prior(c)}，项目表（{name}）为{theirs.prior(c)}"
            for c in cells
        ]
        yield Finding(
            ours.place(cells[0]),
            "；".join(parts),
            other_form=project.form.id,
            also=tuple(ours.place(cell) for cell in cells[1:]),
            against=tuple(theirs.place(cell) for cell in cells),
        )


_IN_WORDS = (Difference.KIND, Difference.WORDS)


def _differ(ours: Row, theirs: Row, cell: str) -> bool:
    """Say whether two past values differ by number or words, and not just as the targets do."""
    one, other = ours.prior(cell), theirs.prior(cell)
    if one is None or other is None:
        return False
    kind = difference(one, other)
    if kind in _IN_WORDS:
        return difference(ours.target, theirs.target) is not kind
    return kind in (Difference.NUMBER, Difference.UNIT)
