"""Reading results of 自评 and 监控: numbers as typed, what a tier may score, the rate of 执行."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.target import parse, unit_ratio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.outcomes import Evaluation, Result, Scoring
    from kpiapp.rules.row import Row

TOLERANCE = Decimal("0.05")
"""In points: what printed scores may be off by rounding."""
NOTHING_SAID = frozenset(("", "无", "/", "-", "—", "……", "暂无", "没有"))


def number(text: object) -> Decimal | None:
    """Return a number as typed (`9.5分`, `96.5%`, 10), or None."""
    plain = str(text if text is not None else "").strip().rstrip("分%％").replace(",", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def said(text: str) -> bool:
    """Say whether a reason or measure says anything."""
    return text.strip("。.，, ") not in NOTHING_SAID


def evaluated(form: Facts, context: Context) -> Evaluation | None:
    """Return the self-evaluation of a form, or None."""
    return context.evaluations.get(form.form.id)


def rows_with_results(form: Facts, evaluation: Evaluation) -> Iterator[tuple[Row, Result]]:
    """Yield the annual rows with what came of them."""
    for row in form.rows:
        result = evaluation.results.get(row.id)
        if row.horizon is Horizon.ANNUAL and result is not None:
            yield row, result


def achieved(row: Row, result: Result) -> Decimal | None:
    """Return the result as a number in the unit of the target, or None."""
    actual = parse(result.actual)
    if actual.number is None or not row.target.is_numeric or actual.sign:
        return None
    if not actual.unit:
        return actual.number
    ratio = unit_ratio(actual, row.target)
    return None if ratio is None else actual.number * ratio.numerator / ratio.denominator


def score_limits(weight: Decimal, tier: str, scoring: Scoring) -> tuple[Decimal, Decimal]:
    """Return lowest and highest score of a tier: 达成, 部分达成, 未达成."""
    full, half = (weight * share for share in scoring.tiers)
    if tier.startswith("部分"):
        return half, full
    return (Decimal(0), half) if tier.startswith("未") else (full, weight)


def execution_rate(evaluation: Evaluation) -> Decimal | None:
    """Return 执行数 ÷ 调整后预算数 in percent, or None."""
    execution = evaluation.execution
    spent = number(execution.spent) if execution else None
    base = number(execution.adjusted or execution.initial) if execution else None
    return 100 * spent / base if spent is not None and base else None
