"""Paragraphs and tables of a document or web page, divided into forms and stacked as Grids."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kpiapp.sheets.boxed import (
    NEAR,
    WIDTH,
    Box,
    Table,
    boxes_of,
    to_cells,
    without_overlaps,
)
from kpiapp.sheets.grid import Grid, Role

HEADING = re.compile(r"\s*(?:附\s*表|附\s*件|表)\s*[\d一二三四五六七八九十]+")
TITLE = re.compile(
    r"(?:申报|自评|评价|监控|审核|支出|目标|批复|情况|备案)表\s*(?:[（(].{0,20}[）)])?\s*$"
)
INNER = re.compile(r"\s*(?:长期|年度|中长期|总体)?\s*绩效(?:总)?目标(?:表|指标)\s*\d*\s*$")
"""Headings inside a form."""
TOP_LINE = re.compile(r"日\s*期|单\s*位|时\s*间|年\s*度|名\s*称|编\s*号|密\s*级")
LONGEST_TITLE = 60
ABOVE = 6
"""So many paragraphs directly above a table may be its title, date and unit."""
APART = re.compile(r"\t+|[ \u3000]{3,}")
STYLED = {"KpiTitle": Role.TITLE, "KpiCaption": Role.CAPTION, "KpiUnit": Role.UNIT}
HEADING_STYLE = "Heading1"
FRONT = "正文"


@dataclass(slots=True)
class Part:
    """A paragraph, or a table as boxes.

    Attributes:
        text: of a paragraph.
        table: None for a paragraph.
        style: id of the paragraph's style.
        centred: whether the paragraph stands in the middle.
        breaks: whether it begins a new page or section.
        marks: what the table says of itself (layout, form id).
    """

    text: str = ""
    table: Table | None = None
    style: str = ""
    centred: bool = False
    breaks: bool = False
    marks: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Sheet:
    """What belongs to one form, from top to bottom."""

    parts: list[Part] = field(default_factory=list)

    @property
    def has_table(self) -> bool:
        """Whether a table was found already."""
        return any(part.table for part in self.parts)


def is_title(part: Part) -> bool:
    """Say whether a paragraph reads like the title of a form or the heading above it."""
    if part.style.startswith("Kpi"):
        return part.style == "KpiTitle"
    if part.style in {"Title", HEADING_STYLE}:
        return True
    text = part.text.strip()
    if not text or len(text) > LONGEST_TITLE or INNER.match(text):
        return False
    return bool(HEADING.match(text) or TITLE.search(text))


def divide(parts: list[Part]) -> list[Sheet]:
    """Return the forms of a document, and what stands before the first one."""
    sheets = [Sheet()]
    for part in parts:
        if sheets[-1].has_table and _begins(part):
            sheets.append(Sheet())
        sheets[-1].parts.append(part)
    _join_remarks(sheets)
    front = _cut_front(sheets[0])
    return [sheet for sheet in (front, *sheets) if sheet.parts]


def _begins(part: Part) -> bool:
    """Say whether a part behind a table may begin another form."""
    return not part.table and (is_title(part) or part.breaks)


def _join_remarks(sheets: list[Sheet]) -> None:
    """Give remarks that a page break parted from their form back to it."""
    for number in range(len(sheets) - 1, 0, -1):
        sheet = sheets[number]
        if not _leading_title(sheet):
            sheets[number - 1].parts += sheet.parts
            del sheets[number]


def _leading_title(sheet: Sheet) -> bool:
    """Say whether a title-like line stands above the first table."""
    for part in sheet.parts:
        if part.table:
            return False
        if is_title(part) or part.centred:
            return True
    return False


def _cut_front(sheet: Sheet) -> Sheet:
    """Take what is no title out of the paragraphs before the first table and return it."""
    first = next((n for n, part in enumerate(sheet.parts) if part.table), 0)
    window = range(max(0, first - ABOVE), first)
    titles = [n for n in window if is_title(sheet.parts[n])]
    start = _first_of_run(sheet.parts, titles) if titles else min(window, default=0)
    front = Sheet(sheet.parts[:start])
    sheet.parts = sheet.parts[start:]
    return front


def _first_of_run(parts: list[Part], titles: list[int]) -> int:
    """Return the first of the title lines that stand together at the end."""
    start = titles[-1]
    while start - 1 in titles and not parts[start].breaks:
        start -= 1
    return start


# -- one form as a Grid -------------------------------------------------------------------------


def to_grid(sheet: Sheet, number: int) -> Grid:
    """Return one form; `number` names it where it has no heading."""
    name, parts = _named(sheet.parts)
    boxes: list[Box] = []
    row = 0
    below = False
    for part in parts:
        if part.table:
            inner, rows = boxes_of(part.table)
            boxes += [box._replace(row=box.row + row, bottom=box.bottom + row) for box in inner]
            row += rows
            below = True
        else:
            boxes += _line(part, row, below=below)
            row += 1
    tables = sum(part.table is not None for part in parts)
    nested = any(part.table and _is_nested(part.table) for part in parts)
    cells, widths = to_cells(boxes, NEAR if tables > 1 or nested else 0.0)
    marks = next((part.marks for part in parts if part.marks), {})
    if not marks:
        cells = [cell._replace(text=cell.text.strip("\n")) for cell in cells]
    name = name or f"{'表' if tables else FRONT}{number}"
    return Grid(name, without_overlaps(cells), widths, marks=marks)


def _is_nested(table: Table) -> bool:
    return any(isinstance(part, Table) for slot in table.slots for part in slot.content)


def _named(parts: list[Part]) -> tuple[str, list[Part]]:
    """Return the heading above the title (`表 12-1.项目支出绩效目标表`), and the rest."""
    above = 0
    while above < len(parts) and not parts[above].table:
        above += 1
    titles = [part for part in parts[:above] if is_title(part) or part.centred]
    first = parts[0] if parts else Part()
    headed = first.style == HEADING_STYLE or HEADING.match(first.text)
    if above < len(parts) and headed and (len(titles) > 1 or first.style == HEADING_STYLE):
        return first.text.strip(), parts[1:]
    return (titles[0].text.strip() if titles else ""), parts


def _line(part: Part, row: int, *, below: bool) -> list[Box]:
    """Return a paragraph as cells: the date at the left and the unit at the right are two."""
    role = STYLED.get(part.style, Role.NOTE if below else Role.TITLE)
    own = part.style.startswith("Kpi")
    texts = part.text.split("\t", 1) if own else _apart(part.text)
    whole = role is Role.NOTE or (own and role is Role.TITLE)
    if whole or len(texts) == 1:
        return [Box(row, row + 1, 0.0, WIDTH, part.text if own else part.text.strip(), role)]
    step = WIDTH / len(texts)
    return [
        Box(row, row + 1, n * step, (n + 1) * step, text, Role.UNIT if n else Role.CAPTION)
        for n, text in enumerate(texts)
    ]


def _apart(text: str) -> list[str]:
    """Return the parts of a line above a table that are set apart by tabs or many blanks."""
    texts = [part.strip() for part in APART.split(text) if part.strip()]
    return texts if len(texts) > 1 and all(map(TOP_LINE.search, texts)) else [text]
