"""运行监控 in a library, its lights, and the rules on forms of later stages."""

import pytest

from kpiapp import cli
from kpiapp.errors import UserError
from kpiapp.scoring.lights import Light, indicator_light, money_light, worst
from kpiapp.services.checks import results_check
from kpiapp.services.files import json_files
from kpiapp.services.results import cycle_settings, evaluation, monitoring
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.stages import monitoring_form
from tests.years.conftest import indicator, project


@pytest.fixture
def declared(session):
    form = project()
    form.indicators.append(indicator("培训场次", "≥12场"))
    session.add_forms([form], "导入")
    return form.id


@pytest.fixture
def july(session, declared):
    return monitoring.start(session, declared, 7)


def _row(form, name):
    return next(row for row in form.indicators if row.level3 == name)


# 指标值 | so far | month | light | percent
LIGHTS = """
≥12场   | 7场      | 7  | green  | 100.00
≥12场   | 4场      | 7  | red    | 57.14
≥12场   | 5场      | 7  | yellow | 71.43
≥12场   | 9场      | 7  | blue   | 128.57
≥12场   | 6场      | 6  | green  | 100.00
≥95%    | 90%      | 7  | green  | 94.74
≥95%    | 50%      | 7  | red    | 52.63
≥3次/日 | 3次/日   | 7  | green  | 100.00
≤10万元 | 9万元    | 7  | green  | None
≤10万元 | 11万元   | 7  | red    | None
有效提升 | 部分达成 | 7  | yellow | None
有效提升 | 未达成   | 7  | red    | None
有效提升 | 达成     | 7  | green  | None
有效提升 | 还行     | 7  | None   | None
≥12场   |          | 7  | None   | None
≥12场   | ≥5场     | 7  | None   | None
"""


@pytest.mark.parametrize("line", LIGHTS.strip().splitlines())
def test_a_light_follows_from_target_result_and_month(line):
    target, done, month, light, percent = (x.strip() for x in line.split("|"))
    found = indicator_light(target, done, int(month))
    assert str(found.light) == light
    assert str(found.percent) == percent
    assert found.how


def test_lights_of_the_money_and_of_a_goal():
    assert money_light("100", "58", 7).light is Light.GREEN
    assert money_light("100", "99", 7).light is Light.GREEN
    assert money_light("100", "30", 7).light is Light.RED
    assert money_light("0", "30", 7).light is None
    assert str(money_light("9.52万元", "50000元", 12).percent) == "52.52"
    assert str(money_light("95200元", "5", 12).percent) == "0.01"
    assert worst([Light.GREEN, Light.YELLOW, None]) is Light.YELLOW
    assert worst([None]) is None


def test_a_month_is_followed_once(session, declared, july):
    assert july.fields["监控月份"] == "7"
    assert july.tables[monitoring_form.MONEY].columns[2] == "1-7月执行数"
    assert july.tables[monitoring_form.MONEY].rows[0].cells[1] == "9.52"
    monitoring.start(session, declared, 9)
    assert [monitoring_form.month_of(x) for x in monitoring.monitorings_of(session, declared)] == [
        7,
        9,
    ]
    for month in (7, 0, 13):
        with pytest.raises(UserError):
            monitoring.start(session, declared, month)


def test_entries_rates_and_marks(session, july):
    row = _row(july, "培训场次")
    monitoring.set_money(session, july.id, 0, monitoring_form.SPENT, "4.76")
    assert july.tables[monitoring_form.MONEY].rows[0].cells[monitoring_form.RATE] == "50.00%"
    assert str(monitoring_form.light_of_money(july).percent) == "85.71"
    monitoring.enter(session, july.id, row.id, monitoring_form.WHY_CLASS, "经费保障、人员保障")
    assert (row.extra["经费保障"], row.extra.get("制度保障", "")) == ("√", "")
    for label, text in ((monitoring_form.OUTLOOK, "也许"), (monitoring_form.WHY_CLASS, "天气")):
        with pytest.raises(UserError):
            monitoring.enter(session, july.id, row.id, label, text)


