"""Sheets that people really send: other labels, missing blocks, undone merges, misprinted heads."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from sheet_forms import LAYOUTS, as_json, drafts_in, filled_form, published_json

from kpiapp.model.form import Horizon
from kpiapp.sheets.detect import ENOUGH, detect
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.grid import Cell, Grid
from kpiapp.sheets.layouts.layout import layout
from kpiapp.sheets.parsing.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VALUES = (
    "level1 level2 level3 target prior2 prior1 long_term_target standard note horizon goal"
).split()


def foreign(name: str, change: Callable[[Cell], Cell | None] = lambda cell: cell) -> Grid:
    """The sheet of a filled form without our marks, each cell changed or left out."""
    grid = fill(filled_form(LAYOUTS[name]), LAYOUTS[name])
    cells = [new for cell in grid.cells if (new := change(cell))]
    return Grid(grid.name, cells, grid.widths)


def read(grid: Grid, name: str) -> dict[str, Any]:
    return as_json(parse(grid, LAYOUTS[name]).form)


def wanted(name: str) -> dict[str, Any]:
    return read(foreign(name), name)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_sheet_without_marks_is_recognised_by_its_labels(name: str) -> None:
    best, second = detect(foreign(name))[:2]
    assert best.layout.id == LAYOUTS[name].id
    assert best.confidence > max(0.8, second.confidence)


@pytest.mark.parametrize("name", LAYOUTS)
def test_blanks_in_labels_do_no_harm(name: str) -> None:
    def spaced(cell: Cell) -> Cell:
        known = cell.role in ("label", "head", "heading") and len(cell.text) > 1
        return cell._replace(text="  ".join(cell.text) + " ") if known else cell

    got = parse(foreign(name, spaced), LAYOUTS[name])
    assert as_json(got.form) == wanted(name)
    assert got.changes


@pytest.mark.parametrize("name", LAYOUTS)
def test_brackets_and_colons_of_another_width_do_no_harm(name: str) -> None:
    table = str.maketrans("（）：():", "():（）：")
    grid = foreign(
        name, lambda cell: cell._replace(text=cell.text.translate(table)) if cell.text else cell
    )
    got, want = read(grid, name), wanted(name)
    assert len(got["indicators"]) == len(want["indicators"])
    assert len(got["fields"]) == len(want["fields"])
    assert [goal["number"] for goal in got["goals"]] == [goal["number"] for goal in want["goals"]]


@pytest.mark.parametrize("name", LAYOUTS)
def test_groups_whose_merge_was_undone_are_carried_down(name: str) -> None:
    def undone(cell: Cell) -> Cell:
        return cell._replace(row_span=1) if cell.row_span > 1 and cell.role == "value" else cell

    assert read(foreign(name, undone), name)["indicators"] == wanted(name)["indicators"]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_sheet_moved_by_rows_and_columns_reads_the_same(name: str) -> None:
    moved = foreign(name, lambda c: c._replace(row=c.row + 3, column=c.column + 2))
    moved.cells.append(Cell(0, 2, "附件1"))
    got = parse(moved, LAYOUTS[name])
    assert as_json(got.form) == wanted(name)
    assert [(one.cell, one.text) for one in got.unread] == [("C1", "附件1")]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_missing_block_leaves_the_others_whole(name: str) -> None:
    grid = foreign(name)
    label = next(c for c in grid.cells if c.row_span > 1 and re.search("资金|任务|执行", c.text))
    grid.cells = [c for c in grid.cells if not label.row <= c.row < label.bottom]
    got, want = read(grid, name), wanted(name)
    assert got["indicators"] == want["indicators"]
    assert got["fields"] == want["fields"]
    assert len(got["tables"]) == len(want["tables"]) - 1


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_cell_is_used_or_reported(name: str) -> None:
    grid = foreign(name)
    bottom = grid.rows
    grid.cells += [Cell(bottom + 2, 1, "填表说明"), Cell(bottom + 2, 3, "仅供参考")]
    unread = parse(grid, LAYOUTS[name]).unread
    assert [one.text for one in unread] == ["填表说明", "仅供参考"]


def test_what_stands_beside_date_and_unit_is_shown() -> None:
    name = "jiangxia-2026-project"
    line = "填报日期：2025年11月20日     填报单位：某局     单位：万元"

    def beside(cell: Cell) -> Cell | None:
        return cell._replace(text=line) if "单位：" in cell.text else cell

    draft = parse(foreign(name, beside), LAYOUTS[name])
    assert draft.form.filled_on == "2025-11-20"
    assert "填报单位：某局" in [one.text for one in draft.unread]


@pytest.mark.parametrize("name", LAYOUTS)
def test_signatures_below_the_table_are_no_indicator(name: str) -> None:
    grid = foreign(name)
    grid.cells.append(Cell(grid.rows, 0, "填报人：姓名略"))
    grid.cells.append(Cell(grid.rows - 1, 3, "审核人：姓名略"))
    draft = parse(grid, LAYOUTS[name])
    assert as_json(draft.form)["indicators"] == wanted(name)["indicators"]
    assert "审核人：姓名略" in [one.text for one in draft.unread]


def qiaokou_with(head: str, printed: str) -> list[dict[str, Any]]:
    name = "qiaokou-2026-project"
    grid = foreign(name, lambda c: c._replace(text=printed) if c.text == head else c)
    return list(read(grid, name)["indicators"])


@pytest.mark.parametrize(
    ("head", "printed"),
    [
        ("二级指标", "效益指标"),
        ("三级指标", "效益指标"),
        ("预计当年实现", "1人"),
        ("指标值确定依据", "指标确定依据"),
    ],
)
def test_a_misprinted_head_is_understood_by_its_place(head: str, printed: str) -> None:
    assert qiaokou_with(head, printed) == wanted("qiaokou-2026-project")["indicators"]


def test_two_goals_called_alike_are_long_term_and_annual() -> None:
    name = "qiaokou-2026-project"
    grid = foreign(
        name,
        lambda c: (
            c._replace(text="年度绩效目标") if c.text in ("长期绩效目标1", "年度绩效目标1") else c
        ),
    )
    goals = read(grid, name)["goals"]
    assert next((g["horizon"], g["number"], g["label"]) for g in goals) == (
        "long_term",
        1,
        "年度绩效目标",
    )
    assert {g["horizon"] for g in goals} == {"long_term", "annual"}


def test_more_columns_than_the_template_are_kept_beside_the_indicator() -> None:
    name = "jianghan-2022-project"
    grid = foreign(name)
    heads = next(c for c in grid.cells if c.text == "指标值确定依据")
    grid.cells.append(Cell(heads.row, heads.right, "计量单位"))
    grid.cells.append(Cell(heads.row + 1, heads.right, "次"))
    first = parse(grid, LAYOUTS[name]).form.indicators[0]
    assert first.extra == {"计量单位": "次"}


def test_signs_and_widths_are_made_plain_and_each_change_is_told() -> None:
    name = "jianghan-2022-project"
    grid = foreign(name, lambda c: c._replace(text="＞＝９５．５ ％") if c.text == "≥95%" else c)
    draft = parse(grid, LAYOUTS[name])
    assert draft.form.indicators[1].target == "≥95.5%"
    assert ("＞＝９５．５ ％", "≥95.5%") in [(one.before, one.after) for one in draft.changes]


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("jiangxia-2026-department", 2027),
        ("jiangxia-2026-project", 2027),
        ("jianghan-2022-department", 2023),
        ("jianghan-2022-project", 2023),
        ("qiaokou-2026-project", 2027),
        ("dongxihu-2025-department", 2026),
    ],
)
def test_the_budget_year_comes_from_heads(name: str, year: int) -> None:
    draft = parse(foreign(name), LAYOUTS[name])
    assert draft.form.year == year
    assert not draft.year_assumed


def test_the_budget_year_comes_from_the_date_else_is_assumed() -> None:
    name = "dongxihu-2025-project"
    dated = parse(foreign(name), LAYOUTS[name])
    assert (dated.form.year, dated.year_assumed) == (2027, False)  # dated November 2026
    undated = parse(foreign(name, lambda c: None if "日期" in c.text else c), LAYOUTS[name])
    assert (undated.form.year, undated.year_assumed) == (2025, True)


def test_a_start_before_the_layouts_first_year_tells_nothing() -> None:
    one = layout("wuchang-2026", "project")
    for start, year, assumed in (("2022", 2026, True), ("2028年", 2028, False)):
        form = filled_form(one)
        form.fields["起始年度"] = start
        grid = fill(form, one)
        draft = parse(Grid(grid.name, grid.cells), one)
        assert (draft.form.year, draft.year_assumed) == (year, assumed)


def test_another_kind_of_sheet_is_no_form() -> None:
    cells = [Cell(0, n, text) for n, text in enumerate(["姓名", "部门", "联系电话", "合计"])]
    assert detect(Grid("通讯录", cells))[0].confidence < ENOUGH


def test_what_people_send_is_read(shared: Path) -> None:
    """At least 99 % of indicator cells and 97 % of fields of the messy sheets are right."""
    right = cells = right_fields = fields = 0
    for path in sorted((shared / "sheets" / "messy").glob("*.json")):
        told = json.loads(path.read_text("utf-8"))
        drafts = {draft.grid.name: draft for draft in drafts_in(path.with_suffix(".xlsx"))}
        for sheet in (one for one in told["sheets"] if one["form"]):
            want = published_json(shared, sheet["form"])
            got = as_json(drafts[sheet["name"]].form)
            for row, told_row in zip(got["indicators"], want["indicators"], strict=True):
                cells += len(VALUES)
                right += sum(row[key] == told_row[key] for key in VALUES)
            fields += len(want["fields"])
            right_fields += sum(got["fields"].get(k) == v for k, v in want["fields"].items())
            assert got["choices"] == want["choices"]
    assert right >= 0.99 * cells > 0
    assert right_fields >= 0.97 * fields > 0


def test_horizons_of_the_department_forms_are_told_apart() -> None:
    draft = parse(foreign("dongxihu-2025-department"), LAYOUTS["dongxihu-2025-department"])
    assert {row.horizon for row in draft.form.indicators} == set(Horizon)
