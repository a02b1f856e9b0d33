"""A form: one sheet of one unit or project for one year, as plain data with stable ids.

The attributes carry the names of the interchange file (see `interchange.py`). Texts are kept as
they were typed or printed; whoever needs a number or a name asks `target`, `money` or `names`.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kpiapp.model.packing import packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def new_id() -> str:
    """Return a fresh id that no other form, goal, indicator or row will ever get."""
    return uuid.uuid4().hex


class Kind(StrEnum):
    """What a form speaks of."""

    DEPARTMENT = "department"
    PROJECT = "project"

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return "部门整体" if self is Kind.DEPARTMENT else "项目"


class Horizon(StrEnum):
    """Which years a goal or an indicator speaks of."""

    LONG_TERM = "long_term"
    ANNUAL = "annual"

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return "长期" if self is Horizon.LONG_TERM else "年度"

    @property
    def other(self) -> Horizon:
        """The other of the two."""
        return Horizon.ANNUAL if self is Horizon.LONG_TERM else Horizon.LONG_TERM


NAME_FIELDS = {
    Kind.PROJECT: ("项目名称",),
    Kind.DEPARTMENT: ("部门(单位)名称", "部门（单位）名称", "部门名称", "单位名称"),
}
"""The labels under which the districts print the name of what a form speaks of."""


@packed
@dataclass(slots=True)
class Unit:
    """A budget unit; `parent` is the id of the unit above it, or None."""

    id: str
    name: str
    parent: str | None = None
    other: dict[str, Any] = field(default_factory=dict)


@packed
@dataclass(slots=True)
class Project:
    """The project a form belongs to; its id lasts over the years, its code is the bureau's."""

    id: str
    code: str = ""
    other: dict[str, Any] = field(default_factory=dict)


@packed
@dataclass(slots=True)
class Choice:
    """A group of tick boxes; `values` holds what is written beside a box."""

    options: list[str] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    other: dict[str, Any] = field(default_factory=dict)


@packed
@dataclass(slots=True)
class Row:
    """One row of an inner table; one text a column."""

    cells: list[str]
    id: str = field(default_factory=new_id)


@packed
@dataclass(slots=True)
class Table:
    """An inner table of a form, such as 项目资金来源: heads and rows of texts."""

    columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    other: dict[str, Any] = field(default_factory=dict)


@packed
@dataclass(slots=True)
class Goal:
    """绩效目标: one text of one horizon; indicators refer to it by horizon and number."""

    horizon: Horizon
    number: int
    label: str = ""
    until: int | None = None
    text: str = ""
    share: Any = None
    id: str = field(default_factory=new_id)
    other: dict[str, Any] = field(default_factory=dict)


@packed
@dataclass(slots=True)
class Indicator:
    """One printed row: 一级, 二级 and 三级指标 with its values.

    `prior2` is 前年, `prior1` 上年; None means that the layout has no such column there, "" that
    the cell is empty. `long_term_target` is set only where one row prints both horizons.
    """

    horizon: Horizon
    goal: int
    level1: str = ""
    level2: str = ""
    level3: str = ""
    target: str = ""
    prior2: str | None = None
    prior1: str | None = None
    long_term_target: str | None = None
    standard: str = ""
    note: str = ""
    weight: Any = None
    direction: str | None = None
    extra: dict[str, str] = field(default_factory=dict)
    id: str = field(default_factory=new_id)
    other: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """A run of neighbouring indicators under one 一级 and 二级 heading. Derived, never stored."""

    level1: str
    level2: str
    indicators: tuple[Indicator, ...]


@packed
@dataclass(slots=True)
class Form:
    """One declaration sheet. `ids_given` says that goal and indicator ids belong into its JSON.

    `amount_unit` is 万元 or 元 as printed. `other` keeps keys that this program does not know.
    """

    id: str
    kind: Kind
    year: int
    layout: str = ""
    title: str = ""
    filled_on: str | None = None
    amount_unit: str = "万元"
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, Choice] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unit: Unit | None = None
    project: Project | None = None
    stage: str | None = None
    revision: Any = None
    ids_given: bool = False
    other: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The project's name, or the department's: what a person calls this form."""
        return next(
            (self.fields[x] for x in NAME_FIELDS[self.kind] if self.fields.get(x)), self.title
        )

    def rows(self, horizon: Horizon | None = None, goal: int | None = None) -> Iterator[Indicator]:
        """Yield the indicators of a horizon and a goal number, in printed order."""
        for indicator in self.indicators:
            if horizon in (None, indicator.horizon) and goal in (None, indicator.goal):
                yield indicator

    def indicator(self, indicator_id: str) -> Indicator:
        """Return the indicator with this id; raises KeyError."""
        for indicator in self.indicators:
            if indicator.id == indicator_id:
                return indicator
        raise KeyError(indicator_id)

    def goal(self, horizon: Horizon, number: int) -> Goal | None:
        """Return the goal of a horizon with this number, or None."""
        for goal in self.goals:
            if goal.horizon is horizon and goal.number == number:
                return goal
        return None


def groups(indicators: Iterable[Indicator]) -> list[Group]:
    """Cut indicators into runs of equal 一级 and 二级指标, as their merged cells are printed."""
    runs = groupby(indicators, key=lambda row: (row.level1, row.level2))
    return [Group(level1, level2, tuple(rows)) for (level1, level2), rows in runs]
