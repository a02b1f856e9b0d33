"""Grid -> Form: one function a block kind, looked up by name. `filling/fill.py` is its mirror.

The sheet is walked from top to bottom; a block begins where one of its labels stands, so that a
missing block, another order or more rows do no harm. Every cell that was not used is returned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpiapp.model.form import Form, Horizon
from kpiapp.sheets.boxes import read_boxes
from kpiapp.sheets.captions import ABOVE, DATE, TITLE, UNIT, beside_caption
from kpiapp.sheets.dates import read_date
from kpiapp.sheets.finishing import finished
from kpiapp.sheets.layouts.blocks import (
    Block,
    ChoiceBlock,
    FieldsBlock,
    GoalsBlock,
    Layout,
    ProjectsBlock,
    TableBlock,
    with_year,
)
from kpiapp.sheets.page import Page, written
from kpiapp.sheets.parse_table import parse_table
from kpiapp.sheets.parsing.indicators import parse_goal_row, parse_indicators
from kpiapp.sheets.reading import Reading, Start, labels
from kpiapp.sheets.words import BLANKS, SIGNATURE, Tidy, canonical

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpiapp.sheets.draft import Draft
    from kpiapp.sheets.grid import Cell, Grid

BOTH = len(Horizon)


def parse(grid: Grid, layout: Layout, *, form_id: str = "") -> Draft:
    """Return the form on a sheet.

    Args:
        grid: the sheet, in the coordinates of its file.
        layout: what it is read as; `detect` finds it.
        form_id: the id that the file's name suggests; the sheet's own mark goes before it.
    """
    marks = grid.marks
    own = marks.get("layout") == layout.id and marks.get("kind") == layout.kind
    form = Form(
        id=(marks.get("form", "") if own else "") or form_id or f"{layout.id}-{_id_end(layout)}",
        kind=layout.kind,
        year=int(marks["year"]) if own and marks.get("year", "").isdigit() else 0,
        layout=layout.id,
        amount_unit=layout.amount_unit,
        stage=layout.stage or None,
    )
    reading = Reading(Page(grid), layout, form, own, marks if own else {})
    reading.left = _left(reading)
    index = parse_top(reading)
    last = index
    while index < len(reading.page.lines):
        start = reading.start(index)
        index = parse_block(reading, start) if start else index + 1
        last = index if start else last
    parse_notes(reading, last)
    _add_silent_goals(reading)
    return finished(reading, grid)


def _id_end(layout: Layout) -> str:
    return "dept" if layout.kind == "department" else "p"


def _left(reading: Reading) -> int:
    """Return the column where labels stand: some people leave column A empty."""
    known = labels(reading.layout)
    columns = [
        cell.column for line in reading.page.lines for cell in line if canonical(cell.text) in known
    ]
    return min(columns, default=0)


def _add_silent_goals(reading: Reading) -> None:
    """Add goals whose only place, an overview, is still empty: as many as the other horizon has."""
    for table in reading.layout.of_type(TableBlock):
        for carried in table.carries:
            if any(goal.horizon is carried.horizon for goal in reading.form.goals):
                continue
            for goal in list(reading.form.goals):
                label = carried.label.replace("{number}", str(goal.number))
                reading.goal(carried.horizon, goal.number).label = label


def parse_block(reading: Reading, start: Start) -> int:
    """Read what begins at a place and return the line behind it."""
    for cell in reading.page.lines[start.index]:
        if cell.right <= start.label.column and cell.text:
            reading.page.use(cell)
    if start.kind == "goal":
        return parse_goal_row(reading, start)
    if start.kind == "indicators":
        return parse_indicators(reading, start)
    reading.seen.add(canonical(start.label.text))
    assert start.block is not None
    return PARSE[type(start.block)](reading, start, start.block)


def parse_top(reading: Reading) -> int:
    """Read title, date and unit above the first block; return the first block's line."""
    lines = reading.page.lines
    first = 1 if reading.own else 0
    end = next((n for n in range(first, len(lines)) if reading.start(n)), len(lines))
    title = lines[0][0] if reading.own and end else None
    for line in lines[1 if title else 0 : end]:
        cells = written(line)
        found = [_date_or_unit(reading, cells, place) for place in range(len(cells))]
        if found == [False] and not reading.own:
            title = title if title and not _is_title(cells[0], title) else cells[0]
    reading.form.title = reading.text(title, Tidy.NAME)
    return end


def _is_title(cell: Cell, before: Cell) -> bool:
    """Say whether a cell is rather the title than one above it: no year, no unit's name."""
    word = canonical(cell.text)
    if ABOVE.fullmatch(word):
        return False
    return bool(TITLE.search(word)) or not TITLE.search(canonical(before.text))


def _date_or_unit(reading: Reading, cells: list[Cell], place: int) -> bool:
    """Read a date or an amount unit from a cell above the table; tell whether it held one.

    A date may stand in the cell beside its label.
    """
    cell = cells[place]
    date, unit = DATE.search(cell.text), UNIT.search(cell.text)
    if date:
        text = date[1]
        beside = cells[place + 1 : place + 2]
        if not text and beside and not UNIT.search(beside[0].text):
            text = reading.text(beside[0], Tidy.NAME)
        reading.form.filled_on = read_date(text)
    if unit:
        reading.form.amount_unit = unit[1]
    if date or unit:
        reading.page.use(cell, rest=beside_caption(cell.text))
    return bool(date or unit)


