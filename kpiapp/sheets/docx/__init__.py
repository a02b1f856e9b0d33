"""Word documents: `write` prints Grids, `read` finds them again.

Title, date, unit and remarks are paragraphs, the rest is one real table a sheet. Several sheets
become the annex that is published: each on a new page under a heading, with a table of contents
that is filled in already and can be updated in Word.
"""

from __future__ import annotations

from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from kpiapp.sheets import paper
from kpiapp.sheets.breaks import is_outside
from kpiapp.sheets.docx import contents, parts, table, xml
from kpiapp.sheets.docx.reading import read
from kpiapp.sheets.files import write_aside
from kpiapp.sheets.grid import Role
from kpiapp.sheets.marks import as_line, as_properties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from docx.document import Document

    from kpiapp.sheets.grid import Grid

__all__ = ["read", "write"]


def write(
    path: Path,
    grids: Sequence[Grid],
    *,
    headings: Sequence[str] = (),
    title: str = "",
) -> None:
    """Write a Word document.

    Args:
        path: where; an old file is replaced when the new one is whole.
        grids: the sheets, one after the other.
        headings: one a sheet (`表 12-1.项目支出绩效目标表`): printed above it and listed in the
            table of contents; without them one sheet has none and several go by their titles.
        title: name of the document, above the table of contents.

    Raises:
        UserError: the file cannot be written there.
    """
    stream = BytesIO()
    build(grids, headings, title).save(stream)
    write_aside(path, stream.getvalue())


def build(grids: Sequence[Grid], headings: Sequence[str] = (), title: str = "") -> Document:
    """Return the document, not yet saved."""
    import docx

    document = docx.Document()
    parts.dress(document)
    footer = parts.footer_reference(document)
    annex = len(grids) > 1
    names = list(headings) or [grid.title for grid in grids]
    papers = [paper.paper_of(grid) for grid in grids]
    if annex:
        _append(document, contents.contents(grids, names, title, shown=bool(headings)))
        _append(document, [xml.section_end(paper.UPRIGHT, footer)])
    for number, grid in enumerate(grids):
        if number:
            _append(document, [xml.section_end(papers[number - 1], footer)])
        bookmark = contents.bookmark(number) if annex else ""
        _append(document, sheet(grid, names[number] if headings else "", bookmark))
    parts.set_paper(document, papers[-1] if papers else paper.UPRIGHT)
    parts.set_properties(document, title or "、".join(names[:1]), as_properties(grids))
    return document


def sheet(grid: Grid, heading: str = "", bookmark: str = "") -> Iterator[str]:
    """Yield the paragraphs and tables of one sheet as XML.

    Args:
        grid: the sheet.
        heading: printed above it.
        bookmark: what the table of contents calls it; the printed title bears it if there is no
            heading.
    """
    if heading or (bookmark and not _has_title(grid)):
        yield xml.heading(heading or grid.name, bookmark)
        bookmark = ""
    room = paper.paper_of(grid).room
    lines = grid.lines()
    for outside, run in groupby(range(len(lines)), key=lambda row: is_outside(lines[row])):
        rows = list(run)
        if not outside:
            yield table.table(grid, rows[0], rows[-1] + 1, as_line(grid.marks))
            continue
        for row in rows:
            named = bookmark if lines[row][0].role is Role.TITLE else ""
            bookmark = "" if named else bookmark
            yield xml.outside(lines[row], room, named)
    yield xml.small_paragraph()


def _has_title(grid: Grid) -> bool:
    return any(cell.role is Role.TITLE for cell in grid.cells)


def _append(document: Document, pieces: Iterable[str]) -> None:
    """Put XML at the end of the document, before the settings of its last section."""
    from docx.oxml import parse_xml

    body = document.element.body
    root = parse_xml(f'<w:body xmlns:w="{xml.NAMESPACE}">{"".join(pieces)}</w:body>')
    end = body[-1]
    for element in list(root):
        end.addprevious(element)
