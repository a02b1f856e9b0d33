"""Self-evaluation in a library."""

import pytest

from kpiapp.errors import UserError
from kpiapp.model.edit import SetValue
from kpiapp.model.form import Goal, Horizon
from kpiapp.services import past
from kpiapp.services.results import cycle_settings, evaluation
from kpiapp.services.session import Session
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.stages import evaluation_score
from kpiapp.services.years import rolling
from kpiapp.store.library import Library
from tests.years.conftest import department, indicator, project


@pytest.fixture
def declared(session):
    form = project()
    form.indicators.append(
        indicator("服务水平", "有效提升", level1="效益指标", level2="社会效益指标")
    )
    session.add_forms([form], "导入")
    return form.id


@pytest.fixture
def started(session, declared):
    return evaluation.start(session, declared, "mof-2020")


def _row(form, name):
    return next(row for row in form.indicators if row.level3 == name)


def _fill(session, form, **more):
    evaluation.set_money(session, form.id, 0, shape.BASE, "10")
    evaluation.set_money(session, form.id, 0, shape.SPENT, "9.6")
    texts = {"安保巡逻检查次数": "3次/日", "职工满意度": "98%", "服务水平": "达成"} | more
    for name, text in texts.items():
        evaluation.enter(session, form.id, _row(form, name).id, shape.ACTUAL, text)


def test_it_takes_the_year_of_the_declaration_and_proposes_weights(started):
    assert [row.level3 for row in started.indicators] == [
        "安保巡逻检查次数",
        "职工满意度",
        "服务水平",
    ]
    assert sum(row.weight for row in started.indicators) == 90
    assert started.tables[shape.MONEY].rows[0].cells[shape.INITIAL] == "9.52"
    assert started.fields["总分"] == ""


def test_it_is_no_declaration(session, started, declared):
    assert [head.id for head in session.heads()] == [declared]
    assert [form.id for form in session.forms(2026)] == [declared]
    assert evaluation.evaluation_of(session, declared) is started


def test_scores_total_and_grade_follow_each_step(session, started):
    _fill(session, started, 安保巡逻检查次数="2次/日")
    weight = _row(started, "安保巡逻检查次数").weight
    assert _row(started, "安保巡逻检查次数").extra["得分"] == f"{weight * 2 / 3:.2f}"
    cells = started.tables[shape.MONEY].rows[0].cells
    assert (cells[shape.RATE], cells[shape.MONEY_SCORE]) == ("96.00%", "9.60")
    assert float(started.fields["总分"]) == pytest.approx(99.6 - weight / 3, abs=0.01)
    assert started.fields["等级"] in ("优", "良")


def test_what_cannot_be_read_is_not_scored(session, started):
    _fill(session, started, 安保巡逻检查次数="≥3次/日")
    assert _row(started, "安保巡逻检查次数").extra.get("得分", "") == ""
    assert started.fields["总分"] == ""
    row = evaluation_score.scored(started).rows[0]
    assert row.score.error == "operator-in-actual"


def test_a_step_is_undone_with_what_followed(session, started):
    _fill(session, started)
    assert started.fields["总分"] == "99.60"
    session.undo()
    assert started.fields["总分"] == ""
    session.redo()
    assert session.form(started.id).fields["总分"] == "99.60"


def test_it_is_all_there_after_the_library_was_closed(session, started, tmp_path):
    _fill(session, started)
    path = session.library.path
    session.library.close()
    with Library.open(path) as library:
        again = Session(library)
        (form,) = evaluation.evaluations_of(again, 2026).values()
        assert form.fields["总分"] == "99.60"
        assert _row(form, "服务水平").extra["实际完成值"] == "达成"


def test_words_take_a_tier_and_typed_points(session, started):
    _fill(session, started, 服务水平="部分达成")
    row = _row(started, "服务水平")
    assert row.extra.get("得分", "") == ""
    evaluation.enter(session, started.id, row.id, shape.TYPED_SCORE, str(row.weight * 0.7))
    assert float(row.extra["得分"]) == pytest.approx(row.weight * 0.7)
    assert started.fields["总分"]


