"""Old workbooks (.xls of Excel, .et of WPS) -> Grids, through python-calamine.

That library tells values and merges but no number formats, so a percentage comes as 0.95; the
cells are named in the grid's notes.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from kpiapp.errors import UserError
from kpiapp.sheets import xlsx
from kpiapp.sheets.files import OLE, RESAVE, head_of
from kpiapp.sheets.grid import Cell, Grid, column_name
from kpiapp.sheets.numbers import shown
from kpiapp.sheets.xlsx_parts import LAST_COLUMN, LAST_ROW, covered

if TYPE_CHECKING:
    from pathlib import Path

MOST_CELLS = 500_000
"""A sheet with more is no form; 5,000 rows of 100 columns are read of any workbook."""
MOST_NAMED = 8
"""So many cells are named in a note."""


def read(path: Path) -> list[Grid]:
    """Return every worksheet that holds a text, in the order of the workbook.

    Raises:
        UserError: the file cannot be read, is no workbook, damaged or encrypted, or every sheet is
            empty.
    """
    head = head_of(path, "Excel工作簿")
    if not head.startswith(OLE):
        raise UserError(f"“{path.name}”不是Excel工作簿", RESAVE)
    data = path.read_bytes()
    _refuse_others(path, data)
    grids = [grid for grid in _read_book(path, data) if any(cell.text for cell in grid.cells)]
    if not grids:
        raise UserError(f"“{path.name}”里没有任何内容", "请确认选对了文件")
    return grids


def _refuse_others(path: Path, data: bytes) -> None:
    """Refuse what else comes in the container of old workbooks."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UserError(f"“{path.name}”有打开密码，读不了", "请打开它去掉密码，另存后再试")
    if "WordDocument".encode("utf-16-le") in data:
        raise UserError(
            f"“{path.name}”是旧版Word文档(.doc)", "请用Word或WPS打开它，另存为.docx后再试"
        )


def _read_book(path: Path, data: bytes) -> list[Grid]:
    import python_calamine

    try:
        book = python_calamine.load_workbook(BytesIO(data))
        sheets = [one for one in book.sheets_metadata if _is(one.typ, "WorkSheet")]
        return [_read_sheet(book, one) for one in sheets]
    except UserError:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the library is of Rust, and its panics are no Exception
        raise UserError(f"“{path.name}”是旧版表格，读不出内容", RESAVE) from error


def _is(kind: object, name: str) -> bool:
    return str(kind).rpartition(".")[2] == name


def _read_sheet(book: Any, about: Any) -> Grid:
    sheet = book.get_sheet_by_name(about.name)
    grid = Grid(about.name, hidden=not _is(about.visible, "Visible"))
    if sheet.height * sheet.width > MOST_CELLS:
        raise UserError(
            f"工作表“{about.name}”有{sheet.height}行{sheet.width}列，不像绩效目标表",
            "请删去无关的工作表后再试",
        )
    spans = {
        top: (bottom[0] - top[0] + 1, bottom[1] - top[1] + 1)
        for top, bottom in sheet.merged_cell_ranges or ()
    }
    hidden = covered(
        {
            place: (min(rows, LAST_ROW), min(columns, LAST_COLUMN))
            for place, (rows, columns) in spans.items()
        }
    )
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            place = (row, column)
            if place not in hidden:
                text = shown(value).replace("\r\n", "\n")
                grid.cells.append(Cell(row, column, text, *spans.get(place, (1, 1))))
                if text and not isinstance(value, str):
                    grid.numbers[place] = text
    xlsx.drop_empty_end(grid)
    grid.notes = _notes(grid)
    return grid


def _notes(grid: Grid) -> list[str]:
    """Return the sentence on numbers that may have been percentages: those below or equal to 1."""
    doubtful = [place for place, text in grid.numbers.items() if _may_be_a_share(text)]
    if not doubtful:
        return []
    named = "、".join(f"{column_name(column)}{row + 1}" for row, column in doubtful[:MOST_NAMED])
    more = "等" if len(doubtful) > MOST_NAMED else ""
    return [f"旧版表格不带数字格式，百分数会读成小数（95%读作0.95），请核对：{named}{more}"]


def _may_be_a_share(text: str) -> bool:
    try:
        return 0 < float(text) <= 1
    except ValueError:
        return False
