"""After any edits a re-check says what a whole check would say, in the same order."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from kpiapp.model import edit as edits
from kpiapp.model.edit import Move, SetValue
from kpiapp.model.interchange import form_from_json
from kpiapp.paths import resource
from kpiapp.rules.row import VALUES
from kpiapp.services.checks.checking import Checker

if TYPE_CHECKING:
    from kpiapp.model.form import Form
    from kpiapp.services.checks.report import Report

EDITS = 12
TEXTS = ("≥95%", "100%", "≤3次", "", "/", "及时", "满意度", "完成数量", "数量指标", "质量指标")


def _samples() -> list[Form]:
    found = []
    for path in sorted(resource("samples").rglob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.get("kind") != "project_list" and not data.get("stage"):
            found.append(form_from_json(data))
    return found


def _some_edit(form: Form, chance: random.Random) -> edits.Edit:
    row, other = chance.choices(form.indicators, k=2)
    match chance.randrange(6):
        case 0:
            return Move(("indicators",), row.id, other.id if other is not row else None)
        case 1:
            label = chance.choice(list(form.fields))
            return SetValue(("fields", label), chance.choice(TEXTS))
        case 2:
            cell = chance.choice(sorted(VALUES))
            return SetValue(
                ("indicators", row.id, cell), chance.choice([*TEXTS, getattr(other, cell)])
            )
        case _:
            cell = chance.choice(["level2", "level3", "target", "target", "target"])
            text = chance.choice([*TEXTS, getattr(other, cell)])
            return SetValue(("indicators", row.id, cell), text)


def _said(report: Report) -> dict[str, list[tuple[object, ...]]]:
    return {
        key: [(x.code, x.severity, x.place, x.message, x.other_form) for x in problems]
        for key, problems in report.problems.items()
    }


@pytest.mark.parametrize("known", [False, True], ids=["anything", "these edits"])
@pytest.mark.parametrize("seed", range(6))
def test_recheck_says_what_check_says(seed, known):
    chance = random.Random(seed)
    forms = _samples()
    checker = Checker()
    checker.check(forms)
    for _ in range(EDITS):
        form = chance.choice([x for x in forms if x.indicators])
        edit = _some_edit(form, chance)
        edits.apply(form, edit)
        report = checker.recheck(form, edits={form.id: [edit]} if known else None)
        assert _said(report) == _said(Checker().check(forms))
