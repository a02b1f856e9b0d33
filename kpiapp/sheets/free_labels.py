"""What could be a label on a sheet of any district."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.sheets.boxes import BOX
from kpiapp.sheets.layout import load_layouts, per_layouts
from kpiapp.sheets.reading import labels
from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from kpiapp.sheets.grid import Cell

LONGEST_LABEL = 26
AMOUNT = re.compile(r"[-—/\\¥￥]?\s*[\d,，.]*\s*(亿元|万元|千元|元|%)?")


@per_layouts
def known_labels() -> frozenset[str]:
    """Return the labels of fields and tables on all sheets that the program knows."""
    return frozenset(word for one in load_layouts() for word in labels(one))


def looks_like_label(cell: Cell) -> bool:
    """Tell whether a cell could be a label: short, words only."""
    word = canonical(cell.text)
    if word in known_labels():
        return True
    short = 1 < len(word) <= LONGEST_LABEL and not re.search(r"[\d。；;，]", word)
    return short and not AMOUNT.fullmatch(word) and not BOX.search(word)
