"""Links made by hand, and results taken for 上年, count for the rules too."""

import pytest

from kpiapp.model.edit import SetValue
from kpiapp.model.form import Horizon
from kpiapp.services import past
from kpiapp.services.results import cycle_settings, evaluation
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.years import lineage, rolling
from tests.years.conftest import indicator, project

CODE = "prior-value-differs-from-last-form"


@pytest.fixture
def later(session):
    """This year's form of a project that bore another name, and whose row did too."""
    form = project("u-2027-p09", "综合保障")
    form.year, form.project = 2027, None
    form.indicators = [indicator("值守情况", "≥5次/日", "", "≥9次/日")]
    session.add_forms([project(), form], "导入")
    return session.form(form.id)


def told(session, form):
    return [x.message for x in session.problems(form.id) if x.code == CODE]


def test_a_renamed_project_and_row_are_compared_once_they_are_linked(session, later):
    assert told(session, later) == []
    old = next(session.form("u-2026-p01").rows(Horizon.ANNUAL))
    lineage.link_forms(session, later.id, ["u-2026-p01"])
    lineage.link_rows(session, later.id, later.indicators[0].id, [old.id])
    assert "上年申报表为≥3次/日，本表上年值为≥9次/日" in " ".join(told(session, later))
    session.undo()
    session.undo()
    assert told(session, later) == []


def test_where_past_values_are_results_the_rule_holds_them_against_the_result(session):
    session.add_forms([project()], "导入")
    form = evaluation.start(session, "u-2026-p01", "mof-2020")
    row = form.indicators[0]
    evaluation.enter(session, form.id, row.id, shape.ACTUAL, "4次/日")
    cycle_settings.set_prior_source(session, form.layout, past.ACHIEVED)
    cycle_settings.set_prior_source(session, "jiangxia-2026", past.ACHIEVED)
    rolling.roll_forward(session, 2026, 2027)
    later = session.form("u-2027-p01")
    mine = next(later.rows(Horizon.ANNUAL))
    assert mine.prior1 == "4次/日"
    assert told(session, later) == []
    session.do("手填", {later.id: [SetValue(("indicators", mine.id, "prior1"), "≥3次/日")]})
    assert told(session, later) == ["上年自评为4次/日，本表上年值为≥3次/日"]
    evaluation.enter(session, form.id, row.id, shape.ACTUAL, "3次/日")
    assert told(session, later) == []