@pytest.mark.parametrize(
    ("planned", "spent", "rate"),
    [("9.52万元", "50000元", "52.52%"), ("9.52", "50000元", "52.52%"), ("9.52万元", "5", "52.52%"),
     ("95200元", "5万元", "52.52%"), ("0", "5万元", ""), ("9.52", "五万", "")],
)  # fmt: skip
def test_the_rate_of_the_money_heeds_units(session, july, planned, spent, rate):
    monitoring.set_money(session, july.id, 0, monitoring_form.PLANNED, planned)
    monitoring.set_money(session, july.id, 0, monitoring_form.SPENT, spent)
    assert july.tables[monitoring_form.MONEY].rows[0].cells[monitoring_form.RATE] == rate
    assert (monitoring_form.light_of_money(july).light is Light.GREEN) is bool(rate)


def test_a_doubt_or_a_red_light_demands_a_reason(session, july):
    row = _row(july, "培训场次")
    monitoring.enter(session, july.id, row.id, monitoring_form.SO_FAR, "6场")
    assert not monitoring_form.is_reason_due(july, row)
    monitoring.enter(session, july.id, row.id, monitoring_form.OUTLOOK, "有可能")
    assert monitoring_form.is_reason_due(july, row)
    assert [x.code for x in session.problems(july.id)] == ["outlook-without-reason"]
    for label in (monitoring_form.REASON, monitoring_form.MEASURE):
        monitoring.enter(session, july.id, row.id, label, "场地停用，改用社区会场")
    monitoring.enter(session, july.id, row.id, monitoring_form.WHY_CLASS, "硬件条件保障")
    assert session.problems(july.id) == []


def test_thresholds_are_settings(session, july):
    session.put_settings("修改监控灯的界限", {cycle_settings.LIGHTS: {"red": 40}})
    row = _row(july, "培训场次")
    monitoring.enter(session, july.id, row.id, monitoring_form.SO_FAR, "4场")
    limits = cycle_settings.lights(session.library)
    assert monitoring_form.light_of(july, row, limits).light is Light.YELLOW


# -- the rules ------------------------------------------------------------------------------------


def _evaluated(session, declared):
    form = evaluation.start(session, declared, "mof-2020")
    evaluation.set_money(session, form.id, 0, shape.BASE, "10")
    evaluation.set_money(session, form.id, 0, shape.SPENT, "9.6")
    texts = {"安保巡逻检查次数": "3次/日", "职工满意度": "98%", "培训场次": "9场"}
    for name, text in texts.items():
        evaluation.enter(session, form.id, _row(form, name).id, shape.ACTUAL, text)
    return form


def test_rules_run_on_a_self_evaluation(session, declared):
    form = _evaluated(session, declared)
    assert [x.code for x in session.problems(form.id)] == ["deviation-without-reason"]
    row = _row(form, "培训场次")
    evaluation.enter(session, form.id, row.id, shape.REASON, "场地停用")
    evaluation.enter(session, form.id, row.id, shape.MEASURE, "改用社区会场")
    assert session.problems(form.id) == []
    evaluation.enter(session, form.id, row.id, shape.ACTUAL, "≥9场")
    assert "actual-value-missing" in [x.code for x in session.problems(form.id)]


def test_a_target_that_was_changed_is_found(session, declared):
    form = _evaluated(session, declared)
    row = _row(form, "培训场次")
    row.target = "≥9场"
    assert "indicators-differ-from-approved" in [x.code for x in session.problems(form.id)]
    row.extra[shape.ADJUSTED] = "区财〔2026〕5号"
    assert "indicators-differ-from-approved" not in [x.code for x in session.problems(form.id)]


def test_files_of_all_stages_are_checked_together(session, declared, tmp_path, capsys):
    form = _evaluated(session, declared)
    other = project("u-2026-p02", "食堂")
    for one in (session.form(declared), form, other):
        json_files.write(tmp_path / f"{one.id}.json", one, ids=True)
    cli.main(["check", str(tmp_path), "--closed", "--format", "json"])
    out = capsys.readouterr().out
    assert "deviation-without-reason" in out
    assert out.count('"self-evaluation-missing"') == 1


def test_json_keeps_a_form_of_a_later_stage_whole(session, declared, tmp_path):
    form = _evaluated(session, declared)
    json_files.write(tmp_path / "x.json", form)
    again = json_files.read(tmp_path / "x.json")
    assert results_check.evaluation_facts(again, None).total == form.fields["总分"]
    assert again.other == form.other
