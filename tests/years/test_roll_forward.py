"""A year carried over into the next."""

from dataclasses import replace

import pytest

from kpiapp import cli
from kpiapp.errors import UserError
from kpiapp.model.form import Horizon
from kpiapp.model.project_list import ProjectList
from kpiapp.services.files import json_files
from kpiapp.services.session import Session
from kpiapp.services.years import lineage, rolling
from kpiapp.services.years.rolling import plan_roll_forward, roll_forward
from kpiapp.store.library import Library
from kpiapp.store.step import add_form, put_project_list
from tests.years.conftest import department, project


def _rows(form):
    return {x.level3: (x.prior2, x.prior1, x.target) for x in form.rows(Horizon.ANNUAL)}


def test_values_move_on_and_everything_keeps_its_identity(session):
    old = project()
    session.add_forms([old], "导入")
    report = roll_forward(session, 2026, 2027)
    (new,) = report.created
    assert (new.id, new.year, new.filled_on) == ("u-2027-p01", 2027, None)
    assert new.project == old.project
    assert _rows(new)["安保巡逻检查次数"] == ("≥2次/日", "≥3次/日", "≥3次/日")
    assert _rows(new)["职工满意度"] == ("≥97%", "≥98%", "≥98%")
    assert [x.id for x in new.indicators] == [x.id for x in old.indicators]
    assert [x.target for x in new.rows(Horizon.LONG_TERM)] == ["≥4次/日"]


def test_year_words_of_labels_move_and_a_goal_that_lasts_stays(session):
    session.add_forms([department(), project()], "导入")
    report = roll_forward(session, 2026, 2027)
    dept, one = report.created
    assert dept.tables["部门总体资金情况"].columns[4:] == [
        "近两年收支金额/2025年", "近两年收支金额/2026年",
    ]  # fmt: skip
    assert one.tables["项目绩效总目标"].columns == ["长期目标（截止2028年）", "年度目标"]
    assert [goal.until for goal in one.goals] == [2028, None]
    said = {(x.place, x.message) for x in report.attention if x.form_id == one.id}
    assert ("年度目标1", "仍写着2026年：2026年每日巡逻至少3次") in said


def test_the_year_in_a_title_moves(session):
    session.add_forms([replace(project(), title="2026年项目支出(绩效目标)申报表")], "导入")
    (new,) = roll_forward(session, 2026, 2027).created
    assert new.title == "2027年项目支出(绩效目标)申报表"


def test_an_ended_long_term_goal_runs_on_and_is_told(session):
    form = project()
    form.goals[0].until = 2026
    form.tables["项目绩效总目标"].columns[0] = "长期目标（截止2026年）"
    session.add_forms([form], "导入")
    report = roll_forward(session, 2026, 2027)
    assert report.created[0].goals[0].until == 2028
    assert report.created[0].tables["项目绩效总目标"].columns[0] == "长期目标（截止2028年）"
    assert any("截止2026年，已改到2028年" in x.message for x in report.attention)


def test_a_long_term_goal_ends_after_the_budget_year_unless_its_project_does_not(session):
    standing, ending = project(), project("u-2026-p02", "机房改造", fields={"终止年度": "2027"})
    for form in (standing, ending):
        form.goals[0].until = 2027
    session.add_forms([standing, ending], "导入")
    report = roll_forward(session, 2026, 2027)
    assert {x.id: x.goals[0].until for x in report.created} == {
        "u-2027-p01": 2028, "u-2027-p02": 2027,
    }  # fmt: skip
    told = {(x.form_id, x.message) for x in report.attention if x.place == "终止年度"}
    assert told == {("u-2027-p02", "终止年度就是预算年度2027年，项目如继续请修改")}
    codes = {x.code for x in session.problems("u-2027-p01")}
    assert "long-term-until-wrong" not in codes


@pytest.mark.parametrize(
    ("typed", "moved"),
    [
        (
            "1. 安排：2024年项目预算0万元，2025年项目预算9.5万元。\n2. 理由：压减。",
            "1. 安排：2025年项目预算9.5万元，2026年项目预算9.52万元。\n2. 理由：压减。",
        ),
        (
            "2024年0万元，2025年9.5万元；2026年9.52万元",
            "2024年0万元，2025年9.5万元；2026年9.52万元",
        ),
        ("前两年无预算", "前两年无预算"),
    ],
)
def test_past_money_moves_inside_a_text_on_changes_which_is_to_be_written_anew(
    session, typed, moved
):
    label = "项目前两年预算及当年预算变动情况"
    session.add_forms([project(fields={label: typed})], "导入")
    report = roll_forward(session, 2026, 2027)
    assert report.created[0].fields[label] == moved
    told = [x.message for x in report.attention if x.place == label]
    assert "变动情况和理由是上年写的，请按新一年的预算改写" in told


