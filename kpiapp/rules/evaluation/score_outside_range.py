"""Rule `score-outside-range`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.rules import results
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.results import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.ERROR, order=3)
def score_outside_range(form: Facts, context: Context) -> Iterator[Finding]:
    """得分超出范围

    为什么
        得分不能超过分值；定性指标评了“部分达成”，得分就应在那一档的范围里。
    怎么改
        改到范围内，或改评定的档次。
    依据
        财预〔2020〕10号 达成100%–80%、部分达成80%–60%、未达成60%–0；湖北部分达成80%–50%。
    错例
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 分值=20 | 完成=15次
        | 得分=25  <- 超过分值20
        年度1 | 效益指标 | 社会效益 | 服务水平 | 提升 | 分值=10 | 完成=有所提升 | 档次=部分达成
        | 得分=9  <- 部分达成
    正例
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 分值=20 | 完成=15次 | 得分=20
        年度1 | 效益指标 | 社会效益 | 服务水平 | 提升 | 分值=10 | 完成=明显提升 | 档次=达成 | 得分=9
    """
    evaluation = results.evaluated(form, context)
    if evaluation is None:
        return
    for row, result in results.rows_with_results(form, evaluation):
        weight, typed = results.number(row.source.weight), results.number(result.score)
        if weight is None or typed is None:
            continue
        if typed < 0 or typed > weight + TOLERANCE:
            message = (
                f"得分{result.score}低于0" if typed < 0 else f"得分{result.score}超过分值{weight}"
            )
            yield Finding(row.result_place("得分"), message)
        elif result.tier and not row.target.is_numeric:
            low, high = results.score_limits(weight, result.tier, evaluation.scoring)
            if not low - TOLERANCE <= typed <= high + TOLERANCE:
                span = f"{format_amount(low)}–{format_amount(high)}"
                yield Finding(
                    row.result_place("得分"), f"“{result.tier}”应在{span}分，填{result.score}分"
                )
