"""Sheets of districts that no layout is known of, read by their labels alone.

Indicator tables are found by their heads, whatever their order; what stands around them is read as
labels with values. The form is one of the national sheet (财预〔2015〕88号), on which it can be
printed. Every cell that was not used is returned.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from kpiapp.model.form import Form, Horizon, new_id
from kpiapp.model.stages import Stage
from kpiapp.sheets.captions import ABOVE, DATE, TITLE, UNIT, beside_caption
from kpiapp.sheets.dates import read_date
from kpiapp.sheets.finishing import finished
from kpiapp.sheets.free.fields import read_captions, read_lines
from kpiapp.sheets.free.goals import LONG, is_goal, number_in
from kpiapp.sheets.free.heads import find_heads
from kpiapp.sheets.free.labels import kind_of, looks_like_label
from kpiapp.sheets.free.panels import Heads
from kpiapp.sheets.free.rows import end_of_rows, read_rows
from kpiapp.sheets.free.whole import read_whole
from kpiapp.sheets.layouts.layout import layout
from kpiapp.sheets.page import Page, written
from kpiapp.sheets.reading import Reading
from kpiapp.sheets.words import YEAR, Tidy, canonical

if TYPE_CHECKING:
    from kpiapp.sheets.draft import Draft
    from kpiapp.sheets.grid import Cell, Grid

NATIONAL = "mof-2015"
SURE = 0.3
"""How sure a sheet read by its labels is: enough to be shown, never enough to be believed."""
OVERALL = re.compile(r"总(体|体绩效)?目标")
ANNUAL = re.compile(r"年度|当年|本年")
PERIOD = re.compile(r"起止|期限|项目期|起始|年度$|开始")
MOST_TITLE_LINES = 6
Table = tuple[int, int, Heads]


def read_freely(grid: Grid) -> Draft | None:
    """Return the form on a sheet of an unknown kind, or None if it has no indicator table.

    Args:
        grid: the sheet, in the coordinates of its file.
    """
    reading = begin(grid)
    tables = _find_tables(reading)
    if not tables:
        return None
    top = _read_top(reading, tables[0][0])
    reading.form.stage = _stage(reading.form.title + grid.name)
    edges = [(top, 0), *[(end, n + 1) for n, (_, end, _) in enumerate(tables)]]
    for first, n in edges:
        last = tables[n][0] if n < len(tables) else len(reading.page.lines)
        read_lines(reading, first, last)
        if n < len(tables):
            _read_table(reading, tables[n], len(tables))
    if not any(row.level3 for row in reading.form.indicators):
        return None
    return _draft(reading, grid)


def begin(grid: Grid) -> Reading:
    """Return the reading of a sheet of an unknown kind: its cells, nothing read yet."""
    kind = kind_of(grid)
    national = layout(NATIONAL, kind)
    form = Form(id=new_id(), kind=kind, year=0, layout=national.id)
    return Reading(Page(grid), national, form, own=False)


def _stage(title: str) -> Stage | None:
    """Return the stage that a title names; a declaration names none."""
    word = canonical(title)
    if "监控" in word:
        return Stage.MONITORING
    return Stage.EVALUATION if "自评" in word else None


def _find_tables(reading: Reading) -> list[Table]:
    """Return first line, line behind and heads of each indicator table."""
    tables: list[Table] = []
    index = 0
    while index < len(reading.page.lines):
        heads = find_heads(reading, index)
        if heads:
            end = max(end_of_rows(reading, heads), heads.body)
            tables.append((index, end, heads))
            index = end
        else:
            index += 1
    return tables


def _read_table(reading: Reading, table: Table, count: int) -> None:
    """Read one indicator table; its horizon: heads or label say so, else the goal above it."""
    first, end, printed = table
    heads = read_whole(reading, printed, end)
    label = heads.side or _heading(reading, first)
    name = reading.text(label, Tidy.NAME) if label else ""
    whose: list[tuple[Horizon, int]] = []
    for panel in heads.panels:
        horizon = (panel.horizon if len(heads.panels) > 1 else None) or _horizon(name, count)
        horizon = horizon or panel.horizon or (reading.horizon if count > 1 else None)
        horizon = horizon or Horizon.ANNUAL
        number = reading.numbers.get(horizon, 1) if count > len(Horizon) else 1
        whose.append((horizon, number_in(name) or number))
    read_rows(reading, heads, end, whose)
    for horizon, number in whose:
        reading.tables[horizon] += 1
        reading.goal(horizon, number)


def _heading(reading: Reading, first: int) -> Cell | None:
    """Return the heading over a table (年度绩效指标), if one stands alone above its heads."""
    cells = written(reading.page.lines[first - 1]) if first else []
    alone = len(cells) == 1 and not reading.page.is_used(cells[0])
    return cells[0] if alone and looks_like_label(cells[0]) else None


def _horizon(text: str, tables: int) -> Horizon | None:
    """Return whose table a label names; 总目标 is the long-term one where there are two tables."""
    if LONG.search(text) or (tables > 1 and OVERALL.match(text)):
        return Horizon.LONG_TERM
    return Horizon.ANNUAL if ANNUAL.search(text) else None


def _read_top(reading: Reading, end: int) -> int:
    """Read title, date, unit and year above the table; return the first line of fields."""
    lines = reading.page.lines
    index = 0
    while index < min(end, MOST_TITLE_LINES):
        cells = written(lines[index])
        if cells and not all(_is_top(reading, cell, alone=len(cells) == 1) for cell in cells):
            break
        index += 1
    return index


def _is_top(reading: Reading, cell: Cell, *, alone: bool) -> bool:
    """Read a cell above the table; tell whether it is one."""
    form = reading.form
    date, unit = DATE.search(cell.text), UNIT.search(cell.text)
    word = canonical(cell.text)
    if date and re.sub(r"\D", "", date[1]):
        form.filled_on = read_date(date[1])
    if unit:
        form.amount_unit = unit[1]
    if date or unit:
        read_captions(reading, cell, beside_caption(cell.text))
        for year in YEAR.findall(cell.text if unit else ""):
            reading.years[int(year)] += 1
        return True
    if alone and not form.title and TITLE.search(word) and not is_goal(cell):
        form.title = reading.text(cell, Tidy.NAME)
        return True
    if ABOVE.fullmatch(word):
        for year in YEAR.findall(cell.text):
            reading.years[int(year)] += 1
        reading.page.use(cell)
        return True
    return False


def _year_in_fields(form: Form) -> int:
    """Return the year in which the project begins, 0 if no field tells."""
    texts = (text for label, text in form.fields.items() if PERIOD.search(label))
    found = next((one for text in texts if (one := re.search(r"20\d\d", text))), None)
    return int(found[0]) if found else 0


def _draft(reading: Reading, grid: Grid) -> Draft:
    draft = finished(reading, grid)
    if draft.year_assumed:
        draft.form.year = _year_in_fields(draft.form) or datetime.now().astimezone().year
    draft.confidence = SURE
    draft.notes.append("没有这张表的表样，按表上的栏目名称读出；请逐项核对，或先添加表样")
    return draft
