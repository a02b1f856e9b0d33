"""What a person means becomes edits that do it, and that undo takes back without a trace."""

from __future__ import annotations

import copy

import pytest

from kpiapp.model.edit import apply_all
from kpiapp.model.form import Choice, Form, Goal, Horizon, Indicator, Kind, Row, Table
from kpiapp.services.forms import editing, goals, pasting, rearranging, tables
from kpiapp.services.forms.lines import goal_lines
from kpiapp.services.forms.ordering import reorder
from kpiapp.services.forms.outline import outline
from kpiapp.services.forms.shape import shape_of
from kpiapp.services.forms.wording import group_choices, standards

ANNUAL, LONG = Horizon.ANNUAL, Horizon.LONG_TERM


def row(horizon, name, target="1", goal=1, group=("产出指标", "数量指标"), **more):
    prior = {"prior2": "", "prior1": ""} if horizon is ANNUAL else {}
    return Indicator(horizon, goal, *group, name, target, **(prior | more))


@pytest.fixture
def form():
    """Two goals; 巡查次数 on both sides, 清洁面积 annual only, 完好率 long-term only."""
    quality = ("产出指标", "质量指标")
    rows = [
        row(LONG, "巡查次数", "≥3次/日", standard="计划标准"),
        row(LONG, "完好率", "≥95%", group=quality),
        row(ANNUAL, "巡查次数", "≥3次/日", standard="计划标准"),
        row(ANNUAL, "清洁面积", "≥200㎡"),
        row(LONG, "满意率", "≥90%", goal=2, group=("满意度指标", "服务对象满意度指标")),
        row(ANNUAL, "满意率", "≥90%", goal=2, group=("满意度指标", "服务对象满意度指标")),
    ]
    texts = [
        Goal(horizon, number, f"{horizon.label}目标{number}", text=f"做好{number}")
        for horizon in (LONG, ANNUAL)
        for number in (1, 2)
    ]
    return Form("f", Kind.PROJECT, 2026, goals=texts, indicators=rows)


def line(form, name):
    return next(x for goal in goal_lines(form) for x in goal.lines if x.name == name)


def do(form, change):
    """Apply a change, and hold that its inverses restore the form exactly."""
    before = copy.deepcopy(form)
    inverses = apply_all(form, change.edits)
    after = copy.deepcopy(form)
    apply_all(form, inverses)
    assert form == before
    apply_all(form, change.edits)
    assert form == after
    return change


def names(form, horizon):
    return [x.level3 for x in form.rows(horizon)]


def test_lines_pair_by_name_and_show_missing_sides(form):
    first, second = goal_lines(form)
    shown = [(x.name, x.annual is not None, x.long_term is not None) for x in first.lines]
    assert shown == [
        ("巡查次数", True, True), ("清洁面积", True, False), ("完好率", False, True)
    ]  # fmt: skip
    assert [x.name for x in second.lines] == ["满意率"]


def test_a_name_is_changed_on_both_sides_as_one_step(form):
    change = do(form, editing.set_cell(form, line(form, "巡查次数"), "name", "安保巡查次数"))
    assert len(change.edits) == 2
    assert names(form, LONG)[0] == names(form, ANNUAL)[0] == "安保巡查次数"


def test_values_belong_to_their_side(form):
    do(form, editing.set_cell(form, line(form, "巡查次数"), "target", "≥4次/日"))
    do(form, editing.set_cell(form, line(form, "巡查次数"), "prior1", "≥2次/日"))
    both = line(form, "巡查次数")
    assert (both.annual.target, both.annual.prior1) == ("≥4次/日", "≥2次/日")
    assert both.long_term.target == "≥3次/日"
    assert both.long_term.prior1 is None


def test_a_value_typed_for_a_missing_side_adds_its_row(form):
    change = do(form, editing.set_cell(form, line(form, "清洁面积"), "long_term", "≥300㎡"))
    assert change.label == "补上长期指标：清洁面积"
    assert names(form, LONG) == ["巡查次数", "清洁面积", "完好率", "满意率"]
    added = line(form, "清洁面积").long_term
    assert (added.target, added.level2, added.prior1) == ("≥300㎡", "数量指标", None)


