"""What a sheet has no place for is told when it is exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sheet_forms import LAYOUTS, filled_form

from kpiapp.services.exports.exporting import export_items
from kpiapp.services.exports.unprinted import unprinted
from kpiapp.sheets.filling.fill import fill

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_form_of_the_sheet_is_printed_whole(name: str) -> None:
    form = filled_form(LAYOUTS[name])
    assert unprinted(form, fill(form, LAYOUTS[name])) == []


def test_what_another_sheet_lacks_is_told(tmp_path: Path) -> None:
    form = filled_form(LAYOUTS["jiangxia-2026-project"])
    form.layout = "county-2021"
    told = export_items([form], tmp_path).unprinted[form.id]
    assert "项目主要内容" in told
    assert "长期指标“第0项办结率”" in told
    assert "年度指标的“上年值”" in told
    assert "年度指标的“指标值依据”" in told
