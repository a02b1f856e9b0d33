"""What a form holds and its sheet does not print: told in the report of an export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.services.forms.shape import find_layout

if TYPE_CHECKING:
    from kpiapp.model.form import Form, Horizon, Indicator
    from kpiapp.sheets.grid import Grid

VALUES = {
    "prior2": "前年值",
    "prior1": "上年值",
    "long_term_target": "长期指标值",
    "standard": "指标值依据",
    "note": "说明",
    "weight": "分值",
}
"""What a person calls the values that not every sheet has a column for."""


def unprinted(form: Form, grid: Grid) -> list[str]:
    """Return what of a form is not on its sheet, in a person's words.

    Args:
        form: the form.
        grid: its printed sheet.
    """
    texts = {cell.text for cell in grid.cells}
    lines = ("".join(cell.text for cell in line) for line in grid.lines())  # 208类 | 16款
    whole = "\n".join([*texts, *lines])
    fields = [label for label, text in form.fields.items() if text and text not in whole]
    names = [
        f"{row.horizon.label}指标“{row.level3}”"
        for row in form.indicators
        if row.level3 and row.level3 not in texts
    ]
    goals = [
        f"{goal.horizon.label}目标{goal.number}"
        for goal in form.goals
        if goal.text and goal.text not in whole
    ]
    return [*fields, *goals, *names, *_columns(form, grid.marks.get("layout", form.layout))]


def _columns(form: Form, layout_id: str) -> list[str]:
    """Return the columns that rows of the form fill and its sheet does not have."""
    from kpiapp.sheets.layouts.blocks import IndicatorsBlock

    layout = find_layout(layout_id, form.kind)
    printed: dict[Horizon, set[str]] = {}
    for block in layout.of_type(IndicatorsBlock) if layout else ():
        columns = {column.value for column in (*block.columns, *block.other_columns)}
        printed.setdefault(block.horizon, set()).update(columns)
    missing: set[str] = set()
    for row in form.indicators:
        for value in _held(row) - printed.get(row.horizon, set()):
            name = VALUES.get(value, value.removeprefix("extra:"))
            missing.add(f"{row.horizon.label}指标的“{name}”")
    return sorted(missing)


def _held(row: Indicator) -> set[str]:
    values = {value for value in VALUES if getattr(row, value) not in (None, "")}
    return values | {f"extra:{label}" for label, text in row.extra.items() if text}
