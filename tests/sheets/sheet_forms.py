"""What the tests of sheets share: forms filled for each layout, rows of a file, comparing JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kpiapp.model.interchange import form_from_json, form_to_json
from kpiapp.services.files import reading_files
from kpiapp.sheets.layouts.blocks import IndicatorsBlock, TitleBlock
from kpiapp.sheets.layouts.layout import blank_form, load_layouts

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.model.form import Form, Horizon
    from kpiapp.sheets.draft import Draft
    from kpiapp.sheets.grid import Grid
    from kpiapp.sheets.layouts.blocks import Layout

LAYOUTS = {f"{one.id}-{one.kind}": one for one in load_layouts()}
DISTRICTS = ("dongxihu-2025", "jianghan-2022", "jiangxia-2026", "qiaokou-2026", "wuchang-2026")
"""The layouts of which the bureaus' own sheets are at hand."""
PUBLISHED = [
    "dongxihu-2025-dept",
    *(f"dongxihu-2025-p0{n}" for n in range(1, 7)),
    "jianghan-2022-dept",
    "jianghan-2022-p03",
    "jianghan-2022-p04",
    "jiangxia-2026-dept",
    *(f"jiangxia-2026-p0{n}" for n in (1, 4, 6, 9)),
    "qiaokou-2026-dept",
    *(f"qiaokou-2026-p{n}" for n in ("01", "03", "08", "10")),
    "wuchang-2026-dept",
    "wuchang-2026-p01",
    "wuchang-2026-p02",
]

Rows = list[list[tuple[str, int]]]


def published(shared: Path, name: str) -> Form:
    return form_from_json(published_json(shared, name))


def published_json(shared: Path, name: str) -> dict[str, Any]:
    data = json.loads((shared / "forms" / f"{name}.json").read_text("utf-8"))
    return {key: value for key, value in data.items() if key not in ("findings", "district")}


def as_json(form: Form) -> dict[str, Any]:
    return form_to_json(form, ids=False)


def drafts_in(path: Path) -> list[Draft]:
    """What the program reads of the forms in a file."""
    return [one.draft for one in reading_files.read_file(path) if one.draft]


def rows_of(grid: Grid) -> Rows:
    """Text and number of rows covered, cell by cell."""
    return [[(cell.text, cell.row_span) for cell in line] for line in grid.lines()]


def prints(layout: Layout, horizon: Horizon, value: str) -> bool:
    """Whether the sheet has a column for a value of an indicator."""
    blocks = [one for one in layout.of_type(IndicatorsBlock) if one.horizon is horizon]
    return any(column.value == value for one in blocks for column in one.columns)


def filled_form(layout: Layout) -> Form:
    """A form with a value in every place, such as people write."""
    form = blank_form(layout, layout.first_year + 1, "政务服务热线运行", template=True)
    form.id = f"form-{layout.id}"
    form.filled_on = "2026-11-03" if next(layout.of_type(TitleBlock)).date else None
    for number, key in enumerate(form.fields):
        form.fields[key] = form.fields[key] or f"{key}的内容{number}"
    for choice in form.choices.values():
        choice.checked = choice.options[:1]
    for table in form.tables.values():
        for number, row in enumerate(table.rows):
            row.cells = [text or f"{number}行{n}" for n, text in enumerate(row.cells)]
    for goal in form.goals:
        goal.text = f"{goal.horizon.label}第{goal.number}个目标：保障热线7*24小时畅通。"
    for number, row in enumerate(form.indicators):
        row.level3 = f"第{number}项办结率"
        row.target = ("=100%", "≥95%", "≤30分钟", "有效提高")[number % 4]
        row.prior2 = None if row.prior2 is None else "/"
        row.prior1 = None if row.prior1 is None else "=98%"
        row.long_term_target = None if row.long_term_target is None else "≥99%"
        row.standard = "计划标准" if prints(layout, row.horizon, "standard") else ""
    return form
