"""How wide columns are: by what stands in them, within what there is."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

from ui.models.indicator_columns import PROBLEMS, line_text
from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFontMetrics

    from kpiapp.services.forms.lines import Line
    from ui.models.indicator_tree import IndicatorTree

MEASURED = 300
"""So many lines are enough to know the widths."""
INDENTS = 4 * 20 + style.STEP
LEAST_TEXT = 96
LEAST = {"name": 200, "standard": LEAST_TEXT, "note": LEAST_TEXT}
MOST = {"name": 400, "standard": 320, "note": 320}
LEAST_VALUE, MOST_VALUE = 80, 144


def wanted_widths(
    tree: IndicatorTree, metrics: QFontMetrics, lines: Sequence[Line] | None = None
) -> list[int]:
    """Return the width that each column of the tree wants, in pixels.

    Args:
        tree: the tree.
        metrics: of its font.
        lines: whose texts count; by default the first ones of the form.
    """
    if lines is None:
        lines = list(islice(tree.lines_below(QModelIndex()), MEASURED))
    found = []
    for column in tree.columns:
        if column.cell == PROBLEMS:
            found.append(column.width)
            continue
        texts = [line_text(line, column.cell) for line in lines]
        width = max((metrics.horizontalAdvance(x) for x in (*texts, column.head)), default=0)
        width += 2 * style.STEP + (INDENTS if column.cell == "name" else 0)
        least = LEAST.get(column.cell, LEAST_VALUE)
        found.append(min(max(width, least), MOST.get(column.cell, MOST_VALUE)))
    return found


def shared_widths(tree: IndicatorTree, wanted: Sequence[int], room: int) -> list[int]:
    """Return widths that fill `room`: long texts give way first, and take what is left over."""
    widths = list(wanted)
    cells = [column.cell for column in tree.columns]
    texts = [cells.index(cell) for cell in ("standard", "note") if cell in cells]
    lack = sum(widths) - room
    if lack > 0 and texts:
        here = sum(widths[n] for n in texts) - lack
        for n, width in zip(
            texts, poured([widths[n] for n in texts], here, LEAST_TEXT), strict=True
        ):
            widths[n] = width
    widths[0] = max(LEAST["name"], widths[0] - max(0, sum(widths) - room))
    if texts and sum(widths) < room:
        widths[texts[-1]] += room - sum(widths)
    return widths


def raised(widths: Sequence[int], least: Sequence[int]) -> list[int]:
    """Return widths of the same sum where none is below its least while another has to spare.

    >>> raised([100, 50], [60, 70])
    [80, 70]
    """
    result = [max(pair) for pair in zip(widths, least, strict=True)]
    lack = sum(result) - sum(widths)
    while lack > 0:
        n = max(range(len(result)), key=lambda n: result[n] - least[n])
        part = min(lack, (result[n] - least[n] + 1) // 2)
        if part == 0:
            break
        result[n] -= part
        lack -= part
    return result


def poured(wanted: Sequence[int], room: int, least: int, takers: Sequence[int] = ()) -> list[int]:
    """Return widths that fill `room`: short columns get what they want, long ones share the rest.

    Args:
        wanted: what each would like.
        room: what there is.
        least: what each gets at least.
        takers: the columns that share what nobody wants; the widest if none.

    >>> poured([50, 400, 400], 450, 40)
    [50, 200, 200]
    >>> poured([], 450, 40)
    []
    """
    if not wanted:
        return []
    widths = [0] * len(wanted)
    left = room
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    for done, n in enumerate(order):
        widths[n] = max(least, min(wanted[n], left // (len(order) - done)))
        left -= widths[n]
    heirs = takers or order[-1:]
    share, over = divmod(max(0, left), len(heirs))
    for n in heirs:
        widths[n] += share
    widths[heirs[-1]] += over
    return widths
