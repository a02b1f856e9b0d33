"""The sheets of self-evaluations: results, points and money come back as they were printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sheet_forms import LAYOUTS, as_json, drafts_in, filled_form

from kpiapp.sheets import xlsx
from kpiapp.sheets.filling.fill import fill

if TYPE_CHECKING:
    from pathlib import Path

SELF = [name for name, one in LAYOUTS.items() if one.stage == "evaluation"]


def test_there_are_national_and_hubei_sheets_for_projects_and_departments() -> None:
    assert len(SELF) == 4


@pytest.mark.parametrize("name", SELF)
def test_results_written_into_a_sheet_come_back(name: str, tmp_path: Path) -> None:
    form = filled_form(LAYOUTS[name])
    for number, row in enumerate(form.indicators):
        row.extra = {"实际完成值": f"{90 + number}%", "得分": "9.5"}
        if form.layout.startswith("mof"):
            row.weight = 10
            row.extra["偏差原因分析及改进措施"] = "汛期影响进度；\n已赶上"
    path = tmp_path / "自评.xlsx"
    xlsx.write(path, [fill(form, LAYOUTS[name])])
    [draft] = drafts_in(path)
    got, want = as_json(draft.form), as_json(form)
    assert got["stage"] == "evaluation"
    for key in ("fields", "goals", "indicators"):
        assert got[key] == want[key]
    assert got["tables"]["预算执行情况"] == want["tables"]["预算执行情况"]
    assert draft.unread == []
