"""What the search of the window finds in the open library."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kpiapp.model.problem import Place
from ui.widgets.search_field import Target

if TYPE_CHECKING:
    from ui.workspace import Workspace


def places_to_go(workspace: Workspace) -> list[Target]:
    """Return the forms of the year and their indicators, for the search."""
    targets, rows = [], []
    for form in workspace.session.forms(workspace.year):
        go = partial(workspace.show_form, form.id)
        targets.append(Target(form.name or form.title, form.kind.label, go, "file-text"))
        seen = set()
        for row in form.indicators:
            if row.level3 and row.level3 not in seen:
                seen.add(row.level3)
                place = Place(form.id, row.horizon, row.goal, row.id, "name")
                rows.append(Target(row.level3, form.name, partial(workspace.go_to, place)))
    return targets + rows
