"""A form printed and read back is the same form; so is a form read from the bureau's sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheet_forms import (
    LAYOUTS,
    PUBLISHED,
    as_json,
    drafts_in,
    filled_form,
    published,
    published_json,
)

from kpiapp.model.form import Goal, Horizon, Indicator, Row
from kpiapp.sheets import xlsx
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.layouts.blocks import TableBlock
from kpiapp.sheets.layouts.layout import blank_form, layout
from kpiapp.sheets.parsing.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.model.form import Form
    from kpiapp.sheets.draft import Draft
    from kpiapp.sheets.layouts.blocks import Layout

PRINTED_BESIDE = {"jianghan-2022-dept": ["项目产出", "项目效益"]}
"""Slips of the printed form: a second name beside 一级指标."""


def through_a_file(form: Form, folder: Path) -> Draft:
    path = folder / "一张表.xlsx"
    xlsx.write(path, [fill(form, layout(form.layout, form.kind))])
    [draft] = drafts_in(path)
    return draft


@pytest.mark.parametrize("name", PUBLISHED)
def test_our_own_sheet_gives_the_form_back(shared: Path, tmp_path: Path, name: str) -> None:
    draft = through_a_file(published(shared, name), tmp_path)
    assert as_json(draft.form) == published_json(shared, name)
    assert draft.own
    assert draft.unread == []
    assert draft.changes == []


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_bureaus_sheet_gives_the_form(shared: Path, name: str) -> None:
    [draft] = drafts_in(shared / "sheets" / "clean" / f"{name}.xlsx")
    assert as_json(draft.form) == published_json(shared, name)
    assert list(draft.form.fields) == list(published(shared, name).fields)
    assert [cell.text for cell in draft.unread] == PRINTED_BESIDE.get(name, [])
    assert draft.changes == []
    assert not draft.own


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_filled_form_of_each_layout_comes_back(tmp_path: Path, name: str) -> None:
    form = filled_form(LAYOUTS[name])
    draft = through_a_file(form, tmp_path)
    for block in LAYOUTS[name].of_type(TableBlock):
        if block.carries:  # filled from the goals
            key = block.key or block.name
            form.tables[key] = draft.form.tables[key]
    assert as_json(draft.form) == as_json(form)
    assert draft.unread == []


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("goals", [1, 3, 12])
def test_any_number_of_goals_comes_back(tmp_path: Path, name: str, goals: int) -> None:
    one = LAYOUTS[name]
    form = blank_form(one, one.first_year, "热线")
    horizons = {goal.horizon for goal in form.goals}
    form.goals = [
        Goal(horizon, n, label_like(form, horizon, n), None, f"第{n}个目标")
        for horizon in sorted(horizons, reverse=True)
        for n in range(1, goals + 1)
    ]
    rows = [row for row in form.indicators if row.goal == 1]
    form.indicators = [
        Indicator(
            r.horizon, n, r.level1, r.level2, f"指标{n}{r.level2}", "≥1次", r.prior2, r.prior1
        )
        for horizon in sorted(horizons, reverse=True)
        for n in range(1, goals + 1)
        for r in rows
        if r.horizon is horizon
    ]
    for row in form.indicators:
        row.long_term_target = rows[0].long_term_target
    draft = through_a_file(form, tmp_path)
    assert as_json(draft.form)["goals"] == as_json(form)["goals"]
    assert as_json(draft.form)["indicators"] == as_json(form)["indicators"]


def label_like(form: Form, horizon: Horizon, number: int) -> str:
    """The label a new goal gets: that of goal 1 with its number, if it has one."""
    first = form.goal(horizon, 1)
    assert first
    if form.layout == "jiangxia-2026" and form.kind == "department" and number > 1:
        return f"目标{number}"
    return first.label.replace("1", str(number))


ODD = st.one_of(
    st.just(""),
    st.text(
        st.sampled_from("=+-@'\"\n≥≤％%０９ａＺ　 1.,，：:（）()<>＜＞/\\\tA年月目标长期绩😀"),
        max_size=12,
    ),
    st.sampled_from(
        [
            "=100%",
            "+1",
            "-",
            "@某人",
            '=HYPERLINK("http://a")',
            "目标1:",
            "一级指标",
            "合计",
            "单位：元",
            "项目名称",
            "https://a.b/c?d=1",
            "很长的文字，" * 300,
            "第一行\n\n第三行\n",
        ]
    ),
)


@pytest.mark.parametrize("name", LAYOUTS)
def test_odd_texts_come_back_as_they_are(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    folder = tmp_path_factory.mktemp("odd")

    @settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.data())
    def check(data: st.DataObject) -> None:
        form = odd_form(LAYOUTS[name], lambda: data.draw(ODD))
        draft = through_a_file(form, folder)
        for block in LAYOUTS[name].of_type(TableBlock):
            if block.carries:  # filled from the goals
                key = block.key or block.name
                form.tables[key] = draft.form.tables[key]
        assert as_json(draft.form) == as_json(form)
        assert draft.unread == []

    check()


@pytest.mark.parametrize("text", ["目标1:", "目标1：提高效率", "目标2：提高效率"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_a_goal_that_numbers_itself_comes_back_whole(tmp_path: Path, name: str, text: str) -> None:
    form = blank_form(LAYOUTS[name], LAYOUTS[name].first_year, template=True)
    for goal in form.goals:
        goal.text = text
    draft = through_a_file(form, tmp_path)
    assert [goal.text for goal in draft.form.goals] == [text] * len(form.goals)


def odd_form(one: Layout, odd: Any) -> Form:
    form = blank_form(one, one.first_year, template=True)
    form.title = odd()
    form.fields = {key: odd() for key in form.fields}
    for table in form.tables.values():
        for row in table.rows:
            row.cells = [text or odd() for text in row.cells]
        if len(table.rows) == 1 and not any(table.rows[0].cells):
            table.rows.clear()  # one empty row is how a table without rows is printed
    for goal in form.goals:
        goal.text = odd()
    for row in form.indicators:
        row.level3, row.target = odd(), odd()
        row.prior1 = None if row.prior1 is None else odd()
    return form


def test_a_text_too_long_for_one_row_is_printed_and_read_as_one(tmp_path: Path) -> None:
    one = layout("qiaokou-2026", "department")
    form = blank_form(one, 2026)
    form.fields["部门职能概述"] = "履行职能；" * 2_000
    draft = through_a_file(form, tmp_path)
    assert draft.form.fields["部门职能概述"] == "履行职能；" * 2_000


def test_rows_that_a_person_put_into_our_sheet_take_the_group_above(tmp_path: Path) -> None:
    one = layout("jianghan-2022", "project")
    form = blank_form(one, 2022, "热线")
    grid = fill(form, one)
    last = max(cell.row for cell in grid.cells)
    grid.cells += [
        cell._replace(row=last + 1, text=text)
        for cell, text in zip(
            [c for c in grid.cells if c.row == last],
            ["", "新增的指标", "≥3次", "计划"],
            strict=True,
        )
    ]
    draft = parse(grid, one)
    added = draft.form.indicators[-1]
    assert (added.level1, added.level3, added.target) == ("项目效益", "新增的指标", "≥3次")
    assert added.level2 == form.indicators[-1].level2


def test_several_forms_in_one_workbook_keep_their_marks(tmp_path: Path) -> None:
    forms = [filled_form(one) for one in LAYOUTS.values()]
    path = tmp_path / "全部.xlsx"
    xlsx.write(path, [fill(f, layout(f.layout, f.kind)) for f in forms])
    drafts = drafts_in(path)
    assert [(d.form.id, d.form.layout, d.form.kind) for d in drafts] == [
        (f.id, f.layout, f.kind) for f in forms
    ]


def test_table_rows_of_an_own_sheet_come_back_blank_ones_included(tmp_path: Path) -> None:
    one = layout("dongxihu-2025", "project")
    form = blank_form(one, 2025)
    form.tables["项目采购"].rows = [
        Row(["电脑", "1", "0.5"]),
        Row(["", "", ""]),
        Row(["纸", "", ""]),
    ]
    draft = through_a_file(form, tmp_path)
    assert [row.cells for row in draft.form.tables["项目采购"].rows] == [
        ["电脑", "1", "0.5"],
        ["", "", ""],
        ["纸", "", ""],
    ]
