"""Rule `score-differs-from-formula`: see the page of the function below."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.model.edit import SetValue
from kpiapp.model.money import format_amount
from kpiapp.model.problem import Fix, Severity
from kpiapp.rules import results
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.results import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.outcomes import Result
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=2, compares=True)
def score_differs_from_formula(form: Facts, context: Context) -> Iterator[Finding]:
    """得分与算法不符

    为什么
        定量指标的得分按完成值和指标值计算，手填的分与算法不同，复核时要退回。
    怎么改
        改为按算法算出的分；确需人工调整的写明理由。
    依据
        财预〔2020〕10号 完成值未达指标值的按比例得分；湖北省自评表备注（正向B/A、反向A/B）。
    错例
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 分值=20 | 完成=9次
        | 得分=20  <- 应为15分，填20分
    正例
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 分值=20 | 完成=9次 | 得分=15
        年度1 | 产出指标 | 时效指标 | 响应时长 | ≤30分钟 | 分值=10 | 完成=0.5小时 | 得分=10
    """
    evaluation = results.evaluated(form, context)
    if evaluation is None:
        return
    for row, result in results.rows_with_results(form, evaluation):
        right, typed = result.formula, results.number(result.score)
        if right is None or typed is None or not row.target.is_numeric:
            continue
        if abs(right - typed) <= TOLERANCE or _by_hand(row, result):
            continue
        told = format_amount(right)
        yield Finding(
            row.result_place("得分"),
            f"按{row.target}和完成值{result.actual}应为{told}分，填{result.score}分",
            Fix(f"改为{told}分", (SetValue(("indicators", row.id, "extra", "得分"), told),)),
        )


FAR = Decimal("1.2")
"""From this ratio on a score may be lowered by hand, if that is marked."""


def _by_hand(row: Row, result: Result) -> bool:
    done, aim = results.achieved(row, result), row.target.number
    return bool(result.adjusted and done is not None and aim and done >= FAR * aim)
