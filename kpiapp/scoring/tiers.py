"""A target in words: its result is a tier (达成, 部分达成, 未达成), the points lie within it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from kpiapp.model.numerals import half_width
from kpiapp.scoring.formulas import Points
from kpiapp.scoring.outcome import Unscored, shown, two_places

if TYPE_CHECKING:
    from kpiapp.scoring.outcome import Scope
    from kpiapp.scoring.scheme import Scheme, Tier

REACHED = frozenset("完成 已完成 已达成".split())
NEARLY = frozenset("基本完成 基本达成".split())
"""Words that name the highest tier but leave its points to a person."""


def tiered(
    target: str, result: str, weight: Fraction, typed: Decimal | None, scheme: Scheme
) -> tuple[Points, Scope]:
    """Return the points of a result in words and the range its tier allows.

    Args:
        target: the 指标值, half-width.
        result: the result, half-width; the target's own words are 达成.
        weight: the points of the row.
        typed: the points that a person gave, or None.
        scheme: with the tiers.

    Raises:
        Unscored: tier-needed, score-needed, score-over-weight, score-outside-tier.
    """
    tier, proposes = _tier_of(target, result, scheme)
    scope = scope_of(tier, weight, scheme)
    said = f"{tier.label}（{scope[0]}—{scope[1]}分）"
    if typed is None:
        if not proposes:
            raise Unscored("score-needed", said, scope)
        return Points(weight, f"{said}，按满分建议"), scope
    if typed > two_places(weight):
        raise Unscored("score-over-weight", f"{shown(typed)}分，分值{shown(weight)}分", scope)
    if not scope[0] <= typed <= scope[1]:
        raise Unscored("score-outside-tier", f"{shown(typed)}分，{said}", scope)
    return Points(Fraction(typed), f"{said}，由人评定"), scope


def scope_of(tier: Tier, weight: Fraction, scheme: Scheme) -> Scope:
    """Return the lowest and highest score of a tier, two places: the next tier is shut out."""
    lowest = two_places(weight * Fraction(tier.lowest))
    place = scheme.tiers.index(tier)
    if place == 0:
        return lowest, two_places(weight)
    above = two_places(weight * Fraction(scheme.tiers[place - 1].lowest))
    return lowest, max(lowest, above - Decimal("0.01"))


def _tier_of(target: str, result: str, scheme: Scheme) -> tuple[Tier, bool]:
    """Return the tier that a result names, and whether it proposes the full weight by itself."""
    highest = scheme.tiers[0]
    if result == target or result in REACHED:
        return highest, True
    if result in NEARLY:
        return highest, False
    for tier in scheme.tiers:
        if result.startswith(half_width(tier.id)):
            return tier, tier is highest
    raise Unscored("tier-needed", result)
