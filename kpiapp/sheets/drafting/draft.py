"""A first layout from a sheet that no layout is known of, for a person to go over.

The sheet is walked from top to bottom: title, rows of label and value, boxes to tick, tables with
their heads, indicator tables, remarks. Widths and spans are those of the sheet's own grid, so that
the draft prints as the sheet does. What is a heading and what a value is judged by its place alone.
"""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kpiapp.sheets.boxes import BOX, read_boxes
from kpiapp.sheets.captions import ABOVE, DATE, UNIT
from kpiapp.sheets.dates import read_date
from kpiapp.sheets.drafting.goals import carry_goals, go_on, goal_row
from kpiapp.sheets.drafting.state import LayoutDraft, name_of
from kpiapp.sheets.drafting.tables import draft_amounts, draft_headed, draft_indicators, draft_table
from kpiapp.sheets.free.freeform import begin
from kpiapp.sheets.free.goals import is_goal
from kpiapp.sheets.free.heads import find_heads
from kpiapp.sheets.free.labels import looks_like_label
from kpiapp.sheets.free.tables import is_amounts
from kpiapp.sheets.page import reach, written
from kpiapp.sheets.words import YEAR, canonical
from kpiapp.sheets.years import year_of_date

if TYPE_CHECKING:
    from kpiapp.sheets.grid import Cell, Grid
    from kpiapp.sheets.page import Line

PAPER = 95.0
"""Half-width characters over the width of upright A4."""
NARROWEST = 8.0
FIRST_CELLS = 4
BARE_YEAR = re.compile(r"(20\d\d)年?")
BEFORE = re.compile(r"近.年|上年|前.?年")
REMARK = re.compile(r"\s*(备注|说明|注|填表说明|填报说明)\s*\d*[:：.、]")
TITLE = re.compile(r"表(\(.*\))?$")


def draft_layout(grid: Grid, name: str) -> dict[str, Any] | None:
    """Return a layout as the keys and values of its file, or None where the sheet holds no form.

    Args:
        grid: the sheet, empty or filled; texts of values are left out.
        name: what to call it where it has no title.
    """
    cells = written(grid.cells)
    if not cells:
        return None
    draft = LayoutDraft(begin(grid), min(cell.column for cell in cells))
    draft.year = _year(draft)
    index = _top(draft)
    while index < len(draft.page.lines):
        index = _next(draft, index)
    if not any(block["type"] == "indicators" for block in draft.blocks):
        return None
    carry_goals(draft)
    return _file(draft, grid, name)


def _year(draft: LayoutDraft) -> int:
    """Return the budget year of the sheet: its title, its date, else behind the years in heads."""
    cells = [cell for line in draft.page.lines for cell in written(line)]
    for cell in cells[:FIRST_CELLS]:
        word = canonical(cell.text)
        if (TITLE.search(word) or ABOVE.fullmatch(word)) and (named := YEAR.search(cell.text)):
            return int(named[0])
    date = next((found for cell in cells if (found := DATE.search(cell.text))), None)
    draft.reading.form.filled_on = read_date(date[1]) if date else None
    before = [year for cell in cells if (year := _year_before(draft, cell))]
    return year_of_date(draft.reading.form) or max(before, default=-1) + 1


def _year_before(draft: LayoutDraft, cell: Cell) -> int:
    """Return the year that a head below 近两年 or 上年 names, 0 if it is none."""
    found = BARE_YEAR.fullmatch(cell.text.strip())
    above = draft.page.at(cell.row - 1, cell.column) if found else None
    return int(found[1]) if found and above and BEFORE.search(above.text) else 0


def _file(draft: LayoutDraft, grid: Grid, name: str) -> dict[str, Any]:
    title = next((x["title"] for x in draft.blocks if x["type"] == "title"), "") or name
    year = YEAR.search(grid.name) or YEAR.search(name)
    return {
        "id": f"new-{draft.year or (year[0] if year else datetime.now().astimezone().year)}",
        "kind": draft.reading.form.kind.value,
        "name": re.sub(r"\{year\}年?度?", "", title),
        "district": "请填区县",
        "sheet": grid.name[:31] or "表",
        "goals": max(draft.goals.values(), default=1),
        "widths": _widths(draft, grid),
        "block": draft.blocks,
    }


