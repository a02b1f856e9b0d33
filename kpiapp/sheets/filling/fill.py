"""Form -> Grid: one function a block kind, looked up by name. `parsing/parse.py` is its mirror.

A form's own labels are printed (`金额（万元）` beside `金额`); where it has none, the layout's.
"""

from __future__ import annotations

from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Any

from kpiapp.sheets import heads
from kpiapp.sheets.boxes import print_boxes
from kpiapp.sheets.dates import print_date
from kpiapp.sheets.filling.beside import fill_beside, goals_of_rows
from kpiapp.sheets.filling.indicators import fill_indicators
from kpiapp.sheets.grid import Grid, Role
from kpiapp.sheets.labels import look_up
from kpiapp.sheets.layouts.blank import blank_table
from kpiapp.sheets.layouts.blocks import (
    Block,
    ChoiceBlock,
    FieldsBlock,
    GoalsBlock,
    IndicatorsBlock,
    Layout,
    NotesBlock,
    ProjectsBlock,
    TableBlock,
    TitleBlock,
    with_year,
)
from kpiapp.sheets.overview import carried_table
from kpiapp.sheets.pen import Pen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kpiapp.model.form import Form, Table

BESIDE = -1
"""Instead of a goal's number: the tables of both horizons side by side, for all goals."""


def fill(form: Form, layout: Layout) -> Grid:
    """Return the printed sheet of a form.

    Args:
        form: any form of the layout's kind; what it lacks is printed empty.
        layout: the sheet it is printed on.
    """
    pen = Pen(layout.widths)
    printed = list(printed_blocks(layout, form))
    for outer, blocks in groupby(printed, key=lambda pair: pair[0].outer):
        top = pen.row
        pen.left = 1 if outer else 0
        for block, number in blocks:
            if number == BESIDE:
                fill_beside(pen, form, _side_by_side(layout, block))
            else:
                _fill_block(pen, form, block, number)
        pen.left = 0
        if outer:
            pen.put(top, 0, outer, Role.LABEL, row_span=pen.row - top)
    first = next((block for block, number in printed if number == BESIDE), None)
    marks = {
        "goals": goals_of_rows(form, _side_by_side(layout, first)) if first else "",
        "layout": layout.id,
        "kind": layout.kind.value,
        "version": str(layout.version),
        "form": form.id,
        "year": str(form.year),
    }
    return Grid(layout.sheet, pen.cells, layout.widths, pen.heights, 1, marks)


def printed_blocks(layout: Layout, form: Form) -> Iterable[tuple[Block, int]]:
    """Yield each block as it is printed, indicator tables once a goal with the goal's number."""
    for alternate, run in groupby(layout.blocks, key=lambda block: getattr(block, "alternate", "")):
        blocks = list(run)
        if alternate is True:
            turns = [(b, n) for b in blocks for n in _numbers(form, b)]
            yield from sorted(turns, key=lambda turn: turn[1])
            continue
        for block, following in zip(blocks, [*blocks[1:], None], strict=True):
            if getattr(block, "beside", False):
                continue
            numbers = [BESIDE] if getattr(following, "beside", False) else _numbers(form, block)
            for number in numbers:
                yield block, number


def _side_by_side(layout: Layout, first: Block) -> list[IndicatorsBlock]:
    """Return a block and those that are printed at its right."""
    blocks = list(layout.of_type(IndicatorsBlock))
    place = next(n for n, block in enumerate(blocks) if block is first)
    beside = takewhile(lambda block: block.beside, blocks[place + 1 :])
    return [blocks[place], *beside]


def _numbers(form: Form, block: Block) -> list[int]:
    """Return the numbers of the goals that a block prints; (0) for any other block."""
    if not isinstance(block, IndicatorsBlock):
        return [0]
    goals = {goal.number for goal in form.goals if goal.horizon is block.horizon}
    return sorted(goals | {row.goal for row in form.rows(block.horizon)})


def _fill_block(pen: Pen, form: Form, block: Block, number: int) -> None:
    if isinstance(block, IndicatorsBlock):
        fill_indicators(pen, form, block, number)
    else:
        FILL[type(block)](pen, form, block)


def fill_title(pen: Pen, form: Form, block: TitleBlock) -> None:
    """Print the title, and a line with the date at the left and the amount unit at the right."""
    pen.line([(form.title, pen.columns, Role.TITLE)])
    date = f"{block.date}：{print_date(form.filled_on)}" if block.date else ""
    unit = f"单位：{form.amount_unit}" if block.unit else ""
    if date and unit:
        rest = pen.columns - block.left
        pen.line([(date, block.left, Role.CAPTION), (unit, rest, Role.UNIT)])
    elif date or unit:
        pen.line([(date or unit, pen.columns, Role.CAPTION if date else Role.UNIT)])


