"""历年对应: projects and indicators linked, merged and split by hand, each in a step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from kpiapp.errors import UserError
from kpiapp.services.session import Session
from kpiapp.services.years import comparison, lineage, rolling
from kpiapp.store.library import Library
from tests.years.conftest import indicator, project
from ui.models.links_model import NEW
from ui.screens.links_page import LinksPage


@pytest.fixture
def page(qtbot, session, watch):
    form = project()
    form.indicators.append(indicator("来访登记份数", "≥100份"))
    session.add_forms([form, project("u-2026-p02", "食堂运行")], "导入")
    rolling.roll_forward(session, 2026, 2027)
    page = LinksPage(session, 2027)
    qtbot.addWidget(page)
    page.resize(1000, 600)
    page.show()
    watch(page.model)
    return page


def shown(page):
    return [
        tuple(page.model.index(row, column).data() for column in range(3))
        for row in range(page.model.rowCount())
    ]


def choose(page, row, text):
    """Choose an entry of the menu of a row."""
    page.view.setCurrentIndex(page.model.index(row, 1))
    menu = page.menu()
    next(x for x in menu.actions() if x.text().startswith(text)).trigger()
    menu.close()


def test_every_form_stands_beside_what_it_continues(page):
    assert shown(page) == [
        ("物业后勤保障", "物业后勤保障", "由上年结转"), ("食堂运行", "食堂运行", "由上年结转"),
    ]  # fmt: skip


def test_two_projects_are_merged_into_one_and_undo_parts_them(page, session):
    choose(page, 0, "食堂运行")
    assert shown(page)[0][1:] == ("物业后勤保障＋食堂运行", "人工指定")
    choose(page, 1, NEW)
    assert shown(page)[1][1:] == (NEW, "人工指定")
    form = session.form("u-2027-p01")
    assert {x.id for x in lineage.earlier_forms(session, form)} == {"u-2026-p01", "u-2026-p02"}
    session.undo()
    session.undo()
    assert shown(page)[0][1:] == ("物业后勤保障", "由上年结转")


def test_one_indicator_is_split_into_two_and_its_years_follow(page, session):
    page.show_form("u-2027-p01")
    assert [row[0] for row in shown(page)] == ["安保巡逻检查次数", "职工满意度", "来访登记份数"]
    choose(page, 2, "来访登记份数")
    choose(page, 2, "安保巡逻检查次数")
    assert shown(page)[0][1] == shown(page)[2][1] == "安保巡逻检查次数"
    assert page.left.text() == "2026年没有接续的：来访登记份数"
    found = comparison.compare(session, session.form("u-2027-p01"))
    assert found.rows[2].cells[2026].target == "≥3次/日"
    choose(page, 2, "由程序判断")
    assert shown(page)[2][1:] == ("来访登记份数", "由上年结转")


def test_the_menu_opens_by_keyboard_and_puts_the_likest_first(page, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _point: opened.append(menu))
    page.view.setCurrentIndex(page.model.index(1, 1))
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    first = opened[0].actions()[0]
    assert (first.text(), first.isChecked()) == ("食堂运行　100%", True)


def test_read_only_nothing_is_offered(page, session, qtbot):
    path = session.library.path
    session.library.close()
    with Library.open(path, read_only=True) as library:
        reader = LinksPage(Session(library), 2027)
        qtbot.addWidget(reader)
        assert reader.menu() is None
        assert not reader.change_button.isEnabled()
        with pytest.raises(UserError, match="只读"):
            lineage.link_forms(reader.session, "u-2027-p01", [])
