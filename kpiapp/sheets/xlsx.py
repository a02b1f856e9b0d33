"""Grid <-> xlsx workbook: XlsxWriter writes, openpyxl's streaming reader reads.

A target typed as `=100%` is text going out (never a formula) and is `=100%` coming back, also
where Excel has made a formula of it. Marks travel as custom document properties.
"""

from __future__ import annotations

import re
import warnings
from contextlib import redirect_stdout
from functools import partial
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, BinaryIO

from kpiapp.errors import UserError
from kpiapp.sheets.breaks import page_starts
from kpiapp.sheets.files import check_package, ignored_parts, read_part, write_aside
from kpiapp.sheets.grid import Cell, Grid, Role
from kpiapp.sheets.measure import fits_one_line, split_tall_rows
from kpiapp.sheets.numbers import constant_formula, shown
from kpiapp.sheets.paper import paper_of
from kpiapp.sheets.symbols import as_unicode, names_symbol_font
from kpiapp.sheets.xlsx_inline import inline_texts
from kpiapp.sheets.xlsx_parts import LAST_COLUMN, LAST_ROW, cells_alone, covered, merges

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767
MARK = "kpi:{sheet}:{mark}"
ESCAPED = re.compile(r"_x00([01][0-9A-Fa-f])_")
UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
FORMULA_SIGNS = ("=", "+", "-", "@")
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LONGEST_NAME = 31
SIDE_INCHES, TOP_INCHES, POINTS_AN_INCH = 0.55, 0.7, 72.0
PIXELS_A_DIGIT, PIXELS_ASIDE, POINTS_A_PIXEL = 7, 5, 0.75
"""How Excel makes a column of a width in digits: of its usual font, with room at the sides."""
SPARE = 0.97

