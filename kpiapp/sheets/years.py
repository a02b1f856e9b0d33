"""The budget year of a sheet: heads, else its date, its title, its 起始年度, else the layout's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.stages import Stage, is_declared
from kpiapp.sheets.layouts.blocks import TitleBlock
from kpiapp.sheets.words import YEAR

if TYPE_CHECKING:
    from kpiapp.model.form import Form
    from kpiapp.sheets.reading import Reading

SECOND_HALF = 7


def settle_year(reading: Reading) -> bool:
    """Set year and end of the long-term goals; return whether the year is only assumed.

    A layout serves the year in its id and later ones, so an earlier 起始年度 (of a project that
    runs for years) tells nothing.
    """
    form = reading.form
    for goal in form.goals:
        if goal.horizon is Horizon.LONG_TERM:
            goal.until = reading.until
    if form.year:
        return False
    found = _from_heads(reading) or year_of_date(form) or _from_title(reading)
    if not found:
        start = YEAR.search(form.fields.get("起始年度", ""))
        found = int(start[0]) if start and int(start[0]) >= reading.layout.first_year else 0
    form.year = found or reading.layout.first_year
    return not found


def _from_heads(reading: Reading) -> int:
    return reading.years.most_common(1)[0][0] if reading.years else 0


def year_of_date(form: Form) -> int:
    """Return the year that a sheet of this date is for, 0 if none is printed.

    A declaration of the second half of a year is for the next one; what came of a year is told in
    it, or in the first half of the next one.
    """
    filled_on = form.filled_on
    if not filled_on or not filled_on[:4].isdigit():
        return 0
    year, month = int(filled_on[:4]), filled_on[5:7]
    late = not month.isdigit() or int(month) >= SECOND_HALF
    if form.stage == Stage.EVALUATION:
        return year if late else year - 1
    return year + (1 if late and is_declared(form.stage) else 0)


def _from_title(reading: Reading) -> int:
    block = next(reading.layout.of_type(TitleBlock), None)
    found = YEAR.search(reading.form.title)
    return int(found[0]) if block and found else 0
