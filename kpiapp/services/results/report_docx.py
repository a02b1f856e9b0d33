"""How a written report looks in Word: title, headings, indented text, a table at the end."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

Part = tuple[int, str]
"""A paragraph: the level of its heading (0 for plain text), and the text."""
FONT: Final = "宋体"
_TITLE, _BODY = 18, 12
_HEADINGS: Final = {1: 16, 2: 14, 3: 12}
"""Points of the headings, by level."""
_MARGIN: Final = 2.6
"""Centimetres left and right; the table is as wide as what is left of A4."""
_ROOM: Final = 21 - 2 * _MARGIN
_NAME_SHARE: Final = 0.34
"""Share of the table that its first column, the names, takes."""


def as_docx(title: str, parts: Sequence[Part], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a document.

    Args:
        title: stands above, in the middle.
        parts: headings and paragraphs, from top to bottom.
        rows: a table behind them; the first row is its head, the first column names.
    """
    from docx import Document

    document = Document()
    _set_page(document)
    _set_styles(document)
    document.add_heading(title, level=0)
    for level, text in parts:
        if level:
            document.add_heading(text, level=level)
        else:
            document.add_paragraph(text)
    _add_table(document, rows)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_page(document: Any) -> None:
    """A4 upright, which the template of the library is not."""
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(_MARGIN)


def _set_styles(document: Any) -> None:
    """Give every style a Chinese font, text its indent of two characters, headings their sizes."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    for style in document.styles:
        if getattr(style, "font", None) is not None:
            _chinese(style)
    body = document.styles["Normal"]
    body.font.size = Pt(_BODY)
    body.paragraph_format.line_spacing = 1.5
    body.paragraph_format.space_after = Pt(0)
    body.paragraph_format.first_line_indent = Pt(2 * _BODY)
    title = document.styles["Title"]
    title.font.size, title.font.bold = Pt(_TITLE), True
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.first_line_indent = Pt(0)
    _without_line(title)
    for level, size in _HEADINGS.items():
        heading = document.styles[f"Heading {level}"]
        heading.font.size, heading.font.bold = Pt(size), True
        heading.paragraph_format.space_before = Pt(6)


def _chinese(style: Any) -> None:
    """Word asks for the font of Chinese texts by w:eastAsia; themes would take its place."""
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    style.font.name = FONT
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for old in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[old]
    fonts.set(qn("w:eastAsia"), FONT)


def _without_line(style: Any) -> None:
    """Take the rule below the title of the template away."""
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _add_table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    table.autofit = False
    first = _ROOM * _NAME_SHARE
    widths = [first, *[(_ROOM - first) / (len(rows[0]) - 1)] * (len(rows[0]) - 1)]
    for one, width in zip(table.columns, widths, strict=True):
        one.width = Cm(width)
    for number, row in enumerate(rows):
        for column, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            cell.width = Cm(widths[column])
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.first_line_indent = Pt(0)
            paragraph.paragraph_format.line_spacing = 1.0
            if column or not number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = paragraph.add_run(text)
            run.font.size, run.font.bold = Pt(10.5), not number
    _repeat_head(table)


def _repeat_head(table: Any) -> None:
    """Print the first row again where the table breaks over pages."""
    from docx.oxml import OxmlElement

    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
