"""Add, remove, duplicate and move indicators and groups, as named steps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpiapp.model.edit import Edit, Insert, Remove, SetValue
from kpiapp.model.form import Form, Horizon, Indicator, new_id
from kpiapp.services.forms.editing import INDICATORS, NO_NAME, Change, before_of, following, insert
from kpiapp.services.forms.lines import GoalLines, Line, goal_lines
from kpiapp.services.forms.ordering import reorder
from kpiapp.services.forms.shape import Shape, blank_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def goal_of(form: Form, number: int) -> GoalLines:
    """Return one goal with its lines; one without texts and lines where there is no such goal."""
    empty = GoalLines(number, None, None, ())
    return next((goal for goal in goal_lines(form) if goal.number == number), empty)


def add_indicator(form: Form, shape: Shape, after: Line, **values: str) -> Change:
    """Add an empty indicator below another, in all horizons that the sheet prints."""
    goal = goal_of(form, after.main.goal)
    at = position_of(goal.lines, after)
    edits = [_with(edit, values) for edit in _new_rows(form, shape, goal, after.group, at)]
    return Change(f"添加指标：{after.group[1]}", tuple(edits), edits[0].item["id"])


def add_group(form: Form, shape: Shape, number: int, level1: str, level2: str) -> Change:
    """Add a group to a goal, with one empty indicator in it.

    It goes behind the last group of its 一级, or to the end of the goal.
    """
    goal = goal_of(form, number)
    at = last_of(goal, level1, level2)
    edits = list(_new_rows(form, shape, goal, (level1, level2), at))
    return Change(f"添加分组：{level2}", tuple(edits), edits[0].item["id"])


def last_of(goal: GoalLines, level1: str, level2: str) -> int:
    """Return the index of the line that a new one of a group goes behind."""
    groups = [line.group for line in goal.lines]
    for found in (
        [n for n, group in enumerate(groups) if group == (level1, level2)],
        [n for n, group in enumerate(groups) if group[0] == level1],
    ):
        if found:
            return found[-1]
    return len(groups) - 1


def _with(edit: Insert, values: dict[str, str]) -> Insert:
    return replace(edit, item=edit.item | values)


def _new_rows(
    form: Form, shape: Shape, goal: GoalLines, group: tuple[str, str], at: int
) -> Iterable[Insert]:
    """Yield the inserts of a new line, the annual row first."""
    for horizon in sorted(shape.horizons, key=lambda x: x is Horizon.LONG_TERM):
        blank = blank_row(form, shape, horizon, goal.number)
        row = replace(blank, level1=group[0], level2=group[1], id=new_id())
        before = before_of(form, horizon, goal.lines, at) if goal.lines else None
        yield insert(row, before or _end_of_goal(form, horizon, goal.number))


def _end_of_goal(form: Form, horizon: Horizon, number: int) -> str | None:
    """Return the row behind the last one of a goal, or of the goals before it."""
    mine = [row for row in form.rows(horizon) if row.goal <= number]
    if mine:
        return following(form, mine[-1].id)
    return next((row.id for row in form.rows(horizon)), None)


def remove_lines(lines: Sequence[Line], what: str = "") -> Change:
    """Remove indicators, both sides of each.

    Args:
        lines: what to remove.
        what: the group or goal that they make up, for the label.
    """
    if not what:
        one = len(lines) == 1
        what = f"指标：{lines[0].name or NO_NAME}" if one else f"{len(lines)}个指标"
    edits = tuple(Remove(INDICATORS, row.id) for line in lines for row in line.rows)
    return Change(f"删除{what}", edits)


def remove_side(line: Line, horizon: Horizon) -> Change:
    """Remove one side of an indicator."""
    row = line.side(horizon)
    edits = (Remove(INDICATORS, row.id),) if row else ()
    return Change(f"删除{horizon.label}指标：{line.name or NO_NAME}", edits)


def duplicate_lines(form: Form, lines: Sequence[Line]) -> Change:
    """Put a copy of each indicator below the last of them, with ids of their own."""
    goal = goal_of(form, lines[-1].main.goal)
    at = position_of(goal.lines, lines[-1])
    edits: list[Edit] = []
    focus = None
    for horizon in (Horizon.ANNUAL, Horizon.LONG_TERM):
        before = before_of(form, horizon, goal.lines, at)
        for row in filter(None, (line.side(horizon) for line in lines)):
            copy = replace(row, id=new_id(), goal=lines[-1].main.goal, extra=dict(row.extra))
            edits.append(insert(copy, before))
            focus = focus or copy.id
    what = f"：{lines[0].name or NO_NAME}" if len(lines) == 1 else f"{len(lines)}个"
    return Change(f"复制指标{what}", tuple(edits), focus)


# -- moving -----------------------------------------------------------------------------------


def move_lines(
    form: Form, lines: Sequence[Line], goal: int, group: tuple[str, str], before: Line | None
) -> Change:
    """Move indicators to a group of a goal.

    Args:
        form: the form.
        lines: what to move, in order.
        goal: number of the goal they go to.
        group: 一级 and 二级 they go under.
        before: the line of that group they go before; None: to its end.
    """
    target = goal_of(form, goal)
    moved = {row.id for line in lines for row in line.rows}
    rest = [line for line in target.lines if line.main.id not in moved]
    there = replace(target, lines=tuple(rest))
    at = position_of(rest, before) - 1 if before else last_of(there, *group)
    attributes = {"goal": goal, "level1": group[0], "level2": group[1]}
    edits: list[Edit] = [
        SetValue(("indicators", row.id, name), value)
        for line in lines
        for row in line.rows
        for name, value in attributes.items()
        if getattr(row, name) != value
    ]
    edits += reorder(INDICATORS, [x.id for x in form.indicators], _moved(form, lines, there, at))
    name = f"指标：{lines[0].name or NO_NAME}" if len(lines) == 1 else f"{len(lines)}个指标"
    where = f" → {group[1]}" if any(line.group != group for line in lines) else ""
    return Change(f"移动{name}{where}", tuple(edits), lines[0].main.id)


def _moved(form: Form, lines: Sequence[Line], target: GoalLines, at: int) -> list[str]:
    """Return the ids of all rows with those of `lines` put behind line `at` of the target."""
    order = [row.id for row in form.indicators]
    gone = {row.id for line in lines for row in line.rows}
    rest = _without(form, gone)
    for horizon in Horizon:
        ids = [row.id for line in lines if (row := line.side(horizon))]
        before = before_of(rest, horizon, target.lines, at)
        if before is None and not any(line.side(horizon) for line in target.lines):
            before = _end_of_goal(rest, horizon, target.number)
        rest_ids = [x for x in order if x not in ids]
        place = rest_ids.index(before) if before else len(rest_ids)
        order = [*rest_ids[:place], *ids, *rest_ids[place:]]
    return order


def _without(form: Form, without: set[str]) -> Form:
    """Return the form as it is without some rows; nothing of it may be changed."""
    return replace(form, indicators=[row for row in form.indicators if row.id not in without])


def shift_line(form: Form, line: Line, by: int) -> Change:
    """Move an indicator one place up (-1) or down (1) within its group."""
    group = goal_of(form, line.main.goal).groups()[line.group]
    at = position_of(group, line) + by
    while 0 <= at < len(group):
        before = group[at] if by < 0 else group[at + 1] if at + 1 < len(group) else None
        change = move_lines(form, [line], line.main.goal, line.group, before)
        if change:
            way = "上移" if by < 0 else "下移"
            return replace(change, label=f"{way}指标：{line.name or NO_NAME}")
        at += by
    return Change("移动指标")


def shift_group(form: Form, number: int, group: tuple[str, str | None], by: int) -> Change:
    """Move a group one place up (-1) or down (1) among its neighbours of one level.

    Args:
        form: the form.
        number: number of the goal.
        group: 一级 and 二级; 二级 None moves the whole 一级.
        by: -1 or 1.
    """
    blocks = _blocks(goal_of(form, number), group)
    keys = list(blocks)
    at = keys.index(group)
    if not 0 <= at + by < len(keys):
        return Change("移动分组")
    keys[at], keys[at + by] = keys[at + by], keys[at]
    order = [line for key in keys for line in blocks[key]]
    way = "上移" if by < 0 else "下移"
    return Change(f"{way}分组：{group[1] or group[0]}", tuple(_in_order(form, order)))


def _blocks(
    goal: GoalLines, like: tuple[str, str | None]
) -> dict[tuple[str, str | None], list[Line]]:
    """Return the lines in blocks that may change places with the group `like`."""
    blocks: dict[tuple[str, str | None], list[Line]] = {}
    for (level1, level2), lines in goal.groups().items():
        if like[1] is None:
            blocks.setdefault((level1, None), []).extend(lines)
        elif level1 == like[0]:
            blocks[level1, level2] = lines
    return blocks


def _in_order(form: Form, lines: Sequence[Line]) -> list[Edit]:
    """Return the moves that put the rows of some lines in this order, on the places they have."""
    order = [row.id for row in form.indicators]
    for horizon in Horizon:
        ids = [row.id for line in lines if (row := line.side(horizon))]
        places = sorted(order.index(x) for x in ids)
        for place, row_id in zip(places, ids, strict=True):
            order[place] = row_id
    return reorder(INDICATORS, [row.id for row in form.indicators], order)


def rename_group(form: Form, number: int, group: tuple[str, str | None], text: str) -> Change:
    """Give the 二级 of a group, or with None the 一级, another heading on all its rows."""
    attribute = "level1" if group[1] is None else "level2"
    old = group[0] if group[1] is None else group[1]
    rows = [row for row in group_rows(form, number, group) if getattr(row, attribute) == old]
    edits = tuple(SetValue(("indicators", row.id, attribute), text) for row in rows)
    label = (
        f"修改{'一级' if group[1] is None else '二级'}指标：{old or '（空）'} → {text or '（空）'}"
    )
    return Change(label, edits if text != old else ())


def group_lines(form: Form, number: int, group: tuple[str, str | None]) -> list[Line]:
    """Return the lines of a group, or with 二级 None of a whole 一级."""
    return [
        line
        for (level1, level2), lines in goal_of(form, number).groups().items()
        if level1 == group[0] and group[1] in (None, level2)
        for line in lines
    ]


def group_rows(form: Form, number: int, group: tuple[str, str | None]) -> list[Indicator]:
    """Return the rows shown under a group: both sides of its lines."""
    return [row for line in group_lines(form, number, group) for row in line.rows]


def position_of(lines: Sequence[Line], line: Line) -> int:
    """Return the index of a line, known by the id of its main row."""
    return next(n for n, other in enumerate(lines) if line.main.id in {x.id for x in other.rows})
