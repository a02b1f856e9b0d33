"""Blocks of cells in the indicator tree: which are copied, and what pasting one would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from kpiapp.services.forms import pasting
from kpiapp.services.forms.editing import Change
from ui.models.indicator_columns import PROBLEMS

if TYPE_CHECKING:
    from kpiapp.model.form import Form
    from kpiapp.services.forms.lines import Line
    from ui.widgets.indicator_view import IndicatorView


def selected(view: IndicatorView) -> list[tuple[Line, str]]:
    """Return the selected cells that hold something of an indicator."""
    tree = view.tree
    return [
        (line, tree.cell(index))
        for index in view.selected_cells()
        if (line := tree.line(index)) and tree.cell(index) != PROBLEMS
    ]


def copied(view: IndicatorView) -> str:
    """Return the rectangle around the selected cells as tab-separated text; some are selected."""
    cells = view.selected_cells()
    columns = range(min(x.column() for x in cells), max(x.column() for x in cells) + 1)
    rows = dict.fromkeys(index.siblingAtColumn(0) for index in cells)
    chosen = set(cells)
    shown = [n for n in columns if view.tree.columns[n].cell != PROBLEMS]
    block = [
        [
            str(cell.data(Qt.ItemDataRole.EditRole) or "") if cell in chosen else ""
            for cell in (row.siblingAtColumn(n) for n in shown)
        ]
        for row in rows
    ]
    return pasting.write_block(block)


def over_lines(block: pasting.Block, form: Form, view: IndicatorView) -> Change:
    """Return what a block changes that is pasted over lines, from the first selected cell on."""
    tree = view.tree
    start = min(view.selected_cells(), key=lambda x: x.column()).column()
    first = next((x for x in view.selected_cells() if tree.line(x)), view.currentIndex())
    lines = [line for index in view.visible_lines(first) if (line := tree.line(index))]
    cells = [x.cell for x in tree.columns[start:] if x.cell != PROBLEMS]
    return pasting.paste_lines(form, tree.shape, lines, cells, block)


def below_heading(block: pasting.Block, form: Form, view: IndicatorView) -> Change:
    """Return what a block adds as indicators to the group whose heading is current."""
    tree, here = view.tree, view.currentIndex()
    lines = list(tree.lines_below(here))
    if not lines or not tree.group(here):
        return Change("粘贴")
    cells = [x.cell for x in tree.columns if x.cell != PROBLEMS]
    return pasting.paste_into_group(form, tree.shape, lines, cells, block)
