"""The XML of Word paragraphs, built as text: python-docx needs 50 times as long.

Line heights are exact, so that Word, WPS and LibreOffice break pages alike whatever fonts they
find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from kpiapp.sheets import paper
from kpiapp.sheets.grid import Role
from kpiapp.sheets.legal import legal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpiapp.sheets.grid import Cell

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FONT = "宋体"
FONTS = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
STYLES = {
    Role.TITLE: "KpiTitle",
    Role.CAPTION: "KpiCaption",
    Role.UNIT: "KpiUnit",
    Role.NOTE: "KpiNote",
    Role.PROSE: "KpiProse",
}
SIZES = {
    Role.TITLE: (paper.TITLE, paper.TITLE_LINE, "center"),
    Role.CAPTION: (paper.CAPTION, paper.CAPTION_LINE, "left"),
    Role.UNIT: (paper.CAPTION, paper.CAPTION_LINE, "right"),
    Role.NOTE: (paper.BODY, paper.LINE, "left"),
    Role.PROSE: (paper.PROSE, paper.PROSE_LINE, "left"),
}
BOLD = frozenset({Role.TITLE, Role.HEADING, Role.HEAD})
OUTLINED = '<w:outlineLvl w:val="0"/>'


def twips(points: float) -> int:
    """Return twentieths of a point, Word's unit."""
    return round(points * 20)


def run(text: str, size: float, *, bold: bool = False) -> str:
    """Return one run; tabs stay tabs, a line end breaks the line inside the paragraph."""
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


class Look(NamedTuple):
    """How a paragraph is set.

    Attributes:
        align: left, center or right.
        line: from one line to the next, in points.
        style: id of its style.
        before: properties that stand before the spacing in Word's order.
        after: properties that stand behind the alignment.
    """

    align: str = "left"
    line: float = paper.LINE
    style: str = ""
    before: str = ""
    after: str = ""


def paragraph(runs: str, look: Look) -> str:
    """Return one paragraph with an exact line height."""
    named = f'<w:pStyle w:val="{look.style}"/>' if look.style else ""
    spacing = (
        f'<w:spacing w:before="0" w:after="0" w:line="{twips(look.line)}" w:lineRule="exact"/>'
        f'<w:jc w:val="{look.align}"/>'
    )
    return f"<w:p><w:pPr>{named}{look.before}{spacing}{look.after}</w:pPr>{runs}</w:p>"


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
    texts = [cell.text for cell in line]
    if first.role in {Role.CAPTION, Role.UNIT}:  # a tab parts the date from the unit
        texts = [text.replace("\t", " ") for text in texts]
    runs = run(texts[0], size, bold=bold)
    tabs = ""
    for text in texts[1:]:
        runs += f"<w:r><w:tab/></w:r>{run(text, size, bold=bold)}"
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{twips(room)}"/></w:tabs>'
    if first.role is Role.TITLE:
        tabs = "<w:keepNext/>" + tabs
    listed = OUTLINED if bookmark else ""
    look = Look(align, height, STYLES[first.role], tabs, listed)
    return paragraph(marked(runs, bookmark), look)


def heading(text: str, bookmark: str) -> str:
    """Return the heading of a sheet in an annex (`表 12-1.项目支出绩效目标表`)."""
    runs = marked(run(text, paper.HEADING, bold=True), bookmark)
    look = Look("left", paper.HEADING_LINE, "Heading1", "<w:keepNext/>", OUTLINED)
    return paragraph(runs, look)


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
    return paragraph("", Look(line=1, after=f'<w:rPr><w:sz w:val="2"/></w:rPr>{after}'))


def section_end(page: paper.Paper, footer: str) -> str:
    """Return the end of a section: what follows begins on a new page."""
    return small_paragraph(after=f"<w:sectPr>{footer}{page_size(page)}</w:sectPr>")


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
