"""The table of contents of an annex: a real field of Word, filled in already.

Page numbers are right without updating: rows have known heights (exact lines), so the pages that
each sheet takes are counted beforehand, as Word breaks them.
"""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from kpiapp.sheets import paper
from kpiapp.sheets.breaks import UNBROKEN_LINES, is_outside, rows_kept
from kpiapp.sheets.docx import xml
from kpiapp.sheets.docx.xml import Look
from kpiapp.sheets.grid import Role
from kpiapp.sheets.legal import legal
from kpiapp.sheets.typeset import break_lines, line_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpiapp.sheets.grid import Cell, Grid

ENTRY_LINE = 20.0
FIELD = 'TOC \\o "1-1" \\h \\z \\u'
BORDER = 0.5


def bookmark(number: int) -> str:
    """Return the name by which the table of contents knows a sheet, counted from 0."""
    return f"_Toc_{number + 1}"


def contents(
    grids: Sequence[Grid], names: Sequence[str], title: str, *, shown: bool
) -> Iterator[str]:
    """Yield the page with the table of contents as XML.

    Args:
        grids: the sheets.
        names: what each is called.
        title: name of the document, printed on top.
        shown: whether the names are printed above the sheets, and so take room there.
    """
    if title:
        runs = xml.run(title, paper.TITLE, bold=True)
        yield xml.paragraph(runs, Look("center", paper.TITLE_LINE, "KpiCover"))
    room = paper.UPRIGHT.room
    pages = first_pages(grids, names, title, shown=shown)
    entries = [
        _entry(name, bookmark(number), page, room)
        for number, (name, page) in enumerate(zip(names, pages, strict=True))
    ]
    yield (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
    )
    runs = xml.run("目  录", paper.TITLE, bold=True)
    yield xml.paragraph(runs, Look("center", paper.TITLE_LINE * 1.5))
    begin = xml.field_begin(FIELD)
    yield from (
        xml.paragraph(begin * (not n) + runs, Look("left", ENTRY_LINE, "TOC1", tabs))
        for n, (runs, tabs) in enumerate(entries)
    )
    yield xml.paragraph(xml.FIELD_END, Look(line=1))
    yield "</w:sdtContent></w:sdt>"


def _entry(name: str, mark: str, page: int, room: float) -> tuple[str, str]:
    """Return the runs and the tab stops of one line: name, dots, page."""
    text = legal(name).replace("\n", " ").replace("\t", " ")
    number = xml.field(f"PAGEREF {mark} \\h", str(page))
    runs = (
        f'<w:hyperlink w:anchor="{mark}" w:history="1">{xml.run(text, paper.CAPTION)}'
        f"<w:r><w:tab/></w:r>{number}</w:hyperlink>"
    )
    stop = f'<w:tab w:val="right" w:leader="dot" w:pos="{xml.twips(room)}"/>'
    return runs, f"<w:tabs>{stop}</w:tabs>"


def first_pages(
    grids: Sequence[Grid], names: Sequence[str], title: str, *, shown: bool
) -> list[int]:
    """Return the page on which each sheet begins, as Word counts them."""
    room = paper.UPRIGHT.room / paper.CAPTION - 4
    lines = sum(len(break_lines(name, room)) for name in names)
    top = paper.TITLE_LINE * 1.5 + (paper.TITLE_LINE if title else 0)
    page = 1 + ceil((top + lines * ENTRY_LINE) / paper.UPRIGHT.depth)
    pages = []
    for grid in grids:
        pages.append(page)
        page += page_count(grid, paper.HEADING_LINE if shown else 0.0)
    return pages


def page_count(grid: Grid, top: float = 0.0) -> int:
    """Return how many pages a sheet takes in Word.

    Args:
        grid: the sheet.
        top: height of what stands above it on its first page, in points.
    """
    depth = paper.paper_of(grid).depth
    page, used = 1, top
    for height, whole in _blocks(grid):
        if used + height <= depth:
            used += height
        elif whole and used and height <= depth:
            page, used = page + 1, height
        else:
            filled = max(floor((depth - used) / paper.LINE), 0) * paper.LINE
            page += ceil((height - filled) / depth)
            used = (height - filled) % depth
    return page


def _blocks(grid: Grid) -> Iterator[tuple[float, bool]]:
    """Yield height and wholeness of rows, those that stay together as one."""
    heights = row_heights(grid)
    kept = rows_kept(grid.lines())
    gathered = 0.0
    for (height, whole), bound in zip(heights, kept, strict=True):
        if bound:
            gathered += height
        else:
            yield gathered + height, whole
            gathered = 0.0
    if gathered:
        yield gathered, True


def row_heights(grid: Grid) -> list[tuple[float, bool]]:
    """Return each row's height in points, and whether it moves to the next page as a whole."""
    widths = paper.column_widths(grid)
    rows: list[tuple[float, bool]] = []
    tall: list[Cell] = []
    for row, line in enumerate(grid.lines()):
        if is_outside(line):
            rows.append((_outside_height(line[0], grid), True))
            continue
        lines = max((line_count(cell, widths) for cell in line if cell.row_span == 1), default=1)
        height = max(paper.text_height(lines), grid.heights.get(row, 0.0), paper.LEAST_ROW)
        tall += [cell for cell in line if cell.row_span > 1]
        for cell in [one for one in tall if one.bottom == row + 1]:
            above = sum(high for high, _ in rows[cell.row : row])
            height = max(height, paper.text_height(line_count(cell, widths)) - above)
        rows.append((height + BORDER, lines <= UNBROKEN_LINES))
    return rows


def _outside_height(cell: Cell, grid: Grid) -> float:
    size, line, _ = xml.SIZES[cell.role]
    room = paper.paper_of(grid).room / size
    broken = cell.role in {Role.TITLE, Role.NOTE, Role.PROSE}
    return line * (len(break_lines(cell.text, room)) if broken else 1)
