"""The report on an import: what a person has to look at comes first."""

from pathlib import Path

import pytest

from kpiapp.errors import UserError
from kpiapp.services.files import reading_files
from kpiapp.services.imports import import_report, importing


@pytest.fixture
def rows(session, shared):
    messy = shared / "sheets" / "messy" / "dongxihu-2025-p02.xlsx"
    plan = importing.plan(session, reading_files.read_file(messy))
    failure = reading_files.Failure(Path("坏.xlsx"), UserError("“坏.xlsx”已损坏", "请重新保存"))
    return plan, [*plan.items, failure]


def test_files_and_cells_that_were_not_understood_come_first(rows):
    _, all_rows = rows
    report = import_report.full("已导入：新增 2 张。", all_rows)
    heads = [line for line in report.splitlines() if line.startswith("==")]
    assert heads == ["== 读不了的文件 ==", "== 没有认出的单元格（1） ==", "== 读到的表 =="]
    assert report.startswith(
        "已导入：新增 2 张。\n\n== 读不了的文件 ==\n坏.xlsx：“坏.xlsx”已损坏。请重新保存\n"
    )
    assert report.count("没有认出 A1：附件2：") == 1
    assert report.index("没有认出 A1") < report.index("G39：“１１人/年”读作“11人/年”")


def test_the_outcome_counts_forms_and_cells_left(rows):
    plan, all_rows = rows
    assert import_report.summary(plan, [all_rows[-1]]) == "新增 2 张、1 个文件读不了"
    assert import_report.outcome(plan) == "已导入：新增 2 张。有 1 个单元格没有认出，没有放入。"


def test_the_outcome_names_the_years_where_there_are_several(rows):
    plan, _ = rows
    plan.items[0].form.year += 1
    assert "新增 2 张，在 2025、2026 年度里。" in import_report.outcome(plan)
