"""Goals of a sheet of any district: 年度目标, 中期目标（2026年—2028年）, each with its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.form import Goal, Horizon
from kpiapp.sheets.free_labels import known_labels
from kpiapp.sheets.overview import split_goals
from kpiapp.sheets.page import written
from kpiapp.sheets.words import YEAR, Tidy, canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.page import Line
    from kpiapp.sheets.reading import Reading

GOAL = re.compile(
    r"(?P<word>(?:项目|绩效|预算|部门|整体)*(?P<span>中长期|中期|长期|实施周?期|年度|当年|本年度?|总体)?"
    r"(?:项目|绩效|总体|整体|预期|工作)*(?:总)?目标|预期目标|年初设定目标)"
    r"(?P<number>\d*)(?P<years>\([^)]*\))?"
)
LONG = re.compile(r"长期|中期|实施周?期")


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
