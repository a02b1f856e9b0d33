"""What a Word document has besides its text: styles, fonts, footer, paper, properties."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from kpiapp.sheets import paper
from kpiapp.sheets.docx import xml
from kpiapp.sheets.grid import Role
from kpiapp.sheets.legal import legal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document

    from kpiapp.sheets.paper import Paper

FONT_TABLE = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="{xml.NAMESPACE}">
<w:font w:name="{xml.FONT}"><w:altName w:val="SimSun"/>
<w:panose1 w:val="02010600030101010101"/>
<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font></w:fonts>"""
"""宋体 goes by SimSun elsewhere; a machine with neither looks for a Chinese font (charset 86)."""
STYLE_NAMES = {
    Role.TITLE: "表格标题",
    Role.CAPTION: "表格日期",
    Role.UNIT: "表格单位",
    Role.NOTE: "表格备注",
    Role.PROSE: "附件正文",
}
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
CUSTOM_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""What Office calls properties that a user made."""


def dress(document: Document) -> None:
    """Give a new document its Chinese fonts, the styles of the sheets and page numbers."""
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = FONT_TABLE.encode()  # noqa: SLF001 (a plain part keeps bytes only)
    styles = document.styles.element
    for role, name in STYLE_NAMES.items():
        styles.append(_style(xml.STYLES[role], name, role))
    styles.append(_style("KpiCover", "封面标题", Role.TITLE))
    for name in ("Normal", "Heading 1"):
        _set_fonts(document, name)
    for language in styles.iter(f"{{{xml.NAMESPACE}}}lang"):
        language.set(f"{{{xml.NAMESPACE}}}eastAsia", "zh-CN")
    _set_footer(document)


def _style(style_id: str, name: str, role: Role) -> object:
    from docx.oxml import parse_xml

    size, line, align = xml.SIZES[role]
    bold = "<w:b/>" if role in xml.BOLD else ""
    return parse_xml(
        f'<w:style xmlns:w="{xml.NAMESPACE}" w:type="paragraph" w:customStyle="1"'
        f' w:styleId="{style_id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:spacing w:before="0" w:after="0" w:line="{xml.twips(line)}"'
        f' w:lineRule="exact"/><w:jc w:val="{align}"/></w:pPr>'
        f'<w:rPr>{xml.FONTS}{bold}<w:sz w:val="{round(size * 2)}"/></w:rPr></w:style>'
    )


def _set_fonts(document: Document, name: str) -> None:
    """Let a style of the template use our font, black, for Chinese text too."""
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    style = document.styles[name]
    style.font.name = xml.FONT
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for attribute in list(fonts.attrib):
        if "Theme" in attribute:
            del fonts.attrib[attribute]
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), xml.FONT)


def _set_footer(document: Document) -> None:
    """Print `第 1 页 共 3 页` below each page."""
    from docx.oxml import parse_xml

    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    runs = (
        xml.run("第 ", paper.BODY)
        + xml.field("PAGE", "1")
        + xml.run(" 页  共 ", paper.BODY)
        + xml.field("NUMPAGES", "1")
        + xml.run(" 页", paper.BODY)
    )
    shown = xml.paragraph(runs, xml.Look("center"))
    made = parse_xml(f'<w:ftr xmlns:w="{xml.NAMESPACE}">{shown}</w:ftr>')
    element = footer._element  # noqa: SLF001 (python-docx has no fields)
    for old in list(element):
        element.remove(old)
    element.extend(list(made))


def set_paper(document: Document, page: Paper) -> None:
    """Give the last section its paper; its reference to the footer stays."""
    from docx.oxml import parse_xml

    section = document.element.body[-1]
    for old in list(section):
        if not old.tag.endswith("Reference"):
            section.remove(old)
    made = parse_xml(f'<w:sectPr xmlns:w="{xml.NAMESPACE}">{xml.page_size(page)}</w:sectPr>')
    section.extend(list(made))


def footer_reference(document: Document) -> str:
    """Return the XML with which the first section names the footer; later ones inherit it."""
    from lxml import etree

    section = document.element.body[-1]
    references = [child for child in section if child.tag.endswith("}footerReference")]
    return "".join(etree.tostring(one, encoding="unicode") for one in references)


def set_properties(document: Document, title: str, properties: Mapping[str, str]) -> None:
    """Set the title of a document and its custom properties."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    core = document.core_properties
    core.title, core.author, core.comments = legal(title)[:255], "", ""
    if not properties:
        return
    package = document.part.package
    inner = "".join(
        f'<property fmtid="{FORMAT_ID}" pid="{number}" name={quoteattr(legal(name))}>'
        f"<vt:lpwstr>{escape(legal(value))}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    xml = f'<Properties xmlns="{CUSTOM}" xmlns:vt="{VALUES}">{inner}</Properties>'
    part = Part(PackURI("/docProps/custom.xml"), CUSTOM_TYPE, xml.encode(), package)
    package.relate_to(part, CUSTOM_RELATION)
