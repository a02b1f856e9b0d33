"""Keeping 总目标 in step: where a sheet says the goals again, what is written goes there too.

Several districts print 项目绩效总目标 or 整体绩效总目标 above the tables of the goals. Nobody
should type a goal twice; but where a unit said it in words of its own, these are left alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpiapp.model import interchange
from kpiapp.model.edit import Edit, Insert, Remove, SetValue, apply_all
from kpiapp.model.form import Row
from kpiapp.services.forms.shape import find_layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kpiapp.model.form import Form, Goal, Table
    from kpiapp.sheets.layouts.blocks import Carried

Texts = list[list[str]]


def with_overviews(form: Form, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return edits of goals together with those of the overviews that follow them."""
    mine = [edit for edit in edits if edit.path[0] == "goals"]
    found = list(_overviews(form)) if mine else []
    if not found:
        return tuple(edits)
    after = replace(form, goals=[replace(goal) for goal in form.goals])
    apply_all(after, mine)
    follow = (x for label, echoes in found for x in _rewritten(form, after.goals, label, echoes))
    return (*edits, *follow)


def _overviews(form: Form) -> Iterator[tuple[str, Sequence[Carried]]]:
    """Yield the name of each table of the form that says goals once more, and in which columns."""
    layout = find_layout(form.layout, form.kind)
    if layout is None:
        return
    from kpiapp.sheets.layouts.blocks import TableBlock

    for block in layout.of_type(TableBlock):
        label = block.key or block.name
        if block.echoes and label in form.tables:
            yield label, block.echoes


def _rewritten(
    form: Form, goals: Sequence[Goal], label: str, echoes: Iterable[Carried]
) -> Iterator[Edit]:
    """Yield what makes an overview say the new goals where it said the old ones, or nothing."""
    table = form.tables[label]
    rows = [list(row.cells) for row in table.rows]
    for echo in echoes:
        old = [goal for goal in form.goals if goal.horizon is echo.horizon]
        new = [goal for goal in goals if goal.horizon is echo.horizon]
        if [(x.number, x.text) for x in old] != [(x.number, x.text) for x in new]:
            _rewrite(rows, echo, old, new, len(table.columns))
    yield from _differences(label, table, rows)


def _rewrite(rows: Texts, echo: Carried, old: list[Goal], new: list[Goal], columns: int) -> None:
    """Write a column anew if it said the old goals or nothing, else only the words that did."""
    from kpiapp.sheets.overview import read_column, says, write_column

    said = [text for _, text in read_column(rows, echo) if text.strip()]
    if not said or says(rows, echo, old):
        write_column(rows, echo, [goal for goal in new if goal.text], columns)
        return
    texts = {goal.id: goal.text for goal in new}
    for goal in old:
        if goal.text in said and texts.get(goal.id):
            _replace(rows, echo.column, goal.text, texts[goal.id])


def _replace(rows: Texts, column: int, old: str, new: str) -> None:
    cells = next((x for x in rows if column < len(x) and old in x[column]), None)
    if cells:
        cells[column] = cells[column].replace(old, new, 1)


def _differences(label: str, table: Table, rows: Texts) -> Iterator[Edit]:
    """Yield the edits that give a table other texts; its rows keep their ids."""
    for row, cells in zip(table.rows, rows, strict=False):
        for column, (old, text) in enumerate(zip(row.cells, cells, strict=False)):
            if old != text:
                yield SetValue(("tables", label, row.id, column), text)
    for cells in rows[len(table.rows) :]:
        yield Insert(("tables", label), interchange.row_to_json(Row(cells), ids=True))
    for row in table.rows[len(rows) :]:
        yield Remove(("tables", label), row.id)
