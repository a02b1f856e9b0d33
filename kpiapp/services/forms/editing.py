"""What a person means to change, as a named step: one function an intention, no Qt.

Every function returns a `Change`: the label that undo shows, and the edits. Nothing is applied
here. Changes without edits mean that there is nothing to do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kpiapp.model import interchange
from kpiapp.model.edit import Edit, Insert, SetValue
from kpiapp.model.form import Form, Goal, Horizon, Indicator, new_id
from kpiapp.services.forms.lines import Line, goal_lines
from kpiapp.services.forms.ordering import behind
from kpiapp.services.forms.overviews import with_overviews
from kpiapp.services.forms.shape import EXTRA, OPTIONAL, blank_row, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NO_NAME = "未命名指标"
TITLES = {
    "name": "指标名称",
    "prior2": "前年值",
    "prior1": "上年值",
    "target": "指标值",
    "long_term": "长期指标值",
    "standard": "标准",
    "note": "说明",
    "weight": "分值",
}
"""Cells of a line, with the words that labels of steps use."""
SHARED = ("name", "standard", "note")
"""Cells that both sides of a line have, shown once while they are equal."""
INDICATORS = ("indicators",)


@dataclass(frozen=True, slots=True)
class Change:
    """A named step: `focus` is the id of the row that the person looks at afterwards."""

    label: str
    edits: tuple[Edit, ...] = ()
    focus: str | None = None

    def __bool__(self) -> bool:
        return bool(self.edits)


def joined(label: str, changes: Iterable[Change]) -> Change:
    """Return several changes as one step."""
    changes = [change for change in changes if change]
    edits = tuple(edit for change in changes for edit in change.edits)
    return Change(label, edits, changes[0].focus if changes else None)


def title_of(cell: str) -> str:
    """Return the word for a cell of a line."""
    return cell.removeprefix(EXTRA) if cell.startswith(EXTRA) else TITLES[cell]


# -- reading a cell of a line -----------------------------------------------------------------


def attribute_of(cell: str) -> str:
    """Return the attribute of an indicator that a cell of a line shows."""
    return {"name": "level3", "long_term": "target"}.get(cell, cell)


def value_of(row: Indicator, attribute: str) -> str:
    """Return an attribute of a row as text."""
    if attribute.startswith(EXTRA):
        return row.extra.get(attribute.removeprefix(EXTRA), "")
    value = getattr(row, attribute)
    return "" if value is None else str(value)


def cell_text(line: Line, cell: str) -> str | None:
    """Return what a cell of a line holds, or None where its side of the line is missing."""
    if cell in SHARED or cell.startswith(EXTRA):
        texts = (value_of(row, attribute_of(cell)) for row in line.rows)
        return next(filter(None, texts), "")
    row = line.long_term if cell == "long_term" else line.annual
    if cell == "long_term" and row is None and line.annual:
        return line.annual.long_term_target
    return None if row is None else value_of(row, attribute_of(cell))


def sides(line: Line, cell: str) -> dict[Horizon, str]:
    """Return what each side of a line holds in a shared cell."""
    return {row.horizon: value_of(row, attribute_of(cell)) for row in line.rows}


def differs(line: Line, cell: str) -> bool:
    """Say whether the two sides of a line hold different texts in a shared cell.

    A side without a text is not told apart: what is typed goes to both.
    """
    return len({text for text in sides(line, cell).values() if text}) > 1


# -- writing a cell of a line -----------------------------------------------------------------


def set_cell(form: Form, line: Line, cell: str, text: str) -> Change:
    """Write a text into a cell of a line.

    A shared cell is written on both sides. A cell of a missing side makes the row of that side,
    with the name and group of the other.
    """
    label = f"修改{title_of(cell)}：{line.name or text or NO_NAME}"
    if cell in SHARED or cell.startswith(EXTRA):
        attribute = attribute_of(cell)
        rows = _printing(form, line, attribute)
        return Change(label, tuple(e for row in rows for e in _set(row, attribute, text)))
    if cell == "long_term" and line.long_term is None and line.annual:
        if line.annual.long_term_target is not None:
            return Change(label, tuple(_set(line.annual, "long_term_target", text)))
        return complete(form, line, Horizon.LONG_TERM, target=text) if text else Change(label)
    row = line.long_term if cell == "long_term" else line.annual
    if row is None:
        values = {attribute_of(cell): text}
        return complete(form, line, Horizon.ANNUAL, **values) if text else Change(label)
    return Change(label, tuple(_set(row, attribute_of(cell), text)))


def _printing(form: Form, line: Line, attribute: str) -> Sequence[Indicator]:
    """Return the rows of a line whose tables have a column for an attribute; all if none has."""
    if attribute == "level3" or len(line.rows) == 1:
        return line.rows
    values = shape_of(form).values
    found = [x for x in line.rows if attribute in values[x.horizon] or value_of(x, attribute)]
    return found or line.rows


def set_sides(line: Line, cell: str, texts: dict[Horizon, str]) -> Change:
    """Write a shared cell of a line, each side its own text."""
    edits = [e for row in line.rows for e in _set(row, attribute_of(cell), texts[row.horizon])]
    return Change(f"修改{title_of(cell)}：{line.name or NO_NAME}", tuple(edits))


def complete(form: Form, line: Line, horizon: Horizon, **values: str) -> Change:
    """Add the side of a line that is missing, like the side that is there.

    Args:
        form: the form.
        line: a line without a row of this horizon.
        horizon: the side to add.
        values: attributes of the new row that are known; the target of the other side if none.
    """
    blank = blank_row(form, shape_of(form), horizon, line.main.goal)
    given = values or {"target": line.main.target}
    row = replace(blank, level1=line.main.level1, level2=line.main.level2, id=new_id())
    row.level3, row.standard = line.main.level3, line.main.standard
    for name, value in given.items():
        setattr(row, name, value)
    lines = next(goal.lines for goal in goal_lines(form) if goal.number == line.main.goal)
    at = next(n for n, other in enumerate(lines) if other.main.id == line.main.id)
    before = before_of(form, horizon, lines, at)
    return Change(
        f"补上{horizon.label}指标：{line.name or NO_NAME}", (insert(row, before),), row.id
    )


def clear_cells(form: Form, cells: Sequence[tuple[Line, str]]) -> Change:
    """Empty several cells."""
    found = [(line, cell) for line, cell in cells if cell_text(line, cell)]
    if len(found) == 1:
        line, cell = found[0]
        label = f"清除{title_of(cell)}：{line.name or NO_NAME}"
    else:
        label = f"清除{len(found)}个单元格"
    return joined(label, (set_cell(form, line, cell, "") for line, cell in found))


def _set(row: Indicator, attribute: str, text: str) -> Iterable[SetValue]:
    if attribute.startswith(EXTRA):
        label = attribute.removeprefix(EXTRA)
        if row.extra.get(label, "") != text:
            yield SetValue(("indicators", row.id, "extra", label), text)
        return
    value: Any = _number(text) if attribute == "weight" else text
    if getattr(row, attribute) != value and (attribute not in OPTIONAL or _has(row, attribute)):
        yield SetValue(("indicators", row.id, attribute), value)


def _has(row: Indicator, attribute: str) -> bool:
    return getattr(row, attribute) is not None


def _number(text: str) -> int | float | str | None:
    """Return a weight as the number it is, text where it is none, None where it is empty."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text or None


