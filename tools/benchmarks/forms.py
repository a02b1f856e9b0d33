"""The forms that are measured with: the published ones where they are at hand, else the sample."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING

from kpiapp.model.form import Form, Indicator, new_id
from kpiapp.model.interchange import form_from_json, form_to_json
from kpiapp.paths import ROOT, resource

if TYPE_CHECKING:
    from pathlib import Path

PUBLISHED = ROOT.parent / "shared" / "forms"
ROWS_OF_THE_LARGEST = 120


def read(path: Path) -> Form:
    """Return the form in a JSON file."""
    return form_from_json(json.loads(path.read_text(encoding="utf-8")))


def as_text(form: Form) -> str:
    """Return the JSON text of a form."""
    return json.dumps(form_to_json(form), ensure_ascii=False)


def sample_projects() -> list[Form]:
    """Return the project forms of the sample's last year."""
    return [read(path) for path in sorted(resource("samples", "2026").glob("p*.json"))]


def sample() -> list[Form]:
    """Return all forms of the sample, of all its years."""
    return [read(path) for path in sorted(resource("samples").glob("*/[dp]*.json"))]


def largest() -> Form:
    """Return the largest form: the published one with 14 goals, else the sample grown as large."""
    published = PUBLISHED / "qiaokou-2026-dept.json"
    if published.exists():
        return read(published)
    form = read(resource("samples", "2026", "dept.json"))
    rows = list(form.indicators)
    while len(form.indicators) < ROWS_OF_THE_LARGEST:
        form.indicators += [another(row, len(form.indicators)) for row in rows]
    del form.indicators[ROWS_OF_THE_LARGEST:]
    form.indicators.sort(key=lambda row: row.goal)
    return form


def another(item: Indicator, number: int) -> Indicator:
    """Return a copy of an indicator with its own id and name."""
    twin = copy.deepcopy(item)
    twin.id, twin.level3 = new_id(), f"{twin.level3}（{number}）"
    return twin


def with_siblings(form: Form, count: int) -> list[Form]:
    """Return a form and `count` project forms of its unit, layout and year, made up as needed."""
    projects = sample_projects()
    published = sorted(PUBLISHED.glob(f"{form.id.rpartition('-')[0]}-p*.json"))
    siblings = [read(path) for path in published][:count]
    while len(siblings) < count:
        number = len(siblings) + 1
        twin = copied(projects[number % len(projects)], f"{form.id}-s{number:02}")
        twin.fields["项目名称"] += f"（{number}）"
        siblings.append(twin)
    for one in siblings:
        one.unit, one.year, one.layout = form.unit, form.year, form.layout
    return [form, *siblings]


def copied(form: Form, form_id: str) -> Form:
    """Return a copy of a form under another id, every part of it with ids of its own."""
    twin = copy.deepcopy(form)
    twin.id = form_id
    twin.project = None
    for part in (*twin.goals, *twin.indicators, *(r for t in twin.tables.values() for r in t.rows)):
        part.id = new_id()
    return twin


def many(count: int) -> list[Form]:
    """Return `count` forms of many units: the published or sample ones over and over."""
    paths = [x for x in sorted(PUBLISHED.glob("*.json")) if "table10" not in x.name] or sorted(
        resource("samples").glob("*/[dp]*.json")
    )
    originals = [read(path) for path in paths]
    return [
        copied(
            originals[i % len(originals)],
            f"{i // len(originals)}-{originals[i % len(originals)].id}",
        )
        for i in range(count)
    ]
