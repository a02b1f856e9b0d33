"""The tab 历年: years side by side, a chart, values taken from the library."""

import sys

import pytest

from kpiapp.model.edit import SetValue
from kpiapp.model.form import Horizon
from kpiapp.services import past
from kpiapp.services.results import cycle_settings
from kpiapp.services.years import rolling
from tests.years.conftest import project
from ui.screens.work import Work
from ui.screens.years_page import YearsPage


@pytest.fixture
def page(qtbot, session):
    session.add_forms([project()], "导入")
    rolling.roll_forward(session, 2026, 2027)
    work = Work(session)
    work.form_id = "u-2027-p01"
    page = YearsPage(work)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    return page


def test_years_stand_side_by_side(page, watch):
    watch(page.model)
    heads = [page.model.head(n) for n in range(page.model.columnCount())]
    assert heads == ["指标", "2026年", "2027年"]
    assert page.model.index(1, 1).data() == "≥3次/日"
    assert "2026—2027年" in page.summary.text()


def test_a_form_without_earlier_years_says_so(page):
    page.work.form_id = "u-2026-p01"
    page.show_form()
    assert page.form is None
    assert page.stack.currentIndex() == 0


def test_empty_past_values_are_taken_from_the_library(page, session):
    row = next(session.form("u-2027-p01").rows(Horizon.ANNUAL))
    session.do("清空", {"u-2027-p01": [SetValue(("indicators", row.id, "prior1"), "")]})
    assert "上年值：本表“空”，目标库“≥3次/日”" in page.differences.text()
    page.fill.click()
    assert row.prior1 == "≥3次/日"
    assert not page.fill.isEnabled()


def test_past_values_that_contradict_the_library_are_shown_and_corrected(page, session):
    row = next(session.form("u-2027-p01").rows(Horizon.ANNUAL))
    assert page.correct.isHidden()
    session.do("改", {"u-2027-p01": [SetValue(("indicators", row.id, "prior1"), "≥9次/日")]})
    assert "上年值：本表“≥9次/日”，目标库“≥3次/日”" in page.differences.text()
    assert not page.fill.isEnabled()
    page.correct.click()
    assert row.prior1 == "≥3次/日"
    assert page.correct.isHidden()
    session.undo()
    assert row.prior1 == "≥9次/日"


def test_the_achieved_value_may_be_chosen_for_a_layout(page, session):
    page.source.setCurrentIndex(1)
    page.source.activated.emit(1)
    assert cycle_settings.prior_source(session.library, "jiangxia-2026") == past.ACHIEVED
    assert page.source.currentData() == past.ACHIEVED


def test_it_leads_to_the_links_of_its_indicators(page, qtbot):
    with qtbot.waitSignal(page.links_wanted) as wanted:
        page.link.click()
    assert wanted.args == ["u-2027-p01"]


def test_the_chart_is_drawn_late(page, qtbot):
    page.view.setCurrentIndex(page.model.index(1, 0))
    qtbot.waitUntil(lambda: page.chart is not None, timeout=5000)
    assert "pyqtgraph" in sys.modules
    assert "安保巡逻检查次数" in page.legend.text()
