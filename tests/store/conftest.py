"""A library of the test's own, and a session on it with nobody checking."""

from __future__ import annotations

import json

import pytest

from kpiapp.model.interchange import form_from_json, form_to_json
from kpiapp.services.checks.report import Report
from kpiapp.services.session import Session
from kpiapp.store.library import Library


class NoChecks:
    """A checker that finds nothing."""

    def check(self, forms, project_lists=(), **options):
        return Report({form.id: [] for form in forms})

    def recheck(self, *forms, edits=None):
        return Report({form.id: [] for form in forms})


def image(form):
    """Everything a form holds, in order: ids of rows and the order of dicts included."""
    rows = [[row.id for row in table.rows] for table in form.tables.values()]
    data = form_to_json(form, ids=True)
    ordered = {key: data[key] for key in sorted(data)}
    return json.dumps([ordered, rows], ensure_ascii=False)


@pytest.fixture
def library(tmp_path):
    with Library.create(tmp_path / "库.kpi", "试库", who="甲") as library:
        yield library


@pytest.fixture
def session(library):
    return Session(library, NoChecks())


@pytest.fixture
def form():
    return form_from_json(FORM)


FORM = {
    "id": "f1", "kind": "project", "year": 2026, "layout": "jiangxia-2026", "title": "申报表",
    "fields": {"项目名称": "物业后勤保障", "联系电话": ""},
    "choices": {"项目属性": {"options": ["持续性", "新增性"], "checked": ["持续性"]}},
    "tables": {"资金": {"columns": ["来源", "金额"], "rows": [["合计", "9.52"], ["其中", "9.52"]]}},
    "goals": [{"horizon": "annual", "number": 1, "label": "年度目标", "until": None, "text": "甲"}],
    "indicators": [
        {"horizon": "annual", "goal": 1, "level1": "产出指标", "level2": "数量指标", "level3": name,
         "target": "≥3次", "prior2": None, "prior1": "", "standard": "", "note": ""}
        for name in ("巡逻次数", "清洁周期", "维修次数")
    ],
    "notes": ["备注"],
    "unit": {"id": "u1", "name": "某中心", "parent": "u0"},
    "findings": [{"code": "x"}],
}  # fmt: skip
