"""表10 goes into every format and comes back whole; a foreign one is read by its heads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sheet_forms import DISTRICTS, published

from kpiapp.model.interchange import project_list_from_json, project_list_to_json
from kpiapp.model.project_list import ProjectList
from kpiapp.sheets import docx, html, xlsx
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.grid import Cell, Grid, Role
from kpiapp.sheets.layouts.layout import layout, list_layouts, load_layouts
from kpiapp.sheets.project_sheet import ENDING, fill_list, layout_for, read_list

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


def published_list(shared: Path, district: str) -> ProjectList:
    path = shared / "forms" / f"{district}{ENDING}.json"
    return project_list_from_json(json.loads(path.read_text("utf-8")))


def without_marks(grid: Grid) -> Grid:
    grid.marks = {}
    return grid


@pytest.mark.parametrize("district", DISTRICTS)
@pytest.mark.parametrize("module", [xlsx, docx, html], ids=lambda x: x.__name__[-4:])
def test_every_published_list_comes_back_whole(
    shared: Path, tmp_path: Path, district: str, module: ModuleType
) -> None:
    projects = published_list(shared, district)
    path = tmp_path / "a"
    module.write(path, [fill_list(projects)])
    draft = read_list(module.read(path)[0])
    assert draft
    assert project_list_to_json(draft.project_list) == project_list_to_json(projects)
    assert (draft.own, draft.unread, draft.notes) == (True, [], [])


@pytest.mark.parametrize("district", DISTRICTS)
def test_a_list_without_marks_is_read_by_its_heads(shared: Path, district: str) -> None:
    projects = published_list(shared, district)
    draft = read_list(without_marks(fill_list(projects)), f"{district}{ENDING}")
    assert draft
    read = draft.project_list
    assert (read.id, read.year) == (projects.id, projects.year)
    assert (read.columns, read.rows) == (projects.columns, projects.rows)
    assert not draft.unread


@pytest.mark.parametrize("district", DISTRICTS)
def test_undone_merges_and_a_column_of_numbers_do_no_harm(shared: Path, district: str) -> None:
    projects = published_list(shared, district)
    grid = without_marks(fill_list(projects))
    heads = {cell.row for cell in grid.cells if cell.role is Role.HEAD}
    alone = [x._replace(row_span=1, column_span=1, column=x.column + 1) for x in grid.cells]
    numbers = [Cell(min(heads), 0, "序号")]
    numbers += [Cell(n, 0, str(n)) for n in range(max(heads) + 1, grid.rows)]
    draft = read_list(Grid("Sheet1", [*alone, *numbers]))
    assert draft
    assert draft.project_list.columns == ["序号", *projects.columns]
    assert [row[1:] for row in draft.project_list.rows] == projects.rows


def test_every_layout_of_forms_has_a_list_of_its_own() -> None:
    declared = {one.id for one in load_layouts() if not one.stage}
    assert {layout_for(one).id for one in declared} == {one.id for one in list_layouts()}
    assert layout_for("nowhere-2031").id == "mof-2015-table10"


def test_columns_that_no_layout_has_are_printed_and_read() -> None:
    projects = ProjectList(
        "x",
        2027,
        "mof-2015",
        columns=["序号", "项目名称", "合计", "备注"],
        rows=[["1", "甲", "2", ""]],
    )
    draft = read_list(fill_list(projects))
    assert draft
    assert draft.project_list == projects


def test_a_foreign_list_in_another_order_is_read_with_its_remark_shown() -> None:
    rows = [
        ["附件：2027年部门预算项目支出表"],
        ["单位：元"],
        ["序号", "金额", "项目名称"],
        ["1", "5", "甲"],
    ]
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    cells.append(Cell(4, 0, "注：不含上年结转", 1, 3))
    draft = read_list(Grid("Sheet1", cells))
    assert draft
    assert draft.project_list.columns == ["序号", "金额", "项目名称"]
    assert draft.project_list.rows == [["1", "5", "甲"]]
    assert (draft.project_list.amount_unit, draft.project_list.year) == ("元", 2027)
    assert any("不含上年结转" in note for note in draft.notes)


@pytest.mark.parametrize("name", ["jiangxia-2026-dept", "jianghan-2022-dept", "wuchang-2026-p01"])
def test_a_form_is_no_list_whatever_tables_it_holds(shared: Path, name: str) -> None:
    form = published(shared, name)
    assert read_list(without_marks(fill(form, layout(form.layout, form.kind)))) is None
