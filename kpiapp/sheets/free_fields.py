"""What stands around the indicators on a sheet of any district: fields, boxes, goals and tables.

A line is read as label, value, label, value. A label merged down over several lines names a table
(heads and rows, or amounts beside their names) or stands left of further lines of labels.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.form import Goal, Horizon, Row, Table
from kpiapp.sheets.boxes import BOX, read_boxes
from kpiapp.sheets.layout import load_layouts, per_layouts
from kpiapp.sheets.overview import split_goals
from kpiapp.sheets.page import written
from kpiapp.sheets.parse_table import cell_text, read_heads
from kpiapp.sheets.reading import labels
from kpiapp.sheets.words import YEAR, Tidy, canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.page import Line
    from kpiapp.sheets.reading import Reading

LONGEST_LABEL = 26
GOAL = re.compile(
    r"(?P<word>(?:项目|绩效|预算|部门|整体)*(?P<span>中长期|中期|长期|实施周?期|年度|当年|本年度?|总体)?"
    r"(?:项目|绩效|总体|整体|预期|工作)*(?:总)?目标|预期目标|年初设定目标)"
    r"(?P<number>\d*)(?P<years>\([^)]*\))?"
)
LONG = re.compile(r"长期|中期|实施周?期")
AMOUNT = re.compile(r"[-—/\\¥￥]?\s*[\d,，.]*\s*(亿元|万元|千元|元|%)?")
TABLE_HEAD = re.compile(
    r"金额|预算|名称|内容|数量|备注|来源|年度|执行|分值|得分|占比|单价|测算|类别|用途|总额|拨款|资金|规格|时间"
)
MONEY = re.compile(r"资金|预算|经费|金额|收入|支出")
PAIR = re.compile(r"^(?!其中)([^:：\d]{2,16})[:：]\s*(.*)$", re.DOTALL)
REMARK = re.compile(r"^\s*(备注|注|说明|填表说明|填报说明)\s*[:：1]")


@per_layouts
def known_labels() -> frozenset[str]:
    """Return the labels of fields and tables on all sheets that the program knows."""
    return frozenset(word for one in load_layouts() for word in labels(one))


def looks_like_label(cell: Cell) -> bool:
    """Tell whether a cell could be a label: short, words only."""
    word = canonical(cell.text)
    if word in known_labels():
        return True
    short = 1 < len(word) <= LONGEST_LABEL and not re.search(r"[\d。；;，]", word)
    return short and not AMOUNT.fullmatch(word) and not BOX.search(word)


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
    if len(cells) == 1 and (read_alone(reading, label) or _heading(reading, index, end, label)):
        return _behind_heading(reading, index, end, label)
    bottom = _bottom(reading, index, end, label)
    goals = [cell for cell in cells if is_goal(cell)]
    if goals and goals[0] in cells[:2] and read_goals(reading, index, end, goals):
        if label not in goals:
            reading.page.use(label)
        return index + 1
    if bottom - index > 1 and len(cells) > 1:
        return _read_tall(reading, index, bottom, label)
    if (stop := _open_table(reading, index, end, cells)) > index:
        return stop
    read_pairs(reading, cells, line)
    return index + 1


def _bottom(reading: Reading, index: int, end: int, label: Cell) -> int:
    lines = reading.page.lines
    bottom = index + 1
    while bottom < end and lines[bottom][0].row < label.bottom:
        bottom += 1
    return bottom


def _read_tall(reading: Reading, index: int, bottom: int, label: Cell) -> int:
    """Read what stands beside a label merged down over lines `index` to `bottom`."""
    lines = reading.page.lines
    beside = [[c for c in line if c.column >= label.right] for line in lines[index:bottom]]
    rows = [line for line in beside if written(line)]
    if len(rows) < 2:  # noqa: PLR2004  one text beside a tall label
        read_pairs(reading, written(lines[index]), lines[index])
    elif _is_table(rows):
        name = reading.text(label, Tidy.NAME)
        _put_table(reading, name, index, bottom, label.right)
    elif MONEY.search(label.text) and all(_is_amounts(row) for row in rows):
        _put_amounts(reading, reading.text(label, Tidy.NAME), rows)
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
    found = GOAL.match(canonical(cell.text))
    pair = PAIR.match(cell.text.strip())
    if found and pair and not GOAL.fullmatch(canonical(pair[2])) and pair[2].strip():
        return False
    if pair and pair[2].strip() and not BOX.search(pair[2]):
        _put_field(reading, "".join(pair[1].split()), reading.text(cell, Tidy.PROSE), cell)
        return True
    return False


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
            if len(cells) > 1 or canonical(label.text) in known_labels():
                _put_field(reading, reading.text(label, Tidy.NAME), "", label)
            place += 1
        elif BOX.search(value.text):
            _put_boxes(reading, label, [value])
            place += 2
        else:
            rest = list(_same_value(cells, place + 2))
            texts = [reading.text(cell, Tidy.PROSE) for cell in (value, *rest)]
            name = reading.text(label, Tidy.NAME)
            _put_field(reading, name, " ".join(texts), value)
            place += 2 + len(rest)


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


def _put_field(reading: Reading, label: str, text: str, cell: Cell) -> None:
    """Write a field; a label that is printed again gets a number."""
    name = label.rstrip(":：")
    for number in range(2, 99):
        if name not in reading.form.fields:
            break
        name = f"{label.rstrip(':：')}（第{number}处）"
    reading.form.fields[name] = (
        text.split("：", 1)[-1]
        if text.startswith(f"{label}：")
        else (text.split(":", 1)[-1] if text.startswith(f"{label}:") else text)
    )
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


# -- tables ---------------------------------------------------------------------------------------


def _heading(reading: Reading, index: int, end: int, label: Cell) -> bool:
    """Tell whether a cell is a heading over a table that follows."""
    lines = reading.page.lines
    below = written(lines[index + 1]) if index + 1 < end else []
    return looks_like_label(label) and len(below) > 1 and _is_heads(below)


def _behind_heading(reading: Reading, index: int, end: int, label: Cell) -> int:
    if reading.page.is_used(label):
        return index + 1
    stop = _open_end(reading, index + 1, end)
    name = reading.text(label, Tidy.NAME)
    _put_table(reading, name, index + 1, stop, reading.page.lines[index + 1][0].column)
    return stop


def _open_table(reading: Reading, index: int, end: int, cells: Sequence[Cell]) -> int:
    """Read heads and rows without a label of their own; return the line behind, or `index`."""
    stop = _open_end(reading, index, end)
    if len(cells) < 3 or stop - index < 2 or not _is_heads(cells):  # noqa: PLR2004
        return index
    if not _is_table([cells, written(reading.page.lines[index + 1])]):
        return index
    heads = [cell for cell in cells if TABLE_HEAD.search(cell.text)]
    if len(heads) * 2 <= len(cells):
        return index
    _put_table(reading, reading.text(cells[0], Tidy.NAME), index, stop, cells[0].column)
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


def _is_table(rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether the first of some rows holds heads: words only, with cells below them."""
    heads, below = written(rows[0]), written(rows[1])
    if len(heads) < 2 or not _is_heads(heads):  # noqa: PLR2004
        return False
    starts = {cell.column for cell in heads}
    aligned = [cell for cell in below if cell.column in starts]
    labels_below = len(below) > 1 and all(canonical(c.text) in known_labels() for c in below[::2])
    return bool(aligned) and not labels_below and not AMOUNT.fullmatch(heads[-1].text.strip())


