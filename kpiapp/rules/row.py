"""One row of indicators as the rules read it: its texts, its parsed values, its places."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kpiapp.model import names
from kpiapp.model.edit import SetValue
from kpiapp.model.form import Horizon
from kpiapp.model.names import Measure, normalise
from kpiapp.model.problem import Fix, Place
from kpiapp.model.target import Target, TargetKind, parse
from kpiapp.model.taxonomy import Level2, level2_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpiapp.model.form import Indicator

VALUES = frozenset("target prior2 prior1 long_term_target standard note".split())
"""Cells of a row that say nothing of which row it is and where it stands."""

PRIOR = {"prior2": "前年", "prior1": "上年"}
"""Cells of past values, older first, with the words of the field."""

COST_GROUPS = frozenset((Level2.COST, Level2.RUNNING_COST))

_NO_PAST = frozenset(("无", "没有", "未开展", "无数据", "新增", "新增指标"))


@lru_cache(maxsize=256)
def _as_placeholder(text: str) -> Target:
    return replace(parse(text), kind=TargetKind.PLACEHOLDER)


class Row:
    """One indicator row with what rules ask of it; its texts are never None.

    `level1`, `level2`, `name` and `standard` (the basis of the target) are as printed.
    """

    __slots__ = (
        "form_id", "goal", "group", "horizon", "id", "index", "key", "level1", "level2", "measure",
        "name", "prior1", "prior2", "source", "standard", "target",
    )  # fmt: skip

    def __init__(self, form_id: str, source: Indicator, index: int) -> None:
        self.form_id = form_id
        self.source = source
        self.index = index
        self.id = source.id
        self.horizon = source.horizon
        self.goal = source.goal
        self.name = source.level3.strip()
        self.key = normalise(source.level3)
        self.level1, self.level2 = source.level1.strip(), source.level2.strip()
        self.standard = source.standard.strip()
        self.group = level2_of(source.level2)
        self.target = parse(source.target)
        self.prior1 = None if source.prior1 is None else self._past(source.prior1)
        self.prior2 = None if source.prior2 is None else self._past(source.prior2)
        self.measure = names.measure_of(self.target)

    def _past(self, text: str) -> Target:
        """Return a past value; 无 says that there was none, save where it is the target too."""
        value = parse(text)
        if value.words in _NO_PAST and self.target.words not in _NO_PAST:
            return _as_placeholder(text)
        return value

    @property
    def long_term(self) -> Target | None:
        """The long-term target printed in the same row, in layouts that have it."""
        text = self.source.long_term_target
        return None if text is None else parse(text)

    @property
    def is_annual(self) -> bool:
        """Whether it is a row of the budget year."""
        return self.horizon is Horizon.ANNUAL

    def prior(self, cell: str) -> Target | None:
        """Return the value of `prior1` or `prior2`; None where the layout has no such column."""
        return self.prior1 if cell == "prior1" else self.prior2

    def value(self, cell: str) -> Target | None:
        """Return the parsed value of a target cell."""
        return self.target if cell == "target" else self.prior(cell)

    def words_for(self, cells: Iterable[str]) -> str:
        """Return what messages call its target and past values: 当年、上年, or 长期."""
        words = {"target": "当年" if self.is_annual else self.horizon.label} | PRIOR
        return "、".join(words[cell] for cell in cells)

    def place(self, cell: str) -> Place:
        """Return the place of one of its cells."""
        return Place(self.form_id, self.horizon, self.goal, self.id, cell)

    def result_place(self, label: str) -> Place:
        """Return the place of a cell of 自评 or 监控: 实际完成值, 得分, 偏差原因 …"""
        return Place(self.form_id, self.horizon, self.goal, self.id, "row", label)

    def set(self, cell: str, value: object) -> SetValue:
        """Return the edit that writes a cell; `cell` is an attribute of `Indicator`."""
        return SetValue(("indicators", self.id, cell), value)

    def propose(self, cell: str, text: str | None, *, safe: bool = False) -> Fix | None:
        """Return the fix that writes `text` into a cell; None where there is nothing to write."""
        if not text:
            return None
        return Fix(f"改为“{text}”", (self.set(cell, text),), safe)


def sources(rows: Iterable[Row]) -> list[Indicator]:
    """Return the indicators behind rows."""
    return [row.source for row in rows]


def is_cost(row: Row) -> bool:
    """Say whether a row sets a cost or an amount of money."""
    return row.group in COST_GROUPS or row.measure is Measure.MONEY
