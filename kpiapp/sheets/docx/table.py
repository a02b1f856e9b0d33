"""The XML of a Word table, built as text.

Cells that are merged down carry vMerge in each row they pass, those merged sideways gridSpan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from kpiapp.sheets import paper
from kpiapp.sheets.breaks import UNBROKEN_LINES, rows_kept
from kpiapp.sheets.docx.xml import BOLD, NAMESPACE, Look, paragraph, run, twips
from kpiapp.sheets.grid import Cell, Grid, Role
from kpiapp.sheets.legal import legal
from kpiapp.sheets.typeset import line_count

if TYPE_CHECKING:
    from collections.abc import Iterator

BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
MARGINS = "".join(
    f'<w:{side} w:w="{round(20 * room)}" w:type="dxa"/>'
    for side, room in zip(
        ("top", "left", "bottom", "right"), (paper.ABOVE, paper.PADDING) * 2, strict=True
    )
)


class _Row(NamedTuple):
    """One row of the table: its number, every cell in it, and how it stands on the page."""

    number: int
    cells: list[Cell]
    repeated: bool
    bound: bool


def table(grid: Grid, first: int, last: int, describe: str = "") -> str:
    """Return the table of the rows from `first` up to, not including, `last`.

    Args:
        grid: the sheet.
        first: the first row.
        last: the row behind the table.
        describe: kept as the table's alternative text, which survives copying.
    """
    widths = paper.column_widths(grid)
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    lines = grid.lines()[first:last]
    rows = (_row(row, grid.heights.get(row.number, 0.0), widths) for row in _rows(lines, first))
    return (
        f'<w:tbl xmlns:w="{NAMESPACE}"><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{MARGINS}</w:tblCellMar>'
        f"{_described(describe)}</w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _rows(lines: list[list[Cell]], first: int) -> Iterator[_Row]:
    """Yield each row with the cells that begin in it and those that pass it from above."""
    heads = _head_rows(lines)
    above: list[Cell] = []
    for place, (begun, bound) in enumerate(zip(lines, rows_kept(lines), strict=True)):
        above = [cell for cell in above if cell.bottom > first + place]
        cells = sorted([*above, *begun], key=lambda cell: cell.column)
        yield _Row(first + place, cells, place < heads, bound)
        above += [cell for cell in begun if cell.row_span > 1]


def _described(text: str) -> str:
    quoted = escape(text, {'"': "&quot;"})
    return f'<w:tblDescription w:val="{quoted}"/>' if text else ""


def _head_rows(lines: list[list[Cell]]) -> int:
    """Return how many rows from the top are heads only: Word can repeat no others."""
    count = 0
    while count < len(lines) and any(cell.role is Role.HEAD for cell in lines[count]):
        count += 1
    bottom = max((cell.bottom for line in lines[:count] for cell in line), default=0)
    return count if count < len(lines) and bottom <= lines[count][0].row else 0


def _row(row: _Row, least: float, widths: list[float]) -> str:
    single = [cell for cell in row.cells if cell.row_span == 1]
    lines = max((line_count(cell, widths) for cell in single), default=1)
    whole = "<w:cantSplit/>" if lines <= UNBROKEN_LINES else ""
    head = "<w:tblHeader/>" if row.repeated else ""
    height = twips(max(least, paper.LEAST_ROW))
    parts = []
    column = 0
    for cell in row.cells:
        parts.append(_gap(widths, column, cell.column))
        parts.append(_cell(cell, widths, passed=cell.row < row.number, bound=row.bound))
        column = cell.right
    parts.append(_gap(widths, column, len(widths)))
    return (
        f'<w:tr><w:trPr>{whole}<w:trHeight w:val="{height}" w:hRule="atLeast"/>{head}'
        f"</w:trPr>{''.join(parts)}</w:tr>"
    )


def _gap(widths: list[float], start: int, end: int) -> str:
    """Return blank cells where a grid has none, so that a row is whole."""
    blank = (Cell(0, column, "") for column in range(start, end))
    return "".join(_cell(cell, widths) for cell in blank)


def _cell(cell: Cell, widths: list[float], *, passed: bool = False, bound: bool = False) -> str:
    width = twips(sum(widths[cell.column : cell.right]))
    sideways = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    down = ""
    if cell.row_span > 1:
        down = "<w:vMerge/>" if passed else '<w:vMerge w:val="restart"/>'
    text = "" if passed else cell.text
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{sideways}{down}'
        f'<w:vAlign w:val="center"/></w:tcPr>{_texts(cell, text, widths, bound=bound)}</w:tc>'
    )


def _texts(cell: Cell, text: str, widths: list[float], *, bound: bool) -> str:
    """Return a paragraph a line: short texts centred, sentences from the left."""
    long = cell.role is Role.TEXT and line_count(cell, widths) > 1
    align = "left" if long else "center"
    bold = cell.role in BOLD
    look = Look(align, before="<w:keepNext/>" if bound else "")
    lines = legal(text).split("\n")
    return "".join(paragraph(run(line, paper.BODY, bold=bold), look) for line in lines)
