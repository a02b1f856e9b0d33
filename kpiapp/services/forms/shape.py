"""Which cells the indicator tables of a form have: told by its layout, else by its own rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.model.form import Form, Horizon, Indicator, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpiapp.sheets.layouts.blocks import IndicatorsBlock
    from kpiapp.sheets.layouts.layout import Layout

OPTIONAL = ("prior2", "prior1", "long_term_target")
"""Attributes of an indicator that are None where the sheet has no such column."""


EXTRA = "extra:"
"""Before the label of a column that only this sheet has, in `Shape.values` and cells of lines."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the tables of a form print.

    Attributes:
        horizons: the horizons that have indicator rows.
        values: attributes of an indicator that have a column, and `extra:label`, by horizon.
        groups: pairs of 一级 and 二级 in the layout's own words, in printed order.
    """

    horizons: tuple[Horizon, ...]
    values: dict[Horizon, frozenset[str]]
    groups: tuple[tuple[str, str], ...] = ()

    @property
    def one_row(self) -> bool:
        """One row prints both horizons."""
        return "long_term_target" in self.values.get(Horizon.ANNUAL, ())

    @property
    def all_values(self) -> frozenset[str]:
        """What any of the tables prints."""
        return frozenset().union(*self.values.values())

    @property
    def extras(self) -> tuple[str, ...]:
        """Labels of the columns that only this sheet has."""
        return tuple(sorted(x.removeprefix(EXTRA) for x in self.all_values if x.startswith(EXTRA)))


def shape_of(form: Form) -> Shape:
    """Return the shape of a form: what its layout prints, and whatever its rows hold besides."""
    layout = find_layout(form.layout, form.kind)
    printed = _printed(layout) if layout else Shape((), {})
    values = {horizon: set(found) for horizon, found in printed.values.items()}
    for row in form.indicators:
        _note(row, values.setdefault(row.horizon, set()))
    if not values:
        horizons = {goal.horizon for goal in form.goals} or {Horizon.ANNUAL}
        values = {horizon: {"target", "standard"} for horizon in horizons}
    ordered = tuple(horizon for horizon in Horizon if horizon in values)
    frozen = {horizon: frozenset(values[horizon]) for horizon in ordered}
    return Shape(ordered, frozen, printed.groups)


def blank_row(form: Form, shape: Shape, horizon: Horizon, goal: int) -> Indicator:
    """Return an empty indicator with the columns that its neighbours or the layout have."""
    row = Indicator(horizon, goal)
    like = next(form.rows(horizon, goal), next(form.rows(horizon), None))
    for name in OPTIONAL:
        has = name in shape.values.get(horizon, ()) if like is None else getattr(like, name)
        setattr(row, name, None if has in (None, False) else "")
    return row


def _note(row: Indicator, found: set[str]) -> None:
    """Add what a row holds to what is found so far."""
    found.add("target")
    for name in OPTIONAL:
        if getattr(row, name) is not None:
            found.add(name)
    if row.standard:
        found.add("standard")
    if row.note:
        found.add("note")
    if row.weight is not None:
        found.add("weight")
    if row.extra:
        found.update(EXTRA + label for label in row.extra)


@lru_cache(maxsize=64)
def _printed(layout: Layout) -> Shape:
    from kpiapp.sheets.layouts.blocks import IndicatorsBlock

    blocks = list(layout.of_type(IndicatorsBlock))
    values: dict[Horizon, set[str]] = {}
    for block in blocks:
        values.setdefault(block.horizon, set()).update(_columns(block))
    groups = tuple(dict.fromkeys(group for block in blocks for group in block.rows))
    return Shape(tuple(values), {key: frozenset(x) for key, x in values.items()}, groups)


def _columns(block: IndicatorsBlock) -> Iterable[str]:
    named = {"name", "level1", "level2", "level3", ""}
    for column in (*block.columns, *block.other_columns):
        if column.value not in named:
            yield column.value


def find_layout(layout_id: str, kind: Kind) -> Layout | None:
    """Return a form's layout, or None where it names one that this program does not have."""
    from kpiapp.sheets.layouts.layout import layout

    try:
        return layout(layout_id, kind)
    except UserError:
        return None
