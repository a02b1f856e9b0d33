"""The XML of a Word table and its paragraphs, built as text: python-docx needs 50 times as long.

Cells that are merged down carry vMerge in each row they pass, those merged sideways gridSpan. Line
heights are exact, so that Word, WPS and LibreOffice break pages alike whatever fonts they find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from kpiapp.sheets import paper
from kpiapp.sheets.grid import Cell, Grid, Role
from kpiapp.sheets.legal import legal
from kpiapp.sheets.typeset import line_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FONT = "宋体"
FONTS = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
PAPER_ROLES = frozenset({Role.TITLE, Role.CAPTION, Role.UNIT, Role.NOTE})
"""Cells without border: they stand as paragraphs around the table."""
STYLES = {
    Role.TITLE: "KpiTitle",
    Role.CAPTION: "KpiCaption",
    Role.UNIT: "KpiUnit",
    Role.NOTE: "KpiNote",
}
SIZES = {
    Role.TITLE: (paper.TITLE, paper.TITLE_LINE, "center"),
    Role.CAPTION: (paper.CAPTION, paper.CAPTION_LINE, "left"),
    Role.UNIT: (paper.CAPTION, paper.CAPTION_LINE, "right"),
    Role.NOTE: (paper.BODY, paper.LINE, "left"),
}
BOLD = frozenset({Role.TITLE, Role.HEADING, Role.HEAD})
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
OUTLINED = '<w:outlineLvl w:val="0"/>'
UNBROKEN_LINES = 12
"""A row with more lines may break over two pages, a shorter one moves to the next."""


def twips(points: float) -> int:
    """Return twentieths of a point, Word's unit."""
    return round(points * 20)


def run(text: str, size: float, *, bold: bool = False) -> str:
    """Return one run; `\\t` becomes a tab, `\\n` a line break inside the paragraph."""
    if not text:
        return ""
    weight = "<w:b/><w:bCs/>" if bold else ""
    half = round(size * 2)
    look = f'<w:rPr>{FONTS}{weight}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
    inner = "".join(_inline(legal(text)))
    return f"<w:r>{look}{inner}</w:r>"