def test_reasons_are_printed_in_one_cell(session, started):
    row = started.indicators[0]
    evaluation.enter(session, started.id, row.id, shape.REASON, "设备停用")
    evaluation.enter(session, started.id, row.id, shape.MEASURE, "每月自检")
    assert row.extra[shape.BOTH] == "设备停用；每月自检"


@pytest.mark.parametrize("text", ["一百", "-1", "101", "nan"])
def test_weights_that_are_none_are_refused(session, started, text):
    with pytest.raises(UserError):
        evaluation.set_weight(session, started.id, started.indicators[0].id, text)


def test_weights_are_written_and_proposed_again(session, started):
    row = started.indicators[0]
    before = row.weight
    evaluation.set_weight(session, started.id, row.id, "12.5")
    assert row.weight == 12.5
    codes = [x.code for x in evaluation_score.scored(started).findings]
    assert "weights-do-not-add-up" in codes
    evaluation.propose_weights(session, started.id)
    assert row.weight == before


def test_another_scheme_brings_its_weights_and_sheet(session, started):
    evaluation.set_scheme(session, started.id, "hubei-2020")
    assert sum(row.weight for row in started.indicators) == 80
    assert started.layout == "hubei-2020-self"
    assert started.tables[shape.MONEY].rows[0].cells[shape.MONEY_WEIGHT] == "20"


def test_a_budget_of_nothing_is_not_scored(session, started):
    _fill(session, started)
    evaluation.set_money(session, started.id, 0, shape.BASE, "0")
    assert evaluation_score.scored(started).execution.error == "zero-budget"
    assert started.fields["总分"] == ""


def test_goals_share_the_points(session, declared):
    form = session.form(declared)
    session.do("目标2", {declared: [
        SetValue(("indicators", form.indicators[2].id, "goal"), 2),
    ]})  # fmt: skip
    form.goals.append(Goal(Horizon.ANNUAL, 2, "年度目标2"))
    one = evaluation.start(session, declared, "mof-2020")
    _fill(session, one)
    for row in one.indicators:
        evaluation.set_weight(session, one.id, row.id, "90" if row.goal == 2 else "45")
    for goal, share in zip(one.goals, ("60", "40"), strict=True):
        evaluation.set_share(session, one.id, goal.id, share)
    assert one.fields["总分"] == "99.60"


# -- frozen targets -------------------------------------------------------------------------------


def test_a_target_that_changed_later_is_shown_and_adopted_with_a_reason(session, started, declared):
    row = started.indicators[0]
    session.do("改", {declared: [SetValue(("indicators", row.id, "target"), "≥2次/日")]})
    assert row.target == "≥3次/日"
    (found,) = evaluation.adjustments(session, started)
    assert (found.frozen, found.now) == ("≥3次/日", "≥2次/日")
    with pytest.raises(UserError):
        evaluation.adjust(session, started.id, row.id, "≥2次/日", " ")
    evaluation.adjust(session, started.id, row.id, "≥2次/日", "区财〔2026〕5号")
    assert evaluation.adjustments(session, started) == []
    assert row.extra[shape.ADJUSTED] == "区财〔2026〕5号"


def test_a_declaration_is_evaluated_only_once(session, started, declared):
    with pytest.raises(UserError):
        evaluation.start(session, declared)


def test_a_department_is_evaluated_too(session):
    session.add_forms([department()], "导入")
    form = evaluation.start(session, "u-2026-dept")
    assert form.tables[shape.MONEY].rows[0].cells[shape.INITIAL] == "1602.84"


def test_what_was_achieved_becomes_last_years_value(session, started):
    _fill(session, started, 安保巡逻检查次数="2.5次/日")
    cycle_settings.set_prior_source(session, "jiangxia-2026", past.ACHIEVED)
    (new,) = rolling.roll_forward(session, 2026, 2027).created
    assert _row(new, "安保巡逻检查次数").prior1 is None  # the long-term row stands first
    annual = {row.level3: row.prior1 for row in new.rows(Horizon.ANNUAL)}
    assert annual["安保巡逻检查次数"] == "2.5次/日"
