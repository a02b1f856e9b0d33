"""Scoring schemes: one TOML file each in `resources/scoring/`, or in a folder of one's own.

`scheme_file` reads them. `mof-2020+stepwise-101` is a scheme that scores the execution by another
rule than its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from kpiapp.model.taxonomy import Level1


@dataclass(frozen=True, slots=True)
class Head:
    """A 一级 with its points; `absent` says where they go if it has no indicator."""

    id: str
    label: str
    level1: tuple[Level1, ...]
    weight: Decimal
    absent: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Tier:
    """A level of a 定性 result; its share of the weight begins at `lowest` (0.8)."""

    id: str
    label: str
    lowest: Decimal


@dataclass(frozen=True, slots=True)
class Grade:
    """优 from 90 points on."""

    name: str
    lowest: Decimal


@dataclass(frozen=True, slots=True)
class ExecutionRule:
    """How the execution rate gives points; no steps means in proportion."""

    id: str
    name: str
    steps: tuple[tuple[Decimal, Decimal], ...] = ()
    zero_budget_is_one: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a self-evaluation is scored; the settings are explained in `mof-2020.toml`.

    `sheet` is the id of the 自评表 that goes with it (`resources/layouts/results`).
    """

    id: str
    name: str
    source: str
    sheet: str
    execution: ExecutionRule
    execution_weight: Decimal
    heads: tuple[Head, ...]
    tiers: tuple[Tier, ...]
    grades: tuple[Grade, ...]
    by_deviation: bool
    negative_is_zero: bool
    refuses_negative_targets: bool
    strict: bool
    over_achievement: Decimal
    magnitude: Decimal

    @property
    def indicator_weight(self) -> Decimal:
        """The points that all indicators share: 100 less those of the execution."""
        return 100 - self.execution_weight

    def grade(self, total: Decimal) -> str:
        """Return the grade word of a total from 0 to 100."""
        return next(grade.name for grade in self.grades if total >= grade.lowest)
