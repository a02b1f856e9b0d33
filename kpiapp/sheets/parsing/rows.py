"""The rows of one indicator table: where they end, what each column of a row holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Indicator
from kpiapp.model.taxonomy import level1_of, level2_of
from kpiapp.sheets.draft import Change
from kpiapp.sheets.labels import numbered
from kpiapp.sheets.page import written
from kpiapp.sheets.parse_table import cell_below
from kpiapp.sheets.parsing.meanings import is_head_line
from kpiapp.sheets.slots import bare_name, divided, points, split_points, without_numbers
from kpiapp.sheets.words import SIGNATURE, Tidy, canonical, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpiapp.model.form import Horizon
    from kpiapp.sheets.columns import Columns
    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.page import Line
    from kpiapp.sheets.reading import Reading

TIDY = {"target", "prior2", "prior1", "long_term_target", "weight"}
SHORT = 16
"""A standard no longer than this is a name: a line end in it is where its column was narrow."""
POINTS_OF = {"level1": "一级指标分值", "level2": "二级指标分值"}


# -- which lines are rows -------------------------------------------------------------------------


def rows_of(reading: Reading, lines: Sequence[Line], columns: Columns) -> list[Line]:
    """Return the lines of a table that hold indicators, without what stands below it."""
    rows: list[Line] = []
    for line in lines:
        if not reading.own and _is_below(reading, line, columns):
            break
        if _is_row(reading, line, columns):
            rows.append(line)
        elif not reading.own:
            reading.page.use(*written(line))
    return rows


def _is_below(reading: Reading, line: Line, columns: Columns) -> bool:
    """Say whether a line stands below the table: who signs it, or remarks after a gap."""
    cells = written(line)
    if not cells or SIGNATURE.match(cells[0].text.strip()):
        return bool(cells)
    word = canonical(cells[0].text)
    if columns.leaf("target") is None or level1_of(word) or level2_of(word):
        return False
    target = _cell(reading, line, columns, "target")
    return not (target and target.text) and _is_gap(reading, line[0].row - 1, columns)


def _is_gap(reading: Reading, row: int, columns: Columns) -> bool:
    """Say whether a row of the sheet is empty below all heads."""
    cells = (reading.page.at(row, leaf.left) for leaf in columns.leaves)
    return not any(cell and cell.text for cell in cells)


def _is_row(reading: Reading, line: Line, columns: Columns) -> bool:
    """Say whether a line holds an indicator; heads that are repeated on a page do not."""
    left, right = (columns.leaves[0].left, columns.leaves[-1].right) if columns else (0, 0)
    cells = [cell for cell in line if left <= cell.column < right]
    said = written(cells)
    if reading.has_heads(said) or is_head_line(said):
        return False
    if reading.own:
        return bool(cells)
    number = _cell(reading, line, columns, "number")
    return any(cell != number for cell in said)


def _has_text(reading: Reading, line: Line, columns: Columns) -> bool:
    """Say whether a row says anything but the goal's name."""
    cells = (
        cell_below(reading, line, leaf)
        for leaf, value in zip(columns.leaves, columns.values, strict=True)
        if value != "name"
    )
    return any(cell and cell.text.strip() for cell in cells)


def _cell(reading: Reading, line: Line, columns: Columns, value: str) -> Cell | None:
    leaf = columns.leaf(value)
    return cell_below(reading, line, leaf) if leaf else None


# -- what a row holds -----------------------------------------------------------------------------


def read_rows(
    reading: Reading, lines: Sequence[Line], columns: Columns, whose: tuple[Horizon, int]
) -> None:
    """Read the rows of one table; group names are carried down over the rows they stand for."""
    rows: list[Indicator] = []
    above = Indicator(*whose)
    for line in lines:
        _read_name(reading, line, columns, whose)
        if reading.own and len(lines) == 1 and not _has_text(reading, line, columns):
            return  # printed for a goal without indicators
        for row in _indicators(reading, line, columns, whose):
            if not reading.own or not (row.level1 or row.level2):
                _carry(row, above)
            rows.append(row)
            above = row
    if not reading.own:
        without_numbers(reading, rows)
    reading.form.indicators += rows


