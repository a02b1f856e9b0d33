"""Fixes that several rules offer: a new row, a copied row, a row moved to its group."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from kpiapp.model.edit import Edit, Insert, Move, Remove, SetValue
from kpiapp.model.form import Horizon, Indicator, new_id
from kpiapp.model.interchange import indicator_to_json
from kpiapp.model.problem import Fix
from kpiapp.model.taxonomy import Level1, Level2, allowed_level1, level1_of, level2_of
from kpiapp.rules.facts import once_a_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row

T = TypeVar("T")


def new_row(form: Facts, horizon: Horizon, goal: int, level1: Level1 | None = None) -> Fix | None:
    """Offer an empty row under a goal; None where one waits there to be written in."""
    rows = form.all_by_goal.get((horizon, goal), ())
    if any(not x.key and (level1 is None or level1 in _meant(x)) for x in rows):
        return None
    label = heading1(form, level1) if level1 else ""
    row = Indicator(horizon, goal, level1=label, id=new_id())
    _with_columns(form, row)
    edit = Insert(("indicators",), indicator_to_json(row, ids=True), _end_of_goal(form, row))
    return Fix(f"在{horizon.label}目标{goal}下添一行{label}", (edit,))


def _meant(row: Row) -> tuple[Level1 | None, ...]:
    """Return the 一级 that a row may be for: as printed above it, and as its group has it."""
    return (level1_of(row.level1), *(allowed_level1(row.group) if row.group else ()))


def copy_row(row: Row, form: Facts, horizon: Horizon, goal: int) -> Fix:
    """Offer a copy of a row in another horizon or form, at the end of its goal."""
    copy = Indicator(
        horizon, goal, row.level1, row.level2, row.source.level3, row.source.target,
        standard=row.source.standard, note=row.source.note, id=new_id(),
    )  # fmt: skip
    _with_columns(form, copy)
    before = _end_of_group(form, copy)
    edit = Insert(("indicators",), indicator_to_json(copy, ids=True), before)
    return Fix(f"在{horizon.label}表补上这条指标", (edit,))


def drop_row(row: Row, label: str = "删去这一行", *, safe: bool = False) -> Fix:
    """Offer to take a row out."""
    return Fix(label, (Remove(("indicators",), row.id),), safe)


def regroup(row: Row, form: Facts, group: Level2) -> Fix:
    """Offer to move a row to another group of its goal, under the headings the form prints."""
    level2 = heading2(form, group)
    level1 = _above(row, form, group)
    moved = Indicator(row.horizon, row.goal, level1, level2, row.source.level3, id=row.id)
    edits: list[Edit] = [row.set("level2", level2)]
    if level1 != row.level1:
        edits.insert(0, row.set("level1", level1))
    before = _end_of_group(form, moved)
    if before != row.id:
        edits.append(Move(("indicators",), row.id, before))
    return Fix(f"移到“{level2}”", tuple(edits))


def heading1(form: Facts, *levels: Level1) -> str:
    """Return what the form prints for the first 一级 of these it has, else the usual heading."""
    printed = _printed_level1(form)
    return next((printed[x] for x in levels if x in printed), levels[0].label)


def _above(row: Row, form: Facts, group: Level2) -> str:
    """Return the 一级 for a row that moves to a group: as the other rows of it have, if any."""
    others = [x.level1 for x in form.all_rows if x is not row and x.group is group and x.level1]
    allowed = allowed_level1(group)
    if others:
        return Counter(others).most_common(1)[0][0]
    return row.level1 if level1_of(row.level1) in allowed else heading1(form, *allowed)


def heading2(form: Facts, group: Level2) -> str:
    """Return what the form prints for a 二级, else its usual heading."""
    return _printed_groups(form).get(group) or group.label


@once_a_form
def _printed_level1(form: Facts) -> dict[Level1, str]:
    """Return the heading that most rows of each 一级 have."""
    return _most((level1, row.level1) for row in form.all_rows if (level1 := level1_of(row.level1)))


@once_a_form
def _printed_groups(form: Facts) -> dict[Level2, str]:
    """Return the heading that most rows of each group have."""
    return _most((row.group, row.level2) for row in form.all_rows if row.group and row.level2)


def _most(headings: Iterable[tuple[T, str]]) -> dict[T, str]:
    """Return for each thing its commonest heading; of equally common ones the first."""
    return {thing: text for (thing, text), _ in reversed(Counter(headings).most_common())}


def set_field(label: str, text: str, *, safe: bool = False) -> Fix:
    """Offer a text for a labelled field."""
    return Fix(f"改为“{text}”", (SetValue(("fields", label), text),), safe)


def set_cell(table: str, row_id: str, column: int, text: str, *, safe: bool = False) -> Fix:
    """Offer a text for a cell of an inner table."""
    return Fix(f"改为“{text}”", (SetValue(("tables", table, row_id, column), text),), safe)


def _with_columns(form: Facts, row: Indicator) -> None:
    if row.horizon is Horizon.ANNUAL and form.has_prior_columns:
        row.prior2 = row.prior1 = ""
    if form.one_row:
        row.long_term_target = ""


def _end_of_goal(form: Facts, row: Indicator) -> str | None:
    return _after(form, [x.index for x in form.all_by_goal.get((row.horizon, row.goal), ())])


def _end_of_group(form: Facts, row: Indicator) -> str | None:
    group = level2_of(row.level2)
    same = [x.index for x in form.all_by_goal.get((row.horizon, row.goal), ()) if x.id != row.id]
    mates = [i for i in same if form.all_rows[i].group == group]
    return _after(form, mates or same)


def _after(form: Facts, indices: list[int]) -> str | None:
    """Return the id of the row behind the last of these, or None for the end of the form."""
    following = max(indices) + 1 if indices else len(form.all_rows)
    return form.all_rows[following].id if following < len(form.all_rows) else None


def heading_of_standard(form: Facts, word: str) -> str:
    """Return how the form prints a basis such as 计划标准 (`word` 计划), else its usual name."""
    printed = form.mode(
        lambda row: row.standard if row.standard.startswith(word) else "", form.all_rows
    )
    return printed or f"{word}标准"