def test_nothing_typed_for_a_missing_side_adds_nothing(form):
    assert not editing.set_cell(form, line(form, "清洁面积"), "long_term", "")


def test_completing_takes_the_target_of_the_other_side(form):
    do(form, editing.complete(form, line(form, "完好率"), ANNUAL))
    added = line(form, "完好率").annual
    assert (added.target, added.prior2) == ("≥95%", "")


def test_one_printed_row_with_both_values(form):
    both = row(ANNUAL, "在职人数", "20人", long_term_target="23人")
    form.indicators.append(both)
    assert editing.cell_text(line(form, "在职人数"), "long_term") == "23人"
    do(form, editing.set_cell(form, line(form, "在职人数"), "long_term", "25人"))
    assert both.long_term_target == "25人"


def test_sides_may_hold_texts_of_their_own(form):
    texts = {LONG: "行业标准", ANNUAL: "历史标准"}
    do(form, editing.set_sides(line(form, "巡查次数"), "standard", texts))
    assert editing.sides(line(form, "巡查次数"), "standard") == texts
    assert editing.differs(line(form, "巡查次数"), "standard")


def test_clearing_is_one_step(form):
    one = line(form, "巡查次数")
    change = do(form, editing.clear_cells(form, [(one, "target"), (one, "long_term")]))
    assert change.label == "清除2个单元格"
    assert one.annual.target == one.long_term.target == ""


def test_a_new_indicator_stands_below_the_current_one_on_both_sides(form):
    change = do(form, rearranging.add_indicator(form, shape_of(form), line(form, "巡查次数")))
    assert names(form, LONG) == ["巡查次数", "", "完好率", "满意率"]
    assert names(form, ANNUAL) == ["巡查次数", "", "清洁面积", "满意率"]
    added = next(x for x in goal_lines(form)[0].lines if not x.name)
    assert {x.id for x in added.rows} >= {change.focus}
    assert len(added.rows) == 2
    assert added.annual.prior1 == ""
    assert added.long_term.prior1 is None


def test_a_new_group_stands_behind_its_level1(form):
    do(form, rearranging.add_group(form, shape_of(form), 1, "产出指标", "时效指标"))
    groups = [x for x, _ in goal_lines(form)[0].groups().items()]
    assert [second for _, second in groups] == ["数量指标", "质量指标", "时效指标"]
    do(form, rearranging.add_group(form, shape_of(form), 2, "效益指标", "社会效益指标"))
    assert list(goal_lines(form)[1].groups())[-1] == ("效益指标", "社会效益指标")


def test_moving_to_another_group_and_goal_keeps_the_sides_together(form):
    group = ("满意度指标", "服务对象满意度指标")
    before = line(form, "满意率")
    do(form, rearranging.move_lines(form, [line(form, "巡查次数")], 2, group, before))
    assert [x.name for x in goal_lines(form)[1].lines] == ["巡查次数", "满意率"]
    assert line(form, "巡查次数").group == group
    assert len(line(form, "巡查次数").rows) == 2


def test_up_and_down_within_the_group(form):
    do(form, rearranging.shift_line(form, line(form, "清洁面积"), -1))
    assert names(form, ANNUAL)[:2] == ["清洁面积", "巡查次数"]
    do(form, rearranging.shift_line(form, line(form, "清洁面积"), 1))
    assert names(form, ANNUAL)[:2] == ["巡查次数", "清洁面积"]
    assert not rearranging.shift_line(form, line(form, "清洁面积"), 1)


def test_groups_change_places(form):
    do(form, rearranging.add_group(form, shape_of(form), 1, "产出指标", "时效指标"))
    do(form, rearranging.shift_group(form, 1, ("产出指标", "时效指标"), -1))
    assert [x[1] for x in goal_lines(form)[0].groups()] == ["数量指标", "时效指标", "质量指标"]


def test_a_group_is_renamed_on_all_its_rows(form):
    do(form, rearranging.rename_group(form, 1, ("产出指标", None), "项目产出"))
    assert {x.level1 for x in form.rows(goal=1)} == {"项目产出"}
    do(form, rearranging.rename_group(form, 1, ("项目产出", "数量指标"), "产出数量"))
    assert line(form, "巡查次数").long_term.level2 == "产出数量"


