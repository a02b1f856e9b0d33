"""一级 and 二级指标 as data (`resources/taxonomy.toml`), with what the districts print for them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from kpiapp.model.numerals import half_width
from kpiapp.paths import resource

T = TypeVar("T", bound=StrEnum)


class Level1(StrEnum):
    """一级指标."""

    COST = "cost"
    OUTPUT = "output"
    BENEFIT = "benefit"
    SATISFACTION = "satisfaction"

    @property
    def label(self) -> str:
        """The Chinese heading: 产出指标."""
        return _entry(self).label


class Level2(StrEnum):
    """二级指标, by what it measures: 数量指标 and 产出数量 are one group."""

    QUANTITY = "quantity"
    QUALITY = "quality"
    TIMELINESS = "timeliness"
    COST = "cost"
    ECONOMIC = "economic"
    SOCIAL = "social"
    ECOLOGICAL = "ecological"
    SUSTAINABLE = "sustainable"
    SATISFACTION = "satisfaction"
    RUNNING_COST = "running-cost"
    SOCIAL_COST = "social-cost"
    ECOLOGICAL_COST = "ecological-cost"

    @property
    def label(self) -> str:
        """The Chinese heading: 数量指标."""
        return _entry(self).label


@dataclass(frozen=True, slots=True)
class _Entry:
    label: str
    keywords: tuple[str, ...]
    level1: tuple[Level1, ...] = ()
    label_under: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=1024)
def level1_of(text: str) -> Level1 | None:
    """Return the 一级 that a printed heading means (项目产出, 效果指标), or None."""
    return _found(Level1, text)


@lru_cache(maxsize=1024)
def level2_of(text: str) -> Level2 | None:
    """Return the 二级 that a printed heading means (产出数量, 成本控制), or None."""
    return _found(Level2, text)


def allowed_level1(level2: Level2) -> tuple[Level1, ...]:
    """Return the 一级 that a 二级 may stand under; 成本 under 成本 (2021) or 产出 (2020)."""
    return _entry(level2).level1


@lru_cache(maxsize=32)
def expected_level1(level2: Level2) -> Level1:
    """Return the 一级 that a 二级 belongs under by the rule of today."""
    return allowed_level1(level2)[0]


def level1_labels() -> list[str]:
    """Return the 一级 headings for a list to choose from, in the order they are printed."""
    return [x.label for x in Level1]


def level2_labels(level1: Level1) -> list[str]:
    """Return the 二级 headings for a list to choose from, below one 一级."""
    return [
        dict(entry.label_under).get(level1, entry.label)
        for level2 in Level2
        if (entry := _entry(level2)) and expected_level1(level2) is level1
    ]


def _found(kind: type[T], text: str) -> T | None:
    plain = half_width(text)
    for key, entry in _entries(kind).items():
        if any(word in plain for word in entry.keywords):
            return key
    return None


def _entry(level: Level1 | Level2) -> _Entry:
    return _read(type(level).__name__.lower())[level.value]


def _entries(kind: type[T]) -> dict[T, _Entry]:
    """Return the entries of one level in the order of the file, which decides between keywords."""
    return {kind(id_): entry for id_, entry in _read(kind.__name__.lower()).items()}


@lru_cache(maxsize=2)
def _read(level: str) -> dict[str, _Entry]:
    text = resource("taxonomy.toml").read_text(encoding="utf-8")
    return {
        entry["id"]: _Entry(
            entry["label"],
            tuple(entry["keywords"]),
            tuple(Level1(x) for x in entry.get("level1", ())),
            tuple(entry.get("label_under", {}).items()),
        )
        for entry in tomllib.loads(text)[level]
    }
