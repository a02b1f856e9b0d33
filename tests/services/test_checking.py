"""The checker as services use it: reports, excuses, units, and checking again after an edit."""

import copy
import gc
import json
from pathlib import Path

import pytest

from kpiapp.model import edit
from kpiapp.model.edit import SetValue
from kpiapp.model.form import Form, Goal, Horizon, Indicator, Kind, Row, Table, Unit, new_id
from kpiapp.model.interchange import form_from_json, project_list_from_json
from kpiapp.model.problem import Severity
from kpiapp.model.project_list import ProjectList
from kpiapp.rules.facts import Facts
from kpiapp.services.checks import report_rows, report_workbook, review_report
from kpiapp.services.checks.check_reports import report_to_json, report_to_text
from kpiapp.services.checks.checking import Checker
from kpiapp.services.checks.grouping import group_into_units
from kpiapp.services.checks.report import problem_key
from kpiapp.services.checks.rule_settings import RuleSettings

KEYS = [
    "code", "severity", "form", "horizon", "goal", "level1", "level2", "level3", "row", "cell",
    "field", "other_form", "message", "fix",
]  # fmt: skip


@pytest.fixture
def form():
    made = Form("f1", Kind.PROJECT, 2026, layout="made-up-2026", fields={"项目名称": "党建"})
    made.goals.append(Goal(Horizon.ANNUAL, 1, "年度目标1", None, "全年开展活动6次"))
    for level1, level2, name, target in (
        ("产出指标", "数量指标", "活动次数", "≥6次"),
        ("产出指标", "质量指标", "活动参与率", ""),
        ("效益指标", "社会效益指标", "城市管理水平", "提高"),
        ("满意度指标", "服务对象满意度", "党员满意度", "≥95%"),
    ):
        made.indicators.append(Indicator(Horizon.ANNUAL, 1, level1, level2, name, target))
    return made


def test_report_as_json_has_the_fixed_keys(form):
    report = Checker().check([form])
    data = report_to_json(report, [form])
    assert list(data)[:3] == ["verdict", "rules_off", "problems"]
    assert data["verdict"] == "not-ready"
    problem = next(x for x in data["problems"] if x["code"] == "missing-target")
    assert list(problem) == KEYS
    assert (problem["row"], problem["cell"], problem["level3"]) == (1, "target", "活动参与率")
    assert json.loads(json.dumps(data)) == data


def test_report_as_text_names_place_and_verdict(form):
    text = report_to_text(Checker().check([form], off=["goal-without-figure"]), [form])
    assert "年度目标1 / 产出指标 / 质量指标 / 活动参与率 / 指标值" in text
    assert "还有 1 个错误" in text
    assert "没有检查的规则：年度目标没有数量（goal-without-figure）" in text


def test_every_report_tells_rules_with_another_severity(form):
    severities = {"missing-target": Severity.HINT, "missing-unit": Severity.WARNING}
    report = Checker().check([form], severities=severities)
    told = "没有指标值（missing-target）由错误改为提示"
    assert f"改了级别的规则：{told}" in report_to_text(report, [form])
    assert report_to_json(report, [form])["rules_changed"] == {"missing-target": ["hint"]}
    rows = report_rows.rows(report, [form])
    assert ("改了级别的规则", told) in report_workbook.summary(report, rows)
    assert told in review_report.reviews(report, rows, [form])[0].settings


def test_a_report_names_a_form_never_by_an_id_the_program_made(form):
    form.id = new_id()
    text = report_to_text(Checker().check([form]), [form])
    assert form.id not in text
    assert "项目 党建：" in text


def test_rules_may_be_off_or_weigh_less_for_a_layout(form):
    layouts = {"made-up-2026": RuleSettings(severities={"missing-target": Severity.HINT})}
    report = Checker().check([form], layouts=layouts)
    assert report.verdict == "ready"
    off = {"made-up-2026": RuleSettings(frozenset({"missing-target"}))}
    report = Checker().check([form], layouts=off)
    assert report.rules_off == ["missing-target"]
    assert "missing-target" not in {x.code for x in report.all()}