def test_copies_have_ids_of_their_own(form):
    change = do(form, rearranging.duplicate_lines(form, [line(form, "巡查次数")]))
    assert names(form, ANNUAL)[:2] == ["巡查次数", "巡查次数"]
    assert change.focus not in {x.id for x in line(form, "清洁面积").rows}
    assert len({x.id for x in form.indicators}) == len(form.indicators) == 8


def test_removing_one_side_leaves_the_other(form):
    do(form, rearranging.remove_side(line(form, "巡查次数"), LONG))
    assert line(form, "巡查次数").long_term is None
    do(form, rearranging.remove_lines([line(form, "巡查次数")]))
    assert "巡查次数" not in names(form, ANNUAL)


def test_goals_are_numbered_in_their_order(form):
    do(form, goals.add_goal(form))
    assert [(x.number, x.label) for x in form.goals if x.horizon is LONG][-1] == (3, "长期目标3")
    do(form, goals.remove_goal(form, 1))
    assert [(x.number, x.label, x.text) for x in form.goals if x.horizon is ANNUAL] == [
        (1, "年度目标1", "做好2"),
        (2, "年度目标2", ""),
    ]
    assert {x.goal for x in form.indicators} == {1}


def test_goals_change_places_with_their_rows(form):
    do(form, goals.shift_goal(form, 2, -1))
    assert [x.name for x in goal_lines(form)[0].lines] == ["满意率"]
    assert [x.text for x in form.goals if x.horizon is LONG] == ["做好2", "做好1"]
    assert names(form, LONG) == ["满意率", "巡查次数", "完好率"]


def test_a_copied_goal_comes_last_with_its_rows(form):
    do(form, goals.duplicate_goal(form, 1))
    copied = goal_lines(form)[2]
    assert copied.number == 3
    assert [x.name for x in copied.lines] == ["巡查次数", "清洁面积", "完好率"]


def test_a_block_is_pasted_over_lines_and_beyond_them(form):
    lines = [x for x in goal_lines(form)[0].lines if x.group[1] == "数量指标"]
    block = pasting.read_block("甲\t1\t2\n乙\t3\t4\n丙\t5\t6\n")
    cells = ["name", "prior2", "prior1"]
    do(form, pasting.paste_lines(form, shape_of(form), lines, cells, block))
    assert names(form, ANNUAL)[:3] == ["甲", "乙", "丙"]
    assert [x.prior1 for x in form.rows(ANNUAL)][:3] == ["2", "4", "6"]
    assert names(form, LONG)[:2] == ["甲", "丙"]


def test_a_block_below_a_heading_takes_the_blank_lines_at_its_end_first(form):
    do(form, rearranging.add_indicator(form, shape_of(form), goal_lines(form)[0].lines[1]))
    lines = goal_lines(form)[0].groups()["产出指标", "数量指标"]
    blank = [x for x in lines if not x.name]
    assert blank == lines[-len(blank) :] != []
    block = pasting.read_block("甲\t1\n乙\t3\n")
    change = pasting.paste_into_group(form, shape_of(form), lines, ["name", "prior2"], block)
    do(form, change)
    after = goal_lines(form)[0].groups()["产出指标", "数量指标"]
    assert [x.name for x in after[len(lines) - 1 :]] == ["甲", "乙"]
    assert [x.name for x in after[: len(lines) - 1]] == [x.name for x in lines[:-1]]
    assert change.focus == blank[0].main.id


def test_blocks_survive_the_way_through_a_spreadsheet():
    block = [["≥95%", "两\n行"], ['带"引号"', ""], ["", "制\t表"]]
    assert pasting.read_block(pasting.write_block(block)) == block
    assert pasting.read_block("a\tb\r\nc\td\r\n") == [["a", "b"], ["c", "d"]]


def test_a_quote_that_is_not_closed_swallows_no_rows():
    assert pasting.read_block('"甲\t1\n乙\t2\n') == [['"甲', "1"], ["乙", "2"]]
    assert pasting.read_block('"' + "甲" * 200_000) == [['"' + "甲" * 200_000]]