def _put_table(reading: Reading, name: str, top: int, end: int, left: int) -> None:
    """Read a table with heads on line `top`."""
    lines = reading.page.lines
    leaves, body = read_heads(reading, top, end, left, 1)
    rows = [
        [cell_text(reading, line, leaf, Tidy.PROSE) for leaf in leaves] for line in lines[body:end]
    ]
    reading.form.tables[_free_name(reading, name)] = Table(
        [leaf.path for leaf in leaves], [Row(cells) for cells in rows if any(cells)]
    )


def _is_amounts(row: Sequence[Cell]) -> bool:
    """Tell whether a row is names with amounts beside them: 年度资金总额 | 120."""
    cells = written(row)
    return (
        bool(cells)
        and looks_like_label(cells[0])
        and all(AMOUNT.fullmatch(cell.text.strip()) or looks_like_label(cell) for cell in cells)
    )


def _put_amounts(reading: Reading, name: str, rows: Sequence[Sequence[Cell]]) -> None:
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


# -- goals ----------------------------------------------------------------------------------------


def is_goal(cell: Cell) -> bool:
    """Tell whether a cell is the label of goals: 年度目标, 中期目标（2026年—2028年）."""
    return bool(GOAL.fullmatch(_without_years(cell.text)))


def _without_years(text: str) -> str:
    word = canonical(text)
    return re.sub(r"\([^)]*\)", "", word)


