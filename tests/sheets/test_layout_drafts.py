"""A layout drafted from a filled sheet works as it stands: it is accepted, reads and writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from local_shapes import grid_of
from provincial_lists import LISTS
from provincial_more import MORE_FORMS
from provincial_shapes import FORMS

from kpiapp.errors import UserError
from kpiapp.model.interchange import form_from_json, form_to_json
from kpiapp.services import own_layouts
from kpiapp.sheets import xlsx
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.free.mending import mended
from kpiapp.sheets.layouts.files import read_layout
from kpiapp.sheets.parsing.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.sheets.layouts.blocks import Layout

CELLS = "level1 level2 level3 target prior2 prior1 long_term_target standard note goal".split()
WORKBOOKS = [
    *("dongxihu-2025-dept", "dongxihu-2025-p01", "jianghan-2022-dept", "jianghan-2022-p03"),
    *("jiangxia-2026-dept", "jiangxia-2026-p01", "qiaokou-2026-dept", "qiaokou-2026-p10"),
    *("wuchang-2026-dept", "wuchang-2026-p01"),
]
FOREIGN = FORMS | MORE_FORMS
ACCEPTED = (
    "central with points",
    "plan and conditions",
    "described indicators",
    "input and duties",
    "explained head",
    "stars and upright labels",
    "overall and annual goal, reviewed",
    "levels without their names",
    "blank field",
    "grouped fields",
)


def drafted(source: Path, folder: Path) -> Layout:
    """The layout drafted from a workbook, once `layouts --check` accepts it."""
    [path] = own_layouts.draft(source, folder / "草稿.toml")
    own_layouts.check(path)
    return read_layout(path)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_drafted_layout_reads_its_workbook_and_prints_it_again(
    name: str, shared: Path, tmp_path: Path
) -> None:
    source = shared / "sheets" / "clean" / f"{name}.xlsx"
    layout = drafted(source, tmp_path)
    [grid] = xlsx.read(source)
    grid.marks.clear()
    draft = parse(mended(grid), layout)
    want = form_from_json(json.loads((shared / "forms" / f"{name}.json").read_text("utf-8")))
    got = [[getattr(row, cell) for cell in CELLS] for row in draft.form.indicators]
    assert got == [[getattr(row, cell) for cell in CELLS] for row in want.indicators]
    right = sum(draft.form.fields.get(label) == text for label, text in want.fields.items())
    assert right >= 0.9 * len(want.fields)
    assert [goal.text for goal in draft.form.goals] == [goal.text for goal in want.goals]
    assert len(draft.unread) <= 2
    if name != "jianghan-2022-dept":  # its last table has other heads than the one before
        again = parse(fill(draft.form, layout), layout).form
        assert form_to_json(again, ids=False) == form_to_json(draft.form, ids=False)


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_sheet_of_another_province_gives_a_layout_that_works(name: str, tmp_path: Path) -> None:
    source = tmp_path / "外地.xlsx"
    grid = grid_of(name, FOREIGN[name])
    xlsx.write(source, [grid])
    layout = drafted(source, tmp_path)
    draft = parse(mended(grid), layout)
    assert sum(bool(row.target) for row in draft.form.indicators) >= 6
    again = parse(fill(draft.form, layout), layout).form
    assert form_to_json(again, ids=False) == form_to_json(draft.form, ids=False)


def test_a_list_of_projects_needs_no_layout(tmp_path: Path) -> None:
    source = tmp_path / "批复表.xlsx"
    xlsx.write(source, [grid_of("list", LISTS["list with merges"])])
    with pytest.raises(UserError, match="列着许多项目"):
        own_layouts.draft(source, tmp_path / "草稿.toml")