def test_reordering_moves_only_what_is_out_of_place():
    current, wanted = list("abcdef"), list("fabced")
    assert len(reorder(("goals",), current, wanted)) == 2


def test_boxes_and_what_stands_beside_them(form):
    form.choices["项目类型"] = Choice(["常年性项目", "延续性项目(从 年至 年)"], ["常年性项目"])
    second = "延续性项目(从 年至 年)"
    do(form, editing.tick(form, "项目类型", second, ticked=True, only_one=True))
    assert form.choices["项目类型"].checked == [second]
    do(form, editing.set_beside(form, "项目类型", second, "从2024年至2026年"))
    assert form.choices["项目类型"].values == {second: "从2024年至2026年"}
    do(form, editing.tick(form, "项目类型", second, ticked=False))
    assert form.choices["项目类型"].checked == []


@pytest.fixture
def money(form):
    rows = [["合计", "10"], ["一般公共预算", "6"], ["其中：本级", "6"], ["其他资金", "3.5"]]
    form.tables["资金来源"] = Table(["来源", "金额"], [Row(list(cells)) for cells in rows])
    return form


def test_rows_of_a_table(money):
    table = money.tables["资金来源"]
    first = table.rows[0].id
    change = do(money, tables.add_row(money, "资金来源", first))
    assert [x.id for x in table.rows].index(change.focus) == 1
    do(money, tables.shift_row(money, "资金来源", change.focus, 1))
    do(money, tables.duplicate_rows(money, "资金来源", [first]))
    do(money, tables.remove_rows("资金来源", [first]))
    do(
        money,
        pasting.paste_table(money, "资金来源", len(table.rows) - 1, 0, [["甲", "1"], ["乙", "2"]]),
    )
    assert [x.cells for x in table.rows][-2:] == [["甲", "1"], ["乙", "2"]]


def test_parts_of_parts_are_not_added_twice(money):
    (found,) = tables.sums(money, "资金来源")
    assert found.text() == "各行之和 9.5，比合计 10 少 0.5"
    money.tables["资金来源"].rows[3].cells[1] = "4"
    assert tables.sums(money, "资金来源")[0].text() == "各行之和 10，与合计一致"


def test_words_among_amounts_are_named_beside_the_sum(money):
    money.tables["资金来源"].rows[3].cells[1] = "≥90%"
    (found,) = tables.sums(money, "资金来源")
    assert found.wrong
    assert "“≥90%”不是金额，没有计入" in found.text()
    money.tables["资金来源"].rows[3].cells[1] = "/"
    assert "不是金额" not in tables.sums(money, "资金来源")[0].text()


def test_a_total_covers_its_own_group():
    rows = [["收入", "拨款", "5"], ["收入", "合计", "5"], ["支出", "基本", "2"], ["合计", "", "3"]]
    form = Form(
        "f",
        Kind.DEPARTMENT,
        2026,
        tables={"情况": Table(["", "", "当年金额"], [Row(x) for x in rows])},
    )
    assert [x.difference for x in tables.sums(form, "情况")] == [0, -1]


def test_wording_of_the_form_comes_first(form):
    for one in form.rows(goal=1):
        one.level1 = "项目产出"
    choices = group_choices(form, shape_of(form))
    assert "项目产出" in choices
    assert "产出指标" not in choices
    assert choices["项目产出"][:2] == ["数量指标", "质量指标"]
    form.indicators[0].standard = "合同约定"
    assert standards(form)[:2] == ["合同约定", "计划标准"]


def test_every_published_form_is_laid_out_whole(published):
    """Nothing of a form is left out: every field, choice and table stands on a tab."""
    for form in published:
        found = outline(form)
        shown = {(x.what, x.label) for part in (found.basic, found.money, found.goals)
                 for one in part for x in one}  # fmt: skip
        wanted = {("field", x) for x in form.fields} | {("choice", x) for x in form.choices}
        assert not wanted - shown, form.id
        hidden = {("table", x) for x in form.tables} - shown
        assert all("目标" in label for _, label in hidden), form.id