def _indicators(
    reading: Reading, line: Line, columns: Columns, whose: tuple[Horizon, int]
) -> Iterator[Indicator]:
    """Yield the indicators of a row: several where a foreign sheet has them line by line."""
    texts: dict[str, str] = {}
    extra: dict[str, str] = {}
    cells: dict[str, Cell] = {}
    for leaf, value in zip(columns.leaves, columns.values, strict=True):
        cell = cell_below(reading, line, leaf)
        if cell is None or value in {"name", "number"}:
            reading.page.use(*([cell] if cell else ()))
        elif value and not value.startswith("extra:"):
            texts[value], cells[value] = _text(reading, cell, value), cell
        elif cell.text.strip() and (label := value.removeprefix("extra:") or leaf.path):
            extra[label] = reading.text(cell, Tidy.PROSE)
    for part in [texts] if reading.own else divided(texts):
        row = _indicator(reading, part, columns, whose)
        row.extra |= extra
        for value, cell in cells.items():
            if cell.row == line[0].row:
                reading.places[row.id, value] = cell.name
        yield row


def _text(reading: Reading, cell: Cell, value: str) -> str:
    """Return a cell's text; line ends of a foreign sheet stay where they may part indicators."""
    if value in {"standard", "note"}:
        short = len(cell.text) <= SHORT
        return reading.text(cell, Tidy.NAME if short else Tidy.PROSE)
    tidy = Tidy.TARGET if value in TIDY else Tidy.NAME
    text = reading.text(cell, tidy)
    if reading.own or value in POINTS_OF or "\n" not in cell.text:
        return text
    return "\n".join(plain(part, tidy) for part in cell.text.split("\n"))


def _indicator(
    reading: Reading, texts: dict[str, str], columns: Columns, whose: tuple[Horizon, int]
) -> Indicator:
    """Return an indicator of its texts; a column that the table has is never None."""
    row = Indicator(*whose)
    for value in ("prior2", "prior1", "long_term_target"):
        if value in columns.values:
            setattr(row, value, "")
    for value, text in texts.items():
        setattr(row, value, points(text) if value == "weight" else text)
    if not reading.own:
        _take_off(reading, row)
    return row


def _take_off(reading: Reading, row: Indicator) -> None:
    """Take 指标1： and the points off the names of a foreign sheet, and tell of it."""
    for level, label in POINTS_OF.items():
        name, number = split_points(getattr(row, level))
        setattr(row, level, name)
        if number:
            row.extra[label] = number
    printed = row.level3
    row.level3, weight = bare_name(printed, scored=any(x in row.extra for x in POINTS_OF.values()))
    if row.weight is None and weight:
        row.weight = points(weight)
    if row.level3 != printed:
        reading.changes.append(Change("", printed, row.level3))


def _carry(row: Indicator, above: Indicator) -> None:
    """Carry 一级 and 二级 down over blank cells: a merge was undone, or a row put in below it."""
    if not row.level2 and row.level1 in ("", above.level1):
        row.level2 = above.level2
    row.level1 = row.level1 or above.level1
    for level, label in POINTS_OF.items():
        if getattr(row, level) == getattr(above, level) and label in above.extra:
            row.extra.setdefault(label, above.extra[label])


def _read_name(reading: Reading, line: Line, columns: Columns, whose: tuple[Horizon, int]) -> None:
    """Keep the printed 目标名称 of a table as its field."""
    block = reading.block_of(whose[0])
    if "name" not in columns.values or block is None or not block.name_key:
        return
    key = numbered(block.name_key, whose[1])
    cell = _cell(reading, line, columns, "name")
    if cell and (cell.text.strip() or key not in reading.form.fields):
        reading.form.fields[key] = reading.text(cell, Tidy.NAME)
