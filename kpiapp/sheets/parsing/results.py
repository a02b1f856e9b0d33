"""自评表 and 监控表 coming back: read by the layouts that print them, with the form's own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.sheets.detect import ENOUGH, detect
from kpiapp.sheets.layouts.layout import result_layouts
from kpiapp.sheets.layouts.worded import worded, words_on
from kpiapp.sheets.parsing.parse import parse

if TYPE_CHECKING:
    from kpiapp.sheets.draft import Draft
    from kpiapp.sheets.grid import Grid

NAMED = re.compile(r"自\s*评|监\s*控")
TITLE_CELLS = 12


def read_result(grid: Grid) -> Draft | None:
    """Return the 自评表 or 监控表 on a sheet, None if it is none that the program prints."""
    known = {one.id for one in result_layouts()}
    named = any(NAMED.search(cell.text) for cell in sorted(grid.cells)[:TITLE_CELLS])
    if not (named or grid.marks.get("layout") in known):
        return None
    layouts = [worded(one, words_on(grid, one)) for one in result_layouts()]
    best = detect(grid, layouts)[0]
    if best.confidence < ENOUGH:
        return None
    draft = parse(grid, best.layout)
    draft.confidence = best.confidence
    return draft
