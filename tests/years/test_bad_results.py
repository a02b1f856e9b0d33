"""Bad results: a clear sentence at the place, never a score, and what was typed is kept."""

import pytest

from kpiapp.model.problem import Severity
from kpiapp.services.results import evaluation, monitoring
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.stages import evaluation_score, monitoring_form
from tests.years.conftest import project


@pytest.fixture
def form(session):
    session.add_forms([project()], "导入")
    form = evaluation.start(session, "u-2026-p01", "mof-2020")
    evaluation.set_money(session, form.id, 0, shape.BASE, "10")
    evaluation.set_money(session, form.id, 0, shape.SPENT, "9.5")
    for row, text in zip(form.indicators, ("3次/日", "98%"), strict=True):
        evaluation.enter(session, form.id, row.id, shape.ACTUAL, text)
    assert session.verdict(form.id) == "可以报送"
    return form


def errors(session, form):
    found = session.problems(form.id)
    return [(x.place, x.message) for x in found if x.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("≥266米", "带有比较符"),
        ("完成", "不是数值"),
        ("", "没有实际完成值"),
        ("5公里", "单位不同，不能换算"),
        ("2026年3月", "却是文字"),
        ("约3次", "约数"),
        ("3次；4次", "两个数值"),
        ("=1+1", "却是文字"),
    ],
)
def test_a_result_that_cannot_be_read_is_told_and_keeps_the_form_back(session, form, text, told):
    row = form.indicators[0]
    evaluation.enter(session, form.id, row.id, shape.ACTUAL, text)
    assert row.extra[shape.ACTUAL] == text
    assert row.extra[shape.SCORE] == form.fields[shape.TOTAL] == ""
    ((place, message),) = errors(session, form)
    assert place.indicator == row.id
    assert told in message
    session.undo()
    assert session.verdict(form.id) == "可以报送"


@pytest.mark.parametrize(
    ("base", "spent", "told"),
    [
        ("0", "5", "全年预算数不大于0"),
        ("-3", "5", "全年预算数不大于0，不能计算执行率（-3万元）"),
        ("若干", "5", "没有全年预算数（若干）"),
        ("", "5", "没有全年预算数"),
        ("10", "九万", "没有全年执行数（九万）"),
        ("10", "11", "超过全年预算数"),
    ],
)
def test_money_that_gives_no_rate_is_told(session, form, base, spent, told):
    evaluation.set_money(session, form.id, 0, shape.BASE, base)
    evaluation.set_money(session, form.id, 0, shape.SPENT, spent)
    cells = form.tables[shape.MONEY].rows[0].cells
    assert (cells[shape.BASE], cells[shape.SPENT]) == (base, spent)
    assert any(told in message for _, message in errors(session, form))


def test_words_without_a_tier_are_told(session, form):
    row = form.indicators[0]
    evaluation.adjust(session, form.id, row.id, "有效提升", "批复")
    evaluation.enter(session, form.id, row.id, shape.ACTUAL, "比较好")
    assert evaluation_score.scored(form).rows[0].score.error == "tier-needed"
    assert len(errors(session, form)) == 1


def test_a_monitoring_says_what_is_no_amount(session, form):
    watched = monitoring.start(session, "u-2026-p01", 7)
    monitoring.set_money(session, watched.id, 0, monitoring_form.PLANNED, "若干")
    assert monitoring_form.light_of_money(watched).how == "年初预算数“若干”不是大于0的数"


@pytest.mark.parametrize("text", ["不知道", "9.5左右吧", "=1+1"])
def test_words_in_the_money_of_a_part_are_told(session, form, text):
    evaluation.set_money(session, form.id, 1, shape.SPENT, text)
    ((place, message),) = errors(session, form)
    assert place.field == "预算执行情况 / 其中：当年财政拨款 / 全年执行数（B）"
    assert f"“{text}”，不是金额" in message


@pytest.mark.parametrize("text", ["", "无", "/", "-", "0", "1,234.5", "9.5万元"])
def test_no_money_of_a_part_is_no_fault(session, form, text):
    evaluation.set_money(session, form.id, 1, shape.SPENT, text)
    assert not errors(session, form)
