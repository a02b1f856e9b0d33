"""What could be a label on a sheet of any district."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.form import Kind
from kpiapp.sheets.boxes import BOX
from kpiapp.sheets.layouts.layout import load_layouts, per_layouts
from kpiapp.sheets.page import written
from kpiapp.sheets.reading import labels
from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from kpiapp.sheets.grid import Cell, Grid

LONGEST_LABEL = 26
WHOLE = re.compile(r"整体支出|整体绩效|部门整体")
DEPARTMENT = re.compile(r"(?<!主管)(?<!财政)(?<!业务)部门")
PROJECT = re.compile(r"项目|专项|政策任务|转移支付")
FIRST_CELLS = 12
"""The title and the first labels tell whose sheet it is; further down any word may stand."""
ENUMERATION = re.compile(r"[(（]?[\d一二三四五六七八九十]{1,2}[、.．)）]")
AMOUNT = re.compile(r"[-—/\\¥￥]?\s*[\d,，.]*\s*(亿元|万元|千元|元|%)?")


@per_layouts
def known_labels() -> frozenset[str]:
    """Return the labels of fields and tables on all sheets that the program knows."""
    return frozenset(word for one in load_layouts() for word in labels(one))


def kind_of(grid: Grid) -> Kind:
    """Return whose form a sheet is, by its title and first labels."""
    cells = written(grid.cells)[:FIRST_CELLS]
    words = " ".join(canonical(text) for text in [*(cell.text for cell in cells), grid.name])
    if WHOLE.search(words) or (DEPARTMENT.search(words) and not PROJECT.search(words)):
        return Kind.DEPARTMENT
    return Kind.PROJECT


def looks_like_label(cell: Cell) -> bool:
    """Say whether a cell could be a label: short, words only."""
    word = canonical(cell.text)
    if word in known_labels():
        return True
    word = ENUMERATION.sub("", word)
    short = 1 < len(word) <= LONGEST_LABEL and not re.search(r"[\d。；;，]", word)
    return short and not AMOUNT.fullmatch(word) and not BOX.search(word)
