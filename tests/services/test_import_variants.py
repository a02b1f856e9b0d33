"""A form that comes in twice with other contents is told, and may be chosen."""

from __future__ import annotations

from pathlib import Path

from kpiapp.model.form import Form, Kind
from kpiapp.services.files.reading_files import Incoming
from kpiapp.services.imports import importing
from kpiapp.services.imports.importing import State


def _twice(first: str, second: str) -> list[Incoming]:
    return [
        Incoming(
            Path(f"{number}.json"),
            Form("p", Kind.PROJECT, 2026, fields={"项目名称": "运维", "项目负责人": text}),
        )
        for number, text in enumerate((first, second))
    ]


def _states(plan: importing.Plan) -> list[State]:
    return [item.state for item in plan.items]


def test_the_same_contents_are_passed_over(session):
    assert _states(importing.plan(session, _twice("甲", "甲"))) == [State.NEW, State.REPEATED]


def test_other_contents_are_told_and_the_first_is_taken(session):
    plan = importing.plan(session, _twice("甲", "乙"))
    assert _states(plan) == [State.NEW, State.VARIANT]
    assert State.VARIANT.label == "重复，内容不同"
    importing.take_over(session, plan)
    assert session.form("p").fields["项目负责人"] == "甲"


def test_the_second_is_taken_when_it_is_chosen(session):
    plan = importing.plan(session, _twice("甲", "乙"))
    plan.items = importing.with_variants(plan.items)
    assert _states(plan) == [State.NEW]
    importing.take_over(session, plan)
    assert session.form("p").fields["项目负责人"] == "乙"


def test_the_second_may_change_what_the_library_has(session):
    importing.take_over(session, importing.plan(session, _twice("甲", "甲")))
    plan = importing.plan(session, _twice("甲", "乙"))
    assert _states(plan) == [State.SAME, State.VARIANT]
    plan.items = importing.with_variants(plan.items)
    importing.take_over(session, plan)
    assert session.form("p").fields["项目负责人"] == "乙"
