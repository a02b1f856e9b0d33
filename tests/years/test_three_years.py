"""One project carried through three years in the window: declared, followed, evaluated, rolled."""

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from kpiapp.model.edit import SetValue
from kpiapp.model.form import Horizon
from kpiapp.services.results import evidence
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.stages import monitoring_form
from tests.years.conftest import department, indicator, project
from ui.main_window import MainWindow

TARGETS = {2026: "≥3次/日", 2027: "≥4次/日", 2028: "≥5次/日"}
TOTALS = {2026: "99.00 分  优", 2027: "80.50 分  良"}  # 9.5 + 38 × 2/4 + 37 + 15
DONE = {2026: "3次/日", 2027: "2次/日"}
PATROLS = "安保巡逻检查次数"


@pytest.fixture
def window(qtbot, session):
    form = project(fields={"项目主管部门": "某区城运中心"})
    form.indicators.append(indicator("来访登记份数", "≥100份", level2="质量指标"))
    session.add_forms([department(), form], "导入")
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show_session(session)
    window.show()
    yield window
    window.close()


def tab(window, year, name):
    """Open a tab of the project in a year, as a person does."""
    space = window.workspace
    space.show_form(f"u-{year}-p01")
    tabs = space.editor.tabs
    tabs.setCurrentIndex(next(n for n in range(tabs.count()) if tabs.tabText(n) == name))
    return tabs.currentWidget()


def cell(page, name, head):
    column = next(n for n, x in enumerate(page.model.columns) if x.head == head)
    row = next(n for n in range(page.model.rowCount()) if page.model.index(n, 0).data() == name)
    return page.model.index(row, column)


def enter(page, name, head, text):
    assert page.model.setData(cell(page, name, head), text)


def type_in(qtbot, page, name, head, text):
    """Write into the editor of a cell, as an input method does, and leave it with Enter."""
    page.view.setFocus()
    page.view.setCurrentIndex(cell(page, name, head))
    page.view.edit(page.view.currentIndex())
    editor = page.view.delegate._editor
    committed = QInputMethodEvent()
    committed.setCommitString(text)
    QApplication.sendEvent(editor, committed)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def declare(window, year):
    """Set the target and the money of a year; the rest was carried over."""
    form = window.session.form(f"u-{year}-p01")
    row = next(x for x in form.rows(Horizon.ANNUAL) if x.level3 == PATROLS)
    window.session.do("填报", {form.id: [
        SetValue(("indicators", row.id, "target"), TARGETS[year]),
        SetValue(("fields", "项目当年预算"), "10万元"),
    ]})  # fmt: skip


def follow(qtbot, window, year):
    """Monitor until July: a patrol behind, with reason and measure."""
    page = tab(window, year, "监控")
    page.begin.click()
    assert page.form.tables["项目资金"].rows[0].cells[1] == "10"
    type_in(qtbot, page, PATROLS, "执行情况", "1次/日")
    enter(page, "职工满意度", "执行情况", "98%")
    assert page.light.text() == "● 红灯"
    enter(page, PATROLS, "可能性", "有可能")
    for head, text in (
        ("原因类别", "人员保障"),
        ("原因说明", "保安缺编"),
        ("改进措施", "增派两人"),
    ):
        enter(page, PATROLS, head, text)
    assert window.session.verdict(page.form.id) == "还有 1 条没有填执行情况"
    enter(page, "来访登记份数", "执行情况", "60份")
    assert page.money.setData(page.money.index(0, monitoring_form.SPENT), "5.9")
    assert window.session.verdict(page.form.id) == "可以报送"


def evaluate(window, year, proof):
    """Enter the results of a year; what lost points gets its reason."""
    page = tab(window, year, "自评")
    page.begin.click()
    if year == 2027:
        page.schemes.setCurrentIndex(page.schemes.findData("mof-2020"))
        page.schemes.activated.emit(page.schemes.currentIndex())
    assert page.goals.setData(page.goals.index(0, 1), "巡逻正常")
    evidence.attach(window.session, page.form.id, proof)
    for column, text in ((shape.BASE, "10"), (shape.SPENT, "9.5")):
        assert page.money.setData(page.money.index(0, column), text)
    page.view.setCurrentIndex(cell(page, PATROLS, "实际完成值"))
    QApplication.clipboard().setText(f"{DONE[year]}\n98%\n≥100份\n")
    page.view.paste()
    assert "1 条指标未评价" in page.state.text()
    assert "应填实际数" in cell(page, "来访登记份数", "实际完成值").data()
    enter(page, "来访登记份数", "实际完成值", "100份")
    if year == 2027:
        assert cell(page, PATROLS, "偏差原因").data() == "（请填写）"
        enter(page, PATROLS, "偏差原因", "保安缺编")
        enter(page, PATROLS, "改进措施", "已补齐")
    assert window.session.verdict(page.form.id) == "可以报送"
    return page


def test_one_project_goes_through_three_years(qtbot, window, tmp_path, monkeypatch):
    proof = tmp_path / "巡逻记录.pdf"
    proof.write_bytes(b"%PDF-1.7")
    for year in (2026, 2027):
        declare(window, year)
        follow(qtbot, window, year)
        page = evaluate(window, year, proof)
        assert page.total.text() == TOTALS[year]
        window.run("roll_forward")
        assert window.workspace.year == year + 1
    declare(window, 2028)

    years = tab(window, 2028, "历年")
    shown = [cell(years, PATROLS, f"{year}年").data() for year in TARGETS]
    assert shown == ["≥3次/日（完成3次/日）", "≥4次/日（完成2次/日）", "≥5次/日"]
    assert "2026年自评99.00分，2027年自评80.50分" in years.summary.text()
    assert years.differences.isHidden()
    row = next(window.session.form("u-2028-p01").rows(Horizon.ANNUAL))
    path = ("indicators", row.id, "prior1")
    window.session.do("改", {"u-2028-p01": [SetValue(path, "≥9次/日")]})
    assert "上年值：本表“≥9次/日”，目标库“≥4次/日”" in years.differences.text()
    years.correct.click()
    assert (row.prior2, row.prior1) == ("≥3次/日", "≥4次/日")

    folder = tmp_path / "导出"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.workspace.show_year(2027)
    window.run("export_results")
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "2027-物业后勤保障-自评表.xlsx", "2027-物业后勤保障-监控表1-7月.xlsx",
        "2027-自评报告.docx", "2027-自评汇总.xlsx", "2027-物业后勤保障-佐证材料",
    }  # fmt: skip
    book = openpyxl.load_workbook(folder / "2027-物业后勤保障-自评表.xlsx")
    texts = {str(x.value) for rows in book.active.iter_rows() for x in rows if x.value is not None}
    assert {"≥4次/日", "2次/日", "95.00%", "9.50", "巡逻正常"} <= texts

    while window.session.undo_label != "导入":
        window.run("undo")
    assert window.session.years() == [2026]
