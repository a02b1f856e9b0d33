"""Earlier years' sheets become earlier years of the same projects, once a person has looked."""

import pytest

from kpiapp import cli
from kpiapp.model.form import Horizon, Project, Unit
from kpiapp.model.lineage import Way
from kpiapp.services import opening
from kpiapp.services.exports import exporting
from kpiapp.services.files.reading_files import Incoming
from kpiapp.services.imports import importing, joining
from kpiapp.services.years import comparison
from tests.years.conftest import project
from ui.models.import_model import JOINS
from ui.screens.importing import ImportPage


def earlier(form_id, name, year=2025, **more):
    form = project(form_id, name, **more)
    form.year, form.project = year, None
    return form


def planned(session, *forms):
    found = importing.plan(session, [Incoming(session.library.path, form) for form in forms])
    return found, [item.joining for item in found.items]


def test_projects_are_matched_by_code_name_and_likeness(session):
    coded = project("u-2026-p02", "食堂运行")
    coded.project = Project("p2", "42A")
    session.add_forms([project(), coded, project("u-2026-p03", "信息系统运行维护")], "导入")
    _, found = planned(
        session,
        earlier("a", "职工就餐", fields={"项目编码": "42A"}),
        earlier("b", "物业后勤保障"),
        earlier("c", "信息系统运行维护费"),
        earlier("d", "乡村培训"),
    )
    assert [x.way for x in found] == [Way.CODE, Way.NAME, Way.NEAR, Way.NONE]
    assert [x.name for x in found] == ["食堂运行", "物业后勤保障", "信息系统运行维护", ""]
    assert joining.told(found[2]).startswith("名称相近 ")
    assert joining.told(found[3]) == "新项目"


def test_several_years_that_come_in_together_join_one_another(session):
    session.add_forms([project()], "导入")
    forms = earlier("a", "物业后勤保障费", 2024), earlier("b", "物业后勤保障费")
    plan, found = planned(session, *forms)
    assert [x.way for x in found] == [Way.NAME, Way.NEAR]
    importing.take_over(session, plan)
    now = session.form("u-2026-p01")
    assert session.form("a").project.id == session.form("b").project.id == now.project.id
    assert comparison.compare(session, now).years == (2024, 2025, 2026)
    session.undo()
    assert session.years() == [2026]


def test_a_year_that_is_taken_or_another_unit_is_no_match(session):
    session.add_forms([project()], "导入")
    stranger = earlier("a", "物业后勤保障")
    stranger.unit = Unit("u2", "别的单位")
    same_year = earlier("b", "物业后勤保障费", 2026)
    _, found = planned(session, stranger, same_year)
    assert [x.way for x in found] == [Way.NONE, Way.NONE]
    assert not found[0].options


def test_two_forms_never_join_one_project(session):
    session.add_forms([project()], "导入")
    _, found = planned(session, earlier("a", "物业后勤保障费"), earlier("b", "物业后勤保障了"))
    assert sorted(x.way for x in found) == sorted([Way.NEAR, Way.NONE])


def test_a_given_project_that_nobody_knows_stays(session):
    form = earlier("a", "物业后勤保障费")
    form.project = Project("own", "7")
    session.add_forms([project()], "导入")
    plan, found = planned(session, form)
    assert found[0].way is Way.NONE
    importing.take_over(session, plan)
    assert session.form("a").project == Project("own", "7")


# -- on the page and the command line -----------------------------------------------------------


@pytest.fixture
def sheet(session, tmp_path):
    """The sheet of an earlier year whose project bore another name."""
    session.add_forms([project(), project("u-2026-p02", "食堂运行")], "导入")
    old = earlier("u-2025-p01", "后勤综合服务")
    old.indicators = [x for x in old.indicators if x.horizon is Horizon.ANNUAL]
    exporting.export_items([old], tmp_path)
    return next(tmp_path.glob("*.xlsx"))


def test_a_renamed_project_is_chosen_by_hand_before_it_is_taken_over(qtbot, session, sheet):
    page = ImportPage(session)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.read([sheet])
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=10_000)
    assert page.model.index(0, JOINS).data() == "新项目"
    box = page.detail.project
    assert box.isVisible()
    box.setCurrentIndex(next(n for n in range(box.count()) if "物业后勤保障" in box.itemText(n)))
    box.activated.emit(box.currentIndex())
    assert page.model.index(0, JOINS).data() == "人工指定：物业后勤保障"
    page.accept()
    now = session.form("u-2026-p01")
    assert comparison.compare(session, now).years == (2025, 2026)
    session.undo()
    assert comparison.compare(session, now).years == (2026,)


def test_the_command_says_which_project_a_sheet_joins(tmp_path, capsys):
    library = tmp_path / "库.kpi"
    with opening.opened(library) as session:
        session.add_forms([project()], "导入")
    exporting.export_items([earlier("x", "物业后勤保障费")], tmp_path)
    path = next(tmp_path.glob("*.xlsx"))
    assert cli.main(["import", str(path), "--library", str(library)]) == 0
    assert "作为项目的2025年，名称相近" in capsys.readouterr().out
    with opening.opened(library, read_only=True) as session:
        now = session.form("u-2026-p01")
        assert comparison.compare(session, now).years == (2025, 2026)
