"""From a file to drafts: read its sheets, find their layouts, parse them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.sheets import xlsx
from kpiapp.sheets.detect import ENOUGH, detect
from kpiapp.sheets.dividing import forms_on
from kpiapp.sheets.freeform import read_freely
from kpiapp.sheets.layout import layout as layout_named
from kpiapp.sheets.mending import mended
from kpiapp.sheets.parse import parse
from kpiapp.sheets.result_reading import read_result

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.sheets.blocks import Layout
    from kpiapp.sheets.draft import Draft
    from kpiapp.sheets.grid import Grid

CLEAR = 0.7
"""From here on a sheet is read as the layout it was taken for, whatever else it could be."""


def read_drafts(path: Path, *, layout_id: str = "") -> list[Draft]:
    """Return the forms in a workbook; sheets that hold none are left out.

    Args:
        path: the workbook.
        layout_id: read every sheet as this layout; by default each is recognised.

    Raises:
        UserError: the file cannot be read, or no sheet of it is a known form.
    """
    grids = [part for grid in xlsx.read(path) if not grid.hidden for part in forms_on(grid)]
    drafts = [draft for grid in grids if (draft := read_draft(grid, path.stem, layout_id))]
    if not drafts:
        raise UserError(
            f"“{path.name}”里没有认得出的绩效目标表",
            "请确认是绩效目标申报表；如是别的区县的表样，请先添加表样",
        )
    return drafts


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