# -- placing rows -----------------------------------------------------------------------------


def insert(row: Indicator, before: str | None) -> Insert:
    """Return the edit that puts a new indicator before another, or at the end."""
    return Insert(INDICATORS, interchange.indicator_to_json(row, ids=True), before)


def before_of(form: Form, horizon: Horizon, lines: Sequence[Line], at: int) -> str | None:
    """Return the id of the row that a new row of a horizon goes before.

    Args:
        form: the form.
        horizon: the horizon of the new row.
        lines: the lines of its goal, in order.
        at: the new row goes behind the line with this index; -1: before all.
    """
    for line in reversed(lines[: at + 1]):
        if row := line.side(horizon):
            return following(form, row.id)
    for line in lines[at + 1 :]:
        if row := line.side(horizon):
            return row.id
    return None


def following(form: Form, row_id: str) -> str | None:
    """Return the id of the row printed after another, or None after the last."""
    return behind([row.id for row in form.indicators], row_id)


# -- fields, choices, tables, goals -----------------------------------------------------------


def set_field(form: Form, label: str, text: str) -> Change:
    """Write a labelled field."""
    edits = () if form.fields[label] == text else (SetValue(("fields", label), text),)
    return Change(f"修改{label}", edits)


def set_head(form: Form, name: str, text: str) -> Change:
    """Write 填报日期 (`filled_on`) or the printed title."""
    title = {"filled_on": "填报日期", "title": "表名"}[name]
    edits = () if (getattr(form, name) or "") == text else (SetValue((name,), text),)
    return Change(f"修改{title}", edits)


def set_goal_text(form: Form, goal_id: str, text: str) -> Change:
    """Write the text of a goal, also where the sheet says it once more."""
    goal = next(goal for goal in form.goals if goal.id == goal_id)
    edits = () if goal.text == text else (SetValue(("goals", goal_id, "text"), text),)
    return Change(f"修改{goal.horizon.label}目标{goal.number}", with_overviews(form, edits))


def tick(form: Form, label: str, option: str, *, ticked: bool, only_one: bool = False) -> Change:
    """Tick a box or take its tick away; with `only_one` the other boxes lose theirs."""
    choice = form.choices[label]
    others = [] if only_one and ticked else [x for x in choice.checked if x != option]
    checked = [x for x in (*choice.options, *others) if x in others or (ticked and x == option)]
    checked = list(dict.fromkeys(checked))
    edits = () if checked == choice.checked else (SetValue(("choices", label, "checked"), checked),)
    return Change(f"{'勾选' if ticked else '取消'}{label}：{option}", edits)


def set_beside(form: Form, label: str, option: str, text: str) -> Change:
    """Write what stands beside a box (从2024年至2026年)."""
    values = {key: x for key, x in form.choices[label].values.items() if key != option}
    wanted = values | ({option: text} if text else {})
    same = wanted == form.choices[label].values
    edits = () if same else (SetValue(("choices", label, "values"), wanted),)
    return Change(f"填写{label}：{option}", edits)


def set_goal_until(goal: Goal, until: int | None) -> Change:
    """Write the year in which a long-term goal ends."""
    edits = () if goal.until == until else (SetValue(("goals", goal.id, "until"), until),)
    return Change(f"修改{goal.horizon.label}目标{goal.number}截止年份", edits)
