"""The tabs 自评 and 监控: what is typed goes into the library, what follows is shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QInputDialog,
    QPushButton,
    QStyleOptionViewItem,
)

from kpiapp.model.edit import SetValue
from kpiapp.model.form import Goal, Horizon
from kpiapp.model.problem import Place
from kpiapp.services.results import evaluation, monitoring, result_sheets
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.stages import monitoring_form
from tests.years.conftest import department, project
from ui.screens.evaluation import EvaluationPage
from ui.screens.monitoring import MonitoringPage
from ui.screens.work import Work
from ui.widgets.sticky_head import StickyHead
from ui.widgets.table_view import TableView


@pytest.fixture
def work(session):
    session.add_forms([project()], "导入")
    work = Work(session)
    work.form_id = "u-2026-p01"
    return work


def _shown(qtbot, page):
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.show_form()
    return page


@pytest.fixture
def page(qtbot, work):
    return _shown(qtbot, EvaluationPage(work))


@pytest.fixture
def watching(qtbot, work):
    return _shown(qtbot, MonitoringPage(work))


def _cell(page, name, column):
    row = next(n for n, x in enumerate(page.model.lines)
               if x.indicator and x.indicator.level3 == name)  # fmt: skip
    return page.model.index(row, column)


def test_it_begins_at_a_button(page, work, session, watch):
    assert page.stack.currentIndex() == 0
    page.begin.click()
    assert evaluation.evaluation_of(session, work.form_id) is page.form
    assert page.stack.currentIndex() == 1
    watch(page.model)
    assert page.form.fields[shape.SCHEME] == page.schemes.currentData() == "hubei-2020"


def test_results_are_typed_down_a_column(page):
    page.begin.click()
    page.view.setCurrentIndex(_cell(page, "安保巡逻检查次数", 2))
    page.view.setFocus()
    for text in ("3", "95%"):
        page.view.edit(page.view.currentIndex())
        editor = page.view.delegate._editor
        editor.setText(text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert [row.extra[shape.ACTUAL] for row in page.form.indicators] == ["3", "95%"]
    assert _cell(page, "安保巡逻检查次数", 4).data() == "40.00"
    assert page.view.currentIndex().row() == _cell(page, "职工满意度", 0).row()


def test_points_reasons_and_the_way_they_came_are_shown(page, work):
    page.begin.click()
    page.model.setData(_cell(page, "安保巡逻检查次数", 2), "2次/日")
    page.view.setCurrentIndex(_cell(page, "安保巡逻检查次数", 2))
    assert "2/3 ×" in page.how.text()
    reason = _cell(page, "安保巡逻检查次数", 5)
    assert reason.data() == "（请填写）"
    assert reason.data(Qt.ItemDataRole.EditRole) == ""
    page.model.setData(reason, "设备停用")
    assert _cell(page, "安保巡逻检查次数", 5).data() == "设备停用"
    work.session.undo()
    assert _cell(page, "安保巡逻检查次数", 5).data() == "（请填写）"


def test_a_whole_evaluation_has_a_total(page):
    page.begin.click()
    for name, text in (("安保巡逻检查次数", "3次/日"), ("职工满意度", "98%")):
        page.model.setData(_cell(page, name, 2), text)
    assert "尚未评完" in page.state.text()
    for column, text in ((shape.BASE, "10"), (shape.SPENT, "10")):
        page.money.setData(page.money.index(0, column), text)
    assert page.total.text() == "100.00 分  优"


def test_a_weight_that_is_none_is_told_and_changes_nothing(page, work, qtbot):
    page.begin.click()
    cell = _cell(page, "职工满意度", 3)
    before = cell.data()
    with qtbot.waitSignal(work.failed) as told:
        page.model.setData(cell, "很多")
    assert "很多" in str(told.args[0])
    assert _cell(page, "职工满意度", 3).data() == before


def test_a_changed_target_is_told(page, work):
    page.begin.click()
    assert not page.changes.isVisible()
    row = page.form.indicators[0]
    edit = SetValue(("indicators", row.id, "target"), "≥1次/日")
    work.session.do("改", {work.form_id: [edit]})
    assert page.changes.isVisible()
    assert "≥1次/日" in page.changes.text()


def test_a_changed_target_is_taken_with_a_reason(page, work, monkeypatch, qtbot):
    page.begin.click()
    row = page.form.indicators[0]
    edit = SetValue(("indicators", row.id, "target"), "≥1次/日")
    work.session.do("改", {work.form_id: [edit]})
    answers = iter([(" ", True), ("区财〔2026〕5号", True)])
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: next(answers))
    with qtbot.waitSignal(work.failed):
        page.take.click()
    page.take.click()
    assert (row.target, row.extra[shape.ADJUSTED]) == ("≥1次/日", "区财〔2026〕5号")
    assert not page.changes.isVisible()
    assert not page.take.isVisible()


def test_texts_are_written_when_they_are_left(page):
    page.begin.click()
    text = page.texts[shape.PLANS]
    text.setPlainText("增加巡逻班次")
    text.commit()
    assert page.form.fields[shape.PLANS] == "增加巡逻班次"


def test_what_became_of_the_goals_is_written_beside_them(page):
    page.begin.click()
    goal = page.goals.index(0, 0)
    assert goal.data() == "2026年每日巡逻至少3次"
    assert not goal.flags() & Qt.ItemFlag.ItemIsEditable
    page.goals.setData(page.goals.index(0, 1), "全年每日巡逻3次")
    assert page.form.tables[shape.GOALS].rows[0].cells[1] == "全年每日巡逻3次"
    page.schemes.setCurrentIndex(page.schemes.findData("mof-2020"))
    page.schemes.activated.emit(page.schemes.currentIndex())
    assert "全年每日巡逻3次" in {x.text for x in result_sheets.grid(page.form).cells}


def test_another_declaration_is_shown_when_it_is_opened(page, work, session):
    page.begin.click()
    session.add_forms([project("u-2026-p02", "食堂")], "导入")
    work.form_id = "u-2026-p02"
    page.show_form()
    assert page.form is None
    assert page.stack.currentIndex() == 0


def test_monitoring_shows_lights_and_asks_for_reasons(watching, session, watch):
    watching.begin.click()
    watch(watching.model)
    assert monitoring_form.month_of(watching.form) == 7
    watching.model.setData(_cell(watching, "安保巡逻检查次数", 2), "1次/日")
    assert _cell(watching, "安保巡逻检查次数", 3).data() == "● 33%"
    assert watching.light.text() == "● 红灯"
    assert _cell(watching, "安保巡逻检查次数", 7).data() == "（请填写）"


@pytest.mark.parametrize(
    ("typed", "why"), [("≥3次/日", "带有比较符"), ("完成", "却是文字"), ("3小时", "单位不同")]
)
def test_why_a_state_gives_no_light_stands_below_it(watching, typed, why):
    watching.begin.click()
    watching.model.setData(_cell(watching, "安保巡逻检查次数", 2), typed)
    cell = _cell(watching, "安保巡逻检查次数", 2)
    assert cell.data().startswith(f"{typed}\n")
    assert why in cell.data()
    assert cell.data(Qt.ItemDataRole.EditRole) == typed
    assert _cell(watching, "安保巡逻检查次数", 3).data() == "看不出"


def test_a_possibility_is_chosen_from_three(watching, work, qtbot):
    watching.begin.click()
    cell = _cell(watching, "职工满意度", 5)
    with qtbot.waitSignal(work.failed):
        watching.model.setData(cell, "也许")
    watching.model.setData(cell, "确定能")
    assert _cell(watching, "职工满意度", 5).data() == "确定能"


def test_several_months_are_kept_apart(watching):
    watching.begin.click()
    watching.new_months.setCurrentIndex(8)
    watching.more.click()
    assert monitoring_form.month_of(watching.form) == 9
    assert watching.months.count() == 2
    watching.months.setCurrentIndex(0)
    watching.months.activated.emit(0)
    assert monitoring_form.month_of(watching.form) == 7


def test_the_sheet_is_exported_where_the_person_says(page, tmp_path, monkeypatch, qtbot):
    page.begin.click()
    path = tmp_path / "自评.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(page.said):
        page.findChild(QPushButton, "evaluationExport").click()
    assert path.stat().st_size > 1000


def test_files_are_attached_to_the_chosen_indicator(page, work, tmp_path, monkeypatch):
    page.begin.click()
    path = tmp_path / "巡逻记录.pdf"
    path.write_bytes(b"%PDF-1.7 " + b"x" * 3000)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    page.view.setCurrentIndex(_cell(page, "职工满意度", 2))
    page.evidence.add()
    (kept,) = work.session.library.attachments(page.form.id)
    assert kept.indicator_id == page.form.indicators[1].id
    assert page.evidence.text() == "附件 1"
    page.evidence._fill()
    assert "职工满意度" in page.evidence._menu.actions()[0].text()
    page.evidence._remove(kept)
    assert page.evidence.text() == "附件"


def test_a_department_is_told_of_its_projects(page, work, session):
    page.begin.click()
    session.add_forms([department()], "导入")
    work.form_id = "u-2026-dept"
    page.show_form()
    page.begin.click()
    assert "各项目：1个还没有得分" in page.state.text()


def test_a_page_that_is_left_no_longer_listens(page, session):
    page.leave()
    assert page.refresh not in session.listeners


def test_a_month_is_chosen_before_the_first_monitoring(watching, session):
    watching.first_month.setCurrentIndex(watching.first_month.findData(9))
    watching.begin.click()
    assert monitoring_form.month_of(watching.form) == 9
    assert session.verdict(watching.form.id) == "还没有填执行情况"
    row = watching.form.indicators[0]
    monitoring.enter(session, watching.form.id, row.id, monitoring_form.SO_FAR, "5次/日")
    assert session.verdict(watching.form.id) == "还有 1 条没有填执行情况"
    row = watching.form.indicators[1]
    monitoring.enter(session, watching.form.id, row.id, monitoring_form.SO_FAR, "98%")
    assert session.verdict(watching.form.id) == "还没有填资金执行数"
    monitoring.set_money(session, watching.form.id, 0, monitoring_form.SPENT, "5")
    assert session.verdict(watching.form.id) == "可以报送"


def test_words_and_heads_of_an_evaluation_have_room(page, qtbot):
    page.begin.click()
    page.resize(780, 600)
    qtbot.waitUntil(lambda: page.state.width() > 600)
    view = next(x for x in page.findChildren(TableView) if x.table is page.money)
    header, metrics = view.horizontalHeader(), view.fontMetrics()
    for n in range(view.table.columnCount()):
        head = max(metrics.horizontalAdvance(x) for x in view.table.head_parts(n))
        assert header.sectionSize(n) > head


def test_target_against_result_is_drawn(page):
    page.begin.click()
    assert page.chart.isHidden()
    page.model.setData(_cell(page, "安保巡逻检查次数", 2), "2次/日")
    assert [(x.percent, x.met) for x in page.chart.bars] == [(66.67, False), (None, False)]
    assert "安保巡逻检查次数 2次/日 · 67%" in page.chart.accessibleName()
    page.model.setData(_cell(page, "职工满意度", 2), "99%")
    assert page.chart.bars[1].met
    assert not page.chart.grab().isNull()


def test_amounts_are_typed_down_while_the_cursor_stays_in_the_table(page):
    page.begin.click()
    view = next(x for x in page.findChildren(TableView) if x.table is page.money)
    page.view.setCurrentIndex(_cell(page, "职工满意度", 2))
    view.setFocus()
    view.setCurrentIndex(page.money.index(0, shape.BASE))
    view.edit(view.currentIndex())
    view.delegate._editor.setText("10")
    QTest.keyClick(view.delegate._editor, Qt.Key.Key_Return)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (1, shape.BASE)
    assert QApplication.focusWidget() is view


@pytest.mark.qt_log_ignore("does not support", extend=True)
@pytest.mark.parametrize("keys", [True, False])
def test_possibilities_are_listed_when_the_cell_is_opened(watching, qtbot, keys):
    watching.begin.click()
    cell = _cell(watching, "职工满意度", 5)
    watching.view.setFocus()
    watching.view.setCurrentIndex(cell)
    watching.view.edit(cell)
    popup = watching.view.delegate._editor.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().rowCount() == 3
    if keys:
        QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)
    else:
        first = popup.visualRect(popup.model().index(0, 0)).center()
        QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert _cell(watching, "职工满意度", 5).data() == "确定能"


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_a_list_does_not_come_over_what_is_being_typed(watching, qtbot):
    watching.begin.click()
    cell = _cell(watching, "职工满意度", 5)
    watching.view.setCurrentIndex(cell)
    watching.view.edit(cell)
    editor = watching.view.delegate._editor
    editor.insert("有可能")
    qtbot.wait(20)
    assert editor.completer().completionPrefix() == "有可能"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("≥3次/日", "实际完成值带有比较符，应填实际数"),
        ("完成", "指标值是数值，实际完成值却是文字"),
        ("3小时", "单位不同，不能换算"),
        ("约3次/日", "实际完成值是约数"),
        ("2026-12-01", "指标值是数值，实际完成值却是文字"),
    ],
)
def test_why_a_result_is_not_scored_stands_below_it(page, typed, why):
    page.begin.click()
    page.model.setData(_cell(page, "安保巡逻检查次数", 2), typed)
    cell = _cell(page, "安保巡逻检查次数", 2)
    first, second = cell.data().split("\n")
    assert first == typed
    assert why in second
    assert cell.data(Qt.ItemDataRole.EditRole) == typed
    assert _cell(page, "安保巡逻检查次数", 4).data() == "未评价"


def test_a_rate_above_100_is_scored_and_to_be_looked_at(page):
    page.begin.click()
    page.model.setData(_cell(page, "职工满意度", 2), "101%")
    assert _cell(page, "职工满意度", 2).data() == "101%\n超过了100%，请核对"
    assert _cell(page, "职工满意度", 4).data() == "40.00"


def test_a_column_of_results_is_pasted_past_headings_as_one_step(page, session):
    page.begin.click()
    page.view.setCurrentIndex(_cell(page, "安保巡逻检查次数", 2))
    QGuiApplication.clipboard().setText("3次/日\t40\n97%\t40\n多出的\t\n")
    page.view.paste()
    assert [x.extra[shape.ACTUAL] for x in page.form.indicators] == ["3次/日", "97%"]
    assert [x.weight for x in page.form.indicators] == [40, 40]
    assert session.undo_label == "粘贴4个单元格，有1格放不下，没有放入"
    session.undo()
    assert page.form.indicators[0].extra.get(shape.ACTUAL, "") == ""


def test_a_block_with_a_wrong_weight_writes_nothing_and_says_why(page, work, qtbot):
    page.begin.click()
    page.view.setCurrentIndex(_cell(page, "安保巡逻检查次数", 2))
    QGuiApplication.clipboard().setText("3次/日\t很多\n")
    with qtbot.waitSignal(work.failed) as told:
        page.view.paste()
    assert "很多" in str(told.args[0])
    assert page.form.indicators[0].extra.get(shape.ACTUAL, "") == ""


def test_cells_are_copied_as_typed_and_cleared(page, session):
    page.begin.click()
    page.model.setData(_cell(page, "安保巡逻检查次数", 2), "≥3次/日")
    page.view.setCurrentIndex(_cell(page, "安保巡逻检查次数", 2))
    page.view.cut()
    assert QGuiApplication.clipboard().text() == "≥3次/日\n"
    assert page.form.indicators[0].extra[shape.ACTUAL] == ""
    assert session.undo_label == "清除1个单元格"


def test_a_block_of_words_that_a_column_does_not_know_is_refused(watching, work, qtbot):
    watching.begin.click()
    watching.view.setCurrentIndex(_cell(watching, "安保巡逻检查次数", 5))
    QGuiApplication.clipboard().setText("确定能\n也许\n")
    with qtbot.waitSignal(work.failed):
        watching.view.paste()
    QGuiApplication.clipboard().setText("确定能\n有可能\n")
    watching.view.paste()
    row = watching.form.indicators[1]
    assert row.extra[monitoring_form.OUTLOOK] == "有可能"


def test_a_long_name_of_a_scheme_does_not_widen_the_page(page):
    page.begin.click()
    wide = page.area.widget().minimumSizeHint().width()
    page.schemes.addItem("长" * 100, "long")
    assert page.area.widget().minimumSizeHint().width() == wide
    page.show_current(page.form)
    assert page.schemes.view().minimumWidth() > page.schemes.view().sizeHintForColumn(0)


def test_heads_stay_in_sight_while_a_long_grid_is_scrolled(page, qtbot):
    page.begin.click()
    page.resize(800, 260)
    head, own, bar = page.findChild(StickyHead), page.view.horizontalHeader(), _bar(page)
    top = own.mapTo(page.area.widget(), own.pos()).y()
    qtbot.waitUntil(lambda: bar.maximum() > top + 20)
    assert head.isHidden()
    bar.setValue(top + 20)
    assert head.isVisible()
    assert [head.sectionSize(n) for n in range(head.count())] == [
        own.sectionSize(n) for n in range(own.count())
    ]
    bar.setValue(bar.maximum())
    assert head.isHidden()


def _bar(page):
    return page.area.verticalScrollBar()


def test_a_scheme_that_is_gone_is_told_and_another_can_be_chosen(page, work, session):
    page.begin.click()
    session.do("改", {page.form.id: [SetValue(("fields", shape.SCHEME), "gone")]})
    assert page.total.text() == "未评价"
    assert "没有评分方案“gone”" in page.state.text()
    (problem,) = session.problems(page.form.id)
    assert "没有评分方案“gone”" in problem.message
    page.schemes.setCurrentIndex(page.schemes.findData("mof-2020"))
    page.schemes.activated.emit(page.schemes.currentIndex())
    assert page.form.fields[shape.SCHEME] == "mof-2020"
    assert page.total.text().endswith("分")


def test_a_goals_heading_says_that_its_share_can_be_typed_there(page, work, session):
    form = session.form(work.form_id)
    form.goals.append(Goal(Horizon.ANNUAL, 2, "年度目标2"))
    change = SetValue(("indicators", form.indicators[2].id, "goal"), 2)
    session.do("分成两个目标", {form.id: [change]})
    page.begin.click()
    row = next(n for n, x in enumerate(page.model.lines) if x.goal)
    cell = page.model.index(row, next(n for n, x in enumerate(page.model.columns) if x.write_goal))
    assert cell.data() == "填占比"
    assert cell.data(Qt.ItemDataRole.EditRole) == ""
    assert page.model.setData(cell, "60")
    page.update_now()
    assert cell.data() == "占60%"
    assert cell.data(Qt.ItemDataRole.EditRole) == "60"


def test_it_begins_at_the_money_and_a_finding_there_leads_to_its_cell(page, work):
    page.begin.click()
    assert QApplication.focusWidget() is page.money_view
    assert page.money_view.currentIndex() == page.money.index(0, shape.BASE)
    page.go_to(Place(page.form.id, field="预算执行情况 / 其他资金 / 全年执行数（B）"))
    assert page.money_view.currentIndex() == page.money.index(3, shape.SPENT)
    row = page.form.indicators[0]
    page.go_to(Place(page.form.id, row.horizon, row.goal, row.id))
    assert QApplication.focusWidget() is page.view
    page.go_to(Place(page.form.id, field="预算执行率"))
    assert page.money_view.currentIndex() == page.money.index(0, shape.SPENT)


def test_a_heading_too_long_for_its_line_is_cut_and_not_broken(page):
    page.begin.click()
    delegate, broken = page.view.delegate, QStyleOptionViewItem.ViewItemFeature.WrapText
    heading = next(n for n, x in enumerate(page.model.lines) if not x.indicator)
    row = next(n for n, x in enumerate(page.model.lines) if x.indicator)
    for at, wraps in ((heading, False), (row, True)):
        option = QStyleOptionViewItem()
        option.features = broken
        delegate.initStyleOption(option, page.model.index(at, 0))
        assert bool(option.features & broken) is wraps


def test_the_name_of_a_part_of_the_money_stands_on_one_line(page):
    page.begin.click()
    page.resize(780, 600)  # beside both panes, in a small window
    QApplication.processEvents()
    view = page.money_view
    assert page.money.index(1, 0).data() == shape.MONEY_ROWS[1]
    assert view.rowHeight(1) == view.rowHeight(0)