def _widths(draft: LayoutDraft, grid: Grid) -> list[float]:
    """Return the columns' widths: those of the sheet if it tells, else all alike."""
    known = list(grid.widths[draft.left : draft.page.right])
    whole = float(sum(known))
    if len(known) == draft.width and whole:
        return [max(3.0, round(PAPER * width / whole, 1)) for width in known]
    return [max(NARROWEST, round(PAPER / draft.width, 1))] * draft.width


# -- one block after the other --------------------------------------------------------------------


def _top(draft: LayoutDraft) -> int:
    """Take title, date and unit from above the table; return the first line of the table."""
    block: dict[str, Any] = {"title": "", "unit": False}
    lines = draft.page.lines
    index = 0
    while index < len(lines):
        cells = written(lines[index])
        texts = [cell.text for cell in cells]
        date = next((found for text in texts if (found := DATE.search(text))), None)
        unit = any(UNIT.search(text) for text in texts)
        alone = len(cells) == 1 and _is_title(draft, cells[0])
        if not (not cells or date or unit or alone):
            break
        if date:
            block["date"] = re.split("[:：]", date[0].strip())[0]
        block["unit"] = block["unit"] or unit
        if alone and not (date or unit or block["title"]):
            above = ABOVE.fullmatch(canonical(texts[0]))
            block["title"] = "" if above else YEAR.sub("{year}", texts[0].strip())
        index += 1
    draft.add("表头", "title", **block)
    return index


def _is_title(draft: LayoutDraft, cell: Cell) -> bool:
    """Say whether a cell that stands alone is a title: over the whole width, or a 表 by name."""
    named = TITLE.search(canonical(cell.text)) and cell.row_span == 1
    return not REMARK.match(cell.text) and bool(cell.right >= draft.page.right or named)


def _next(draft: LayoutDraft, index: int) -> int:
    """Draft what begins on a line; return the line behind it."""
    cells = [cell for cell in written(draft.page.lines[index]) if cell.column >= draft.left]
    if not cells:
        return index + 1
    if found := draft_indicators(draft, index):
        return found
    first = cells[0]
    if REMARK.match(first.text) and len(cells) == 1:
        return _notes(draft, index)
    if goal_row(draft, cells):
        behind = reach(draft.page.lines, index + 1, first.bottom)
        if behind < len(draft.page.lines) and find_heads(draft.reading, behind):
            draft.goal = first.text
            return behind
        if behind := go_on(draft, index):
            return behind
    if first.row_span > 1 and first.column == draft.left and first.right < draft.page.right:
        return _beside(draft, index, first)
    if len(cells) == 1 and first.column == draft.left and first.right >= draft.page.right:
        return draft_headed(draft, index, first)
    if len(cells) > 1 and BOX.search(cells[1].text):
        return _choice(draft, index, first, 1)
    return _fields(draft, index)


def _notes(draft: LayoutDraft, index: int) -> int:
    lines = draft.page.lines[index:]
    texts = [cell.text for line in lines for cell in written(line)]
    draft.add("备注", "notes", notes=texts)
    return index + len(lines)


def _choice(draft: LayoutDraft, index: int, label: Cell, rows: int) -> int:
    """Draft boxes to tick beside a label, on one or more lines."""
    name = name_of(label.text)
    found = []
    for number, line in enumerate(draft.page.lines[index : index + rows]):
        text = "  ".join(cell.text for cell in written(line) if cell.column >= label.right)
        options = list(read_boxes(text, (), numbered=True).options)
        key = name if not number else f"{name}（第{'二三四五'[number - 1]}行）"
        found.append({"key": key, "options": options})
    numbered = bool(re.match(r"\s*\d", written(draft.page.lines[index])[1].text))
    draft.add(name, "choice", numbered=numbered, rows=found)
    return index + rows


