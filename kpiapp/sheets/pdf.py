"""PDF: every line of a sheet is placed by `paging`, typst sets it in an embedded Chinese font.

The text layer holds each cell's text in the order of reading. User text reaches typst as JSON
data, never as markup.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kpiapp.sheets import fonts, paper
from kpiapp.sheets.breaks import OUTSIDE
from kpiapp.sheets.files import write_aside
from kpiapp.sheets.grid import Grid, Role
from kpiapp.sheets.legal import legal
from kpiapp.sheets.marks import as_line
from kpiapp.sheets.paging import lay_out, line_height, measure, size_of
from kpiapp.sheets.typeset import break_lines, usual_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kpiapp.sheets.paging import Placed
    from kpiapp.sheets.paper import Paper

    Item = list[Any]

SAME_HEIGHT = 8.0
"""Lines less far apart than this are one line to PDF readers (pdfium: half a character)."""
BLANK = "\u3000" * 3
"""Parts two lines in the text layer; pdfium passes over shorter blanks."""
ENTRY_LINE = 22.0
TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, keywords: data.keywords, date: none)
#set text(
  font: data.fonts.body, lang: "zh", region: "cn", kerning: false, ligatures: false,
  cjk-latin-spacing: none, hyphenate: false, top-edge: 0.86em, bottom-edge: -0.14em,
)
#set par(spacing: 0pt, leading: 0pt)
#show heading: it => it.body
#show heading: set text(weight: "regular")
#let line-of(x, y, size, bold, body) = place(dx: x * 1pt, dy: y * 1pt, box(
  width: 2000pt,
  text(size: size * 1pt, font: if bold { data.fonts.heading } else { data.fonts.body }, body),
))
#for (number, sheet) in data.pages.enumerate() {
  page(width: sheet.width * 1pt, height: sheet.height * 1pt, margin: 0pt, {
    for (x, y, w, h) in sheet.boxes {
      place(dx: x * 1pt, dy: y * 1pt, rect(width: w * 1pt, height: h * 1pt, stroke: 0.5pt))
    }
    for (x, y, w) in sheet.dots {
      let dotted = (thickness: 0.6pt, dash: "dotted")
      place(dx: x * 1pt, dy: y * 1pt, line(length: w * 1pt, stroke: dotted))
    }
    for (x, y, size, body) in sheet.headings { line-of(x, y, size, true, heading(body)) }
    for (x, y, size, bold, body) in sheet.lines { line-of(x, y, size, bold, body) }
    for (x, y, w, h, target) in sheet.links {
      place(dx: x * 1pt, dy: y * 1pt, link(
        (page: target, x: 0pt, y: 0pt), block(width: w * 1pt, height: h * 1pt)
      ))
    }
  })
}
"""
MEASURE = """
#let data = json(bytes(sys.inputs.data))
#set text(
  font: data.fonts.body, size: 100pt, lang: "zh", region: "cn", kerning: false, ligatures: false,
)
#context [#metadata(data.chars.map(char => measure(text(char)).width / 100pt)) <widths>]
"""
_measured: dict[str, float] = {}


def write(
    path: Path, grids: Sequence[Grid], *, headings: Sequence[str] = (), title: str = ""
) -> None:
    """Write a PDF.

    Args:
        path: where; an old file is replaced when the new one is whole.
        grids: the sheets, one after the other, each on a new page.
        headings: one a sheet (`表 12-1.项目支出绩效目标表`), printed above it.
        title: name of the document; several sheets get a table of contents under it.

    Raises:
        UserError: the file cannot be written there, or there is no Chinese font.
    """
    write_aside(path, to_bytes(grids, headings=headings, title=title))


def to_bytes(grids: Sequence[Grid], *, headings: Sequence[str] = (), title: str = "") -> bytes:
    """Return the PDF as the bytes of its file; see `write`."""
    _learn_widths([*(cell.text for grid in grids for cell in grid.cells), *headings, title])
    sheets = [
        _sheet(grid, headings[number] if headings else "") for number, grid in enumerate(grids)
    ]
    names = list(headings) or [grid.title for grid in grids]
    front = _contents(names, [len(sheet) for sheet in sheets], title) if len(grids) > 1 else []
    pages = [*front, *(page for sheet in sheets for page in sheet)]
    for number, page in enumerate(pages, 1):
        page.add_line(f"第 {number} 页  共 {len(pages)} 页", paper.BODY, page.foot, "center")
    data = {
        "title": legal(title or "、".join(names[:1])),
        "keywords": [as_line(grid.marks) for grid in grids if grid.marks],
        "fonts": _families(),
        "pages": [page.as_data() for page in pages],
    }
    made: bytes = _compiler(TEMPLATE, data).compile(format="pdf")
    return made


def _compiler(source: str, data: dict[str, Any]) -> Any:
    import typst

    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    return typst.Compiler(
        source.encode(), font_paths=fonts.loaded(), ignore_system_fonts=True, sys_inputs=inputs
    )


def _families() -> dict[str, list[str]]:
    return {"body": fonts.present(fonts.BODY), "heading": fonts.present(fonts.HEADING)}