def fill_fields(pen: Pen, form: Form, block: FieldsBlock) -> None:
    """Print rows of label and value."""
    for labels in block.rows:
        spans = _pair_spans(pen, block) if len(labels) > 1 else (1, pen.columns - pen.left - 1)
        cells: list[tuple[str, int, Role]] = []
        for place, label in enumerate(labels):
            key, value = look_up(form.fields, with_year(label, form.year)) or (label, "")
            span = spans[2 * place + 1]
            cells.append((with_year(key, form.year), spans[2 * place], Role.LABEL))
            cells += _value_cells(value, span, block.split.get(label))
        pen.line(cells, least=max((block.heights.get(label, 0) for label in labels), default=0))


def _pair_spans(pen: Pen, block: FieldsBlock) -> tuple[int, ...]:
    return block.spans or (1, 3, 1, pen.columns - pen.left - 5)


def _value_cells(
    value: str, span: int, marks: tuple[str, ...] | None
) -> list[tuple[str, int, Role]]:
    """Return the cells of one value: two where the sheet prints its parts apart (208类 | 16款)."""
    if not marks:
        return [(value, span, Role.TEXT)]
    first, mark, rest = (value or "".join(marks)).partition(marks[0])
    return [(first + mark, span // 2, Role.TEXT), (rest, span - span // 2, Role.TEXT)]


def fill_choice(pen: Pen, form: Form, block: ChoiceBlock) -> None:
    """Print tick boxes, one row each, beside one label."""
    top = pen.row
    for options in block.rows:
        found = look_up(form.choices, options.key)
        text = print_boxes(found[1] if found else None, options.options, numbered=block.numbered)
        pen.put(pen.row, pen.left + 1, text, Role.TEXT, column_span=pen.columns - pen.left - 1)
        pen.row += 1
    pen.put(top, pen.left, block.name, Role.LABEL, row_span=pen.row - top)


def fill_table(pen: Pen, form: Form, block: TableBlock) -> None:
    """Print an inner table: label, heads and rows; one empty row if it has none."""
    key = with_year(block.key or block.name, form.year)
    found = look_up(form.tables, key)
    table = found[1] if found else blank_table(block, form.year)
    table = carried_table(block, form, table) if block.carries else heads.with_until(table, form)
    label = with_year(block.label, form.year) or (found[0] if found else key)
    left = pen.left if block.heading or block.bare else pen.left + 1
    if block.heading:
        pen.line([(label, pen.columns - pen.left, Role.HEADING)])
    top = pen.row
    spans = heads.fit_spans([c.span for c in block.columns], len(table.columns), pen.columns - left)
    if block.heads:
        pen.row += heads.draw_heads(pen, table.columns, spans, left)
    _table_rows(pen, block, table, spans, left)
    if not block.heading and not block.bare:
        pen.put(top, pen.left, label, Role.LABEL, row_span=pen.row - top)


def _table_rows(pen: Pen, block: TableBlock, table: Table, spans: list[int], left: int) -> None:
    rows = [row.cells for row in table.rows] or [[""] * len(spans)]
    merged = [n for n, column in enumerate(block.columns[: len(spans)]) if column.merge]
    roles = heads.column_roles(rows, merged)
    places = [left + sum(spans[:n]) for n in range(len(spans))]
    for n, length in heads.runs(rows, merged):
        row = rows[n]
        skip = _sideways(block, row, length)
        for column, (place, span) in enumerate(zip(places, spans, strict=True)):
            if column in skip or (column in merged and length[column] == 0):
                continue
            wide = span + (spans[column + 1] if column + 1 in skip else 0)
            down = length[column] if column in merged else 1
            pen.put(pen.row, place, row[column], roles[column], down, wide)
        pen.row += 1


def _sideways(block: TableBlock, row: list[str], length: dict[int, int]) -> set[int]:
    """Return the second column if the first is printed over both (合计 below 支出构成)."""
    alone = block.sideways and len(row) > 1 and length.get(0) == 1
    return {1} if alone and row[0] and not row[1] else set()


def fill_goals(pen: Pen, form: Form, block: GoalsBlock) -> None:
    """Print the goals of both horizons as rows of name and text under a heading."""
    first = block.spans[0]
    rest = pen.columns - pen.left - first
    pen.line([(block.label or block.name, pen.columns - pen.left, Role.HEADING)])
    pen.line([(block.heads[0], first, Role.HEAD), (block.heads[1], rest, Role.HEAD)])
    for goal in form.goals:
        pen.line([(goal.label, first, Role.VALUE), (goal.text, rest, Role.TEXT)])


def fill_notes(pen: Pen, form: Form, _block: NotesBlock) -> None:
    """Print the remarks under the table."""
    for note in form.notes:
        pen.line([(note, pen.columns, Role.NOTE)])


FILL: dict[type[Block], Callable[[Pen, Form, Any], None]] = {
    TitleBlock: fill_title,
    FieldsBlock: fill_fields,
    ChoiceBlock: fill_choice,
    TableBlock: fill_table,
    ProjectsBlock: fill_table,
    GoalsBlock: fill_goals,
    NotesBlock: fill_notes,
}