def test_a_text_that_tells_last_years_budget_is_to_be_looked_at(session):
    texts = {
        "测算依据及说明": "保洁5万元，安保4.52万元，合计9.52万元。",
        "项目内容": "19.52万元以下",
    }
    session.add_forms([project(fields=texts)], "导入")
    told = {(x.place, x.message) for x in roll_forward(session, 2026, 2027).attention}
    assert {x for x in told if "上年的预算：" in x[1]} == {
        ("测算依据及说明", "仍写着上年的预算：保洁5万元，安保4.52万元，合计9.52万元。")
    }


def test_past_money_moves_and_next_years_is_empty(session):
    session.add_forms([department(), project()], "导入")
    dept, one = roll_forward(session, 2026, 2027).created
    assert one.fields["项目当年预算"] == ""
    assert one.fields["项目前两年预算"] == "2025年项目预算9.5万元，2026年项目预算9.52万元。"
    assert one.tables["项目资金来源"].rows[0].cells == ["合计", ""]
    cells = ["收入构成", "合计", "", "", "1300", "1,602.84"]
    assert dept.tables["部门总体资金情况"].rows[0].cells == cells


def test_money_may_be_kept(session):
    session.add_forms([project()], "导入")
    (one,) = roll_forward(session, 2026, 2027, keep_money=True).created
    assert one.fields["项目当年预算"] == "9.52万元"
    assert one.fields["项目前两年预算"].startswith("2025年项目预算9.5万元")


def test_one_off_and_ended_projects_are_left_out(session):
    one_off = project("u-2026-p02", "机房改造", fields={"项目安排频度": "一次性项目"})
    ended = project(
        "u-2026-p03", "平台建设", fields={"起始年度": "2024", "终止年度": "2026"},
        checked="新增性项目",
    )  # fmt: skip
    standing = project("u-2026-p04", "食堂", fields={"起始年度": "2026", "终止年度": "2026"})
    session.add_forms([department(), one_off, ended, standing], "导入")
    report = roll_forward(session, 2026, 2027)
    assert [(form.name, why) for form, why in report.left_out] == [
        ("机房改造", "一次性项目"), ("平台建设", "2026年已到期"),
    ]  # fmt: skip
    dept, kept = report.created
    assert (kept.fields["起始年度"], kept.fields["终止年度"]) == ("2027", "2027")
    listed = [row.cells[0] for row in dept.tables["项目支出情况"].rows]
    assert listed == ["物业后勤保障"]


def test_a_new_project_continues_next_year(session):
    session.add_forms([project(checked="新增性项目")], "导入")
    (one,) = roll_forward(session, 2026, 2027).created
    assert one.choices["项目属性"].checked == ["持续性项目"]


def test_it_is_one_step_and_undo_takes_it_back(session):
    session.add_forms([department(), project()], "导入")
    roll_forward(session, 2026, 2027)
    assert session.undo_label == "2026年结转到2027年"
    session.undo()
    assert session.years() == [2026]
    session.redo()
    assert len(session.heads(2027)) == 2


def test_doing_it_again_touches_nothing_and_takes_what_came_late(session):
    session.add_forms([project()], "导入")
    (first,) = roll_forward(session, 2026, 2027).created
    session.add_forms([project("u-2026-p05", "食堂")], "导入")
    report = roll_forward(session, 2026, 2027)
    assert [form.name for form in report.existing] == ["物业后勤保障"]
    assert [form.name for form in report.created] == ["食堂"]
    assert session.form(first.id).name == "物业后勤保障"


def test_a_form_of_next_year_that_continues_nothing_is_new(session):
    late = project("u-2027-p09", "新平台")
    late.year = 2027
    session.add_forms([project(), late], "导入")
    assert [form.name for form in roll_forward(session, 2026, 2027).new] == ["新平台"]


def test_years_must_follow_each_other_and_hold_something(session):
    session.add_forms([project()], "导入")
    for years_ in ((2026, 2028), (2026, 2026), (2025, 2026)):
        with pytest.raises(UserError):
            roll_forward(session, *years_)
    assert session.undo_label == "导入"


def test_a_plan_changes_nothing(session):
    session.add_forms([project()], "导入")
    assert len(plan_roll_forward(session, 2026, 2027).created) == 1
    assert session.years() == [2026]


