"""Scoring schemes: one TOML file each in `resources/scoring/`. A new one is a new file.

A scheme may extend another and then names only what differs; lists are replaced as a whole.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kpiapp.errors import UserError
from kpiapp.model.taxonomy import Level1
from kpiapp.paths import resource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


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
    """How a self-evaluation is scored; the settings are explained in `mof-2020.toml`."""

    id: str
    name: str
    source: str
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


@lru_cache(maxsize=32)
def scheme(scheme_id: str) -> Scheme:
    """Return the scheme with this id; raises UserError naming those there are."""
    path = resource("scoring", f"{scheme_id}.toml")
    if scheme_id not in scheme_ids():
        raise UserError(f"没有评分方案“{scheme_id}”", f"可用的方案：{'、'.join(scheme_ids())}")
    return read_scheme(path)


def scheme_ids() -> list[str]:
    """Return the ids of all schemes, in order."""
    return sorted(path.stem for path in resource("scoring").glob("*.toml"))


def execution_ids() -> list[str]:
    """Return the ids of all execution rules, in order."""
    return sorted(path.stem for path in resource("scoring", "execution").glob("*.toml"))


@lru_cache(maxsize=32)
def execution_rule(rule_id: str) -> ExecutionRule:
    """Return the execution rule with this id; raises UserError naming those there are."""
    if rule_id not in execution_ids():
        raise UserError(f"没有执行率规则“{rule_id}”", f"可用的规则：{'、'.join(execution_ids())}")
    data = _toml(resource("scoring", "execution", f"{rule_id}.toml"))
    return ExecutionRule(
        id=data["id"],
        name=data["name"],
        steps=tuple((Decimal(x["from"]), Decimal(x["share"])) for x in data.get("steps", ())),
        zero_budget_is_one=data["zero_budget"] == "one",
    )


def with_execution(rules: Scheme, rule_id: str) -> Scheme:
    """Return a scheme that scores the execution by another rule; raises UserError."""
    return replace(rules, execution=execution_rule(rule_id))


def read_scheme(path: Path) -> Scheme:
    """Return the scheme that a TOML file describes, with what it extends filled in."""
    data = _with_base(path)
    rules = data["indicator"]
    return Scheme(
        id=data["id"],
        name=data["name"],
        source=data["source"],
        execution=execution_rule(data["execution"]["rule"]),
        execution_weight=Decimal(data["execution"]["weight"]),
        heads=tuple(_head(x) for x in data["heads"]),
        tiers=tuple(
            Tier(x["id"], x["label"], Decimal(x["from"])) for x in _from_the_top(data["tiers"])
        ),
        grades=tuple(Grade(x["name"], Decimal(x["from"])) for x in _from_the_top(data["grades"])),
        by_deviation=rules["reverse"] == "deviation",
        negative_is_zero=rules["negative_result"] == "zero",
        refuses_negative_targets=rules["refuse_negative_target"] == "always",
        strict=rules["strict"],
        over_achievement=Decimal(rules["over_achievement"]),
        magnitude=Decimal(rules["magnitude"]),
    )


def _with_base(path: Path) -> dict[str, Any]:
    data = _toml(path)
    if "extends" not in data:
        return data
    base = _with_base(resource("scoring", f"{data['extends']}.toml"))
    merged = base | data
    merged["indicator"] = base["indicator"] | data.get("indicator", {})
    return merged


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def _from_the_top(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(items, key=lambda item: -item["from"])


def _head(data: dict[str, Any]) -> Head:
    return Head(
        id=data["id"],
        label=data["label"],
        level1=tuple(Level1(x) for x in data["level1"]),
        weight=Decimal(data["weight"]),
        absent=tuple((key, Decimal(x)) for key, x in data.get("absent", {}).items()),
    )
