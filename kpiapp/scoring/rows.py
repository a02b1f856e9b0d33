"""A scored row, and how the points of several goals share the whole."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.form import Indicator
    from kpiapp.scoring.outcome import Score
    from kpiapp.scoring.results import Result, Results
    from kpiapp.scoring.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator with its result, its points to be had (None: not given) and its score."""

    indicator: Indicator
    result: Result
    weight: Decimal | None
    score: Score


def goal_shares(rows: Sequence[Row], results: Results, scheme: Scheme) -> dict[int, Fraction]:
    """Return by what the points of each goal are multiplied; empty where goals have no shares.

    With shares each goal's own weights add up to all points of the indicators (湖北: 目标得分 ×
    比例). Where all weights of the form do so together, the shares are in them already. A goal
    that was given no share is missing here.
    """
    whole = sum(results.shares.values(), Decimal(0))
    if len(results.shares) < 2 or whole <= 0:  # noqa: PLR2004 - one goal carries everything
        return {}
    if weight_of(rows) == scheme.indicator_weight:
        return {}
    return {goal: Fraction(share) / Fraction(whole) for goal, share in results.shares.items()}


def weight_of(rows: Sequence[Row]) -> Decimal:
    """Return the points to be had in these rows."""
    return sum((row.weight or Decimal(0) for row in rows), Decimal(0))
