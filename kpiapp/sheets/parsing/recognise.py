"""From a sheet to a draft: find its layout and parse it, or read it by its labels alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.sheets.detect import ENOUGH, detect
from kpiapp.sheets.free.freeform import read_freely
from kpiapp.sheets.free.mending import mended
from kpiapp.sheets.layouts.layout import layout as layout_named
from kpiapp.sheets.parsing.parse import parse
from kpiapp.sheets.parsing.results import read_result

if TYPE_CHECKING:
    from kpiapp.sheets.draft import Draft
    from kpiapp.sheets.grid import Grid
    from kpiapp.sheets.layouts.blocks import Layout

CLEAR = 0.7
"""From here on a sheet is read as the layout it was taken for, whatever else it could be."""


def read_draft(grid: Grid, stem: str = "", layout_id: str = "") -> Draft | None:
    """Return the form on one sheet, or None if it is not recognised.

    Args:
        grid: the sheet.
        stem: name of its file without suffix; where it is a form's id, the form keeps it.
        layout_id: read it as this layout.
    """
    whole = mended(grid)
    draft = _read(whole, stem, layout_id)
    result = None if layout_id else read_result(whole)
    if result and (draft is None or _better(draft, result) is result):
        draft = result
    if draft:
        draft.grid = grid
    return draft


def _read(grid: Grid, stem: str, layout_id: str) -> Draft | None:
    matches = detect(grid)
    best = matches[0]
    if layout_id:
        best = next((match for match in matches if match.layout.id == layout_id), best)
        if best.layout.id != layout_id:
            best = best._replace(layout=layout_named(layout_id, best.layout.kind))
    elif best.confidence < ENOUGH:
        return read_freely(grid)
    draft = parse(grid, best.layout, form_id=id_in(stem, best.layout))
    draft.confidence = best.confidence
    if best.confidence < CLEAR and not layout_id:
        return _better(draft, read_freely(grid))
    return draft


def _better(draft: Draft, free: Draft | None) -> Draft:
    """Return the second reading where it finds more, or leaves less over, than the first."""
    if free is None:
        return draft
    found, more = (
        sum(bool(row.level3 and row.target) for row in one.form.indicators) for one in (draft, free)
    )
    left, unknown = (
        len(one.unread) + sum(len(row.extra) for row in one.form.indicators)
        for one in (draft, free)
    )
    return free if more > found or (more == found and unknown < left) else draft


def id_in(stem: str, layout: Layout) -> str:
    """Return the form id that a file's name is, or "".

    The interchange names forms district-year-dept or district-year-p01.
    """
    end = "dept" if layout.kind == "department" else r"p\d+"
    prefix = layout.id.partition("-")[0]
    return stem if re.fullmatch(rf"{re.escape(prefix)}-\d{{4}}-{end}", stem) else ""
