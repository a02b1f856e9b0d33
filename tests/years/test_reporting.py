"""The score over all projects, the 自评报告 and the summary."""

from decimal import Decimal

import docx
import openpyxl
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from kpiapp.errors import UserError
from kpiapp.services.results import evaluation, evidence, reporting, result_sheets, summary_workbook
from kpiapp.services.results.totals import summarise
from kpiapp.services.stages import evaluation_form as shape
from tests.years.conftest import department, project


@pytest.fixture
def evaluated(session):
    session.add_forms([department(), project(), project("u-2026-p02", "食堂")], "导入")
    for declared, base, spent in (("u-2026-p01", "10", "9"), ("u-2026-p02", "30", "30")):
        form = evaluation.start(session, declared, "mof-2020")
        evaluation.set_money(session, form.id, 0, shape.BASE, base)
        evaluation.set_money(session, form.id, 0, shape.SPENT, spent)
        for row, text in zip(form.indicators, ("3次/日", "98%"), strict=True):
            evaluation.enter(session, form.id, row.id, shape.ACTUAL, text)
    return session


def test_the_whole_is_told_only_when_every_project_is_scored(evaluated):
    found = summarise(evaluated, 2026)
    assert [x.total for x in found.projects] == [Decimal("99.00"), Decimal("100.00")]
    assert (found.mean, found.weighted, found.grade) == (Decimal("99.50"), Decimal("99.75"), "优")
    evaluated.add_forms([project("u-2026-p03", "保洁")], "导入")
    found = summarise(evaluated, 2026)
    assert (found.mean, found.weighted, found.missing) == (None, None, ("保洁",))


def test_the_report_follows_the_outline(evaluated, tmp_path):
    form = evaluation.evaluation_of(evaluated, "u-2026-p01")
    row = form.indicators[0]
    evaluation.enter(evaluated, form.id, row.id, shape.ACTUAL, "2次/日")
    evaluation.enter(evaluated, form.id, row.id, shape.REASON, "设备停用三个月")
    path = tmp_path / "报告.docx"
    reporting.write_report(evaluated, 2026, path)
    document = docx.Document(str(path))
    texts = [paragraph.text for paragraph in document.paragraphs]
    heads = ["一、自评结论", "（一）部门整体绩效自评得分", "（三）存在的问题和原因", "二、佐证材料"]
    assert [x for x in texts if x in heads] == heads
    assert any("设备停用三个月" in x for x in texts)
    assert any("物业后勤保障：预算10万元，执行9万元，执行率90.00%" in x for x in texts)
    cells = [cell.text for cell in document.tables[0].rows[1].cells]
    assert cells == ["物业后勤保障", "10", "9", "90.00", "74.00", "中"]  # 9 + 75 × 2/3 + 15


def test_the_report_names_the_evidence_and_the_export_holds_it(evaluated, tmp_path):
    form = evaluation.evaluation_of(evaluated, "u-2026-p01")
    proof = tmp_path / "巡逻记录.pdf"
    proof.write_bytes(b"%PDF-1.7")
    kept = evidence.attach(evaluated, form.id, proof)
    path = tmp_path / "报告.docx"
    reporting.write_report(evaluated, 2026, path)
    texts = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    assert "1. 巡逻记录.pdf（整张表，1KB）" in texts
    files = result_sheets.export(evaluated, 2026, tmp_path / "导出")
    folder = tmp_path / "导出" / "2026-物业后勤保障-佐证材料"
    assert set(folder.iterdir()) <= set(files)
    assert (folder / "01-巡逻记录.pdf").read_bytes() == proof.read_bytes()
    assert kept.sha256 in (folder / "佐证材料清单.txt").read_text("utf-8")


def test_nothing_to_report_is_told(session, tmp_path):
    session.add_forms([project()], "导入")
    with pytest.raises(UserError):
        reporting.write_report(session, 2026, tmp_path / "报告.docx")
    with pytest.raises(UserError):
        summary_workbook.write(session, 2025, tmp_path / "汇总.xlsx")


def test_the_summary_has_numbers_and_charts(evaluated, tmp_path):
    path = tmp_path / "汇总.xlsx"
    summary_workbook.write(evaluated, 2026, path)
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row[:6]] for row in sheet.iter_rows(min_row=3, max_row=4)]
    assert rows == [["物业后勤保障", 10, 9, 90, 99, "优"], ["食堂", 30, 30, 100, 100, "优"]]
    assert len(sheet._charts) == 2


def test_what_is_not_evaluated_stands_in_the_summary_and_the_charts_below_the_table(
    evaluated, tmp_path
):
    evaluated.add_forms([project("u-2026-p03", "保洁")], "导入")
    path = tmp_path / "汇总.xlsx"
    summary_workbook.write(evaluated, 2026, path)
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row[:6]] for row in sheet.iter_rows(min_row=5, max_row=7)]
    assert [x[0] for x in rows] == ["保洁", "平均分", "按预算加权平均分"]
    assert [x[4] for x in rows] == ["未评"] * 3
    assert not rows[0][1]
    assert all(chart.anchor._from.row >= 8 for chart in sheet._charts)


def test_the_report_looks_like_an_official_text(evaluated, tmp_path):
    path = tmp_path / "报告.docx"
    reporting.write_report(evaluated, 2026, path)
    document = docx.Document(str(path))
    body = document.styles["Normal"]
    assert body.paragraph_format.first_line_indent.pt == 2 * body.font.size.pt
    assert document.styles["Title"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert document.sections[0].page_height.cm > document.sections[0].page_width.cm
    assert [cell.text for cell in document.tables[0].rows[0].cells] == list(summary_workbook.HEADS)
