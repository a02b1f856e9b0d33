"""The end of a reading, whoever walked over the sheet: order, budget year, what was left over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.sheets.draft import Draft, Unread
from kpiapp.sheets.years import settle_year

if TYPE_CHECKING:
    from kpiapp.sheets.grid import Grid
    from kpiapp.sheets.reading import Reading


def finished(reading: Reading, grid: Grid) -> Draft:
    """Return what was read from a sheet.

    Long-term stands before annual, goal by goal, as the interchange file has them.
    """
    form = reading.form
    form.goals.sort(key=lambda goal: (goal.horizon is Horizon.ANNUAL, goal.number))
    form.indicators.sort(key=lambda row: (row.horizon is Horizon.ANNUAL, row.goal))
    assumed = settle_year(reading)
    return Draft(
        form=form,
        layout=reading.layout,
        grid=grid,
        own=reading.own,
        unread=[Unread(cell.name, cell.text) for cell in reading.page.unread()],
        changes=reading.changes,
        year_assumed=assumed,
        places=reading.places,
    )