BORDER = {"border": 1}
CENTRE = {"align": "center", "valign": "vcenter", "text_wrap": True}
LEFT = {"align": "left", "valign": "vcenter", "text_wrap": True}
LOOKS: dict[Role, dict[str, Any]] = {
    Role.TITLE: CENTRE | {"font_size": 16, "bold": True},
    Role.CAPTION: LEFT,
    Role.UNIT: CENTRE | {"align": "right"},
    Role.LABEL: CENTRE | BORDER,
    Role.HEADING: CENTRE | BORDER | {"bold": True},
    Role.HEAD: CENTRE | BORDER | {"bold": True},
    Role.VALUE: CENTRE | BORDER,
    Role.TEXT: LEFT | BORDER,
    Role.NOTE: LEFT | {"font_size": 9, "valign": "top"},
    Role.PROSE: LEFT,
}
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""What a person typed is text: never a formula, a link or a number."""
FONT = {"font_name": "宋体", "font_size": 10, "num_format": "@"}
USUAL_FONT = {"default_format_properties": {"font_name": "Arial", "font_size": 10}}
"""Columns are measured in digits of it; no cell is written in it. What stands in for Arial where it
is missing has digits as wide; what stands in for Calibri or 宋体 makes columns wider, and the print
smaller."""


# -- writing ----------------------------------------------------------------------------------


def write(path: Path, grids: Sequence[Grid]) -> None:
    """Write a workbook with one worksheet a Grid.

    Raises:
        UserError: the file cannot be written, or a text is longer than a cell holds.
    """
    write_aside(path, to_bytes(grids))


def to_bytes(grids: Sequence[Grid]) -> bytes:
    """Return a workbook with one worksheet a Grid as the bytes of its file."""
    import xlsxwriter

    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True} | PLAIN | USUAL_FONT)
    formats = {
        (role, quoted): book.add_format(FONT | looks | {"quote_prefix": quoted})
        for role, looks in LOOKS.items()
        for quoted in (False, True)
    }
    for grid, name in zip(grids, sheet_names(grids), strict=True):
        _write_sheet(book.add_worksheet(name), grid, formats)
        _write_marks(book, grid, name)
    book.close()
    return stream.getvalue()


def sheet_names(grids: Iterable[Grid]) -> list[str]:
    """Return a name Excel accepts for each worksheet: short, allowed and each once."""
    names: list[str] = []
    taken: set[str] = set()
    for grid in grids:
        name = FORBIDDEN.sub(" ", grid.name).strip(" '")[:LONGEST_NAME].strip(" '") or "Sheet"
        wanted, number = name, 2
        while name.lower() in taken:
            name = f"{wanted[: LONGEST_NAME - 5]}({number})"
            number += 1
        names.append(name)
        taken.add(name.lower())
    return names


def _write_sheet(sheet: Worksheet, grid: Grid, formats: dict[tuple[Role, bool], Format]) -> None:
    grid, heights = split_tall_rows(grid)
    for cell in grid.cells:
        row, column, text, down, across, role = cell
        if role is Role.TEXT and fits_one_line(cell, grid.widths):
            role = Role.VALUE
        text = UNWRITABLE.sub("", text)
        look = formats[role, text.startswith(FORMULA_SIGNS)]
        if len(text) > LONGEST_TEXT:
            raise UserError(
                f"表“{grid.name}”的{cell.name}有{len(text)}字，一个单元格最多{LONGEST_TEXT}字",
                "请缩短这段文字后再导出",
            )
        if down > 1 or across > 1:
            sheet.merge_range(row, column, row + down - 1, column + across - 1, text, look)
        elif text:
            sheet.write_string(row, column, text, look)
        else:
            sheet.write_blank(row, column, None, look)
    for row, height in enumerate(heights):
        sheet.set_row(row, height)
    for column, width in enumerate(grid.widths):
        sheet.set_column(column, column, width)
    _set_page(sheet, grid, heights)


def _set_page(sheet: Worksheet, grid: Grid, heights: Sequence[float]) -> None:
    """A4, as wide as the paper, turned for a wide sheet, head rows on each page.

    A page ends where few merged labels are cut: a workbook cannot print a label again.
    """
    sheet.set_paper(9)
    if paper_of(grid).turned:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=SIDE_INCHES, right=SIDE_INCHES, top=TOP_INCHES, bottom=TOP_INCHES)
    sheet.center_horizontally()
    sheet.set_footer("&C&9第 &P 页，共 &N 页")
    sheet.set_h_pagebreaks(page_starts(grid, heights, _depth(grid)))
    sheet.print_area(0, 0, max(0, grid.rows - 1), max(0, grid.columns - 1))
    if grid.repeat_rows:
        sheet.repeat_rows(0, grid.repeat_rows - 1)


def _depth(grid: Grid) -> float:
    """Return how high the rows of a page may be, in points before it is shrunk to the paper.

    A little is left over: programs measure columns by fonts of their own, and a page they end
    themselves before ours would leave the next one nearly empty.
    """
    page = paper_of(grid)
    wide = sum((width * PIXELS_A_DIGIT + PIXELS_ASIDE) * POINTS_A_PIXEL for width in grid.widths)
    shrunk = min(1.0, (page.width - 2 * SIDE_INCHES * POINTS_AN_INCH) / max(wide, 1.0))
    return SPARE * (page.height - 2 * TOP_INCHES * POINTS_AN_INCH) / shrunk


def _write_marks(book: Workbook, grid: Grid, sheet: str) -> None:
    for mark, value in grid.marks.items():
        if value and len(value) <= 255:  # noqa: PLR2004  the longest property Excel keeps
            book.set_custom_property(MARK.format(sheet=sheet, mark=mark), value, "text")


# -- reading ----------------------------------------------------------------------------------


def read(path: Path) -> list[Grid]:
    """Return every worksheet that holds a text, in the order of the workbook.

    Raises:
        UserError: the file cannot be read, is no workbook, damaged, encrypted or hostile, or every
            sheet is empty.
    """
    with check_package(path, "xl/workbook.xml", "Excel工作簿") as package:
        ignored = ignored_parts(package, path)
        parts = {
            info.filename: read_part(package, info.filename, path)
            for info in package.infolist()
            if info.filename.endswith((".xml", ".rels")) and info.filename.startswith(("xl/", "["))
        }
    try:
        with path.open("rb") as stream:  # openpyxl itself leaves a damaged file open
            grids = _read_book(path, stream, parts)
    except UserError:
        raise
    except Exception as error:  # a damaged workbook makes the library fail in any of many ways
        raise UserError(
            f"“{path.name}”已损坏，读不出表格", "请用Excel或WPS打开并另存一份后再试"
        ) from error
    if not grids:
        raise UserError(f"“{path.name}”里没有任何内容", "请确认选对了文件")
    for grid in grids:
        grid.notes += ignored
    return grids


def _unheard() -> redirect_stdout[StringIO]:
    """Keep what openpyxl prints of odd styles out of the JSON that a command prints."""
    return redirect_stdout(StringIO())


def _read_book(path: Path, stream: BinaryIO, parts: dict[str, bytes]) -> list[Grid]:
    import openpyxl

    warnings.filterwarnings("ignore", module=r"openpyxl\.")  # parts that a form has no use for
    symbols = any(names_symbol_font(xml) for xml in parts.values())
    with _unheard():
        book = openpyxl.load_workbook(stream, read_only=True, keep_links=False, rich_text=symbols)
    try:
        marks = {prop.name: str(prop.value) for prop in book.custom_doc_props.props}
        grids = []
        for sheet in book.worksheets:
            xml = parts.get(sheet._worksheet_path.lstrip("/"), b"")  # noqa: SLF001  no public name
            sheet._get_source = partial(BytesIO, cells_alone(xml))  # noqa: SLF001  no other way
            grid = _read_sheet(path, sheet, merges(xml), symbols=symbols)
            if symbols and (runs := inline_texts(xml)):
                grid.cells = [x._replace(text=runs.get(x.name, x.text)) for x in grid.cells]
            grid.marks = _marks_of(marks, sheet.title)
            grid.hidden = sheet.sheet_state != "visible"
            if any(cell.text for cell in grid.cells):
                grids.append(grid)
        return grids
    finally:
        book.close()


def _marks_of(marks: dict[str, str], sheet: str) -> dict[str, str]:
    prefix = MARK.format(sheet=sheet, mark="")
    return {
        name.removeprefix(prefix): value for name, value in marks.items() if name.startswith(prefix)
    }


def _read_sheet(
    path: Path, sheet: Any, merged: dict[tuple[int, int], tuple[int, int]], *, symbols: bool
) -> Grid:
    from openpyxl.cell.read_only import EMPTY_CELL

    hidden = covered(merged)
    read_text = _symbols if symbols else _text
    grid = Grid(sheet.title)
    cached: dict[tuple[int, int], str] | None = None
    for line in sheet.iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN):
        for found in line:
            if found is EMPTY_CELL:
                continue
            place = (found.row - 1, found.column - 1)
            if place in hidden:
                continue
            text = read_text(found)
            if text is None:
                cached = _cached_texts(path, sheet.title) if cached is None else cached
                text = cached.get(place) or str(getattr(found.value, "text", found.value))
            elif found.value is not None and not isinstance(found.value, str):
                grid.numbers[place] = text
            grid.cells.append(Cell(*place, text, *merged.get(place, (1, 1))))
    drop_empty_end(grid)
    return grid


def _text(found: Any) -> str | None:
    """Return what a cell shows; None for a formula whose result stands elsewhere."""
    value = found.value
    if found.data_type == "f":
        return constant_formula(value) if isinstance(value, str) else None
    if isinstance(value, str):
        return _unescaped(value)
    return "" if value is None else shown(value, found.number_format)


def _symbols(found: Any) -> str | None:
    """Return the text of a cell that may be written, whole or in parts, in a symbol font."""
    runs = [found.value] if isinstance(found.value, str) else found.value
    if not isinstance(runs, list) and not isinstance(runs, str):
        return _text(found)
    if found.data_type == "f":
        return _text(found)
    return _unescaped(
        "".join(
            as_unicode(run, found.font.name)
            if isinstance(run, str)
            else as_unicode(run.text, run.font and run.font.rFont)
            for run in runs
        )
    )


def _unescaped(text: str) -> str:
    """Undo Excel's `_x000D_` writing of control characters, which XML cannot hold."""
    if "_x" in text:
        text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n")


def _cached_texts(path: Path, title: str) -> dict[tuple[int, int], str]:
    """Return what the formulas of a sheet showed when it was saved."""
    import openpyxl

    with _unheard():
        book = openpyxl.load_workbook(path, read_only=True, keep_links=False, data_only=True)
    try:
        return {
            (cell.row - 1, cell.column - 1): shown(cell.value, cell.number_format)
            for line in book[title].iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN)
            for cell in line
            if cell.value is not None
        }
    finally:
        book.close()


def drop_empty_end(grid: Grid) -> None:
    """Leave out bordered cells below and right of everything written."""
    texts = [cell for cell in grid.cells if cell.text]
    bottom = max((cell.bottom for cell in texts), default=0)
    right = max((cell.right for cell in texts), default=0)
    grid.cells = [cell for cell in grid.cells if cell.row < bottom and cell.column < right]
