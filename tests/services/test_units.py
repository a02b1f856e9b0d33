"""Forms that name no unit are given theirs when they come into a library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kpiapp.model.form import Form, Goal, Horizon, Kind, Unit
from kpiapp.services.files.reading_files import Incoming
from kpiapp.services.imports import importing
from kpiapp.services.imports.importing import State

if TYPE_CHECKING:
    from kpiapp.services.session import Session

LAYOUT = "wuchang-2026"


def _department(form_id: str, name: str, folder: str) -> Incoming:
    goal = Goal(Horizon.ANNUAL, 1, text="系统运维项目")
    form = Form(
        form_id, Kind.DEPARTMENT, 2026, layout=LAYOUT, goals=[goal], fields={"部门名称": name}
    )
    return Incoming(Path(folder, f"{form_id}.json"), form)


def _project(form_id: str, unit: str, folder: str, *, certain: bool = True) -> Incoming:
    fields = {"项目名称": "系统运维项目", "项目主管部门": unit}
    form = Form(form_id, Kind.PROJECT, 2026, layout=LAYOUT, fields=fields)
    return Incoming(Path(folder, f"{form_id}.json"), form, certain_id=certain)


def _take(session: Session, *incoming: Incoming) -> list[State]:
    plan = importing.plan(session, incoming)
    importing.take_over(session, plan)
    return [item.state for item in plan.items]


def test_a_project_gets_the_unit_of_its_department(session):
    _take(session, _department("d", "区数据局", "甲"), _project("p", "区数据局", "甲"))
    assert {head.unit_id for head in session.heads()} == {"wuchang/区数据局"}


def test_projects_of_one_name_do_not_mix_between_units(session):
    _take(
        session,
        _department("d1", "区数据局", "甲"), _project("p1", "区数据局", "甲"),
        _department("d2", "区文化旅游局", "乙"), _project("p2", "区文化旅游局", "乙"),
    )  # fmt: skip
    again = _project("x", "区文化旅游局", "乙", certain=False)
    assert again.form
    again.form.fields["项目负责人"] = "某人"
    assert _take(session, again) == [State.CHANGED]
    assert "项目负责人" in session.form("p2").fields
    assert "项目负责人" not in session.form("p1").fields


def test_a_department_that_comes_last_stays_with_its_projects(checked):
    _take(checked, _project("p", "区数据局", "甲"))
    _take(checked, _department("d", "区数据局", "甲"))
    assert [head.unit_id for head in checked.heads()] == [None, None]
    report = checked.report()
    assert report is not None
    assert report.alone == []
    assert len(set(report.units.values())) == 1


def test_a_project_that_comes_later_joins_the_unit(session):
    _take(session, _department("d", "区数据局", "甲"))
    _take(session, _project("p", "区数据局", "丙"))
    assert {head.unit_id for head in session.heads()} == {"wuchang/区数据局"}


def test_an_earlier_year_on_another_sheet_belongs_to_the_one_unit_of_the_library(session):
    own = _department("d", "区数据局", "甲")
    assert own.form
    own.form.unit = Unit("u1", "区数据局")
    old = _department("old", "区数据局", "旧")
    assert old.form
    old.form.year, old.form.layout = 2024, "mof-2015"
    _take(session, own)
    _take(session, old)
    assert session.form("old").unit == Unit("u1", "区数据局")