def _beside(draft: LayoutDraft, index: int, label: Cell) -> int:
    """Draft what stands beside a label that is merged down: boxes, a table, or one value."""
    lines = draft.page.lines
    end = reach(lines, index, label.bottom)
    right = [[c for c in written(line) if c.column >= label.right] for line in lines[index:end]]
    if right[0] and right[0][0].bottom < label.bottom and _is_inner_label(right[0]):
        return _inside(draft, index, end, label)
    if all(cells and BOX.search(cells[0].text) for cells in right):
        return _choice(draft, index, label, end - index)
    if end - index > 1 and _are_amounts(right):
        draft_amounts(draft, name_of(label.text), right)
        return end
    if end - index > 1 and (len(right[0]) > 1 or is_goal(right[0][0])):
        draft_table(draft, index, end, label.right, label=name_of(label.text))
        return end
    draft.add(name_of(label.text), "fields", rows=[[name_of(label.text)]])
    return end


def _are_amounts(rows: list[Line]) -> bool:
    """Say whether names stand beside a label, each with its amount or a blank: no heads."""
    pairs = ((a, b) for cells in rows for a, b in pairwise(cells))
    names = any(
        looks_like_label(a) and looks_like_label(b) and a.right == b.column for a, b in pairs
    )
    return all(is_amounts(cells) for cells in rows) and not names


def _is_inner_label(cells: Line) -> bool:
    """Say whether a line begins with a label that is merged down beside what follows it."""
    first, others = cells[0], cells[1:]
    return bool(others) and first.row_span > max(cell.row_span for cell in others)


def _inside(draft: LayoutDraft, index: int, end: int, label: Cell) -> int:
    """Draft the blocks that a label is merged down beside; return the line behind them."""
    left, first = draft.left, len(draft.blocks)
    draft.left = label.right
    while index < end:
        index = _next(draft, index)
    draft.left = left
    for block in draft.blocks[first:]:
        block["outer"] = name_of(label.text)
    return index


def _fields(draft: LayoutDraft, index: int) -> int:
    """Draft a row of labels with values; a row of the same shape joins the one above."""
    line = [cell for cell in draft.page.lines[index] if cell.column >= draft.left]
    cells = _labels_and_values(line)
    labels = [name_of(cell.text) for cell in cells[::2]]
    if len(labels) == 1 and is_goal(cells[0]):
        text = "".join(cell.text for cell in cells[1:])
        draft.add(
            labels[0],
            "table",
            heads=False,
            columns=[{"head": labels[0], "span": draft.width - 1}],
            rows=[[""]],
            texts=[text],
        )
        return index + 1
    if len(labels) == 1:
        _row_of_fields(draft, labels, [])
        return index + 1
    edges = [cell.column for cell in cells[1:]] + [draft.page.right]
    spans = [edge - cell.column for cell, edge in zip(cells, edges, strict=True)]
    _row_of_fields(draft, labels, spans)
    return index + 1


def _labels_and_values(line: Line) -> list[Cell]:
    """Return label, value, label, value … of a line; neighbours without a text are one value."""
    cells: list[Cell] = []
    for cell in line:
        blank = not cell.text.strip()
        if blank and cells and not cells[-1].text.strip():
            continue
        if blank and len(cells) % 2 == 0:
            continue
        cells.append(cell)
    return cells if len(cells) % 2 == 0 else cells[: 2 * (len(cells) // 2)] or cells[:1]


def _row_of_fields(draft: LayoutDraft, labels: list[str], spans: list[int]) -> None:
    last = draft.blocks[-1] if draft.blocks else {}
    fits = last.get("type") == "fields" and (len(labels) == 1 or last.get("spans", spans) == spans)
    if fits:
        last["rows"].append(labels)
        if spans:
            last["spans"] = spans
        return
    block = draft.add(labels[0], "fields", rows=[labels])
    if spans:
        block["spans"] = spans
