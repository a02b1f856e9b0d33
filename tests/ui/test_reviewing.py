"""The reviewer's screens: a folder checked in the background, the rules, the reports."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl

from kpiapp.errors import UserError
from kpiapp.model.form import Form, Goal, Horizon, Indicator, Kind
from kpiapp.model.problem import Severity
from kpiapp.services.checks import checking_many
from kpiapp.services.files import json_files
from kpiapp.services.findings import excusing
from kpiapp.sheets import docx, xlsx
from ui import reviewing
from ui.main_window import MainWindow
from ui.models import review_model
from ui.models.review_model import ROW_ROLE
from ui.models.rules_model import TITLE
from ui.screens.folder_review import FolderReviewPage
from ui.screens.rules_page import RulesPage


@pytest.fixture
def folder(tmp_path):
    """Two units with one project each, and a file that is none."""
    root = tmp_path / "报送"
    for unit in "甲乙":
        (root / unit).mkdir(parents=True)
        for kind in Kind:
            form = Form(f"{unit}-{kind.value}", kind, 2026, "jiangxia-2026")
            label = "部门名称" if kind is Kind.DEPARTMENT else "项目名称"
            form.fields[label] = f"{unit}局" if kind is Kind.DEPARTMENT else "党建"
            form.goals.append(Goal(Horizon.ANNUAL, 1, "目标1", None, "开展活动"))
            form.indicators.append(
                Indicator(Horizon.ANNUAL, 1, "产出指标", "数量指标", "活动次数", "")
            )
            json_files.write(root / unit / f"{form.id}.json", form)
    (root / "坏.xlsx").write_text("不是表")
    return root


@pytest.fixture
def page(qtbot, folder, watch):
    page = FolderReviewPage()
    qtbot.addWidget(page)
    watch(page.model)
    watch(page.proxy)
    page.show()
    page.check([folder])
    qtbot.waitUntil(lambda: page._job is None, timeout=20000)
    return page


def shown(page):
    return [page.proxy.index(n, 0).data(ROW_ROLE) for n in range(page.proxy.rowCount())]


def test_all_units_are_listed_the_worst_first_and_bad_files_among_them(page):
    rows = shown(page)
    assert rows[0].form == "坏.xlsx"
    assert {row.unit for row in rows[1:]} == {"甲局", "乙局"}
    assert rows[1].severity is Severity.ERROR
    assert "2 个单位 4 张表，1 个文件读不了" in page.summary.text()
    assert page.progress.isHidden()


def test_the_table_is_sorted_by_unit_and_by_rule(page):
    for column, attribute in ((review_model.UNIT, "unit"), (review_model.RULE, "rule")):
        page.view.sortByColumn(column, Qt.SortOrder.AscendingOrder)
        values = [getattr(row, attribute) for row in shown(page) if row.severity]
        assert values == sorted(values)
    page.view.sortByColumn(review_model.LEVEL, Qt.SortOrder.AscendingOrder)
    levels = [row.severity for row in shown(page)]
    assert levels == sorted(levels, key=(None, *Severity).index)
    assert levels[0] is None
    assert len(set(levels)) > 2


def test_filters_work_together(page):
    page.filters.units.setCurrentIndex(page.filters.units.findData("甲局"))
    page.filters.codes.setCurrentIndex(page.filters.codes.findData("missing-target"))
    assert {(row.unit, row.code) for row in shown(page)} == {("甲局", "missing-target")}
    page.filters.search.setText("没有这样的字")
    assert not shown(page)
    assert not page.empty.isHidden()


def test_the_chips_count_what_is_chosen_beside_them(page):
    page.filters.units.setCurrentIndex(page.filters.units.findData("甲局"))
    for severity, chip in page.filters.chips.items():
        number = sum(row.severity is severity and row.unit == "甲局" for row in page.model.rows)
        assert chip.text().endswith(f" {number}")


def test_a_severity_can_be_hidden(page):
    page.filters.chips[Severity.ERROR].setChecked(False)
    page.filters.chips[None].setChecked(False)
    assert {row.severity for row in shown(page)} <= {Severity.WARNING, Severity.HINT}


def test_a_finding_shows_its_sheet(page, qtbot):
    row = next(n for n, x in enumerate(shown(page)) if x.form_id)
    assert page.preview.isHidden()
    assert not page.open_button.isEnabled()
    page.view.setCurrentIndex(page.proxy.index(row, 0))
    page.open_button.click()
    qtbot.waitUntil(lambda: page.preview.isVisible() and "A4" in page.preview.pages.text())
    page.hide_button.click()
    assert page.preview.isHidden()
    page.view.doubleClicked.emit(page.proxy.index(row, 0))
    qtbot.waitUntil(page.preview.isVisible)
    page.hide_button.click()
    assert not page.view.isColumnHidden(review_model.RULE)


def test_the_sheet_is_shown_where_the_finding_is(page, qtbot):
    rows = [n for n, x in enumerate(shown(page)) if x.problem and x.problem.place.indicator]
    page.open_row(page.proxy.index(rows[0], 0))
    paper = page.preview.view
    qtbot.waitUntil(lambda: bool(paper._current))
    first = paper._current
    page.view.setCurrentIndex(page.proxy.index(rows[-1], 0))
    qtbot.waitUntil(lambda: paper._current not in ("", first))
    box = paper._place_of(paper._current)
    assert paper.viewport().rect().toRectF().contains(box.topLeft())


def test_list_and_opinions_are_written(page, tmp_path, qtbot):
    with qtbot.waitSignal(page.said):
        page.write_list(tmp_path / "清单.xlsx")
    assert "坏.xlsx" in [cell.text for cell in xlsx.read(tmp_path / "清单.xlsx")[0].cells]
    with qtbot.waitSignal(page.said) as told:
        page.write_opinions(tmp_path / "意见")
    assert told.args[0] == "已写出 2 份审核意见"
    assert len(list((tmp_path / "意见").glob("*.docx"))) == 2


def test_what_cannot_be_written_is_told(page, tmp_path, qtbot):
    with qtbot.waitSignal(page.failed):
        page.write_list(tmp_path / "没有这个文件夹" / "清单.xlsx")


def test_it_can_be_cancelled_and_begun_again(page, qtbot, folder, monkeypatch):
    def endlessly(_paths, report):
        while True:
            report(0, 1, "正在读取")

    before = len(page.model.rows)
    with monkeypatch.context() as patch:
        patch.setattr(checking_many, "check_paths", endlessly)
        page.check([folder])
        page.cancel()
        qtbot.waitUntil(lambda: page._job is None, timeout=20000)
    assert page.summary.text().startswith("已取消")
    assert len(page.model.rows) == before
    page.check([folder])
    qtbot.waitUntil(lambda: page._job is None, timeout=20000)
    assert "2 个单位" in page.summary.text()


def test_a_folder_without_forms_is_told(page, qtbot, tmp_path):
    (tmp_path / "空").mkdir()
    with qtbot.waitSignal(page.failed) as told:
        page.check([tmp_path / "空"])
    assert isinstance(told.args[0], UserError)


def test_a_dropped_folder_is_checked(qtbot, folder, monkeypatch):
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QDropEvent

    page = FolderReviewPage()
    qtbot.addWidget(page)
    seen = []
    monkeypatch.setattr(page, "check", seen.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(), Qt.DropAction.CopyAction, data, button, keys))
    assert seen == [[folder]]


def test_a_fault_of_ours_is_not_swallowed(qtbot, page, monkeypatch, folder):
    def fail(*_args, **_options):
        raise ValueError("ours")

    monkeypatch.setattr(checking_many, "check_paths", fail)
    with qtbot.captureExceptions() as raised:
        page.check([folder])
        qtbot.waitUntil(lambda: bool(raised), timeout=5000)
    assert raised[0][0] is ValueError
    assert page._job is None


# -- in the window ------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    return window


def test_the_page_opens_without_a_library_and_leads_back(window):
    window.show_welcome()
    window.run("review_folder")
    page = window.pages.currentWidget()
    assert isinstance(page, FolderReviewPage)
    page.close_button.click()
    assert window.pages.currentWidget() is window.welcome
    window.run("review_folder")
    assert window.pages.currentWidget() is page


def test_the_findings_of_the_year_are_written(window, session, tmp_path):
    window.show_session(session)
    reviewing.write_report(window, tmp_path / "r.xlsx")
    reviewing.write_report(window, tmp_path / "r.docx", opinion=True)
    rows = [cell.text for cell in xlsx.read(tmp_path / "r.xlsx")[0].cells if cell.column == 7]
    assert set(rows) == {"年度", "2026"}
    assert any("审核人" in cell.text for cell in docx.read(tmp_path / "r.docx")[0].cells)


def test_an_excused_finding_is_grey_in_the_report_of_the_window(window, session, tmp_path):
    window.show_session(session)
    form_id = next(x.id for x in session.heads(2026) if session.problems(x.id))
    excusing.excuse(session, session.problems(form_id)[:1], "财政局同意")
    reviewing.write_report(window, tmp_path / "r.xlsx")
    assert "财政局同意" in [cell.text for cell in xlsx.read(tmp_path / "r.xlsx")[0].cells]


# -- the rules ----------------------------------------------------------------------------------


@pytest.fixture
def rules(qtbot, session, watch):
    page = RulesPage(session, 2026)
    qtbot.addWidget(page)
    page.show()
    watch(page.model)
    return page


def choose(page, code):
    row = next(n for n, rule in enumerate(page.model.rows) if rule.code == code)
    page.view.setCurrentIndex(page.proxy.mapFromSource(page.model.index(row, TITLE)))
    return page.model.index(row, TITLE)


def codes(session):
    return {x.code for head in session.heads(2026) for x in session.problems(head.id)}


def test_every_rule_is_listed_with_its_page(rules):
    from kpiapp.rules.engine import all_rules

    assert rules.model.rowCount() == len(all_rules())
    for rule in all_rules():
        choose(rules, rule.code)
        assert rule.title in rules.page.toPlainText()


def test_a_rule_is_switched_off_and_on(rules, session):
    code = min(codes(session))
    index = choose(rules, code)
    rules.model.setData(index, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert code not in codes(session)
    assert session.report(2026).rules_off == [code]
    assert "关掉 1 条" in rules.summary.text()
    rules.model.setData(index, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert code in codes(session)
    session.undo()
    assert "关掉 1 条" in rules.summary.text()


def test_a_severity_is_changed_and_given_back(rules, session):
    error = next(
        x for head in session.heads(2026) for x in session.problems(head.id)
        if x.severity is Severity.ERROR
    )  # fmt: skip
    choose(rules, error.code)
    rules.level.setCurrentIndex(rules.level.findData("hint"))
    rules.level.activated.emit(rules.level.currentIndex())
    now = [x for x in session.problems(error.place.form) if x.code == error.code]
    assert {x.severity for x in now} == {Severity.HINT}
    rules.level.setCurrentIndex(0)
    rules.level.activated.emit(0)
    assert error in session.problems(error.place.form)


def test_a_layout_has_settings_of_its_own(rules, session):
    rules.scope.setCurrentIndex(1)
    layout = rules.layout_id
    assert layout
    code = min(codes(session))
    index = choose(rules, code)
    rules.model.setData(index, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert session.check_options().layouts[layout].off == {code}
    rules.scope.setCurrentIndex(0)
    assert all(rule.on for rule in rules.model.rows)


def test_old_problems_are_parked_and_count_again(rules, session):
    assert session.verdict(year=2026) != "可以报送"
    rules.park.click()
    assert session.verdict(year=2026) == "可以报送"
    rules.release.click()
    assert session.verdict(year=2026) != "可以报送"


def test_the_search_finds_by_title_and_code(rules):
    rules.search.setText("MISSING-target")
    assert rules.proxy.rowCount() == 1