def test_every_published_indicator_stands_on_one_line(published):
    for form in published:
        rows = [x.id for goal in goal_lines(form) for one in goal.lines for x in one.rows]
        assert sorted(rows) == sorted(x.id for x in form.indicators), form.id
        grouped = [one for goal in goal_lines(form) for x in goal.groups().values() for one in x]
        assert len(grouped) == sum(len(goal.lines) for goal in goal_lines(form)), form.id


@pytest.fixture
def published(shared):
    import json

    from kpiapp.model.interchange import form_from_json

    read = [
        json.loads(path.read_text("utf-8")) for path in sorted((shared / "forms").glob("*.json"))
    ]
    return [form_from_json(data) for data in read if data["kind"] != "project_list"]


def test_an_empty_form_asks_for_the_date_that_its_sheet_prints():
    from kpiapp.sheets.layouts.blank import blank_form
    from kpiapp.sheets.layouts.layout import layout

    for layout_id, title in (("jiangxia-2026", "填报日期"), ("dongxihu-2025", "申报日期")):
        lines = outline(blank_form(layout(layout_id, Kind.PROJECT), 2027)).basic
        assert [item.title for item in (*lines[0], *lines[1])] == ["表名", title]
    dateless = outline(blank_form(layout("qiaokou-2026", Kind.PROJECT), 2027)).basic
    assert "filled_on" not in [item.label for line in dateless for item in line]


WORD = (
    "<html xmlns:w='urn:schemas-microsoft-com:office:word'><body><!--StartFragment-->"
    "<table class=MsoNormalTable><tr><td><p class=MsoNormal>文明创建\n活动</p></td>"
    "<td rowspan=2><p>≥<span lang=EN-US>2</span>次</p></td>"
    "<td><p>积极参与。<o:p></o:p></p><p>共创文明。</p></td></tr>"
    "<tr><td><p>法律顾问</p></td><td><p><o:p>&nbsp;</o:p></p></td></tr>"
    "<![if !supportMisalignedColumns]><tr height=0><td width=9></td></tr><![endif]>"
    "</table><!--EndFragment--></body></html>"
)
AS_TEXT = "文明创建活动\t≥2次\t积极参与。\r\n共创文明。\r\n法律顾问\t\t \r\n"


def test_a_word_cell_of_two_paragraphs_stays_one_cell():
    cells = [["文明创建活动", "≥2次", "积极参与。\n共创文明。"], ["法律顾问", "", ""]]
    assert pasting.read_clipboard(WORD, AS_TEXT) == cells
    assert pasting.read_clipboard(WORD, "") == cells


def test_text_is_read_where_no_table_was_copied():
    assert pasting.read_clipboard("<p>甲</p><p>乙</p>", "甲\t1\r\n") == [["甲", "1"]]
    assert pasting.read_clipboard("<p>甲</p><p>乙</p>", "") == [["甲"], ["乙"]]
    assert pasting.read_clipboard("", "") == []


def test_what_stands_beside_a_copied_table_is_not_dropped():
    html = "<p>数量指标</p><table><tr><td>甲</td><td>1</td></tr></table>"
    assert pasting.read_clipboard(html, "") == [["数量指标"], ["甲", "1"]]


def test_a_field_of_one_line_takes_no_line_ends():
    assert pasting.in_one_line([["江汉区\n城管局", ""], ["Word 表\r\nfile"]]) == (
        "江汉区城管局Word 表file"
    )


def test_what_finds_no_room_is_counted(form, money):
    block = [["甲", "1", "2", ""], ["乙", "3", "", "4"]]
    change = pasting.paste_table(money, "资金来源", 0, 0, block)
    assert change.label == "粘贴到资金来源，有2格放不下，没有放入"
    lines = [x for x in goal_lines(form)[0].lines if x.group[1] == "数量指标"]
    target = pasting.paste_lines(form, shape_of(form), lines[:1], ["target"], [["≥1次"], ["≥2次"]])
    assert target.label == "粘贴1行1列，有1格放不下，没有放入"
    whole = pasting.paste_lines(form, shape_of(form), lines[:1], ["name"], [["甲"], ["乙"]])
    assert "放不下" not in whole.label
