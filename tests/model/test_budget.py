"""This year's budget, on whichever sheet it is printed."""

from decimal import Decimal

import pytest

from kpiapp.model.budget import WHOLE, YEAR, budget_field, year_budget, year_budget_text
from kpiapp.model.form import Form, Kind, Row, Table


def project(**fields):
    return Form("p", Kind.PROJECT, 2026, fields=fields)


def department(*columns, rows):
    table = Table(list(columns), [Row(list(cells)) for cells in rows])
    return Form("d", Kind.DEPARTMENT, 2026, tables={"部门总体资金情况": table})


@pytest.mark.parametrize(
    "label",
    ["项目当年预算", "当年预算", "本年度预算", "年度资金总额", "资金总额", "本年预算数"],
)
def test_a_project_prints_it_under_many_labels(label):
    form = project(**{"项目前两年预算": "2024年3万元", label: "9.52万元"})
    assert year_budget_text(form) == "9.52万元"
    assert budget_field(form, YEAR) == (label, "9.52万元")


def test_whole_and_year_are_told_apart_and_a_blank_gives_way():
    form = project(项目总预算="20万元", 项目当年预算="", 年度资金总额="9.52")
    assert budget_field(form, WHOLE).text == "20万元"
    assert budget_field(form, YEAR) == ("年度资金总额", "9.52")
    assert year_budget(form).in_wan() == year_budget(form).value
    blank = project(项目当年预算="")
    assert budget_field(blank, YEAR) == ("项目当年预算", "")
    assert year_budget(blank) is None


def test_words_and_past_budgets_are_no_amount():
    assert year_budget(project(项目当年预算="详见附件")) is None
    assert year_budget(project(项目前两年预算="2025年9万元")) is None


def test_a_bare_number_is_in_the_unit_of_the_form():
    form = project(项目当年预算="95,200")
    form.amount_unit = "元"
    assert year_budget(form).in_wan() == Decimal("9.52")


def test_a_department_prints_it_in_its_table_of_funds():
    heads = ("总体资金情况", "", "占比", "近两年收支金额/2025年", "当年金额")
    rows = [("收入构成", "财政拨款", "", "", "900"), ("收入构成", "合 计", "100%", "1", "945")]
    assert year_budget_text(department(*heads, rows=rows)) == "945"
    blank = [("收入构成", "合计", "100%", "1", "")]
    assert year_budget_text(department(*heads, rows=blank)) == ""
    assert (
        year_budget_text(department("类别", "2024年", "2026年", rows=[("合计", "1", "2")])) == "2"
    )
    assert year_budget_text(Form("d", Kind.DEPARTMENT, 2026)) == ""
