"""The self-evaluation of one form: every indicator, the execution, the total and the grade."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kpiapp.scoring.execution import Execution, execution
from kpiapp.scoring.findings import Finding, findings
from kpiapp.scoring.outcome import two_places
from kpiapp.scoring.results import Result, Results, indicators_to_score, match, results_from_json
from kpiapp.scoring.rows import Row, goal_shares
from kpiapp.scoring.score import Entry, score
from kpiapp.scoring.values import as_json, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.form import Form, Indicator
    from kpiapp.scoring.scheme import Scheme

_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of a form.

    Attributes:
        rows: every indicator that is evaluated, in printed order.
        execution: the outcome for the money.
        subtotal: the points of what could be scored.
        total: the points of the whole; None while anything could not be scored.
        grade: the grade word of the total, or None.
        findings: what is wrong or due (weights, reasons, missing results).
    """

    rows: tuple[Row, ...]
    execution: Execution
    subtotal: Decimal
    total: Decimal | None
    grade: str | None
    findings: tuple[Finding, ...]


def evaluate(form: Form, results: Results, scheme: Scheme) -> Evaluation:
    """Score a form under a scheme. A row without a score keeps the total from being told."""
    indicators = indicators_to_score(form)
    found, strangers = match(indicators, results.rows)
    rows = tuple(
        _row(indicator, result or Result(indicator.level3), form.year, scheme)
        for indicator, result in zip(indicators, found, strict=True)
    )
    money = results.budget
    spending = execution(money.adjusted, money.spent, scheme.execution_weight, scheme.execution)
    shares = goal_shares(rows, results, scheme)
    subtotal = _subtotal(rows, spending, shares)
    total = subtotal if _is_complete(rows, spending, shares) else None
    return Evaluation(
        rows,
        spending,
        subtotal,
        total,
        None if total is None else scheme.grade(total),
        tuple(findings(rows, spending, results, strangers, scheme)),
    )


def score_form(form: Form, results: dict[str, Any], scheme: Scheme) -> dict[str, Any]:
    """Score a form and return it as the command line prints it.

    Args:
        form: the declared form.
        results: the object of RESULTS.json.
        scheme: how to score.

    Raises:
        UserError: the results have another shape.
    """
    return to_json(evaluate(form, results_from_json(results), scheme))


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """Return an evaluation as a JSON object."""
    money = evaluation.execution
    return {
        "total": as_json(evaluation.total),
        "subtotal": as_json(evaluation.subtotal),
        "grade": evaluation.grade,
        "execution": {
            "rate": as_json(money.rate),
            "score": as_json(money.score),
            "how": money.how,
            "error": money.error,
            "flags": list(money.flags),
        },
        "indicators": [_row_to_json(row) for row in evaluation.rows],
        "problems": [finding.to_json() for finding in evaluation.findings],
    }


def _row(indicator: Indicator, result: Result, year: int, scheme: Scheme) -> Row:
    weight = result.weight if result.weight is not None else number(indicator.weight)
    entry = Entry(
        target=indicator.target,
        actual=result.actual,
        weight=weight,
        level2=indicator.level2,
        direction=result.direction or indicator.direction,
        year=year,
        tier=result.tier,
        typed_score=result.typed_score,
    )
    return Row(indicator, result, weight, score(entry, scheme))


def _subtotal(rows: Sequence[Row], spending: Execution, shares: dict[int, Fraction]) -> Decimal:
    points = Fraction(spending.score or 0)
    for row in rows:
        share = shares.get(row.indicator.goal, Fraction(0)) if shares else Fraction(1)
        points += Fraction(row.score.score or 0) * share
    return min(two_places(points), Decimal(_HUNDRED))


def _is_complete(rows: Sequence[Row], spending: Execution, shares: dict[int, Fraction]) -> bool:
    """Say whether every part of the total is known; a part that is not is never taken as 0."""
    scored = all(row.score.score is not None for row in rows)
    shared = not shares or all(row.indicator.goal in shares for row in rows)
    return bool(rows) and scored and shared and spending.score is not None


def _row_to_json(row: Row) -> dict[str, Any]:
    return {
        "level3": row.indicator.level3,
        "goal": row.indicator.goal,
        "level2": row.indicator.level2,
        "target": row.indicator.target,
        "actual": row.result.actual,
        "weight": as_json(row.weight),
        "score": as_json(row.score.score),
        "how": row.score.how,
        "error": row.score.error,
        "flags": list(row.score.flags),
    }
