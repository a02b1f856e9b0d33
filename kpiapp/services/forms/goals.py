"""Add, remove, duplicate and move whole goals, as named steps; numbers follow the order."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kpiapp.model import interchange
from kpiapp.model.edit import Edit, Insert, Remove, SetValue
from kpiapp.model.form import Form, Goal, Horizon, Indicator, new_id
from kpiapp.services.forms.editing import INDICATORS, Change, following, insert
from kpiapp.services.forms.ordering import behind, reorder
from kpiapp.services.forms.overviews import with_overviews
from kpiapp.services.forms.rearranging import goal_of
from kpiapp.services.forms.shape import find_layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GOALS = ("goals",)


def add_goal(form: Form) -> Change:
    """Add a goal behind the last one, in every horizon that the form has goals of."""
    number = max((goal.number for goal in form.goals), default=0) + 1
    goals = [_new_goal(form, horizon, number) for horizon in _horizons(form)]
    edits = tuple(_insert_goal(form, goal) for goal in goals)
    return Change(f"添加目标{number}", with_overviews(form, edits), goals[0].id)


def _horizons(form: Form) -> list[Horizon]:
    found = [horizon for horizon in Horizon if any(x.horizon is horizon for x in form.goals)]
    return found or [one for one in Horizon if any(form.rows(one))] or [Horizon.ANNUAL]


def _new_goal(form: Form, horizon: Horizon, number: int) -> Goal:
    same = [goal for goal in form.goals if goal.horizon is horizon]
    label = relabelled(form, horizon, same[-1].label if same else f"{horizon.label}目标", number)
    return Goal(horizon, number, label, same[-1].until if same else None)


def relabelled(form: Form, horizon: Horizon, label: str, number: int) -> str:
    """Return the label of a goal with another number, as the layout or its neighbour prints it."""
    layout = find_layout(form.layout, form.kind)
    if layout:
        from kpiapp.sheets.layouts.blocks import IndicatorsBlock

        for block in layout.of_type(IndicatorsBlock):
            if block.horizon is horizon and (block.goal_label or block.goal_labels):
                return block.label_of(number)
    return re.sub(r"\d+$", str(number), label)


def _insert_goal(form: Form, goal: Goal) -> Insert:
    mine = [x for x in form.goals if x.horizon is goal.horizon]
    before = behind([x.id for x in form.goals], mine[-1].id) if mine else None
    return Insert(GOALS, interchange.goal_to_json(goal, ids=True), before)


def remove_goal(form: Form, number: int) -> Change:
    """Remove a goal with its indicators; later goals move up by one number."""
    goals = [goal for goal in form.goals if goal.number == number]
    rows = [row for row in form.indicators if row.goal == number]
    edits: list[Edit] = [Remove(INDICATORS, row.id) for row in rows]
    edits += [Remove(GOALS, goal.id) for goal in goals]
    later = {x: x - 1 for x in _numbers(form) if x > number}
    edits += _renumber(form, later, gone={number})
    return Change(f"删除目标{number}", with_overviews(form, edits))


def duplicate_goal(form: Form, number: int) -> Change:
    """Add a copy of a goal with its indicators as the last goal."""
    last = max(_numbers(form), default=0) + 1
    goals = [
        replace(goal, number=last, id=new_id(),
                label=relabelled(form, goal.horizon, goal.label, last))
        for goal in form.goals if goal.number == number
    ]  # fmt: skip
    edits: list[Edit] = [_insert_goal(form, goal) for goal in goals]
    for horizon in Horizon:
        rows = list(form.rows(horizon))
        before = following(form, rows[-1].id) if rows else None
        edits += [insert(_copy(row, last), before) for row in rows if row.goal == number]
    focus = goals[0].id if goals else None
    return Change(f"复制目标{number}", with_overviews(form, edits), focus)


def _copy(row: Indicator, goal: int) -> Indicator:
    return replace(row, id=new_id(), goal=goal, extra=dict(row.extra))


def shift_goal(form: Form, number: int, by: int) -> Change:
    """Let a goal change places, and numbers, with the one above (-1) or below (1)."""
    other = number + by
    if other not in _numbers(form):
        return Change("移动目标")
    edits: list[Edit] = list(_renumber(form, {number: other, other: number}))
    edits += _swap_rows(form, number, other)
    way = "上移" if by < 0 else "下移"
    return Change(f"{way}目标{number}", with_overviews(form, edits), _goal_id(form, number))


def _swap_rows(form: Form, number: int, other: int) -> Iterable[Edit]:
    """Yield the moves that let goals and rows of two numbers change places."""
    swap = {number: other, other: number}
    goals = _swapped([(x.id, (x.horizon, x.number)) for x in form.goals], swap)
    yield from reorder(GOALS, [x.id for x in form.goals], goals)
    rows = _swapped([(x.id, (x.horizon, x.goal)) for x in form.indicators], swap)
    yield from reorder(INDICATORS, [x.id for x in form.indicators], rows)


def _swapped(items: list[tuple[str, tuple[Horizon, int]]], swap: Mapping[int, int]) -> list[str]:
    """Return ids so that blocks of one horizon and number stand where the other's stood."""
    blocks: dict[tuple[Horizon, int], list[str]] = {}
    for item_id, key in items:
        blocks.setdefault(key, []).append(item_id)
    order: list[str] = []
    for horizon, number in blocks:
        order += blocks.get((horizon, swap.get(number, number)), [])
    return order if len(order) == len(items) else [item_id for item_id, _ in items]


def _renumber(
    form: Form, numbers: Mapping[int, int], gone: set[int] | None = None
) -> Iterable[SetValue]:
    for goal in form.goals:
        if goal.number in numbers and goal.number not in (gone or ()):
            new = numbers[goal.number]
            yield SetValue(("goals", goal.id, "number"), new)
            label = relabelled(form, goal.horizon, goal.label, new)
            if label != goal.label:
                yield SetValue(("goals", goal.id, "label"), label)
    for row in form.indicators:
        if row.goal in numbers:
            yield SetValue(("indicators", row.id, "goal"), numbers[row.goal])


def _numbers(form: Form) -> set[int]:
    return {goal.number for goal in form.goals} | {row.goal for row in form.indicators}


def _goal_id(form: Form, number: int) -> str | None:
    goal = goal_of(form, number)
    found = goal.annual or goal.long_term
    return found.id if found else None
