"""What stands around the indicators on a sheet of any district: fields, boxes, goals and tables.

A line is read as label, value, label, value. A label merged down over several lines names a table
(heads and rows, or amounts beside their names) or stands left of further lines of labels.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.sheets.boxes import BOX, read_boxes
from kpiapp.sheets.captions import BESIDE, UNIT
from kpiapp.sheets.free.goals import horizon_of, is_goal, put_goals, read_goals
from kpiapp.sheets.free.labels import AMOUNT, known_labels, looks_like_label
from kpiapp.sheets.free.tables import (
    behind_heading,
    heads_a_table,
    is_amounts,
    is_table,
    open_table,
    put_amounts,
    put_table,
)
from kpiapp.sheets.page import reach, written
from kpiapp.sheets.words import Tidy, canonical, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.page import Line
    from kpiapp.sheets.reading import Reading

MONEY = re.compile(r"资金|预算|经费|金额|收入|支出")
PAIR = re.compile(
    r"^((?:其中[:：](?=[^:：]+[:：]))?(?!其中)[^:：\d]{2,16})[:：]\s*(.*)$", re.DOTALL
)
"""Label and value in one cell; 其中：财政拨款 is a label alone."""
CAPTION = re.compile(r"([^:：\d]{2,12})[:：]\s*(.*)")
REMARK = re.compile(r"^\s*(备注|注|说明|填表说明|填报说明)\s*[:：1]")


def read_lines(reading: Reading, first: int, end: int) -> None:
    """Read the lines from `first` to `end` as fields, boxes, goals and tables."""
    index = first
    while index < end:
        index = max(_read_at(reading, index, end), index + 1)


def _read_at(reading: Reading, index: int, end: int) -> int:
    """Read what begins on a line and return the line behind it."""
    line = reading.page.lines[index]
    cells = [cell for cell in written(line) if not reading.page.is_used(cell)]
    if not cells:
        return index + 1
    label = cells[0]
    if len(cells) == 1 and (
        read_alone(reading, label) or heads_a_table(reading, index, end, label)
    ):
        return behind_heading(reading, index, end, label)
    bottom = min(reach(reading.page.lines, index + 1, label.bottom), end)
    goals = [cell for cell in cells if is_goal(cell)]
    if goals and goals[0] in cells[:2] and read_goals(reading, index, end, goals):
        if label not in goals:
            reading.page.use(label)
        return index + 1
    if bottom - index > 1 and len(cells) > 1:
        return _read_tall(reading, index, bottom, label)
    if _is_left_of_labels(reading, index, end, cells):
        reading.page.use(label)
        cells = cells[1:]
    if (stop := open_table(reading, index, end, cells)) > index:
        return stop
    read_pairs(reading, cells, line)
    return index + 1


def _is_left_of_labels(reading: Reading, index: int, end: int, cells: Sequence[Cell]) -> bool:
    """Say whether the first cell stands left of labels with their values, on this line or more.

    So do amounts in one line (预算资金 | 总额 | 86 | 财政拨款 | 80), and labels merged down until
    somebody undid the merge.
    """
    if len(cells) % 2 == 0 or len(cells) == 1 or not all(map(looks_like_label, cells[:2])):
        return False
    if all(AMOUNT.fullmatch(cell.text.strip()) for cell in cells[2::2]):
        return True
    following = written(reading.page.lines[index + 1]) if index + 1 < end else []
    return (
        len(following) > 1
        and following[0].column == cells[1].column
        and looks_like_label(following[0])
    )


def _read_tall(reading: Reading, index: int, bottom: int, label: Cell) -> int:
    """Read what stands beside a label merged down over lines `index` to `bottom`."""
    lines = reading.page.lines
    beside = [[c for c in line if c.column >= label.right] for line in lines[index:bottom]]
    rows = [line for line in beside if written(line)]
    if len(rows) < 2:  # noqa: PLR2004  one text beside a tall label
        read_pairs(reading, written(lines[index]), lines[index])
    elif is_table(rows):
        name = reading.text(label, Tidy.NAME)
        put_table(reading, name, index, bottom, label.right)
    elif MONEY.search(label.text) and all(is_amounts(row) for row in rows):
        put_amounts(reading, reading.text(label, Tidy.NAME), rows)
    else:
        boxes = [x for row in rows for x in written(row)]
        if all(BOX.search(cell.text) for cell in boxes):
            _put_boxes(reading, label, boxes)
        elif all(len(written(row)) == 1 for row in rows):
            read_pairs(reading, [label, *boxes], lines[index])
        else:
            reading.page.use(label)
            read_lines(reading, index, bottom)
    return bottom


# -- single cells ---------------------------------------------------------------------------------


def read_alone(reading: Reading, cell: Cell) -> bool:
    """Read a cell that stands alone on its line: a remark, or label and value in one."""
    if REMARK.match(cell.text):
        reading.form.notes.append(reading.text(cell, Tidy.PROSE))
        return True
    if unit := UNIT.fullmatch(cell.text.strip()):
        reading.form.amount_unit = unit[1]
        reading.page.use(cell)
        return True
    pair = PAIR.match(cell.text.strip())
    several = [part for part in BESIDE.split(cell.text.strip()) if CAPTION.fullmatch(part)]
    if len(several) > 1 and not BOX.search(cell.text):
        return read_captions(reading, cell, cell.text) > 0
    if not pair or not pair[2].strip() or BOX.search(pair[2]):
        return False
    label, text = (cell._replace(text=part) for part in pair.groups())
    if is_goal(label):
        put_goals(reading, horizon_of(label.text) or Horizon.ANNUAL, label, [text])
    else:
        put_field(reading, "".join(pair[1].split()), reading.text(cell, Tidy.PROSE), cell)
    return True


def read_captions(reading: Reading, cell: Cell, text: str) -> int:
    """Read what stands apart on one line as fields: 填报人：某某    填报日期：2026年1月5日.

    Returns:
        how many fields there were; what belongs to none stays unread.
    """
    fields: list[list[str]] = []
    rest = []
    for part in BESIDE.split(text.strip()):
        if pair := CAPTION.fullmatch(part):
            fields.append(["".join(pair[1].split()), pair[2]])
        elif fields and not fields[-1][1]:
            fields[-1][1] = part
        elif part:
            rest.append(part)
    for label, value in fields:
        if not value:  # 填报人：____ is left to be signed on paper
            continue
        put_field(reading, label, plain(value, Tidy.PROSE), cell)
    reading.page.use(cell, rest="  ".join(rest))
    return len(fields)


def read_pairs(reading: Reading, cells: Sequence[Cell], line: Line) -> None:
    """Read a line as label, value, label, value; a blank cell behind a label is its value."""
    place = 0
    while place < len(cells):
        label = cells[place]
        if reading.page.is_used(label):
            place += 1
            continue
        value = _value_of(cells, place, line)
        if PAIR.match(label.text.strip()) and read_alone(reading, label):
            place += 1
            continue
        if not looks_like_label(label):
            place += 1
            continue
        if value is None:
            blank = _has_blank_value(reading, label, line)
            if len(cells) > 1 or blank or canonical(label.text) in known_labels():
                put_field(reading, reading.text(label, Tidy.NAME), "", label)
            place += 1
        elif BOX.search(value.text):
            _put_boxes(reading, label, [value])
            place += 2
        else:
            rest = list(_same_value(cells, place + 2))
            texts = [reading.text(cell, Tidy.PROSE) for cell in (value, *rest)]
            name = reading.text(label, Tidy.NAME)
            put_field(reading, name, " ".join(texts), value)
            place += 2 + len(rest)


def _has_blank_value(reading: Reading, label: Cell, line: Line) -> bool:
    """Say whether the blank right of a label stands below the value of another one."""
    value = next((cell for cell in line if cell.column == label.right), None)
    above = reading.page.at(label.row - 1, label.right)
    beside = reading.page.at(label.row - 1, label.column)
    if value is None or above is None or beside is None or not above.text.strip():
        return False
    edges = [(cell.column, cell.right) for cell in (label, value)]
    return edges == [(cell.column, cell.right) for cell in (beside, above)]


def _value_of(cells: Sequence[Cell], place: int, line: Line) -> Cell | None:
    """Return the value beside a label: the next cell, unless blanks and a further label follow."""
    if place + 1 >= len(cells):
        return None
    label, following = cells[place], cells[place + 1]
    between = [c for c in line if label.right <= c.column < following.column]
    apart = bool(between) or following.column > label.right
    return None if apart and canonical(following.text) in known_labels() else following


def _same_value(cells: Sequence[Cell], place: int) -> Sequence[Cell]:
    """Return the last cell where it belongs to the value before it (208类 | 16款)."""
    alone = place == len(cells) - 1 and not looks_like_label(cells[place])
    return cells[place:] if alone else ()


def put_field(reading: Reading, label: str, text: str, cell: Cell) -> None:
    """Write a field; a label that is printed again gets a number."""
    name = label.rstrip(":：")
    for number in range(2, 99):
        if name not in reading.form.fields:
            break
        name = f"{label.rstrip(':：')}（第{number}处）"
    reading.form.fields[name] = text.removeprefix(f"{label}：").removeprefix(f"{label}:").lstrip()
    reading.places[name, "field"] = cell.name


def _put_boxes(reading: Reading, label: Cell, cells: Sequence[Cell]) -> None:
    name = reading.text(label, Tidy.NAME)
    text = "  ".join(reading.text(cell, Tidy.PROSE) for cell in cells)
    numbered = bool(re.match(r"\s*1\s*[.．、]", text))
    choice = read_boxes(text, (), numbered=numbered)
    if choice.options:
        reading.form.choices[name] = choice
    else:
        reading.form.fields[name] = text
    reading.places[name, "choice"] = cells[0].name
