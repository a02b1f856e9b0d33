"""What spreadsheets do to texts, and what must come through all the same."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from sheet_forms import LAYOUTS, filled_form

from kpiapp.errors import UserError
from kpiapp.sheets import xlsx
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.grid import Cell, Grid
from kpiapp.sheets.measure import TALLEST, row_heights

if TYPE_CHECKING:
    from pathlib import Path

TRICKY = [
    "=100%",
    "=4人",
    "+86",
    "-",
    "@某人",
    '=HYPERLINK("http://x","点")',
    "https://a.b",
    "0012",
]


@pytest.mark.parametrize("text", TRICKY)
def test_a_text_stays_a_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "表.xlsx"
    xlsx.write(path, [Grid("表", [Cell(0, 0, text)])])
    cell = openpyxl.load_workbook(path).active["A1"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    assert cell.quotePrefix is (text[0] in "=+-@")
    assert cell.hyperlink is None
    [grid] = xlsx.read(path)
    assert grid.cells[0].text == text


def typed(tmp_path: Path, value: Any, number_format: str = "General") -> str:
    """What is read where a person typed a value into a formatted cell."""
    book = openpyxl.Workbook()
    cell = book.active["A1"]
    cell.value, cell.number_format = value, number_format
    path = tmp_path / "typed.xlsx"
    book.save(path)
    return xlsx.read(path)[0].cells[0].text


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        ("=100%", "General", "=100%"),
        ("= 98.5 %", "0%", "=98.5%"),
        ("=12", "General", "=12"),
        (0.95, "0%", "95%"),
        (0.3895, "0.00%", "38.95%"),
        (1, "0.00%", "100.00%"),
        (1602.84, "#,##0.00", "1602.84"),
        (1602.8, "#,##0.00", "1602.80"),
        (270000, "#,##0", "270000"),
        (9.52, '0.00"万元"', "9.52万元"),
        (12, '0"次/年"', "12次/年"),
        (3, '"≥"0"次"', "≥3次"),
        (-3, "0.0;(0.0)", "-3.0"),
        (5, "General", "5"),
        (0.1 + 0.2, "General", "0.3"),
        (430200, "000000", "430200"),
        (True, "General", "TRUE"),
        (datetime(2025, 11, 12, tzinfo=UTC).replace(tzinfo=None), "yyyy-mm-dd", "2025年11月12日"),
        ("文字", "@", "文字"),
    ],
)
def test_a_number_reads_as_it_shows(
    tmp_path: Path, value: Any, number_format: str, shown: str
) -> None:
    assert typed(tmp_path, value, number_format) == shown


def test_a_formula_reads_as_its_result(tmp_path: Path) -> None:
    path = tmp_path / "合计.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, "=SUM(B1:B2)", None, 9.52)
        sheet.write_string(0, 1, "x")
    assert [cell.text for cell in xlsx.read(path)[0].cells] == ["9.52", "x"]


def test_ticks_in_a_symbol_font_are_ticks(tmp_path: Path) -> None:
    path = tmp_path / "勾.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        symbol = book.add_format({"font_name": "Wingdings 2"})
        book.add_worksheet().write_rich_string(
            0, 0, "持续性项目", symbol, "R", " 新增性项目", symbol, "£"
        )
    assert xlsx.read(path)[0].cells[0].text == "持续性项目☑ 新增性项目□"


def test_ticks_in_runs_that_stand_in_the_cell(tmp_path: Path) -> None:
    font = InlineFont(rFont="Wingdings 2")
    book = openpyxl.Workbook()
    book.active["B2"] = CellRichText("甲", TextBlock(font, "R"), " 乙", TextBlock(font, "£"))
    book.save(tmp_path / "表.xlsx")
    [grid] = xlsx.read(tmp_path / "表.xlsx")
    assert [cell.text for cell in grid.cells if cell.text] == ["甲☑ 乙□"]


def test_parts_that_no_form_needs_are_passed_over_in_silence(tmp_path: Path) -> None:
    """Workbooks of other programs carry extensions that openpyxl warns of; here, warnings fail."""
    one = LAYOUTS["jianghan-2022-project"]
    data = parts(xlsx.to_bytes([fill(filled_form(one), one)]))
    extension = b'<extLst><ext uri="{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    sheet = "xl/worksheets/sheet1.xml"
    data[sheet] = data[sheet].replace(b"</worksheet>", extension)
    path = tmp_path / "扩展.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        for name, content in data.items():
            package.writestr(name, content)
    assert xlsx.read(path)


def test_what_the_library_prints_of_odd_styles_is_not_heard(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "表.xlsx"
    xlsx.write(path, [Grid("表", [Cell(0, 0, "甲")], (10.0,))])
    whole = parts(path.read_bytes())
    styles = whole["xl/styles.xml"].replace(b'name="Normal" xfId="0"', b'name="Normal" xfId="9"')
    with zipfile.ZipFile(path, "w") as package:
        for name, data in (whole | {"xl/styles.xml": styles}).items():
            package.writestr(name, data)
    with pytest.raises(UserError, match="已损坏"):
        xlsx.read(path)
    assert not capsys.readouterr().out


def test_hidden_and_empty_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "看得见"
    hidden = book.create_sheet("下拉")
    hidden["A1"], hidden.sheet_state = "看不见", "hidden"
    book.create_sheet("空")
    path = tmp_path / "三张.xlsx"
    book.save(path)
    assert [(grid.name, grid.hidden) for grid in xlsx.read(path)] == [
        ("Sheet", False),
        ("下拉", True),
    ]


def test_control_characters_do_not_damage_the_file(tmp_path: Path) -> None:
    path = tmp_path / "控.xlsx"
    xlsx.write(path, [Grid("表", [Cell(0, 0, "一\x07二\ud800三")])])
    assert xlsx.read(path)[0].cells[0].text == "一\x07二三"


def test_names_of_sheets_are_made_allowed_and_each_once() -> None:
    names = ["项目/一:[甲]", "表", "表", "很长的名字" * 10, "很长的名字" * 10, "'", "History"]
    made = xlsx.sheet_names([Grid(name) for name in names])
    assert len(set(made)) == len(made)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in made)
    assert made[1:3] == ["表", "表(2)"]


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_page_is_set_for_printing(tmp_path: Path, name: str) -> None:
    path = tmp_path / "表.xlsx"
    grid = fill(filled_form(LAYOUTS[name]), LAYOUTS[name])
    xlsx.write(path, [grid])
    sheet = openpyxl.load_workbook(path).active
    assert sheet.page_setup.paperSize == 9  # A4
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_area.endswith(f"${sheet.max_row}")
    assert all(sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1))


def test_no_row_is_taller_than_excel_allows(tmp_path: Path) -> None:
    one = LAYOUTS["qiaokou-2026-department"]
    form = filled_form(one)
    form.fields["部门职能概述"] = "履职。\n" * 400
    grid = fill(form, one)
    assert max(row_heights(grid)) > 409
    path = tmp_path / "表.xlsx"
    xlsx.write(path, [grid])
    sheet = openpyxl.load_workbook(path).active
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    assert max(heights) <= TALLEST
    assert sum(heights) == pytest.approx(sum(row_heights(grid)), rel=0.01)


def test_a_workbook_is_the_same_each_time_but_for_its_date() -> None:
    one = LAYOUTS["jianghan-2022-project"]
    first, second = (xlsx.to_bytes([fill(filled_form(one), one)]) for _ in range(2))
    assert parts(first) == parts(second)


def parts(data: bytes) -> dict[str, bytes]:
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(data)) as package:
        return {
            name: package.read(name) for name in package.namelist() if name != "docProps/core.xml"
        }
