"""HTML -> Grids: tables with rowspan and colspan, tables inside tables, ticks, the text around.

What a browser does not show (scripts, deleted text, hidden cells) is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpiapp.sheets.boxed import MOST_COLUMNS, MOST_ROWS, Slot, Table
from kpiapp.sheets.legal import legal
from kpiapp.sheets.marks import from_line
from kpiapp.sheets.stacking import Part, divide, to_grid
from kpiapp.sheets.symbols import as_unicode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement as Element

    from kpiapp.sheets.grid import Grid

SKIPPED = frozenset("head script style template noscript del s strike object iframe".split())
BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3"
    " h4 h5 h6 header hr li main nav ol p pre section table ul".split()
)
OWN = {"title": "KpiTitle", "caption": "KpiCaption", "unit": "KpiUnit", "note": "KpiNote"}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
FONT = re.compile(r"font-family\s*:\s*[\"']?([^;\"',]+)")
CENTRED = re.compile(r"text-align\s*:\s*center")
NEW_PAGE = re.compile(r"(?:page-)?break-before\s*:\s*(?:always|page)")
BLANKS = re.compile(r"[ \t\r\n\f]+")
BROKEN = re.compile(
    r"(?<=[\u3001-\u9fff\uff01-\uff60])[ \t]*\r?\n[ \t]*(?=[\u3001-\u9fff\uff01-\uff60])"
)
"""A line of the source that ends between Chinese signs: no blank is shown there."""
AROUND_LINES = re.compile(r" *\n *")
DEEPEST_TABLE = 6
DEEPEST = 150
"""Elements inside elements: deeper ones are read as plain text."""


def forms_of(text: str) -> list[Grid]:
    """Return the forms in HTML; none where it has no table."""
    root = _root(text)
    if root is None:
        return []
    sheets = divide(list(_parts(root, 0)))
    grids = [to_grid(sheet, number) for number, sheet in enumerate(sheets, 1) if sheet.has_table]
    return [grid for grid in grids if any(cell.text for cell in grid.cells)]


def rows_of(text: str) -> list[list[str]]:
    """Return the cells of the tables in HTML by rows; a paragraph beside them is a row of its own.

    Merged cells fill their first place; the others are empty, as in tab-separated text.
    """
    root = _root(text)
    parts = [] if root is None else _parts(root, 0)
    return [row for part in parts for row in (_cells(part.table) if part.table else [[part.text]])]


def _cells(table: Table) -> list[list[str]]:
    rows = [[""] * max(slot.end for slot in table.slots) for _ in range(table.rows)]
    for slot in table.slots:
        rows[slot.row][slot.start] = "\n".join(_lines(slot.content)).replace("\xa0", " ").strip()
    return rows


def _lines(content: Iterable[str | Table]) -> Iterator[str]:
    """Yield what stands in a cell from top to bottom, also in a table inside it."""
    for one in content:
        if isinstance(one, str):
            yield one
        else:
            for slot in one.slots:
                yield from _lines(slot.content)


def _root(text: str) -> Element | None:
    """Return the parsed page; the clipboard's own header stands before the first tag."""
    from lxml import etree, html

    start = text.find("<")
    text = legal(re.sub(r"<\?xml[^>]*\?>", "", text[start:])) if start >= 0 else ""
    if "<" not in text:
        return None
    try:
        root: Element = html.document_fromstring(text, parser=html.HTMLParser(remove_pis=True))
    except (etree.ParserError, ValueError):
        return None
    return root


def _name(element: Element) -> str:
    return element.tag.rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


def _style(element: Element) -> str:
    return str(element.get("style") or "").lower()


def _shown(element: Element) -> bool:
    hidden = element.get("hidden") is not None or HIDDEN.search(_style(element))
    return bool(_name(element)) and _name(element) not in SKIPPED and not hidden


# -- paragraphs and tables in their order --------------------------------------------------------


def _parts(block: Element, depth: int) -> Iterator[Part]:
    """Yield the paragraphs and tables in a block, from top to bottom."""
    gathered: list[str] = [block.text or ""]
    for element in block:
        if not _shown(element):
            pass
        elif _name(element) in BLOCKS or (depth < DEEPEST and _has_block(element)):
            yield from _paragraphs("".join(gathered), block)
            gathered = []
            yield from _block(element, depth + 1)
        else:
            gathered.append(_text(element, depth + 1))
        gathered.append(element.tail or "")
    yield from _paragraphs("".join(gathered), block)


def _has_block(element: Element) -> bool:
    return any(_name(inner) in BLOCKS for inner in element.iter())


def _block(element: Element, depth: int) -> Iterator[Part]:
    """Yield a block's parts: a table as one, any other by what is in it."""
    frame = _frame(element) if _name(element) == "table" else element
    if frame is None:
        marks = from_line(element.get("data-marks") or "")
        table = _table(element, 0, own=bool(marks))
        if table.slots:
            yield Part(table=table, marks=marks)
    elif style := OWN.get(element.get("class") or ""):
        yield Part(text="\t".join(_text(one, 0, own=True) for one in element), style=style)
    elif depth < DEEPEST:
        yield from _parts(frame, depth)
    else:
        yield from _paragraphs(" ".join(element.itertext()), element)


