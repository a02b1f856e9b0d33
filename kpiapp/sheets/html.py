"""Web pages: `write` makes one self-contained file to look at and print, `read` finds forms again.

Word, WPS and browsers put tables on the clipboard as HTML: `read_text` takes that too.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.sheets import paper
from kpiapp.sheets.breaks import is_outside
from kpiapp.sheets.files import reason, write_aside
from kpiapp.sheets.grid import Role
from kpiapp.sheets.html_read import forms_of
from kpiapp.sheets.legal import legal
from kpiapp.sheets.marks import as_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kpiapp.sheets.grid import Cell, Grid

LARGEST = 20_000_000
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
BREAK = '<br style="mso-data-placement:same-cell">'
"""A line end that Excel keeps inside its cell when the table is pasted there."""
STYLE = f"""
@page {{ size: A4; margin: {paper.TOP}pt {paper.SIDE}pt; }}
@page turned {{ size: A4 landscape; }}
body {{ font-family: SimSun, 宋体, "Noto Serif CJK SC", "Noto Serif SC", serif;
  font-size: {paper.BODY}pt; line-height: {paper.LINE}pt; margin: 0 auto; color: #000; }}
section {{ max-width: {paper.UPRIGHT.room}pt; margin: 24pt auto; break-after: page; }}
section:last-child {{ break-after: auto; }}
section.turned {{ max-width: {paper.TURNED.room}pt; page: turned; }}
h2 {{ font-size: {paper.HEADING}pt; margin: 0 0 6pt; }}
p {{ margin: 0; white-space: pre-wrap; }}
p.title {{ font-size: {paper.TITLE}pt; line-height: {paper.TITLE_LINE}pt; font-weight: bold;
  text-align: center; }}
p.caption, p.unit {{ font-size: {paper.CAPTION}pt; line-height: {paper.CAPTION_LINE}pt; }}
p.caption {{ display: flex; justify-content: space-between; }}
p.unit {{ text-align: right; }}
p.prose {{ font-size: {paper.PROSE}pt; line-height: {paper.PROSE_LINE}pt; }}
table {{ border-collapse: collapse; table-layout: fixed; width: 100%; }}
tr {{ break-inside: avoid; }}
td {{ border: 0.5pt solid #000; padding: {paper.ABOVE}pt {paper.PADDING}pt; text-align: center;
  vertical-align: middle; white-space: pre-wrap; overflow-wrap: anywhere; }}
td.text {{ text-align: left; }}
td.head, td.heading {{ font-weight: bold; }}
@media print {{ section {{ margin: 0; }} }}
"""


def write(
    path: Path, grids: Sequence[Grid], *, headings: Sequence[str] = (), title: str = ""
) -> None:
    """Write one web page.

    Args:
        path: where; an old file is replaced when the new one is whole.
        grids: the sheets, one after the other.
        headings: one a sheet, printed above it.
        title: name of the page.

    Raises:
        UserError: the file cannot be written there.
    """
    write_aside(path, to_text(grids, headings=headings, title=title).encode())


def to_text(grids: Sequence[Grid], *, headings: Sequence[str] = (), title: str = "") -> str:
    """Return the web page as text; also what belongs on the clipboard."""
    names = [*headings, *[""] * (len(grids) - len(headings))]
    sections = "".join(_section(grid, name) for grid, name in zip(grids, names, strict=False))
    named = title or next((grid.name for grid in grids), "")
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(legal(named))}</title><style>{STYLE}</style></head>"
        f"<body>{sections}</body></html>\n"
    )


def _section(grid: Grid, heading: str) -> str:
    turned = ' class="turned"' if paper.paper_of(grid).turned else ""
    named = f"<h2>{_escaped(heading)}</h2>" if heading else ""
    return f"<section{turned}>{named}{''.join(_parts(grid))}</section>"


def _parts(grid: Grid) -> Iterator[str]:
    """Yield the paragraphs and the table of a sheet."""
    widths = paper.column_widths(grid)
    whole = sum(widths) or 1.0
    columns = "".join(f'<col style="width:{100 * width / whole:.2f}%">' for width in widths)
    begin = f'<table data-marks="{escape(as_line(grid.marks))}"><colgroup>{columns}</colgroup>'
    open_table = False
    for line in grid.lines():
        if is_outside(line) == open_table:
            yield "</table>" if open_table else begin
            open_table = not open_table
        yield _row(line, grid) if open_table else _outside(line)
    if open_table:
        yield "</table>"


def _outside(line: Sequence[Cell]) -> str:
    parted = line[0].role in {Role.CAPTION, Role.UNIT}  # reading joins them by a tab
    shown = (cell.text.replace("\t", " ") if parted else cell.text for cell in line)
    texts = "".join(f"<span>{_escaped(text)}</span>" for text in shown)
    return f'<p class="{line[0].role}">{texts}</p>'


def _row(line: Sequence[Cell], grid: Grid) -> str:
    row = line[0].row if line else 0
    least = f' style="height:{grid.heights[row]}pt"' if row in grid.heights else ""
    return f"<tr{least}>{''.join(map(_cell, line))}</tr>"


def _cell(cell: Cell) -> str:
    down = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    wide = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    long = len(cell.text) > 8 * cell.column_span or "\n" in cell.text
    look = cell.role if cell.role is not Role.TEXT or long else Role.VALUE
    return f'<td class="{look}"{down}{wide}>{_escaped(cell.text)}</td>'


def _escaped(text: str) -> str:
    return escape(legal(text)).replace("\n", BREAK)


# -- reading -------------------------------------------------------------------------------------


def read(path: Path) -> list[Grid]:
    """Return the forms on a saved web page.

    Raises:
        UserError: the file cannot be read, is too large, or holds no table.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(
                f"“{path.name}”太大，不像一份绩效目标表", "请只另存表格所在的部分后再试"
            )
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            f"读不了“{path.name}”：{reason(error)}", "请检查文件和权限后再试"
        ) from error
    grids = read_text(decoded(data))
    if not grids:
        raise UserError(f"“{path.name}”里没有表格", "请确认选对了文件")
    return grids


def read_text(text: str) -> list[Grid]:
    """Return the forms in HTML, such as the clipboard holds; none where it has no table."""
    return forms_of(text)


def decoded(data: bytes) -> str:
    """Return a web page's text by its mark, its own word, or what it is most likely written in."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    found = CHARSET.search(data[:4096])
    named = found[1].decode("ascii", "replace").lower() if found else "utf-8"
    for code in (named, "utf-8", "gb18030"):
        try:
            return data.decode("gb18030" if code in {"gb2312", "gbk"} else code).lstrip("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")
