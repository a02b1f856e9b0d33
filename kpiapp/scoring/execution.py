"""预算执行: the rate of the adjusted budget that was spent, and its points."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kpiapp.model.money import in_one_unit, parse_amount
from kpiapp.scoring.outcome import Unscored, ordered, said_why, shown, two_places

if TYPE_CHECKING:
    from decimal import Decimal

    from kpiapp.scoring.scheme import ExecutionRule

LOW = 90
"""Below this rate a reason is asked for (the note of Sichuan)."""

_ALL = 100


@dataclass(frozen=True, slots=True)
class Execution:
    """The execution's outcome: rate in percent (two places, not capped), points, why not."""

    rate: Decimal | None
    score: Decimal | None
    how: str
    error: str | None = None
    flags: tuple[str, ...] = ()


def execution(
    adjusted: str | None, spent: str | None, weight: Decimal | None, rule: ExecutionRule
) -> Execution:
    """Score the execution of a budget.

    Args:
        adjusted: 全年预算数 as printed; the base is always this one, never 年初预算数.
        spent: 全年执行数 as printed. If only one of the two has a unit, both have it.
        weight: the points, or None.
        rule: in proportion or by steps. The unrounded rate is used.
    """
    try:
        return _execution(adjusted, spent, weight, rule)
    except Unscored as reason:
        return Execution(None, None, said_why(reason), reason.code)


def _execution(
    adjusted: str | None, spent: str | None, weight: Decimal | None, rule: ExecutionRule
) -> Execution:
    if weight is None or weight < 0:
        raise Unscored("weight-missing")
    base = parse_amount(adjusted, "")
    if base is None:
        raise Unscored("adjusted-missing", adjusted or "")
    if base.value <= 0 and not rule.zero_budget_is_one:
        raise Unscored("zero-budget", (adjusted or "") if base.value < 0 else "")
    done = parse_amount(spent, base.unit)
    if done is None:
        raise Unscored("spent-missing", spent or "")
    budget, used = in_one_unit(base, done)
    rate = used / (budget if budget > 0 else 1) * _ALL
    value, how = _points(rate, budget, used, Fraction(weight), rule)
    return Execution(two_places(rate), value, how, None, _flags(rate, budget))


def _points(
    rate: Fraction, budget: Fraction, used: Fraction, weight: Fraction, rule: ExecutionRule
) -> tuple[Decimal, str]:
    """Return the points for a rate in percent, and the sentence that says how they came about."""
    capped = min(max(rate, Fraction(0)), Fraction(_ALL))
    if rule.steps:
        share = next((Fraction(x) for lowest, x in rule.steps if capped >= lowest), Fraction(0))
        value = two_places(weight * share)
        return (
            value,
            f"执行率{two_places(rate)}%，{shown(weight)} × {shown(share * _ALL)}% = {value}",
        )
    value = two_places(weight * capped / _ALL)
    if rate > _ALL or rate < 0 or budget <= 0:
        return (
            value,
            f"执行率{two_places(rate)}%，按{shown(capped)}%计：{shown(weight)} 分 = {value}",
        )
    return value, f"{shown(used)}/{shown(budget)} × {shown(weight)} = {value}"


def _flags(rate: Fraction, budget: Fraction) -> tuple[str, ...]:
    flags = set()
    if rate > _ALL:
        flags.add("result-over-100")
    if rate < LOW:
        flags.add("low-execution")
    if budget <= 0:
        flags.add("zero-budget")
    return ordered(flags)
