"""What is wrong or due on a self-evaluation, under the codes of the rules' family evaluation."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kpiapp.model.numerals import half_width
from kpiapp.model.taxonomy import Level1, level1_of
from kpiapp.scoring.execution import LOW, Execution
from kpiapp.scoring.rows import goal_shares
from kpiapp.scoring.weights import Weighted, imbalances

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kpiapp.scoring.results import Result, Results
    from kpiapp.scoring.rows import Row
    from kpiapp.scoring.scheme import Scheme

TOLERANCE = Decimal("0.05")
"""How far a typed score may be from the formula's."""

CODE_OF_ERROR = {
    "weight-missing": "weights-do-not-add-up",
    "target-missing": "missing-target",
    "target-unreadable": "unparseable-value",
    "compound-value": "unparseable-value",
    "unit-mismatch": "unit-differs",
    "score-over-weight": "score-outside-range",
    "score-outside-tier": "score-outside-range",
}
"""Rule codes of reasons for no score; every other reason is `actual-value-missing`."""

_NO_REASON = frozenset(("", "无", "/", "\\", "-", "--", "无偏差"))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or due, at an indicator (goal and name) or on the form."""

    code: str
    message: str
    goal: int | None = None
    level3: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return asdict(self)


def findings(
    rows: Sequence[Row],
    spending: Execution,
    results: Results,
    strangers: Sequence[Result],
    scheme: Scheme,
) -> Iterator[Finding]:
    """Yield what is wrong or due.

    Args:
        rows: the scored indicators.
        spending: the outcome for the money.
        results: with the reason for a low execution and the shares of the goals.
        strangers: results that belong to no indicator.
        scheme: with the points that everything must add up to.
    """
    yield from _of_the_weights(rows, results, scheme)
    for row in rows:
        yield from _of_a_row(row)
    for stranger in strangers:
        message = f"自评结果里的“{stranger.level3}”不在申报表的指标中"
        yield Finding("indicators-differ-from-approved", message, stranger.goal, stranger.level3)
    yield from _of_the_money(rows, spending, results)


def _of_the_weights(rows: Sequence[Row], results: Results, scheme: Scheme) -> Iterator[Finding]:
    code = "weights-do-not-add-up"
    expected = scheme.indicator_weight
    if results.shares:
        whole = sum(results.shares.values(), Decimal(0))
        if whole not in (100, expected):
            yield Finding(code, f"各目标的比例合计{whole}，应为100")
    for unshared in _goals_without_share(rows, results, scheme):
        yield Finding(code, f"目标{unshared}没有比例", unshared)
    for goal, members in _by_goal(rows, results, scheme).items():
        weighted = [Weighted(x.indicator.level1, x.indicator.level2, x.weight) for x in members]
        for found in imbalances(weighted, expected):
            place = found.where or (f"目标{goal}的全部指标" if goal else "全部指标")
            message = f"{place}分值合计{found.total}，应为{found.expected}"
            if not found.where:
                message += f"（预算执行{scheme.execution_weight}）"
            yield Finding(code, message, goal)


def _by_goal(rows: Sequence[Row], results: Results, scheme: Scheme) -> dict[int | None, list[Row]]:
    """Return the rows whose weights must add up to the whole: of each goal, or of the form."""
    if not goal_shares(rows, results, scheme):
        return {None: list(rows)}
    goals: dict[int | None, list[Row]] = {}
    for row in rows:
        goals.setdefault(row.indicator.goal, []).append(row)
    return goals


def _goals_without_share(rows: Sequence[Row], results: Results, scheme: Scheme) -> list[int]:
    shares = goal_shares(rows, results, scheme)
    return sorted({x.indicator.goal for x in rows} - set(shares)) if shares else []


def _of_a_row(row: Row) -> Iterator[Finding]:
    outcome, indicator = row.score, row.indicator
    if outcome.error:
        code = CODE_OF_ERROR.get(outcome.error, "actual-value-missing")
        yield Finding(code, f"“{indicator.level3}”{outcome.how}", indicator.goal, indicator.level3)
        return
    assert outcome.score is not None
    assert row.weight is not None
    typed = row.result.typed_score
    if typed is not None and abs(typed - outcome.score) > TOLERANCE:
        message = f"“{indicator.level3}”按{outcome.how}，填{typed}分"
        yield Finding("score-differs-from-formula", message, indicator.goal, indicator.level3)
    due = _deviation(row)
    if due and not has_reason(row.result.reason):
        message = f"“{indicator.level3}”{due}，没有写原因"
        yield Finding("deviation-without-reason", message, indicator.goal, indicator.level3)


def _deviation(row: Row) -> str:
    """Return what asks for a reason: points lost, or the target passed by far."""
    assert row.score.score is not None
    assert row.weight is not None
    if row.score.score < row.weight:
        return f"扣了{row.weight - row.score.score}分"
    return "超过指标值较多" if "over-achievement" in row.score.flags else ""


def has_reason(text: str) -> bool:
    """Say whether a cell for reasons says anything."""
    return half_width(text).rstrip("。.") not in _NO_REASON


def _of_the_money(rows: Sequence[Row], spending: Execution, results: Results) -> Iterator[Finding]:
    if spending.error:
        yield Finding("execution-rate-wrong", f"预算执行{spending.how}")
    elif spending.rate is not None and spending.rate < 0:
        yield Finding("execution-rate-wrong", f"全年执行数“{results.budget.spent}”小于0")
    elif "result-over-100" in spending.flags:
        yield Finding("execution-rate-wrong", f"执行率{spending.rate}%超过100%")
    low = "low-execution" in spending.flags and _outputs_are_full(rows)
    if low and not has_reason(results.budget.reason):
        message = f"产出全部完成，执行率{spending.rate}%低于{LOW}%，没有写原因"
        yield Finding("deviation-without-reason", message)


def _outputs_are_full(rows: Iterable[Row]) -> bool:
    outputs = [x for x in rows if level1_of(x.indicator.level1) is Level1.OUTPUT]
    return bool(outputs) and all(x.score.score == x.weight for x in outputs)
