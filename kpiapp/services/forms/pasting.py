"""Blocks of cells on their way to and from a spreadsheet, as tab-separated text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpiapp.model.edit import Edit, SetValue, apply_all
from kpiapp.model.form import new_id
from kpiapp.model.interchange import form_from_json, form_to_json
from kpiapp.services.forms.editing import Change, cell_text, joined, set_cell, title_of
from kpiapp.services.forms.rearranging import add_indicator, goal_of
from kpiapp.services.forms.tables import add_row
from kpiapp.sheets.text import line_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.form import Form
    from kpiapp.services.forms.lines import Line
    from kpiapp.services.forms.shape import Shape

Block = list[list[str]]


def read_block(text: str) -> Block:
    r"""Return the cells of tab-separated text as Excel and WPS copy it.

    Cells with line breaks come in quotation marks; the last line break is no row.

    >>> read_block('a\tb\n"c\nd"\te\n')
    [['a', 'b'], ['c\nd', 'e']]
    """
    return rows_of(text.replace("\r\n", "\n").replace("\r", "\n"))


def read_clipboard(html: str, text: str) -> Block:
    """Return the cells that Word, WPS, Excel or a browser has put on the clipboard.

    Args:
        html: its content as a web page, or "". Read first where it has a table: in the text of
            Word, a cell of two paragraphs cannot be told from two rows.
        text: its content as tab-separated text, or "".
    """
    from kpiapp.sheets import html_read

    table = "<table" in html.lower()
    found = html_read.rows_of(html) if table or not text else []
    return found or (read_block(text) if text else [])


def in_one_line(block: Block) -> str:
    r"""Return what a field of one line takes of a block.

    >>> in_one_line([["文明创建活动\n开展次数 ", "≥2次"]])
    '文明创建活动开展次数 ≥2次'
    """
    return _unbroken("\n".join(" ".join(filter(None, map(str.strip, row))) for row in block))


def _unbroken(text: str) -> str:
    """Join lines: with a blank between Latin words, without between Chinese signs."""
    joined_up = ""
    for line in map(str.strip, text.splitlines()):
        latin = joined_up[-1:].isascii() and line[:1].isascii()
        joined_up += f" {line}" if joined_up and line and latin else line
    return joined_up


def in_lines(block: Block) -> str:
    r"""Return what a text of several lines takes of a block: a row a line.

    >>> in_lines([["甲", "1"], ["乙", "2"]])
    '甲\t1\n乙\t2'
    """
    return "\n".join("\t".join(row) for row in block)


def write_block(block: Block) -> str:
    r"""Return cells as tab-separated text that Excel and WPS paste as cells.

    >>> write_block([['a', 'b'], ['c\nd', 'e']])
    'a\tb\n"c\nd"\te\n'
    """
    return "".join(line_of(row) + "\n" for row in block)


def fill_cells(form: Form, cells: Sequence[tuple[Line, str]], text: str) -> Change:
    """Write one text into several cells."""
    label = f"粘贴到{len(cells)}个单元格" if len(cells) > 1 else f"粘贴{title_of(cells[0][1])}"
    return joined(label, (set_cell(form, line, cell, text) for line, cell in cells))


def paste_lines(
    form: Form, shape: Shape, lines: Sequence[Line], cells: Sequence[str], block: Block
) -> Change:
    """Write a block over indicators, from the first line and the first cell on.

    Args:
        form: the form.
        shape: what its tables print.
        lines: the lines from the first one on, in the order they are shown.
        cells: the columns from the first one on; what is wider than they are is left out.
        block: the texts. Rows beyond the last line become indicators of its group if the block
            begins with names; else they are left out. The label of the step counts what is.
    """
    changes = [
        set_cell(form, line, cell, text)
        for line, row in zip(lines, block, strict=False)
        for cell, text in zip(cells, row, strict=False)
        if (cell_text(line, cell) or "") != text
    ]
    rows = len(lines)
    if block[rows:] and lines and cells[0] == "name":
        changes.append(append_lines(form, shape, lines[-1], cells, block[rows:]))
        rows = len(block)
    label = f"粘贴{len(block[:rows])}行{max(map(len, block), default=0)}列"
    return joined(label + left_out(block, rows, len(cells)), changes)


def left_out(block: Block, rows: int, columns: int) -> str:
    """Return how many texts found no room in so many rows and columns, for the label of a step."""
    beyond = [text for row in block[:rows] for text in row[columns:]]
    beyond += [text for row in block[rows:] for text in row]
    lost = sum(bool(text.strip()) for text in beyond)
    return f"，有{lost}格放不下，没有放入" if lost else ""


def paste_into_group(
    form: Form, shape: Shape, lines: Sequence[Line], cells: Sequence[str], block: Block
) -> Change:
    """Write a block below the heading of a group: into its blank lines, then as new ones.

    Args:
        form: the form.
        shape: what its tables print.
        lines: the lines of the group; the blank ones at its end are written into.
        cells: all columns, beginning with the name.
        block: the texts.
    """
    written = [n for n, x in enumerate(lines, 1) if any(cell_text(x, cell) for cell in cells)]
    blank = lines[max(written, default=0) :]
    if not blank:
        return append_lines(form, shape, lines[-1], cells, block)
    change = paste_lines(form, shape, blank, cells, block)
    return replace(change, focus=blank[0].main.id)


def append_lines(
    form: Form, shape: Shape, like: Line, cells: Sequence[str], block: Block
) -> Change:
    """Add an indicator to the goal and group of a line for every row of a block with a name."""
    number, group = like.main.goal, like.group
    work = form_from_json(form_to_json(form, ids=True))
    edits: list[Edit] = []
    focus = None
    for row in block:
        if not row or not row[0].strip():
            continue
        after = goal_of(work, number).groups()[group][-1]
        added = add_indicator(work, shape, after, level3=row[0])
        apply_all(work, added.edits)
        line = next(x for x in goal_of(work, number).lines if x.main.id == added.focus)
        filled = [set_cell(work, line, c, t) for c, t in zip(cells, row, strict=False)]
        values = [edit for change in filled for edit in change.edits]
        apply_all(work, values)
        edits += [*added.edits, *values]
        focus = focus or added.focus
    lost = left_out(block, len(block), len(cells))
    return Change(f"粘贴{len(block)}个指标{lost}", tuple(edits), focus)


def paste_table(form: Form, label: str, row: int, column: int, block: Block) -> Change:
    """Write a block into an inner table; rows beyond the last one are added."""
    table = form.tables[label]
    edits: list[Edit] = [
        SetValue(("tables", label, table.rows[row + r].id, column + c), text)
        for r, texts in enumerate(block[: len(table.rows) - row])
        for c, text in enumerate(texts[: len(table.columns) - column])
        if table.rows[row + r].cells[column + c] != text
    ]
    for texts in block[len(table.rows) - row :]:
        cells = [""] * len(table.columns)
        cells[column : column + len(texts)] = texts
        edits += add_row(form, label, None, cells[: len(table.columns)], new_id()).edits
    lost = left_out(block, len(block), len(table.columns) - column)
    return Change(f"粘贴到{label}{lost}", tuple(edits))
