"""自评表 and 监控表 that come back: results go to the project's own form, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kpiapp.model.edit import SetValue
from kpiapp.model.form import Form, Horizon
from kpiapp.model.stages import Stage
from kpiapp.services.files import reading_files
from kpiapp.services.imports import importing
from kpiapp.services.results import evaluation, result_sheets
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.stages import monitoring_form
from kpiapp.sheets import xlsx
from kpiapp.sheets.grid import Cell, Grid

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.services.imports.importing import Planned
    from kpiapp.services.session import Session


def results(form: Form) -> list[tuple[str, object, dict[str, str]]]:
    """What a person entered, and what follows from it."""
    return [
        (row.level3, row.weight, {label: text for label, text in row.extra.items() if text})
        for row in form.indicators
    ]


def one_of(sample: Session, stage: Stage) -> Form:
    return next(form for y in sample.years() for form in sample.staged_forms(stage, y))


def planned(sample: Session, path: Path) -> Planned:
    [item] = importing.plan(sample, reading_files.read_file(path)).items
    return item


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html"])
@pytest.mark.parametrize("stage", [Stage.EVALUATION, Stage.MONITORING])
def test_printed_results_come_back(
    sample: Session, tmp_path: Path, stage: Stage, kind: str
) -> None:
    form = one_of(sample, stage)
    [path] = result_sheets.export(sample, form.year, tmp_path / "表", (kind,))
    assert planned(sample, path).state is importing.State.SAME
    sample.remove_form(form.id, "删去")
    item = planned(sample, path)
    assert item.state is importing.State.NEW
    assert item.incoming.draft
    assert item.incoming.draft.unread == []
    assert results(item.form) == results(form)
    money = monitoring_form.MONEY if stage is Stage.MONITORING else shape.MONEY
    assert item.form.tables[money].rows[0].cells == form.tables[money].rows[0].cells
    assert item.form.other == form.other


HEADS = "一级指标 二级指标 三级指标 年度指标值 全年实际值 分值 得分 未完成原因和改进措施".split()


def foreign(form: Form, path: Path, *, name: str = "", area: str = "11900平方米") -> Path:
    """A self-evaluation as another program prints it, with one more indicator."""
    rows = [
        ["2025年度项目支出绩效自评表"],
        ["项目名称", name or form.name],
        ["年度资金", "全年预算数", "全年执行数", "执行率"],
        ["年度资金总额", "98.4", "95.1", "96.6%"],
        HEADS,
    ]
    for row in form.indicators:
        late = row.level3 == "保洁服务面积"
        actual = area if late else row.extra[shape.ACTUAL]
        why = "停业整修" if late else ""
        rows.append([row.level1, row.level2, row.level3, row.target, actual, "5", "5", why])
    rows.append(["产出指标", "数量指标", "别的指标", "≥1次", "2次", "5", "5", ""])
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    xlsx.write(path, [Grid("自评", cells)])
    return path


def test_a_foreign_self_evaluation_changes_results_only(sample: Session, tmp_path: Path) -> None:
    form = one_of(sample, Stage.EVALUATION)
    declared = sample.declaration(form)
    assert declared
    before = [row.target for row in form.indicators], [row.target for row in declared.indicators]
    path = foreign(form, tmp_path / "自评.xlsx")
    item = planned(sample, path)
    assert (item.state, item.form.id) == (importing.State.CHANGED, form.id)
    assert item.incoming.draft
    assert item.incoming.draft.notes[-1] == "“别的指标”在申报表里没有，它的结果没有读入"
    importing.take_over(sample, importing.Plan([item]))
    row = next(row for row in form.indicators if row.level3 == "保洁服务面积")
    assert row.extra[shape.ACTUAL] == "11900平方米"
    assert row.extra[shape.REASON] == "停业整修"
    assert (row.weight, row.extra[shape.SCORE]) == (5, "4.96")
    assert form.tables[shape.MONEY].rows[0].cells[shape.SPENT] == "95.1"
    after = [row.target for row in form.indicators], [row.target for row in declared.indicators]
    assert after == before


def test_scores_follow_from_the_results_that_are_taken(sample: Session, tmp_path: Path) -> None:
    form = one_of(sample, Stage.EVALUATION)
    item = planned(sample, foreign(form, tmp_path / "自评.xlsx", area="6000平方米"))
    edits = tuple(x for x in item.edits if not (isinstance(x, SetValue) and x.path[-1] == "weight"))
    part = importing.Plan([replace(item, edits=edits)])
    importing.take_over(sample, part)
    row = next(row for row in form.indicators if row.level3 == "保洁服务面积")
    assert row.weight == 6
    assert row.extra[shape.SCORE] == "3.00"


def test_results_without_a_declaration_are_shown_and_go_nowhere(
    sample: Session, tmp_path: Path
) -> None:
    form = one_of(sample, Stage.EVALUATION)
    path = foreign(form, tmp_path / "自评.xlsx", name="别处的项目")
    plan = importing.plan(sample, reading_files.read_file(path))
    assert [item.state.label for item in plan.items] == ["没有对应的申报表，放不进去"]
    assert not plan.changes_anything()


def test_a_sheet_without_a_year_is_for_the_newest_declaration(
    sample: Session, tmp_path: Path
) -> None:
    form = one_of(sample, Stage.EVALUATION)
    path = foreign(form, tmp_path / "自评.xlsx")
    [grid] = xlsx.read(path)
    cells = [cell._replace(text=cell.text.replace("2025年度", "")) for cell in grid.cells]
    xlsx.write(path, [Grid(grid.name, cells)])
    newest = max(head.year for head in sample.heads() if head.name == form.name)
    assert planned(sample, path).form.year == newest
    assert all(row.horizon is Horizon.ANNUAL for row in planned(sample, path).form.indicators)


def test_the_boxes_of_a_hubei_sheet_are_those_of_the_declaration(sample: Session) -> None:
    head = next(x for x in sample.heads(2025) if x.name == "图书馆免费开放")
    form = evaluation.start(sample, head.id, "hubei-2020")
    texts = [cell.text for cell in result_sheets.grid(form).cells]
    assert "1. 部门预算项目☑  2. 市直专项□  3. 市对下转移支付项目□" in texts
    assert "1. 持续性项目☑  2. 新增性项目□" in texts
    assert "1. 常年性项目☑  2. 延续性项目□  3. 一次性项目□" in texts
