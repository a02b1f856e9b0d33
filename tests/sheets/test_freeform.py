"""Sheets of districts without a layout, read by their labels: 25 shapes and messy variants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from local_shapes import MORE, NAMES, SHAPES, shape_grid, shape_rows
from sheet_forms import drafts_in

from kpiapp.sheets import docx, html, xlsx
from kpiapp.sheets.free.freeform import read_freely
from kpiapp.sheets.grid import Cell, Grid
from kpiapp.sheets.parsing.recognise import read_draft

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kpiapp.model.form import Indicator
    from kpiapp.sheets.draft import Draft

ENOUGH = 0.95


def spaced(grid: Grid) -> Grid:
    """Blanks inside the labels, as people pull them apart."""
    return Grid(
        grid.name,
        [c._replace(text=" ".join(c.text)) if 1 < len(c.text) <= 6 else c for c in grid.cells],
    )


def undone(grid: Grid) -> Grid:
    """Every merge undone."""
    return Grid(grid.name, [cell._replace(row_span=1, column_span=1) for cell in grid.cells])


def only_groups_undone(grid: Grid) -> Grid:
    """Merges downwards undone."""
    return Grid(grid.name, [cell._replace(row_span=1) for cell in grid.cells])


def moved(grid: Grid) -> Grid:
    """An empty column at the left and two empty rows above."""
    return Grid(
        grid.name, [cell._replace(row=cell.row + 2, column=cell.column + 1) for cell in grid.cells]
    )


def wide(grid: Grid) -> Grid:
    """Signs and digits in full width."""
    table = {
        ord(a): b for a, b in zip("0123456789%():", "０１２３４５６７８９％（）：", strict=True)
    }
    return Grid(
        grid.name,
        [c._replace(text=c.text.replace("≥", ">=").translate(table)) for c in grid.cells],
    )


MESS: dict[str, Callable[[Grid], Grid]] = {
    "as printed": lambda grid: grid,
    "spaced": spaced,
    "undone": undone,
    "groups undone": only_groups_undone,
    "moved": moved,
    "wide": wide,
}


def values(row: Indicator) -> dict[str, str]:
    found = {name: getattr(row, name) for name in NAMES + MORE}
    texts = {name: str(value) for name, value in found.items() if value not in (None, "")}
    return texts | {"horizon": row.horizon.value, "goal": str(row.goal)} | row.extra


def share_right(draft: Draft | None, wanted: list[dict[str, Any]]) -> float:
    """Cells read right, of those wanted and those read besides; rows are told by their order."""
    rows = [values(row) for row in draft.form.indicators] if draft else []
    total = right = 0
    for n in range(max(len(rows), len(wanted))):
        want = {k: v for k, v in wanted[n].items() if v} if n < len(wanted) else {}
        got = rows[n] if n < len(rows) else {}
        total += len(want) or len(got)
        right += sum(got.get(name) == value for name, value in want.items())
    return right / total


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_is_read_whole(name: str) -> None:
    draft = read_freely(shape_grid(name))
    assert share_right(draft, shape_rows(name)) == 1
    assert draft is not None
    assert not draft.unread


@pytest.mark.parametrize("mess", MESS)
def test_indicator_cells_of_unknown_sheets(mess: str) -> None:
    """Measured: at least 95 % of the indicator cells, over all shapes, for each kind of mess."""
    shares = {
        name: share_right(read_draft(MESS[mess](shape_grid(name))), shape_rows(name))
        for name in SHAPES
    }
    assert sum(shares.values()) / len(shares) >= ENOUGH, shares
    assert min(shares.values()) > 0.7, shares


@pytest.mark.parametrize("module", [docx, html])
def test_unknown_documents_and_pages(tmp_path: Path, module: Any) -> None:
    """Measured: at least 95 % of the indicator cells of every shape, from Word and a web page."""
    for name in SHAPES:
        path = tmp_path / "外地"
        module.write(path, [shape_grid(name)])
        [draft] = [found for grid in module.read(path) if (found := read_draft(grid))]
        assert share_right(draft, shape_rows(name)) >= ENOUGH, name


@pytest.mark.parametrize("name", SHAPES)
def test_nothing_on_an_unknown_sheet_is_dropped_silently(name: str) -> None:
    grid = shape_grid(name)
    grid.cells.append(Cell(grid.rows + 3, 2, "随手写的一句话，不知说的是哪一项"))
    draft = read_freely(grid)
    assert draft is not None
    assert [one.text for one in draft.unread] == ["随手写的一句话，不知说的是哪一项"]


def test_fields_goals_and_money_of_an_unknown_sheet() -> None:
    draft = read_freely(shape_grid("national"))
    assert draft is not None
    form = draft.form
    assert form.year == 2026
    assert form.fields["实施单位"] == "云溪县河道管理站"
    assert [(g.horizon.value, g.number, g.until) for g in form.goals] == [
        ("long_term", 1, 2028),
        ("long_term", 2, 2028),
        ("annual", 1, None),
    ]
    money = form.tables["项目资金（万元）"]
    assert money.rows[0].cells == ["中期资金总额：", "960", "年度资金总额：", "320"]


def test_boxes_dates_and_tables_of_an_unknown_sheet() -> None:
    draft = read_freely(shape_grid("hubei"))
    assert draft is not None
    assert draft.form.filled_on == "2025-11-20"
    assert draft.form.year == 2026
    assert draft.form.choices["项目属性"].checked == ["持续性项目"]
    assert draft.form.tables["项目资金来源"].columns == ["来源项目", "金额"]


def test_what_stands_beside_the_amount_unit_is_read() -> None:
    grid = shape_grid("national")
    line = "填报单位：某县残联     （2026年度）    金额单位：万元    甲"
    grid.cells[:] = [c._replace(text=line) if c.text == "（2026年度）" else c for c in grid.cells]
    grid.cells.append(Cell(grid.rows, 0, "填报人：      填报日期：2026年1月5日", 1, 8))
    grid.cells.append(Cell(grid.rows, 0, "其中：基本支出：320", 1, 8))
    draft = read_freely(grid)
    assert draft is not None
    assert draft.form.fields["填报单位"] == "某县残联"
    assert draft.form.fields["填报日期"] == "2026年1月5日"
    assert draft.form.fields["其中：基本支出"] == "320"
    assert "填报人" not in draft.form.fields
    assert [one.text for one in draft.unread] == ["甲"]


def test_two_equal_years_beside_each_other_are_two_values() -> None:
    draft = read_draft(shape_grid("plan with years"))
    assert draft is not None
    assert draft.form.tables["项目实施进度计划"].rows[1].cells == ["2、核心区规划", "2026", "2026"]


def test_a_department_form_is_one() -> None:
    draft = read_freely(shape_grid("department"))
    assert draft is not None
    assert draft.form.kind == "department"
    assert draft.form.name == "青岭县应急管理局"
    assert len(draft.form.tables["年度主要任务"].rows) == 3


def test_a_sheet_without_indicators_is_no_form() -> None:
    grid = Grid("通讯录", [Cell(0, 0, "姓名"), Cell(0, 1, "电话"), Cell(1, 0, "某某")])
    assert read_freely(grid) is None


@pytest.mark.parametrize("name", SHAPES)
def test_an_unknown_workbook_says_that_it_was_read_by_its_labels(name: str, tmp_path: Path) -> None:
    path = tmp_path / "外地.xlsx"
    xlsx.write(path, [shape_grid(name)])
    [draft] = drafts_in(path)
    assert share_right(draft, shape_rows(name)) >= ENOUGH
    if draft.confidence < 0.45:
        assert "没有这张表的表样" in draft.notes[0]
