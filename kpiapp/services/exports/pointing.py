"""Where on the printed sheet of a form something stands, so that the preview can point at it.

The sheet is read back as an imported one would be: the reader keeps the cell of every value, and
the writers need to know nothing of places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.grid import Role
from kpiapp.sheets.layouts.layout import layout
from kpiapp.sheets.parsing.parse import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpiapp.model.form import Form, Indicator
    from kpiapp.model.problem import Place
    from kpiapp.sheets.grid import Grid

CELLS: Final = {"name": "level3", "row": "level3", "group": "level2", "note": "note"}
"""What the reader calls the cells that a place names by another word."""
NAMES: Final = (Role.LABEL, Role.HEADING, Role.HEAD)


def cell_of(form: Form, place: Place) -> str:
    """Return the cell (`B3`) of the printed form that a place names, "" where there is none.

    Args:
        form: as it prints now, in a layout that is known.
        place: of a finding in it.

    Raises:
        UserError: its layout is not known.
    """
    known = layout(form.layout, form.kind)
    grid = fill(form, known)
    draft = parse(grid, known)
    if place.indicator:
        row = _same_row(form, draft.form, place.indicator)
        return _cell_of_row(draft.places, row.id, place.cell) if row else ""
    found = _cell_of_field(grid, draft.places, place.field) if place.field else ""
    return found or _cell_of_goal(grid, form, place)


def _same_row(form: Form, printed: Form, indicator: str) -> Indicator | None:
    """Return the printed row of an indicator: among rows that say the same, the one at its turn."""
    wanted = next((row for row in form.indicators if row.id == indicator), None)
    if wanted is None:
        return None
    turn = [row.id for row in form.indicators if _said(row) == _said(wanted)].index(indicator)
    same = [row for row in printed.indicators if _said(row) == _said(wanted)]
    return same[min(turn, len(same) - 1)] if same else None


def _said(row: Indicator) -> tuple[object, ...]:
    return row.horizon, row.goal, "".join(row.level3.split()), "".join(row.target.split())


def _cell_of_row(places: Mapping[tuple[str, str], str], row: str, cell: str | None) -> str:
    """Return a cell of a row; its name where the layout does not print that one."""
    found = places.get((row, CELLS.get(cell or "name", cell or "")), "")
    return found or places.get((row, "level3"), "")


def _cell_of_goal(grid: Grid, form: Form, place: Place) -> str:
    """Return the cell that prints the text of a goal, alone or behind its name."""
    goals = (x for x in form.goals if (x.horizon, x.number) == (place.horizon, place.goal))
    text = next((goal.text for goal in goals), "")
    return next((x.name for x in grid.cells if text and text in x.text), "")


def _cell_of_field(grid: Grid, places: Mapping[tuple[str, str], str], field: str) -> str:
    """Return the value of a field or of ticked options; of an inner table the row or its name."""
    label, _, rest = field.partition(" / ")
    parts = [part for part in rest.split(" / ") if part]
    if not parts:
        for kind in ("field", "choice"):
            if cell := places.get((label, kind)):
                return cell
    names = [x for x in grid.cells if x.role in NAMES and "".join(x.text.split()) == label]
    start = names[0].row if names else 0
    inside = (x.name for x in grid.cells if x.row >= start and parts and x.text == parts[0])
    return next(inside, names[0].name if names else "")