def _frame(table: Element) -> Element | None:
    """Return the only cell of a table that is but a frame around another one."""
    cells = [cell for row in _rows(table) for cell in row if _name(cell) in {"td", "th"}]
    framed = len(cells) == 1 and cells[0].find(".//table") is not None
    return cells[0] if framed else None


def _paragraphs(text: str, block: Element) -> Iterator[Part]:
    style = "Heading1" if _name(block) == "h2" else ""
    centred = bool(CENTRED.search(_style(block))) or block.get("align") == "center"
    for line in _collapsed(text).split("\n"):
        if line.strip():
            breaks = bool(NEW_PAGE.search(_style(block)))
            yield Part(text=line, style=style, centred=centred, breaks=breaks)


# -- texts -----------------------------------------------------------------------------------------

LINE_END = "\x0b"
"""Stands for <br> until blanks are collapsed; `legal` left none in the text."""


def _text(element: Element, depth: int, *, own: bool = False) -> str:
    """Return the text of an element; line ends of its source are no line ends yet."""
    if depth > DEEPEST:
        return " ".join(element.itertext())
    name = _name(element)
    if name == "br":
        return "\n" if own else LINE_END
    if name in {"input", "select", "textarea"}:
        return _control(element, name)
    inner = [element.text or ""]
    for one in element:
        if _shown(one):
            inner.append(_text(one, depth + 1, own=own))
        inner.append(one.tail or "")
    text = "".join(inner)
    font = FONT.search(_style(element))
    text = as_unicode(text, element.get("face") or (font[1].strip() if font else None))
    return f"{LINE_END}{text}{LINE_END}" if name in BLOCKS and not own else text


def _control(element: Element, name: str) -> str:
    """Return what a form's control shows: a tick, a choice, a typed text."""
    if name == "input" and element.get("type") in {"checkbox", "radio"}:
        return "☑" if element.get("checked") is not None else "□"
    if name == "input":
        return "" if element.get("type") == "hidden" else str(element.get("value") or "")
    if name == "select":
        chosen = [one for one in element.iter("option") if one.get("selected") is not None]
        return "、".join((one.text or "").strip() for one in chosen)
    return element.text or ""


def _collapsed(text: str) -> str:
    """Return a text as a browser shows it: blanks joined, lines where <br> and blocks end them."""
    text = BLANKS.sub(" ", BROKEN.sub("", text)).replace(LINE_END, "\n")
    return re.sub(r"\n{2,}", "\n", AROUND_LINES.sub("\n", text)).strip(" \n")


# -- tables ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Laying:
    """A table being laid out row by row; `taken` are places that cells above pass."""

    slots: list[Slot] = field(default_factory=list)
    taken: dict[tuple[int, int], bool] = field(default_factory=dict)
    row: int = 0

    def put(self, cell: Element, content: tuple[str | Table, ...], rows: int) -> None:
        column = 0
        while (self.row, column) in self.taken:
            column += 1
        if column >= MOST_COLUMNS:
            return
        wide = min(_span(cell, "colspan") or 1, MOST_COLUMNS - column)
        down = min(_span(cell, "rowspan") or rows, rows - self.row)
        while wide > 1 and (self.row, column + wide - 1) in self.taken:
            wide -= 1
        self.taken |= dict.fromkeys(
            (
                (self.row + below, column + beside)
                for below in range(down)
                for beside in range(wide)
            ),
            True,
        )
        self.slots.append(Slot(self.row, self.row + down, column, column + wide, content))


def _table(table: Element, depth: int, *, own: bool) -> Table:
    rows = list(_rows(table))[:MOST_ROWS]
    laying = _Laying()
    for row in rows:
        for cell in row:
            if _name(cell) in {"td", "th"} and _shown(cell):
                laying.put(cell, _content(cell, depth, own=own), len(rows))
        laying.row += 1
    return Table(laying.slots, len(rows), _widths(table))


def _rows(table: Element) -> Iterator[Element]:
    for one in table:
        name = _name(one)
        if name == "tr" and _stands(one):
            yield one
        elif name in {"thead", "tbody", "tfoot"}:
            yield from (row for row in one if _name(row) == "tr" and _stands(row))


def _stands(row: Element) -> bool:
    """Say whether a row is shown: Word ends tables with one of no height, for its columns."""
    return _shown(row) and row.get("height") != "0"


def _widths(table: Element) -> list[float]:
    found = []
    for column in table.iter("col"):
        text = (column.get("style") or "").partition("width:")[2] or column.get("width") or ""
        number = re.match(r"\s*(\d{1,5}(?:\.\d{1,4})?)", text)
        repeats = min(_span(column, "span") or 1, MOST_COLUMNS)
        found += [float(number[1]) if number else 0.0] * repeats
    return found[:MOST_COLUMNS]


def _content(cell: Element, depth: int, *, own: bool) -> tuple[str | Table, ...]:
    if own:
        return (_text(cell, 0, own=True),)
    if depth >= DEEPEST_TABLE or cell.find(".//table") is None:
        return (_collapsed(_text(cell, 0)),)
    content: list[str | Table] = []
    for part in _parts(cell, 0):
        content += [part.table] if part.table else [part.text]
    return tuple(content)


def _span(element: Element, name: str) -> int:
    text = (element.get(name) or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1  # noqa: PLR2004
