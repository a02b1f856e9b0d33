"""A form beside its earlier years."""

from kpiapp.model.edit import SetValue
from kpiapp.model.form import Horizon
from kpiapp.services import past
from kpiapp.services.results import cycle_settings, evaluation
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.years import comparison, lineage, rolling
from kpiapp.services.years.comparison import IndicatorYears, YearCell
from tests.years.conftest import indicator, project


def _through_three_years(session):
    session.add_forms([project()], "导入")
    for year in (2026, 2027):
        form = evaluation.start(session, f"u-{year}-p01", "mof-2020")
        row = form.indicators[0]
        evaluation.enter(session, form.id, row.id, shape.ACTUAL, f"{year - 2023}次/日")
        rolling.roll_forward(session, year, year + 1)
        row = next(session.form(f"u-{year + 1}-p01").rows(Horizon.ANNUAL))
        edit = SetValue(("indicators", row.id, "target"), f"≥{year - 2022}次/日")
        session.do("改指标值", {f"u-{year + 1}-p01": [edit]})
    return session.form("u-2028-p01")


def test_three_years_stand_side_by_side(session):
    form = _through_three_years(session)
    found = comparison.compare(session, form)
    assert found.years == (2026, 2027, 2028)
    cells = found.rows[0].cells
    assert [cells[x].target for x in found.years] == ["≥3次/日", "≥4次/日", "≥5次/日"]
    assert [cells[x].actual for x in found.years] == ["3次/日", "4次/日", ""]
    row = found.rows[0].row
    assert (row.prior2, row.prior1) == ("≥3次/日", "≥4次/日")
    assert comparison.prior_differences(session, form) == []


def test_a_renamed_indicator_keeps_its_years(session):
    form = _through_three_years(session)
    row = next(form.rows(Horizon.ANNUAL))
    session.do("改名", {form.id: [SetValue(("indicators", row.id, "level3"), "值守")]})
    found = comparison.compare(session, form)
    assert found.rows[0].earlier_names == ("安保巡逻检查次数",)
    assert len(found.rows[0].cells) == 3


def test_hand_typed_values_that_contradict_the_library_are_told_and_filled(session):
    form = _through_three_years(session)
    row = next(form.rows(Horizon.ANNUAL))
    edits = [SetValue(("indicators", row.id, "prior1"), "≥9次/日"),
             SetValue(("indicators", row.id, "prior2"), "/")]  # fmt: skip
    session.do("手填", {form.id: edits})
    found = comparison.prior_differences(session, form)
    assert [(x.column, x.typed, x.library) for x in found] == [
        ("前年", "/", "≥3次/日"), ("上年", "≥9次/日", "≥4次/日"),
    ]  # fmt: skip
    assert comparison.fill_priors(session, form.id) == 1
    assert (row.prior2, row.prior1) == ("≥3次/日", "≥9次/日")
    assert comparison.fill_priors(session, form.id, only_empty=False) == 1
    assert (row.prior2, row.prior1) == ("≥3次/日", "≥4次/日")
    session.undo()
    assert row.prior1 == "≥9次/日"


def test_the_achieved_value_counts_where_the_setting_says_so(session):
    form = _through_three_years(session)
    cycle_settings.set_prior_source(session, form.layout, past.ACHIEVED)
    found = comparison.prior_differences(session, form)
    assert [(x.column, x.library) for x in found] == []  # ≥4次/日 and 4次/日 are one figure


def test_rows_that_were_merged_by_hand_stand_together(session):
    form = _through_three_years(session)
    first, second = form.rows(Horizon.ANNUAL)
    lineage.link_rows(session, form.id, first.id, [first.id, second.id])
    lineage.link_rows(session, form.id, second.id, [])
    found = comparison.compare(session, form)
    assert found.rows[0].cells[2027].target == "≥4次/日；≥98%"
    assert list(found.rows[1].cells) == [2028]


def test_what_was_dropped_is_told(session):
    form = _through_three_years(session)
    second = list(form.rows(Horizon.ANNUAL))[1]
    lineage.link_rows(session, form.id, second.id, [])
    assert comparison.compare(session, form).gone == ("职工满意度",)


def test_a_chart_draws_all_years_in_the_unit_of_the_newest_target():
    cells = {
        2024: YearCell("≤1小时", "45分钟"),
        2025: YearCell("≤40分钟", "≥5分钟"),
        2026: YearCell("≤30分钟", "20"),
        2027: YearCell("及时", "5次"),
    }
    one = IndicatorYears(indicator("响应时间", "≤30分钟"), cells)
    assert one.series() == ({2024: 60.0, 2025: 40.0, 2026: 30.0}, {2024: 45.0, 2026: 20.0})
    assert IndicatorYears(one.row, {2027: YearCell("及时")}).series() == ({}, {})
