"""Every printed sheet equals the bureau's: same texts, same order, same cells merged down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sheet_forms import DISTRICTS, LAYOUTS, PUBLISHED, Rows, filled_form, published, rows_of

from kpiapp.model.form import Kind, Table
from kpiapp.sheets import xlsx
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.grid import Role
from kpiapp.sheets.layouts.layout import blank_form, layout
from kpiapp.sheets.measure import split_tall_rows

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.model.form import Form

SLIPS = {
    # printed slips that the interchange file does not carry: `sheets/README.md`
    "dongxihu-2025-dept": {29, 30, 31, 59, 60, 61, 68, 80},
    "dongxihu-2025-p06": {51},
    "jianghan-2022-dept": {69, 70, 80},
    "jiangxia-2026-dept": {42, 43, 44},
}


def printed(form: Form) -> Rows:
    grid, _ = split_tall_rows(fill(form, layout(form.layout, form.kind)))
    return rows_of(grid)


def official(path: Path) -> Rows:
    [grid] = xlsx.read(path)
    return rows_of(grid)


def differing(ours: Rows, theirs: Rows) -> set[int]:
    assert len(ours) == len(theirs)
    return {n for n, pair in enumerate(zip(ours, theirs, strict=True), 1) if pair[0] != pair[1]}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_form_is_printed_row_by_row_as_the_template_prints_it(
    shared: Path, name: str
) -> None:
    theirs = official(shared / "sheets" / "clean" / f"{name}.xlsx")
    assert differing(printed(published(shared, name)), theirs) == SLIPS.get(name, set())


@pytest.mark.parametrize("name", [f"{one}-{kind}" for one in DISTRICTS for kind in Kind])
def test_an_empty_form_is_printed_as_the_bureaus_empty_template(shared: Path, name: str) -> None:
    one = LAYOUTS[name]
    file = f"{one.id}-{'dept' if one.kind is Kind.DEPARTMENT else 'project'}.xlsx"
    empty = blank_form(one, one.first_year, template=True)
    ours, theirs = printed(empty), official(shared / "sheets" / "blank" / file)
    blank_end = len(ours) - len(theirs)  # the reader leaves out an empty end of a sheet
    assert blank_end == 0
    cut = [row[: len(ours_row)] for row, ours_row in zip(theirs, ours, strict=True)]
    for ours_row, theirs_row in zip(ours, cut, strict=True):
        assert [cell for cell in ours_row if cell[0]] == [cell for cell in theirs_row if cell[0]]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_sheet_has_no_gap_and_no_overlap(name: str) -> None:
    grid = fill(filled_form(LAYOUTS[name]), LAYOUTS[name])
    covered: set[tuple[int, int]] = set()
    for cell in grid.cells:
        places = {
            (row, column)
            for row in range(cell.row, cell.bottom)
            for column in range(cell.column, cell.right)
        }
        assert not covered & places, f"{cell} lies over another"
        covered |= places
    assert covered == {(row, column) for row in range(grid.rows) for column in range(grid.columns)}


@pytest.mark.parametrize("name", LAYOUTS)
def test_year_words_follow_the_budget_year(name: str) -> None:
    one = LAYOUTS[name]
    earlier, later = (
        [cell.text for cell in fill(blank_form(one, year), one).cells] for year in (2031, 2032)
    )
    for old, new in zip(earlier, later, strict=True):
        assert new in (old, re.sub(r"20(29|3\d)", lambda year: str(int(year[0]) + 1), old))


def test_a_later_year_of_a_form_prints_its_own_prior_years() -> None:
    one = layout("jiangxia-2026", "project")
    heads = [c.text for c in fill(blank_form(one, 2028), one).cells if c.role is Role.HEAD]
    assert "2026年" in heads
    assert "2027年" in heads
    assert "2025年" not in heads


def test_a_table_with_more_columns_than_the_template_still_fills_the_width() -> None:
    one = layout("dongxihu-2025", "project")
    form = blank_form(one, 2025)
    form.tables["项目采购"] = Table(["品名", "规格", "数量", "单价", "金额"])
    grid = fill(form, one)
    row = next(cell.row for cell in grid.cells if cell.text == "规格")
    assert sum(cell.column_span for cell in grid.lines()[row]) == grid.columns


def test_a_form_without_a_table_prints_the_templates_empty_one() -> None:
    one = layout("qiaokou-2026", "project")
    form = blank_form(one, 2026)
    form.tables.clear()
    texts = [cell.text for cell in fill(form, one).cells]
    assert "项目资金来源" in texts
    assert "一般公共预算财政拨款" in texts