def _learn_widths(texts: Iterable[str]) -> None:
    """Let typst measure, once, each character that is not as wide as a Chinese one."""
    wanted = {char for char in legal("".join(texts)) if usual_width(char) < 1} | {" "}
    missing = sorted(wanted - _measured.keys() - {"\n", "\t"})
    if missing:
        compiler = _compiler(MEASURE, {"chars": missing, "fonts": _families()})
        widths = json.loads(compiler.query("<widths>", field="value", one=True))
        _measured.update(zip(missing, widths, strict=True))


def _width(char: str) -> float:
    return _measured.get(char) or usual_width(char)


class _Page:
    """What typst draws on one page: lengths in points from the paper's corner."""

    def __init__(self, page: Paper) -> None:
        """Begin an empty page."""
        self.paper = page
        self.boxes: list[Item] = []
        self.lines: list[Item] = []
        self.headings: list[Item] = []
        self.links: list[Item] = []
        self.dots: list[Item] = []

    @property
    def foot(self) -> float:
        """Where the page number stands, below the upper margin."""
        return self.paper.depth + paper.TOP / 3

    def as_data(self) -> dict[str, Any]:
        """Return the page for the template."""
        names = ("boxes", "lines", "headings", "links", "dots")
        return {"width": self.paper.width, "height": self.paper.height} | {
            name: getattr(self, name) for name in names
        }

    def add_line(self, text: str, size: float, y: float, align: str, *, bold: bool = False) -> None:
        """Print a line over the whole width, `y` points below the upper margin."""
        x = paper.SIDE + _indent(text, size, self.paper.room, align)
        self.lines.append([x, y + paper.TOP, size, bold, text])

    def add_cell(self, cell: Placed) -> None:
        """Print a cell: its border and its lines, in the middle of its height."""
        x, y = cell.x + paper.SIDE, cell.y + paper.TOP
        inside = cell.role not in OUTSIDE
        if inside:
            self.boxes.append([x, y, cell.width, cell.height])
        size, step = size_of(cell.role), line_height(cell.role)
        room = cell.width - 2 * paper.PADDING
        y += (cell.height - step * len(cell.lines)) / 2 + (step - size) / 2
        bold = cell.role in {Role.TITLE, Role.HEAD, Role.HEADING}
        for line in cell.lines:
            if line:
                self._keep_order(x, y)
                indent = paper.PADDING + _indent(line, size, room, cell.align)
                self.lines.append([x + indent, y, size, bold, line])
            y += step

    def _keep_order(self, x: float, y: float) -> None:
        """Put a blank elsewhere between two texts that readers would take in the wrong order.

        PDF readers sort texts that follow each other on one height from left to right; the last
        line of a tall cell and a cell of the next row further left may stand so.
        """
        if self.lines and abs(self.lines[-1][1] - y) < SAME_HEIGHT and x < self.lines[-1][0]:
            self.lines.append([paper.SIDE, y - 3 * SAME_HEIGHT, 1, False, BLANK])


def _indent(text: str, size: float, room: float, align: str) -> float:
    if align == "left":
        return 0.0
    free = max(0.0, room - size * sum(map(_width, text)))
    return free / 2 if align == "center" else free


def _sheet(grid: Grid, heading: str) -> list[_Page]:
    """Return the pages of one sheet."""
    top = paper.HEADING_LINE if heading else 0.0
    pages: list[_Page] = []
    for cells in lay_out(measure(grid, _width), top):
        page = _Page(paper.paper_of(grid))
        if heading and not pages:
            text = " ".join(break_lines(heading, 10_000))
            page.headings.append([paper.SIDE, paper.TOP, paper.HEADING, text])
        for cell in cells:
            page.add_cell(cell)
        pages.append(page)
    return pages


def _contents(names: Sequence[str], lengths: Sequence[int], title: str) -> list[_Page]:
    """Return the pages of the table of contents: names, dots, page numbers, links."""
    per_page = int((paper.UPRIGHT.depth - 3 * paper.TITLE_LINE) // ENTRY_LINE)
    count = -(-len(names) // per_page)
    pages: list[_Page] = [_Page(paper.UPRIGHT) for _ in range(count)]
    if title:
        pages[0].add_line(legal(title), paper.TITLE, 0, "center", bold=True)
    pages[0].add_line("目  录", paper.TITLE, 1.5 * paper.TITLE_LINE, "center", bold=True)
    target = count + 1
    for number, (name, length) in enumerate(zip(names, lengths, strict=True)):
        y = 3 * paper.TITLE_LINE + number % per_page * ENTRY_LINE
        _entry(pages[number // per_page], name, target, y)
        target += length
    return pages


def _entry(page: _Page, name: str, target: int, y: float) -> None:
    room = page.paper.room
    size = paper.CAPTION
    text = break_lines(name.replace("\n", " "), (room - 40) / size, _width)[0]
    page.add_line(text, size, y, "left")
    page.add_line(str(target), size, y, "right")
    start = size * sum(map(_width, text)) + size / 2
    end = room - size * len(str(target))
    page.dots.append([paper.SIDE + start, paper.TOP + y + size * 0.8, max(0.0, end - start)])
    page.links.append([paper.SIDE, paper.TOP + y, room, size, target])
