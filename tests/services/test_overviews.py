"""总目标 follows what is written as a goal, and keeps words of its own."""

from __future__ import annotations

import pytest

from kpiapp.model.edit import apply_all
from kpiapp.model.form import Horizon, Kind
from kpiapp.model.interchange import form_to_json
from kpiapp.services.forms import editing, goals
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.layouts.blank import blank_form
from kpiapp.sheets.layouts.layout import layout

LONG, ANNUAL = Horizon.LONG_TERM, Horizon.ANNUAL
JIANGXIA = "项目绩效总目标"


def new(name, kind=Kind.PROJECT):
    return blank_form(layout(name, kind), 2026, "试填")


def write(form, horizon, number, text):
    goal = form.goal(horizon, number)
    return apply_all(form, editing.set_goal_text(form, goal.id, text).edits)


def cells(form, label):
    return [row.cells for row in form.tables[label].rows]


def printed(form):
    return [x.text for x in fill(form, layout(form.layout, form.kind)).cells]


def test_a_new_project_prints_its_goals_in_both_places():
    form = new("jiangxia-2026")
    write(form, LONG, 1, "保障办公")
    write(form, ANNUAL, 1, "每日巡查3次")
    assert cells(form, JIANGXIA) == [["保障办公", "每日巡查3次"]]
    assert printed(form).count("保障办公") == printed(form).count("每日巡查3次") == 2


def test_it_follows_a_change_and_undo_takes_both_back():
    form = new("jiangxia-2026")
    write(form, ANNUAL, 1, "每日巡查3次")
    before = form_to_json(form)
    undo = write(form, ANNUAL, 1, "每日巡查4次")
    assert cells(form, JIANGXIA)[0][1] == "每日巡查4次"
    apply_all(form, undo)
    assert form_to_json(form) == before


def test_words_of_its_own_stay():
    form = new("jiangxia-2026")
    write(form, ANNUAL, 1, "每日巡查3次")
    row = form.tables[JIANGXIA].rows[0]
    row.cells[1] = "全年巡查，分三次"
    write(form, ANNUAL, 1, "每日巡查4次")
    assert row.cells[1] == "全年巡查，分三次"


@pytest.mark.parametrize(
    ("name", "label", "wanted"),
    [
        ("dongxihu-2025", "整体绩效总目标",
         [["目标1：甲\n目标2：乙", "目标1：丙\n目标2：丁"]]),
        ("jianghan-2022", "整体绩效目标", [["目标1：甲", "丙"], ["目标2：乙", "丁"]]),
        ("qiaokou-2026", "整体绩效目标",
         [["目标1:", "甲", "目标1:", ""], ["目标2:", "乙", "", ""]]),
        ("jiangxia-2026", "整体绩效总目标", [["", "目标1:丙\n目标2:丁"]]),
    ],
)  # fmt: skip
def test_each_district_numbers_them_in_its_own_way(name, label, wanted):
    form = new(name, Kind.DEPARTMENT)
    apply_all(form, goals.add_goal(form).edits)
    for horizon, number, text in ((LONG, 1, "甲"), (LONG, 2, "乙"), (ANNUAL, 1, "丙"),
                                  (ANNUAL, 2, "丁")):  # fmt: skip
        write(form, horizon, number, text)
    assert cells(form, label) == wanted


def test_one_goal_follows_though_the_other_has_words_of_its_own():
    form = new("dongxihu-2025", Kind.DEPARTMENT)
    apply_all(form, goals.add_goal(form).edits)
    for number, text in ((1, "甲"), (2, "乙")):
        write(form, LONG, number, text)
    row = form.tables["整体绩效总目标"].rows[0]
    row.cells[0] = "目标1：甲；\n目标2：乙"
    write(form, LONG, 2, "新的乙")
    assert row.cells[0] == "目标1：甲；\n目标2：新的乙"
    write(form, LONG, 1, "新的甲")
    assert row.cells[0] == "目标1：甲；\n目标2：新的乙"


def test_a_goal_that_goes_leaves_the_overview():
    form = new("jianghan-2022", Kind.DEPARTMENT)
    apply_all(form, goals.add_goal(form).edits)
    for number, text in ((1, "甲"), (2, "乙")):
        write(form, LONG, number, text)
    before = form_to_json(form)
    undo = apply_all(form, goals.remove_goal(form, 1).edits)
    assert cells(form, "整体绩效目标") == [["目标1：乙", ""]]
    apply_all(form, undo)
    assert form_to_json(form) == before


def test_goals_change_places_in_the_overview_too():
    form = new("dongxihu-2025", Kind.DEPARTMENT)
    apply_all(form, goals.add_goal(form).edits)
    for number, text in ((1, "甲"), (2, "乙")):
        write(form, LONG, number, text)
    apply_all(form, goals.shift_goal(form, 2, -1).edits)
    assert cells(form, "整体绩效总目标")[0][0] == "目标1：乙\n目标2：甲"