def _inline(text: str) -> Iterable[str]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield "<w:br/>"
        for place, part in enumerate(line.split("\t")):
            if place:
                yield "<w:tab/>"
            if part:
                yield f'<w:t xml:space="preserve">{escape(part)}</w:t>'


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def field_begin(instruction: str) -> str:
    """Return the runs that begin a field; its shown text and `FIELD_END` follow."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field(instruction: str, shown: str) -> str:
    """Return a whole field with the text it shows until Word updates it."""
    return field_begin(instruction) + run(shown, paper.BODY) + FIELD_END


def paragraph(
    runs: str, align: str, line: float, style: str = "", before: str = "", after: str = ""
) -> str:
    """Return one paragraph with an exact line height in points.

    Args:
        runs: its runs as XML.
        align: left, center or right.
        line: from one line to the next, in points.
        style: id of its style.
        before: properties that stand before the spacing in Word's order.
        after: properties that stand behind the alignment.
    """
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    spacing = (
        f'<w:spacing w:before="0" w:after="0" w:line="{twips(line)}" w:lineRule="exact"/>'
        f'<w:jc w:val="{align}"/>'
    )
    return f"<w:p><w:pPr>{named}{before}{spacing}{after}</w:pPr>{runs}</w:p>"


def is_outside(line: Sequence[Cell]) -> bool:
    """Tell whether a row has no borders and stands outside the table."""
    return bool(line) and all(cell.role in PAPER_ROLES for cell in line)


def outside(line: Sequence[Cell], room: float, bookmark: str = "") -> str:
    """Return the paragraph of a row without borders: title, date and unit, or a remark.

    Args:
        line: the cells of the row; a date at the left and a unit at the right share a line.
        room: width between the margins in points.
        bookmark: what the table of contents calls it, if it is listed there.
    """
    first = line[0]
    size, height, align = SIZES[first.role]
    bold = first.role in BOLD
    runs = run(first.text, size, bold=bold)
    tabs = ""
    for cell in line[1:]:
        runs += f"<w:r><w:tab/></w:r>{run(cell.text, size, bold=bold)}"
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{twips(room)}"/></w:tabs>'
    if first.role is Role.TITLE:
        tabs = "<w:keepNext/>" + tabs
    listed = OUTLINED if bookmark else ""
    return paragraph(
        marked(runs, bookmark), align, height, STYLES[first.role], tabs, after=listed
    )


def heading(text: str, bookmark: str) -> str:
    """Return the heading of a sheet in an annex (`表 12-1.项目支出绩效目标表`)."""
    runs = marked(run(text, paper.HEADING, bold=True), bookmark)
    return paragraph(runs, "left", paper.HEADING_LINE, "Heading1", "<w:keepNext/>", after=OUTLINED)


def marked(runs: str, bookmark: str) -> str:
    """Return runs between the ends of a bookmark; without a name, the runs alone."""
    if not bookmark:
        return runs
    number = bookmark.rpartition("_")[2]
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{bookmark}"/>{runs}'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def small_paragraph(after: str = "") -> str:
    """Return the paragraph that Word asks for behind a table, one point high."""
    return paragraph("", "left", 1, after=f'<w:rPr><w:sz w:val="2"/></w:rPr>{after}')


def section_end(page: paper.Paper) -> str:
    """Return the end of a section: what follows begins on a new page."""
    return small_paragraph(after=f"<w:sectPr>{page_size(page)}</w:sectPr>")


def page_size(page: paper.Paper) -> str:
    """Return the size and the margins of a page, as a section has them."""
    turned = ' w:orient="landscape"' if page.turned else ""
    side, top = twips(paper.SIDE), twips(paper.TOP)
    return (
        '<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{side}" w:bottom="{top}" w:left="{side}"'
        f' w:header="{top // 2}" w:footer="{top // 2}" w:gutter="0"/>'
    )


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
    heads = _head_rows(lines)
    rows = []
    above: list[Cell] = []
    for row, begun in enumerate(lines, first):
        above = [cell for cell in above if cell.bottom > row]
        cells = sorted([*above, *begun], key=lambda cell: cell.column)
        rows.append(_row(row, cells, grid, widths, repeated=row - first < heads))
        above += [cell for cell in begun if cell.row_span > 1]
    return (
        f'<w:tbl xmlns:w="{NAMESPACE}"><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{BORDERS}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/>'
        f'<w:right w:w="40" w:type="dxa"/></w:tblCellMar>{_described(describe)}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


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


def _row(row: int, cells: list[Cell], grid: Grid, widths: list[float], *, repeated: bool) -> str:
    least = max(grid.heights.get(row, 0.0), paper.LEAST_ROW)
    single = [cell for cell in cells if cell.row_span == 1]
    lines = max((line_count(cell, widths) for cell in single), default=1)
    whole = "<w:cantSplit/>" if lines <= UNBROKEN_LINES else ""
    head = "<w:tblHeader/>" if repeated else ""
    parts = []
    column = 0
    for cell in cells:
        parts.append(_gap(widths, column, cell.column))
        parts.append(_cell(cell, widths, passed=cell.row < row))
        column = cell.right
    parts.append(_gap(widths, column, len(widths)))
    return (
        f'<w:tr><w:trPr>{whole}<w:trHeight w:val="{twips(least)}" w:hRule="atLeast"/>{head}'
        f"</w:trPr>{''.join(parts)}</w:tr>"
    )


def _gap(widths: list[float], start: int, end: int) -> str:
    """Return blank cells where a grid has none, so that a row is whole."""
    blank = (Cell(0, column, "") for column in range(start, end))
    return "".join(_cell(cell, widths, passed=False) for cell in blank)


def _cell(cell: Cell, widths: list[float], *, passed: bool) -> str:
    width = twips(sum(widths[cell.column : cell.right]))
    sideways = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    down = ""
    if cell.row_span > 1:
        down = "<w:vMerge/>" if passed else '<w:vMerge w:val="restart"/>'
    text = "" if passed else cell.text
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{sideways}{down}'
        f'<w:vAlign w:val="center"/></w:tcPr>{_texts(cell, text, widths)}</w:tc>'
    )


def _texts(cell: Cell, text: str, widths: list[float]) -> str:
    """Return a paragraph a line: short texts centred, sentences from the left."""
    long = cell.role is Role.TEXT and line_count(cell, widths) > 1
    align = "left" if long else "center"
    bold = cell.role in BOLD
    return "".join(
        paragraph(run(line, paper.BODY, bold=bold), align, paper.LINE)
        for line in legal(text).split("\n")
    )