def test_every_published_form_is_carried_over(session, shared):
    paths = sorted((shared / "forms").glob("*-2026-[dp]*.json"))
    forms = [json_files.read(path) for path in paths]
    session.add_forms(forms, "导入")
    report = roll_forward(session, 2026, 2027)
    assert len(report.created) + len(report.left_out) == len(forms)
    for form in report.created:
        labels = [*form.fields, *form.tables, *(x for t in form.tables.values() for x in t.columns)]
        assert not any("2024" in label for label in labels)
    assert rolling.as_lines(report)


# -- 表10 ----------------------------------------------------------------------------------------

LIST = ProjectList(
    "u-2026-table10", 2026, title="2026年项目支出表",
    columns=["项目编码", "项目名称", "合计", "本年拨款/一般公共预算"],
    rows=[["", "合计", "79.52", "79.52"], ["2201", "物业后勤保障", "9.52", "9.52"],
          ["2202", "机房改造", "70", "70"]],
)  # fmt: skip


def test_the_list_of_projects_goes_on_without_amounts_and_without_what_ended(session):
    ended = project("u-2026-p02", "机房改造", fields={"项目类型": "一次性项目"})
    session.run("导入", [add_form(project()), add_form(ended), put_project_list(None, LIST)])
    report = roll_forward(session, 2026, 2027)
    (new,) = session.project_lists(2027)
    assert (new.id, new.title) == ("u-2027-table10", "2027年项目支出表")
    assert new.rows == [["", "合计", "", ""], ["2201", "物业后勤保障", "", ""]]
    assert ("表10", "金额已清空，请填写或重新导入") in {
        (x.place, x.message) for x in report.attention
    }
    assert session.project_lists(2026) == [LIST]
    session.undo()
    assert session.project_lists(2027) == []


def test_a_list_that_is_there_is_left_alone_and_amounts_may_be_kept(session):
    session.run("导入", [add_form(project()), put_project_list(None, LIST)])
    assert plan_roll_forward(session, 2026, 2027, keep_money=True).lists[0].rows == LIST.rows
    own = replace(LIST, id="own", year=2027)
    session.run("导入", [put_project_list(None, own)])
    assert roll_forward(session, 2026, 2027).lists == []


# -- lineage --------------------------------------------------------------------------------------


def test_a_renamed_project_is_known_by_what_it_continues(session):
    session.add_forms([project()], "导入")
    (new,) = roll_forward(session, 2026, 2027).created
    renamed = session.form(new.id)
    renamed.fields["项目名称"] = "办公区综合保障"
    renamed.project = None
    assert [x.id for x in lineage.earlier_forms(session, renamed)] == ["u-2026-p01"]


def test_projects_are_known_by_code_then_by_name(session):
    old = project(fields={"项目编码": "42A"})
    old.project = None
    later = project("x", "另一个名字", fields={"项目编码": "42A"})
    later.project, later.year = None, 2027
    session.add_forms([old, later], "导入")
    assert [x.id for x in lineage.earlier_forms(session, later)] == [old.id]
    later.fields |= {"项目编码": "", "项目名称": "物业后勤保障"}
    assert [x.id for x in lineage.earlier_forms(session, later)] == [old.id]


def test_a_link_by_hand_goes_before_all(session):
    other = project("u-2026-p02", "保洁")
    later = project("u-2027-p01")
    later.year = 2027
    session.add_forms([project(), other, later], "导入")
    lineage.link_forms(session, later.id, ["u-2026-p01", "u-2026-p02"])
    assert {x.id for x in lineage.earlier_forms(session, later)} == {"u-2026-p01", "u-2026-p02"}
    lineage.link_forms(session, later.id, [])
    assert lineage.earlier_forms(session, later) == []


# -- the command --------------------------------------------------------------------------------


def test_the_command_carries_a_year_over_and_a_dry_run_does_not(tmp_path, capsys):
    path = tmp_path / "库.kpi"
    with Library.create(path) as library:
        Session(library).add_forms([project()], "导入")
    words = ["roll-forward", "--library", str(path), "--from", "2026", "--to", "2027"]
    assert cli.main([*words, "--dry-run"]) == 0
    assert cli.main(words) == 0
    assert "结转1张表" in capsys.readouterr().out
    with Library.open(path) as library:
        assert library.years() == [2027, 2026]


def test_the_command_refuses_in_one_sentence(tmp_path, capsys):
    words = [
        "roll-forward",
        "--library",
        str(tmp_path / "无.kpi"),
        "--from",
        "2026",
        "--to",
        "2027",
    ]
    assert cli.main(words) == 2
    assert "找不到目标库" in capsys.readouterr().err
    assert not (tmp_path / "无.kpi").exists()
