"""Goals of a sheet of any district: 年度目标, 中期目标（2026年—2028年）, each with its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.form import Goal, Horizon
from kpiapp.sheets.free.labels import known_labels
from kpiapp.sheets.overview import split_goals
from kpiapp.sheets.page import written
from kpiapp.sheets.words import YEAR, Tidy, canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.page import Line
    from kpiapp.sheets.reading import Reading

GOAL = re.compile(
    r"(?P<word>(?:#年?)?(?:项目|绩效|预算|部门|整体)*(?P<span>中长期|中期|长期|实施周?期|年度|当年|本年度?|总体)?"
    r"(?:项目|绩效|总体|整体|预期|工作|履职)*(?:总)?目标|预期目标|年初设定目标)"
    r"(?P<number>\d*)(?P<years>\([^)]*\))?"
)
LONG = re.compile(r"长期|中期|实施周?期")
WHOLE = re.compile(r"(项目|绩效)*总(体|体绩效)?目标")
"""A goal that is the long-term one where it stands beside an annual one."""
ENUMERATED = re.compile(r"\s*([(（]?\d{1,2}[.．、)）]|目标\s*\d)")
LAST_DOTS = re.compile(r"(\n\s*(目标\s*\d+\s*[:：])?\s*[.…·]+\s*)+$")
"""Where a form leaves room for further goals: ……, or 目标3：……."""


def is_goal(cell: Cell) -> bool:
    """Say whether a cell is the label of goals: 年度目标, 中期目标（2026年—2028年）."""
    return bool(GOAL.fullmatch(_without_years(cell.text)))


def _without_years(text: str) -> str:
    word = canonical(text)
    return re.sub(r"\([^)]*\)", "", word)


def read_goals(reading: Reading, index: int, end: int, found: Sequence[Cell]) -> bool:
    """Read the goals of labels that stand on one line; tell whether there was a text to any."""
    done = False
    first = written(reading.page.lines[index])[0]
    beside = any(horizon_of(cell.text) is Horizon.ANNUAL for cell in found)
    other = Horizon.LONG_TERM if beside else Horizon.ANNUAL
    for label in found:
        overall = beside and label is not first and WHOLE.match(canonical(label.text))
        if not (horizon_of(label.text) or len(found) == 1 or overall):
            continue
        cells = _texts_of(reading, index, end, label, found)
        if not cells and not (len(found) > 1 or horizon_of(label.text)):
            continue
        done = True
        put_goals(reading, horizon_of(label.text) or other, label, cells)
    for cell in found:
        if done:
            reading.page.use(cell)
    return done


def horizon_of(text: str) -> Horizon | None:
    """Return the horizon that the label of a goal names, None if it names none."""
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
    """Return the texts beside a label that is merged down over several rows, or once was."""
    cells = [first]
    for line in reading.page.lines[index + 1 :]:
        texts = written(line)
        alone = label.row_span == 1 and len(texts) == 1 and _goes_on(first, texts[0])
        if not line or (line[0].row >= label.bottom and not alone):
            break
        cells += [c for c in texts if c.column >= label.right][:1]
    return cells


def _goes_on(text: Cell, below: Cell) -> bool:
    """Say whether a cell goes on with the numbered sentences of the one above it."""
    same = (text.column, text.right) == (below.column, below.right)
    return same and all(ENUMERATED.match(cell.text) for cell in (text, below))


def number_in(label: str) -> int | None:
    """Return the number of the goal that a label names, None if it names none.

    >>> number_in("年度目标2绩效指标"), number_in("2026年度绩效目标（90分）")
    (2, None)
    """
    found = re.search(r"([1-9]\d?)\D*$", YEAR.sub("", re.sub(r"[(（].*?[)）]", "", label)))
    return int(found[1]) if found else None


def put_goals(reading: Reading, horizon: Horizon, label: Cell, cells: Sequence[Cell]) -> None:
    """Write the goals of one label; 目标1：, 目标2：in its text are goals of their own."""
    printed = reading.text(label, Tidy.NAME)
    text = LAST_DOTS.sub("", "\n".join(reading.text(cell, Tidy.PROSE) for cell in cells))
    years = [int(year) for year in YEAR.findall(printed)]
    if years and horizon is Horizon.LONG_TERM:
        reading.until = years[-1]
        if len(years) > 1:
            reading.years[years[0]] += 1
    parts = split_goals(text, "目标{number}：", one_cell=True) or [(0, "")]
    for place, (number, part) in enumerate(parts, 1):
        wanted = number or number_in(printed) or place
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
