"""What reading a sheet gives: the form, and everything a person must know before taking it over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpiapp.model.form import Form
    from kpiapp.sheets.grid import Grid
    from kpiapp.sheets.layouts.blocks import Layout


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that was not used: its place (`B3`) and its text."""

    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A text that was made plain: its place, as it stood, as it was taken over."""

    cell: str
    before: str
    after: str


@dataclass(slots=True, kw_only=True)
class FromSheet:
    """What reading one sheet gives, whatever stands on it.

    Attributes:
        layout: the sheet it was read as.
        grid: the sheet itself.
        own: the sheet carries this program's marks: layout, year and id are certain.
        confidence: how sure the layout is, 0 to 1.
        unread: cells that were not used.
        changes: texts that were made plain.
        year_assumed: nothing on the sheet tells the budget year; ask.
        notes: other sentences for the report.
    """

    layout: Layout
    grid: Grid
    own: bool = False
    confidence: float = 1.0
    unread: list[Unread] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    year_assumed: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Draft(FromSheet):
    """A form as read from one sheet.

    Attributes:
        form: what was read.
        places: where values were read: (indicator id or field label, cell kind) -> `B3`.
    """

    form: Form
    places: dict[tuple[str, str], str] = field(default_factory=dict)