def parse_fields(reading: Reading, start: Start, block: FieldsBlock) -> int:
    """Read a row of labels and values; a label merged down takes the rows beside it."""
    lines = reading.page.lines
    end = (
        reading.end_of(start.index + 1, start.label)
        if start.label.row_span > 1
        else start.index + 1
    )
    known = {canonical(with_year(label, 2050)) for row in block.rows for label in row}
    cells = [cell for cell in lines[start.index] if cell.column >= start.label.column]
    row_labels = [cell for cell in cells if canonical(cell.text) in known]
    row_labels = _without_values(row_labels)
    for place, label in enumerate(row_labels):
        right = row_labels[place + 1].column if place + 1 < len(row_labels) else reading.page.right
        key = reading.text(label, Tidy.NAME)
        reading.seen.add(canonical(key))
        values = [
            cell
            for line in lines[start.index : end]
            for cell in line
            if label.right <= cell.column < max(right, label.right + 1) and cell not in row_labels
        ]
        reading.form.fields[key] = _field_text(reading, block, label, values)
        if values:
            reading.places[key, "field"] = values[0].name
        template = next((t for r in block.rows for t in r if "{year" in t), "")
        reading.learn_year(label.text, template)
    return end


def _without_values(cells: list[Cell]) -> list[Cell]:
    """Leave out a cell right beside a label: that is its value, whatever it says."""
    kept: list[Cell] = []
    for cell in cells:
        if not kept or cell.column > kept[-1].right:
            kept.append(cell)
    return kept


def _field_text(reading: Reading, block: FieldsBlock, label: Cell, cells: list[Cell]) -> str:
    """Return the value beside a label; parts that are printed apart are joined."""
    marks = next(
        (m for key, m in block.split.items() if canonical(key) == canonical(label.text)), None
    )
    if marks:
        text = "".join(reading.text(cell, Tidy.NAME) for cell in cells)
        return "" if BLANKS.sub("", text) == "".join(marks) else text
    first_row = [cell for cell in written(cells) if cell.row == label.row][:1]
    below = [cell for cell in written(cells) if cell.row > label.row]
    if not first_row and not below and cells:
        return reading.text(cells[0], Tidy.PROSE)
    return "\n".join(reading.text(cell, Tidy.PROSE) for cell in first_row + below)


def parse_choice(reading: Reading, start: Start, block: ChoiceBlock) -> int:
    """Read the rows of tick boxes beside a label."""
    lines = reading.page.lines
    label = reading.text(start.label, Tidy.NAME)
    index = start.index
    for place, options in enumerate(block.rows):
        if index >= len(lines) or (place and reading.start(index)):
            break
        key = options.key if place else label
        cells = [cell for cell in written(lines[index]) if cell.column >= start.label.right]
        text = "  ".join(reading.text(cell, Tidy.PROSE) for cell in cells)
        choice = read_boxes(text, options.options, numbered=block.numbered)
        if choice.options or not text:
            reading.form.choices[key] = choice
        else:
            reading.form.fields[key] = text
        if cells:
            reading.places[key, "choice"] = cells[0].name
        index += 1
    return index


def parse_goals(reading: Reading, start: Start, block: GoalsBlock) -> int:
    """Read goals from rows of name and text: the first is long-term where both are called alike."""
    reading.text(start.label, Tidy.NAME)
    end = reading.end_of(start.index + 1, start.label, headings_only=True)
    rows = []
    for line in reading.page.lines[start.index + 1 : end]:
        cells = written(line)
        if [canonical(cell.text) for cell in cells[:2]] == [
            canonical(head) for head in block.heads
        ]:
            reading.page.use(*cells[:2])
        elif cells:
            rows.append(line)
    words = [_horizon_word(line) for line in rows]
    for place, line in enumerate(rows):
        horizon = words[place]
        if horizon is None or words == [horizon] * BOTH:
            horizon = Horizon.LONG_TERM if place == 0 and len(rows) > 1 else Horizon.ANNUAL
        number = reading.numbers[horizon] = reading.numbers.get(horizon, 0) + 1
        goal = reading.goal(horizon, number)
        goal.label = reading.text(line[0], Tidy.NAME)
        texts = [cell for cell in line[1:] if cell.text] or line[1:2]
        goal.text = reading.text(texts[0], Tidy.PROSE) if texts else ""
        if texts:
            reading.places[goal.id, "text"] = texts[0].name
    return end


def _horizon_word(line: list[Cell]) -> Horizon | None:
    text = line[0].text
    if "长期" in text:
        return Horizon.LONG_TERM
    return Horizon.ANNUAL if "年度" in text else None


def parse_notes(reading: Reading, index: int) -> None:
    """Take the single texts below the last block as remarks."""
    for line in reading.page.lines[index:]:
        cells = written(line)
        alone = len(cells) == 1 and cells[0].column <= reading.left
        signed = not reading.own and alone and SIGNATURE.match(cells[0].text.strip())
        if alone and not signed and not reading.page.is_used(cells[0]):
            reading.form.notes.append(reading.text(cells[0], Tidy.PROSE))


PARSE: dict[type[Block], Callable[[Reading, Start, Any], int]] = {
    FieldsBlock: parse_fields,
    ChoiceBlock: parse_choice,
    TableBlock: parse_table,
    ProjectsBlock: parse_table,
    GoalsBlock: parse_goals,
}
