"""自评表 and 监控表 as they are printed."""

import openpyxl
import pytest

from kpiapp.errors import UserError
from kpiapp.services.results import evaluation, monitoring, result_sheets
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.stages import monitoring_form
from tests.years.conftest import department, project


@pytest.fixture
def declared(session):
    session.add_forms([department(), project()], "导入")
    return "u-2026-p01"


def _texts(form):
    return [cell.text for cell in result_sheets.grid(form).cells if cell.text]


@pytest.mark.parametrize("scheme", ["mof-2020", "hubei-2020"])
@pytest.mark.parametrize("declaration", ["u-2026-p01", "u-2026-dept"])
def test_a_self_evaluation_is_printed(session, declared, scheme, declaration):
    form = evaluation.start(session, declaration, scheme)
    evaluation.set_money(session, form.id, 0, shape.BASE, "10")
    evaluation.set_money(session, form.id, 0, shape.SPENT, "9")
    row = form.indicators[0]
    evaluation.enter(session, form.id, row.id, shape.ACTUAL, row.target.lstrip("≥≤"))
    texts = _texts(form)
    assert form.title in texts
    assert {"实际完成值", "实际完成值（B）"} & set(texts)
    assert {row.level3, row.extra["实际完成值"], row.extra["得分"], "90.00%"} <= set(texts)
    assert ("分值" in texts) == (scheme == "mof-2020")
    assert not any("{" in text for text in texts)


def test_an_adjusted_target_is_told_on_the_sheet(session, declared):
    form = evaluation.start(session, declared, "mof-2020")
    evaluation.adjust(session, form.id, form.indicators[0].id, "≥2次/日", "区财〔2026〕5号")
    assert any("区财〔2026〕5号" in text for text in _texts(form))
    assert form.fields[shape.REMARKS] == ""


def test_monitoring_is_printed_with_its_months(session, declared):
    form = monitoring.start(session, declared, 8)
    row = form.indicators[0]
    monitoring.enter(session, form.id, row.id, monitoring_form.OUTLOOK, "有可能")
    monitoring.enter(session, form.id, row.id, monitoring_form.WHY_CLASS, "人员保障")
    texts = _texts(form)
    assert {"1-8月执行情况", "1-8月执行数", "偏差原因分析", "完成目标可能性", "完全不可能"} <= set(
        texts
    )
    assert texts.count("√") == 2


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf"])
def test_all_sheets_of_a_year_are_written(session, declared, tmp_path, kind):
    with pytest.raises(UserError):
        result_sheets.export(session, 2026, tmp_path / "无")
    evaluation.start_all(session, [declared, "u-2026-dept"])
    monitoring.start(session, declared, 7)
    files = result_sheets.export(session, 2026, tmp_path / "导出", [kind])
    assert len(files) == 3
    assert all(path.stat().st_size > 1000 for path in files)
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(files[0]).active
        assert "自评表" in str(sheet["A1"].value)
