"""Tables of a sheet of any district: heads and rows, or amounts beside their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.form import Row, Table
from kpiapp.sheets.free.goals import is_goal
from kpiapp.sheets.free.labels import AMOUNT, known_labels, looks_like_label
from kpiapp.sheets.page import written
from kpiapp.sheets.parse_table import cell_text, read_heads
from kpiapp.sheets.words import YEAR, Tidy, canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.reading import Reading

TABLE_HEAD = re.compile(
    r"金额|预算|名称|内容|数量|备注|来源|年度|执行|分值|得分|占比|单价|测算|类别|用途|总额|拨款|资金|规格|时间"
)


def heads_a_table(reading: Reading, index: int, end: int, label: Cell) -> bool:
    """Say whether a cell is a heading over a table that follows."""
    lines = reading.page.lines
    below = written(lines[index + 1]) if index + 1 < end else []
    return looks_like_label(label) and len(below) > 1 and _is_heads(below) and not is_goal(below[0])


def behind_heading(reading: Reading, index: int, end: int, label: Cell) -> int:
    """Read the table below a heading unless it was read otherwise; return the line behind it."""
    if reading.page.is_used(label):
        return index + 1
    stop = _open_end(reading, index + 1, end)
    name = reading.text(label, Tidy.NAME)
    put_table(reading, name, index + 1, stop, reading.page.lines[index + 1][0].column)
    return stop


def open_table(reading: Reading, index: int, end: int, cells: Sequence[Cell]) -> int:
    """Read heads and rows without a label of their own; return the line behind, or `index`."""
    stop = _open_end(reading, index, end)
    if len(cells) < 3 or stop - index < 2 or not _is_heads(cells):  # noqa: PLR2004
        return index
    if not is_table([cells, written(reading.page.lines[index + 1])]):
        return index
    heads = [cell for cell in cells if TABLE_HEAD.search(cell.text)]
    if len(heads) * 2 <= len(cells):
        return index
    put_table(reading, reading.text(cells[0], Tidy.NAME), index, stop, cells[0].column)
    return stop


def _open_end(reading: Reading, index: int, end: int) -> int:
    """Return the line behind rows whose cells begin where the heads on line `index` do."""
    lines = reading.page.lines
    starts = {cell.column for cell in written(lines[index])}
    stop = index + 1
    while stop < end:
        cells = written(lines[stop])
        if len(cells) < 2 or not {c.column for c in cells} <= starts or is_goal(cells[0]):  # noqa: PLR2004
            break
        stop += 1
    return stop


def _is_heads(cells: Sequence[Cell]) -> bool:
    words = [canonical(cell.text) for cell in cells]
    return all(looks_like_label(cell) or YEAR.search(cell.text) for cell in cells) and any(
        TABLE_HEAD.search(word) for word in words[1:]
    )


def is_table(rows: Sequence[Sequence[Cell]]) -> bool:
    """Say whether the first of some rows holds heads: words only, with cells below them."""
    heads, below = written(rows[0]), written(rows[1])
    if len(heads) < 2 or not _is_heads(heads):  # noqa: PLR2004
        return False
    starts = {cell.column for cell in heads}
    aligned = [cell for cell in below if cell.column in starts]
    labels_below = len(below) > 1 and all(canonical(c.text) in known_labels() for c in below[::2])
    return bool(aligned) and not labels_below and not AMOUNT.fullmatch(heads[-1].text.strip())


def put_table(reading: Reading, name: str, top: int, end: int, left: int) -> None:
    """Read a table with heads on line `top`."""
    lines = reading.page.lines
    leaves, body = read_heads(reading, top, end, left, 1)
    rows = [
        [cell_text(reading, line, leaf, Tidy.PROSE) for leaf in leaves] for line in lines[body:end]
    ]
    reading.form.tables[_free_name(reading, name)] = Table(
        [leaf.path for leaf in leaves], [Row(cells) for cells in rows if any(cells)]
    )


def is_amounts(row: Sequence[Cell]) -> bool:
    """Say whether a row is names with amounts beside them: 年度资金总额 | 120."""
    cells = written(row)
    return (
        bool(cells)
        and looks_like_label(cells[0])
        and all(AMOUNT.fullmatch(cell.text.strip()) or looks_like_label(cell) for cell in cells)
    )


def put_amounts(reading: Reading, name: str, rows: Sequence[Sequence[Cell]]) -> None:
    """Keep amounts beside their names as a table of names and amounts, in turn."""
    read = [_amounts_of(reading, row) for row in rows]
    pairs = max(len(row) for row in read) // 2
    columns = ["项目", "金额"] * pairs
    reading.form.tables[_free_name(reading, name)] = Table(
        columns, [Row(row + [""] * (len(columns) - len(row))) for row in read]
    )


def _amounts_of(reading: Reading, row: Sequence[Cell]) -> list[str]:
    texts: list[str] = []
    for cell in written(row):
        is_name = looks_like_label(cell)
        if is_name == bool(len(texts) % 2):
            texts.append("")
        texts.append(reading.text(cell, Tidy.NAME if is_name else Tidy.TARGET))
    return texts + [""] * (len(texts) % 2)


def _free_name(reading: Reading, name: str) -> str:
    number, wanted = 2, name.rstrip(":：")
    name = wanted
    while name in reading.form.tables:
        name, number = f"{wanted}（第{number}处）", number + 1
    return name
