"""Rule `total-score-wrong`: see the page of the function below."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.rules import results
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.outcomes import Evaluation


@rule(Severity.ERROR, order=7, compares=True)
def total_score_wrong(form: Facts, context: Context) -> Iterator[Finding]:
    """总分或等级不对

    为什么
        总分应等于各项得分之和；等级由总分决定，二者不符要退回。
    怎么改
        按各项得分重算总分，再对照等级标准。
    依据
        财预〔2020〕10号 优（90分及以上）、良（80–90）、中（60–80）、差（60以下）。
    错例
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 分值=90 | 完成=12次 | 得分=88
        执行：调整数=100 | 执行数=100 | 执行率=100% | 得分=10
        总分：96  <- 各项得分之和98
        等级：良  <- 应为“优”
    正例
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 分值=90 | 完成=12次 | 得分=88
        执行：调整数=100 | 执行数=100 | 执行率=100% | 得分=10
        总分：98
        等级：优
    """
    evaluation = results.evaluated(form, context)
    total = results.number(evaluation.total) if evaluation else None
    if evaluation is None or total is None:
        return
    scores = _scores(form, evaluation)
    added = sum(scores, Decimal(0))
    if scores and abs(added - total) > results.TOLERANCE:
        message = f"各项得分之和{format_amount(added)}，总分写{evaluation.total}"
        yield Finding(form.place("总分"), message)
    right = next((word for word, least in evaluation.scoring.grades if total >= least), "")
    if evaluation.grade and right and right not in evaluation.grade:
        message = f"总分{evaluation.total}应为“{right}”，等级写“{evaluation.grade}”"
        yield Finding(form.place("等级"), message)


def _scores(form: Facts, evaluation: Evaluation) -> list[Decimal]:
    """Return all scores; of a form with shares of goals each goal's sum counts by its share."""
    shares = {goal.number: results.number(goal.share) for goal in form.form.goals if goal.share}
    found = []
    for row, result in results.rows_with_results(form, evaluation):
        score = results.number(result.score)
        if score is not None:
            share = shares.get(row.goal)
            found.append(score * share / 100 if share else score)
    spent = results.number(evaluation.execution.score) if evaluation.execution else None
    return found if spent is None else [*found, spent]
