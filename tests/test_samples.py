"""The invented department that a first-time user meets: whole, coherent, and faulty on purpose."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from kpiapp.model.form import Form, Horizon, Kind
from kpiapp.model.interchange import form_from_json, form_to_json, project_list_from_json
from kpiapp.model.stages import Stage, is_declared
from kpiapp.paths import ROOT, resource
from kpiapp.rules.engine import FAMILIES, all_rules
from kpiapp.services import opening
from kpiapp.services.years import comparison

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.model.project_list import ProjectList

YEARS = (2024, 2025, 2026)

INTENDED = {
    # Faults that offices really let through, at least one of each family of rules: the form of
    # 2026, the rule, and the indicator (or None) that it must name there.
    ("dept", "amount-differs-between-forms", None),
    ("dept", "annual-goal-copies-long-term", None),
    ("dept", "empty-level2-group", ""),
    ("dept", "target-differs-between-forms", "群众文化活动场次"),
    ("p01", "annual-weaker-than-long-term", "阅览设施完好率"),
    ("p01", "missing-unit", "文献外借册次"),
    ("p03", "annual-not-in-long-term", "线上直播观看人次"),
    ("p03", "level2-under-wrong-level1", "文化活动街道覆盖率"),
    ("p03", "missing-target", "公益培训班期数"),
    ("p03", "renamed-between-horizons", "参与群众满意率"),
    ("p04", "cost-indicator-vs-budget", "成本控制额度"),
    ("p04", "prior-value-differs-from-last-form", "故障修复时间"),
    ("p04", "qualitative-value-for-rate", "系统可用率"),
    ("p04", "total-not-sum-of-parts", None),
    ("p05", "change-reason-contradicts-amount", None),
    ("p05", "name-is-sentence", "保障场馆环境整洁有序，为到馆群众提供安全舒适的活动空间"),
    ("p05", "of-which-missing", None),
    ("p06", "duplicate-indicator", "自助服务满意率"),
    ("p06", "long-term-until-wrong", None),
    ("p06", "missing-required-field", None),
    ("p06", "new-project-with-prior-values", None),
    ("p06", "prior-budget-contradicts", None),
}


def files(year: int) -> list[Path]:
    return sorted(resource("samples", str(year)).glob("*.json"))


FOLLOWED = {
    # The same for what follows the declarations: the self-evaluation of one, the monitoring of one.
    ("self", "deviation-without-reason", "单位面积能耗下降率"),
    ("m7", "outlook-without-reason", "新增电子图书种数"),
}


def load(year: int) -> tuple[list[Form], list[ProjectList]]:
    items: list[dict[str, Any]] = [json.loads(x.read_text(encoding="utf-8")) for x in files(year)]
    lists = [x for x in items if x["kind"] == "project_list"]
    forms = [x for x in items if x["kind"] != "project_list" and is_declared(x.get("stage"))]
    return [form_from_json(x) for x in forms], [project_list_from_json(x) for x in lists]


def by_name(year: int) -> dict[str, Form]:
    return {form.name: form for form in load(year)[0] if form.kind is Kind.PROJECT}


@pytest.mark.parametrize("year", YEARS)
def test_each_year_is_whole(year: int) -> None:
    forms, lists = load(year)
    assert [form.kind for form in forms].count(Kind.DEPARTMENT) == 1
    assert [form.kind for form in forms].count(Kind.PROJECT) == 6
    assert {form.year for form in forms} == {year} == {lists[0].year}


@pytest.mark.parametrize("path", [x for y in YEARS for x in files(y) if x.stem != "table10"])
def test_interchange_keeps_every_key(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    assert form_to_json(form_from_json(data)) == data


@pytest.mark.parametrize("path", [x for y in YEARS for x in files(y)])
def test_no_person_and_no_real_number(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r'"(?:项目负责人|填报人)": "(.*?)"', text)) <= {"姓名略"}
    assert set(re.findall(r"(?<!\d)1\d{10}(?!\d)|(?<!\d)\d{7,8}(?!\d)", text)) <= {"82000000"}


@pytest.mark.parametrize("year", YEARS[1:])
def test_prior_values_are_those_of_last_years_forms(year: int) -> None:
    differing = [
        (name, row.level3)
        for name, form in by_name(year).items()
        if name in by_name(year - 1)
        for row in form.rows(Horizon.ANNUAL)
        for last in by_name(year - 1)[name].rows(Horizon.ANNUAL)
        if last.level3 == row.level3 and row.prior1 != last.target
    ]
    assert differing == ([("信息系统运行维护", "故障修复时间")] if year == 2026 else [])


@pytest.mark.parametrize("year", YEARS)
def test_the_project_list_agrees_with_the_projects(year: int) -> None:
    _, lists = load(year)
    amounts = {row[1]: float(row[2]) for row in lists[0].rows}
    for name, form in by_name(year).items():
        assert f"{amounts[name]:g}万元" == form.fields["项目当年预算"]


def found(year: int) -> set[tuple[str, str, str | None]]:
    """Return what the checker reports: form (dept, p01 ...), code and indicator name."""
    checking = pytest.importorskip("kpiapp.services.checks.checking")
    earlier = [load(y) for y in YEARS if y < year]
    forms, lists = load(year)
    report = checking.Checker().check(
        [*(form for old, _ in earlier for form in old), *forms],
        [*(x for _, old in earlier for x in old), *lists],
        closed=True,
    )
    names = {row.id: row.level3 for form in forms for row in form.indicators}
    return {
        (form.id.rpartition("-")[2], x.code, names.get(x.place.indicator))
        for form in forms
        for x in report.problems.get(form.id, [])
    }


@pytest.mark.parametrize("year", YEARS[:-1])
def test_the_years_before_are_clean(year: int) -> None:
    assert found(year) == set()


def test_the_checker_finds_every_fault_of_2026_and_no_other() -> None:
    known = {x.stem.replace("_", "-") for x in (ROOT / "kpiapp" / "rules").glob("*/*.py")}
    assert found(2026) == {fault for fault in INTENDED if fault[1] in known}


def test_the_self_evaluation_and_the_monitoring_have_one_fault_each(tmp_path: Path) -> None:
    session = opening.sample_session(tmp_path / "示例.kpi")
    told = set()
    for stage in (Stage.EVALUATION, Stage.MONITORING):
        for head in session.staged(stage):
            names = {row.id: row.level3 for row in session.form(head.id).indicators}
            told |= {
                (head.id.rpartition("-")[2], x.code, names.get(x.place.indicator))
                for x in session.problems(head.id)
            }
    session.library.close()
    assert told == FOLLOWED


def test_the_years_of_the_sample_know_what_was_achieved(tmp_path: Path) -> None:
    session = opening.sample_session(tmp_path / "示例.kpi")
    (found,) = [
        one.cells[2025].actual
        for one in comparison.compare(session, session.form("qinghe-2026-p05")).rows
        if one.row.level3 == "成本控制额度"
    ]
    session.library.close()
    assert found == "96.2万元"


def test_every_family_of_rules_is_shown() -> None:
    shown = {fault[1] for fault in INTENDED | FOLLOWED}
    assert {rule.family for rule in all_rules() if rule.code in shown} == set(FAMILIES)
