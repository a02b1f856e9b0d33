"""Trying a layout out: an empty form is printed and read back, and must come back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpiapp.model.interchange import form_to_json
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.layouts.blank import blank_form
from kpiapp.sheets.layouts.blocks import TableBlock
from kpiapp.sheets.layouts.source import LayoutError
from kpiapp.sheets.parsing.parse import parse

if TYPE_CHECKING:
    from kpiapp.model.form import Form
    from kpiapp.sheets.layouts.blocks import Layout

WORDS = {
    "fields": "栏目",
    "choices": "选项",
    "tables": "表格",
    "goals": "目标",
    "indicators": "指标",
}


def describe(layout: Layout) -> list[str]:
    """Return what a layout prints, a line each.

    Raises:
        LayoutError: a form does not come back whole from its sheet, and which part of it.
    """
    form = _filled(layout)
    grid = fill(form, layout)
    back = parse(grid, layout).form
    before, after = _parts(form, layout), _parts(back, layout)
    lost = [word for part, word in WORDS.items() if before[part] != after[part]]
    if lost:
        raise LayoutError(
            f"表样“{layout.name}”印出的{'、'.join(lost)}，读回来不一样",
            "常见原因：两个版块同名，同一个栏目印了两次，或没有一处印目标的文字；请逐个版块核对",
        )
    counted = [(len(before[part]), word) for part, word in WORDS.items()]
    return [
        f"可以用：{layout.name}（{layout.id}，{layout.kind.label}，{layout.district}）",
        f"{len(layout.widths)} 列，版块 {len(layout.blocks)} 个，空表 {grid.rows} 行："
        + "、".join(f"{word} {number} 个" for number, word in counted if number),
        "印出的表读回来，内容不变",
    ]


def _parts(form: Form, layout: Layout) -> dict[str, Any]:
    """Return what is compared: all but the overviews, which print the goals once more."""
    parts = form_to_json(form, ids=False)
    for goal in parts["goals"]:
        goal["until"] = None  # told by a head of some overviews
    carried = {block.key or block.name for block in layout.of_type(TableBlock) if block.carries}
    tables = {key: table for key, table in parts["tables"].items() if key not in carried}
    return {key: parts[key] for key in WORDS} | {"tables": tables}


def _filled(layout: Layout) -> Form:
    """Return the empty form of a layout with a text in every place."""
    form = blank_form(layout, layout.first_year, "示例", template=True)
    form.id = "example"
    for number, label in enumerate(form.fields):
        form.fields[label] = form.fields[label] or f"内容{number}"
    for table in form.tables.values():
        for number, line in enumerate(table.rows):
            line.cells = [text or f"{number}行{place}" for place, text in enumerate(line.cells)]
    for goal in form.goals:
        goal.text = f"{goal.horizon.label}{goal.number}"
    for number, row in enumerate(form.indicators):
        row.level3, row.target = f"指标{number}", "≥95%"
    return form