def test_an_excused_problem_stands_apart_with_its_reason(form):
    form.ids_given = True
    problem = next(x for x in Checker().check([form]).all() if x.code == "missing-target")
    key = problem_key(problem, form)
    report = Checker().check([form], excuses={key: "等上级核定"})
    assert report.verdict == "ready"
    assert report.verdict_text() == "可以报送"
    assert [reason for _, reason in report.excused_problems()] == ["等上级核定"]
    data = report_to_json(report, [form])
    assert "missing-target" not in {x["code"] for x in data["problems"]}
    assert data["excused"][0]["reason"] == "等上级核定"
    assert "等上级核定" in report_to_text(report, [form])


def test_a_key_lasts_when_the_row_moves(form):
    form.ids_given = True
    problem = next(x for x in Checker().check([form]).all() if x.code == "missing-target")
    before = problem_key(problem, form)
    form.indicators.reverse()
    problem = next(x for x in Checker().check([form]).all() if x.code == "missing-target")
    assert problem_key(problem, form) == before


def test_a_baseline_parks_old_problems(form):
    first = Checker().check([form])
    keys = [problem_key(problem, form) for problem in first.all()]
    report = Checker().check([form], baseline=keys)
    assert not list(report.active())
    assert report.verdict == "ready"


def test_fixes_can_be_applied_and_mend_the_problem(form):
    form.indicators[0].target = "97%-100%"
    form.indicators[0].level3 = "活动完成率"
    report = Checker().check([form])
    fixes = [x.fix for x in report.all() if x.fix and x.fix.safe]
    assert fixes
    for fix in fixes:
        edit.apply_all(form, fix.edits)
    assert not [x for x in Checker().check([form]).all() if x.fix and x.fix.safe]


# -- checking again -----------------------------------------------------------------------------


def district(shared, name):
    files = [json.loads(p.read_text()) for p in sorted((shared / "forms").glob(f"{name}-*.json"))]
    return (
        [form_from_json(x) for x in files if x["kind"] != "project_list"],
        [project_list_from_json(x) for x in files if x["kind"] == "project_list"],
    )


def told(report):
    return {
        form_id: sorted((x.code, str(x.place), x.message) for x in problems)
        for form_id, problems in report.problems.items()
    }


@pytest.mark.parametrize("name", ["dongxihu", "wuchang", "qiaokou", "jianghan", "jiangxia"])
def test_checking_again_says_what_checking_from_scratch_says(shared, name):
    forms, lists = district(shared, name)
    checker = Checker()
    checker.check(forms, lists)
    for form in forms:
        for i, row in enumerate(form.indicators[::7]):
            value = ("≥12次", "", "31", "有效提升", "≤5%")[i % 5]
            changes = [SetValue(("indicators", row.id, "target"), value)]
            if i % 2:
                changes.append(SetValue(("indicators", row.id, "level3"), row.level3 + "度"))
            for change in changes:
                edit.apply(form, change)
            report = checker.recheck(form, edits={form.id: changes})
        for label in ("项目名称", "项目当年预算", "终止年度"):
            if label in form.fields:
                edit.apply(form, SetValue(("fields", label), form.fields[label] + "1"))
                report = checker.recheck(form)
        assert told(report) == told(Checker().check(forms, lists))


def test_an_edit_of_last_year_is_seen_this_year():
    old, new = (
        Form(f"f{y}", Kind.PROJECT, y, unit=Unit("u", "甲"), fields={"项目名称": "党建"})
        for y in (2025, 2026)
    )
    old.indicators.append(Indicator(Horizon.ANNUAL, 1, "产出指标", "数量指标", "活动次数", "≥6次"))
    row = Indicator(Horizon.ANNUAL, 1, "产出指标", "数量指标", "活动次数", "≥6次", "≥5次", "≥6次")
    new.indicators.append(row)
    checker = Checker()
    code = "prior-value-differs-from-last-form"
    assert code not in {x.code for x in checker.check([old, new]).all()}
    edit.apply(old, SetValue(("indicators", old.indicators[0].id, "target"), "≥8次"))
    found = [x for x in checker.recheck(old).problems["f2026"] if x.code == code]
    assert [x.other_form for x in found] == ["f2025"]