def read_goals(reading: Reading, index: int, end: int, found: Sequence[Cell]) -> bool:
    """Read the goals of labels that stand on one line; tell whether there was a text to any."""
    done = False
    plain_goals = [cell for cell in found if _horizon(cell.text) or len(found) == 1]
    for label in plain_goals:
        cells = _texts_of(reading, index, end, label, found)
        if not cells and not (len(found) > 1 or _horizon(label.text)):
            continue
        done = True
        horizon = _horizon(label.text) or Horizon.ANNUAL
        _put_goals(reading, horizon, label, cells)
    for cell in found:
        if done:
            reading.page.use(cell)
    return done


def _horizon(text: str) -> Horizon | None:
    if LONG.search(text):
        return Horizon.LONG_TERM
    return (
        Horizon.ANNUAL
        if re.search(r"年度|当年|本年|预期目标|年初设定|#年", canonical(text))
        else None
    )


def _texts_of(
    reading: Reading, index: int, end: int, label: Cell, found: Sequence[Cell]
) -> list[Cell]:
    """Return the cells with a goal's text: beside its label, else below it."""
    page = reading.page
    line = [c for c in written(page.lines[index]) if c.column >= label.right]
    beside = line[:1]
    if beside and beside[0] not in found and not _is_head_beside(beside[0]):
        return _column_below(reading, index, label, beside[0])
    if label.row_span > 1 and not line:
        return []
    below = page.lines[index + 1] if index + 1 < end else []
    under = [c for c in written(below) if label.column <= c.column < label.right]
    return [c for c in under if not page.is_used(c)][:1] if not _is_label_line(below) else []


def _is_head_beside(cell: Cell) -> bool:
    return canonical(cell.text) in {
        "实际完成情况",
        "完成情况",
        "全年实际完成情况",
        "目标说明",
        "年度总体目标完成情况综述",
    }


def _is_label_line(line: Line) -> bool:
    cells = written(line)
    return bool(cells) and canonical(cells[0].text) in known_labels()


def _column_below(reading: Reading, index: int, label: Cell, first: Cell) -> list[Cell]:
    """Return the texts beside a label that is merged down over several rows."""
    cells = [first]
    for line in reading.page.lines[index + 1 :]:
        if not line or line[0].row >= label.bottom:
            break
        cells += [c for c in written(line) if c.column >= label.right][:1]
    return cells


def _put_goals(reading: Reading, horizon: Horizon, label: Cell, cells: Sequence[Cell]) -> None:
    """Write the goals of one label; 目标1：, 目标2：in its text are goals of their own."""
    printed = reading.text(label, Tidy.NAME)
    text = "\n".join(reading.text(cell, Tidy.PROSE) for cell in cells)
    years = [int(year) for year in YEAR.findall(printed)]
    if years and horizon is Horizon.LONG_TERM:
        reading.until = years[-1]
        if len(years) > 1:
            reading.years[years[0]] += 1
    digits = re.search(r"(\d+)[:：]?$", re.sub(r"[(（].*?[)）]", "", printed))
    parts = split_goals(text, "目标{number}：", one_cell=True) or [(0, "")]
    for place, (number, part) in enumerate(parts, 1):
        wanted = number or (int(digits[1]) if digits and int(digits[1]) < 100 else place)  # noqa: PLR2004
        goal = _goal(reading, horizon, wanted, re.sub(r"\s*[:：]$", "", printed))
        goal.text = part.strip() or goal.text
        reading.numbers[horizon] = wanted
        if cells:
            reading.places[goal.id, "text"] = cells[0].name
    reading.horizon = horizon


def _goal(reading: Reading, horizon: Horizon, number: int, label: str) -> Goal:
    goal = reading.form.goal(horizon, number)
    if goal is None:
        goal = Goal(horizon, number, label)
        reading.form.goals.append(goal)
    return goal
