"""Word document -> Grids: one a form, its table with the paragraphs around it.

A form begins with a title behind another form's table. Tables without a title between them are
parts of one form. What stands before the first form (the text of a published budget) becomes a
Grid of its own, so that nothing on the paper is dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.sheets.docx.boxes import WRAPPERS, frame_cell, read_table
from kpiapp.sheets.docx.numbers import Numbering
from kpiapp.sheets.docx.text import attribute, child, name_of, paragraph_text, text_boxes
from kpiapp.sheets.files import check_package, ignored_parts, read_part
from kpiapp.sheets.marks import from_line, from_properties
from kpiapp.sheets.stacking import Part, divide, to_grid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zipfile import ZipFile

    from kpiapp.sheets.docx.text import Element
    from kpiapp.sheets.grid import Grid

MAIN = "word/document.xml"
NUMBERS = "word/numbering.xml"
PROPERTIES = "docProps/custom.xml"
LISTED = re.compile(r"(?i)toc\s*\d|目录|KpiCover")
"""Styles of a table of contents, and of what our own annex prints above it."""
DEEPEST = 12
"""Tables inside tables, frames inside frames: more is no form."""


def read(path: Path) -> list[Grid]:
    """Return the forms of a Word document, from the first page on.

    Raises:
        UserError: the file cannot be read, is no Word document, damaged, encrypted or hostile, or
            it is empty.
    """
    with check_package(path, MAIN, "Word文档") as package:
        root = _xml(path, package, MAIN)
        numbers = Numbering(_xml(path, package, NUMBERS))
        properties = _properties(_xml(path, package, PROPERTIES))
        ignored = ignored_parts(package, path)
    parts = list(_parts(child(root, "body"), numbers))
    grids = [to_grid(sheet, number) for number, sheet in enumerate(divide(parts), 1)]
    if not any(cell.text for grid in grids for cell in grid.cells):
        raise UserError(f"“{path.name}”里没有任何内容", "请确认选对了文件")
    _give_marks(grids, from_properties(properties))
    for grid in grids:
        grid.notes += ignored
    return grids


def _xml(path: Path, package: ZipFile, name: str) -> Element | None:
    """Return the root of a part; None where the package has none of that name."""
    from lxml import etree

    if name not in package.namelist():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(read_part(package, name, path), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UserError(
            f"“{path.name}”已损坏，读不出内容", "请用Word或WPS打开并另存一份后再试"
        ) from error


def _properties(root: Element | None) -> dict[str, str]:
    return {
        attribute(one, "name") or "": "".join(str(text) for text in one.itertext())
        for one in (root if root is not None else ())
    }


def _give_marks(grids: list[Grid], marks: list[dict[str, str]]) -> None:
    """Take the document's properties where the tables lost their own marks."""
    tables = [grid for grid in grids if grid.columns > 1]
    if len(marks) == len(tables) and not any(grid.marks for grid in tables):
        for grid, mark in zip(tables, marks, strict=True):
            grid.marks = mark


# -- paragraphs and tables in their order -----------------------------------------------------


@dataclass(slots=True)
class _Walk:
    """Where the walk through a document is."""

    numbers: Numbering
    breaks: bool = False


def _parts(body: Element | None, numbers: Numbering) -> Iterator[Part]:
    if body is not None:
        yield from _walk(body, _Walk(numbers), 0)


def _walk(block: Element, walk: _Walk, depth: int) -> Iterator[Part]:
    """Yield what stands in a body, a frame or a text box, from top to bottom."""
    if depth > DEEPEST:
        return
    for element in block:
        name = name_of(element)
        if name == "p":
            yield from _paragraph(element, walk, depth)
        elif name == "tbl" and (frame := frame_cell(element)) is not None:
            yield from _walk(frame, walk, depth + 1)
        elif name == "tbl":
            table = read_table(element, walk.numbers)
            described = attribute(child(element, "tblPr", "tblDescription"), "val") or ""
            yield Part(table=table, marks=from_line(described), breaks=walk.breaks)
            walk.breaks = False
        elif name == "sdt" and _is_contents(element):
            continue
        elif name in WRAPPERS:
            yield from _walk(element, walk, depth + 1)


def _is_contents(control: Element) -> bool:
    gallery = child(control, "sdtPr", "docPartObj", "docPartGallery")
    return attribute(gallery, "val") == "Table of Contents"


def _paragraph(element: Element, walk: _Walk, depth: int) -> Iterator[Part]:
    properties = child(element, "pPr")
    style = attribute(child(properties, "pStyle"), "val") or ""
    inner = list(text_boxes(element))
    text = walk.numbers.label(element) + paragraph_text(element, with_boxes=False)
    walk.breaks |= child(properties, "pageBreakBefore") is not None or _page_break(element)
    if not LISTED.match(style) and (text.strip() or style.startswith("Kpi")):
        centred = attribute(child(properties, "jc"), "val") == "center"
        yield Part(text=text, style=style, centred=centred, breaks=walk.breaks)
        walk.breaks = False
    for box in inner:
        yield from _walk(box, walk, depth + 1)
    walk.breaks |= child(properties, "sectPr") is not None


def _page_break(paragraph: Element) -> bool:
    return any(
        name_of(one) == "br" and attribute(one, "type") == "page" for one in paragraph.iter()
    )