# -- units --------------------------------------------------------------------------------------


def project(form_id, name, unit="区城运中心", year=2026):
    return Form(
        form_id, Kind.PROJECT, year, "x-2026", fields={"项目名称": name, "项目主管部门": unit}
    )


def department(form_id, name, projects=(), year=2026):
    form = Form(form_id, Kind.DEPARTMENT, year, "x-2026", fields={"部门名称": name})
    form.tables["项目支出情况"] = Table(["项目名称"], [Row([x]) for x in projects])
    return form


def ids(groups):
    return sorted(sorted(form.id for form in group.forms) for group in groups)


def test_forms_of_one_folder_with_one_department_are_one_unit():
    forms = [department("d", "甲局"), project("p1", "党建", "乙")]
    assert ids(group_into_units(forms)) == [["d", "p1"]]


def test_folders_tell_units_apart():
    forms = [
        department("d1", "甲局"),
        project("p1", "党建"),
        department("d2", "乙局"),
        project("p2", "党建"),
    ]
    paths = {x.id: Path(f"/{x.id[-1]}/{x.id}.json") for x in forms}
    assert ids(group_into_units(forms, (), paths)) == [["d1", "p1"], ["d2", "p2"]]


def test_copies_of_a_unit_in_two_folders_are_two_units_over_all_years():
    forms = [
        department(f"{folder}{year}", "甲局", year=year)
        for folder in ("a", "b")
        for year in (2025, 2026)
    ]
    paths = {x.id: Path(f"/{x.id[0]}/{x.year}/{x.id}.json") for x in forms}
    found = ids(group_into_units(forms, (), paths))
    assert found == [["a2025", "a2026"], ["b2025", "b2026"]]


def test_in_one_folder_names_decide_and_the_rest_stands_alone():
    forms = [
        department("d1", "甲区城市运行管理中心", ["物业后勤"]), department("d2", "乙区数据局"),
        project("p1", "物业后勤", ""), project("p2", "网络", "乙区数据局"),
        project("p3", "别的", "丙办"),
    ]  # fmt: skip
    groups = group_into_units(forms)
    assert ids(groups) == [["d1", "p1"], ["d2", "p2"], ["p3"]]
    assert [group.forms[0].id for group in groups if group.alone] == ["p3"]
    assert Checker().check(forms).alone == ["p3"]


def test_a_given_unit_decides_before_all():
    forms = [department("d", "甲局"), project("p", "党建")]
    forms[0].unit, forms[1].unit = Unit("u1", "甲局"), Unit("u2", "乙局")
    assert ids(group_into_units(forms)) == [["d"], ["p"]]


def test_the_years_of_a_unit_come_together():
    forms = [department("d1", "甲局", year=2025), department("d2", "甲局"), project("p2", "党建")]
    assert ids(group_into_units(forms)) == [["d1", "d2", "p2"]]


def test_a_project_list_goes_to_the_unit_it_names():
    forms = [department("d1", "甲局", ["物业"]), department("d2", "乙局", ["网络"])]
    lists = [ProjectList("t", 2026, columns=["项目名称", "金额"], rows=[["网络", "5"]])]
    groups = group_into_units(forms, lists)
    assert {g.forms[0].id: len(g.project_lists) for g in groups} == {"d1": 0, "d2": 1}


def test_a_missing_form_is_a_fault_of_a_closed_set_only():
    forms = [department("d", "甲局", ["物业", "网络"]), project("p", "物业")]
    code = "project-without-form"
    assert code not in {x.code for x in Checker().check(copy.deepcopy(forms)).all()}
    found = [x for x in Checker().check(forms, closed=True).all() if x.code == code]
    assert ["网络" in x.message for x in found] == [True]


def test_states_before_edits_are_let_go_at_once(form):
    checker = Checker()
    checker.check([form])
    gc.collect()
    gc.disable()
    try:
        before = sum(isinstance(x, Facts) for x in gc.get_objects())
        for number in range(5):
            form.indicators[0].target = f"≥{number}次"
            checker.recheck(form)
        assert sum(isinstance(x, Facts) for x in gc.get_objects()) == before
    finally:
        gc.enable()
