"""Which row of the department's list, and which row of 表10, is a project form's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from kpiapp.model.form import Horizon
from kpiapp.model.names import normalise, similarity
from kpiapp.rules.reading import amounts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from decimal import Decimal

    from kpiapp.rules.facts import Facts
    from kpiapp.rules.pairing.linking import Link
    from kpiapp.rules.reading.amounts import ProjectLine
    from kpiapp.rules.reading.listed import ListedProject

T = TypeVar("T")

LIKE = 0.9
"""Names this similar are one project."""
ALIKE = 0.5
"""Enough where the amount is the same."""


@dataclass(frozen=True, slots=True)
class Match:
    """A project form with its rows elsewhere; `goal_name` is a department goal that names it."""

    project: Facts
    line: ProjectLine | None
    listed: ListedProject | None
    goal_name: tuple[int, str] | None


def match_projects(
    department: Facts | None,
    projects: Sequence[Facts],
    listed: Sequence[ListedProject],
    links: Sequence[Link],
) -> list[Match]:
    """Return every project form of a unit with its row in the department form and in 表10.

    Args:
        department: the department's form, if there is one.
        projects: the project forms.
        listed: the projects of 表10.
        links: which project form belongs to which goal of the department.
    """
    lines = list(amounts.project_lines(department)) if department else []
    by_line = _assign(projects, lines, lambda x: (x.name, x.year))
    by_list = _assign(projects, listed, lambda x: (x.name, x.amount))
    known = {normalise(x.name) for x in projects} | {normalise(x.name) for x in listed}
    goals = _goal_names(department, links, known) if department else {}
    return [
        Match(
            project,
            by_line.get(project.form.id),
            by_list.get(project.form.id),
            goals.get(project.form.id),
        )
        for project in projects
    ]


def _assign(
    projects: Sequence[Facts],
    rows: Sequence[T],
    describe: Callable[[T], tuple[str, Decimal | None]],
) -> dict[str, T]:
    """Give each project at most one row: equal names first, then like ones, then by amount."""
    found: dict[str, T] = {}
    described = [(row, *describe(row)) for row in rows]
    free = [(row, normalise(name), amount) for row, name, amount in described]
    waiting = [(x.form.id, normalise(x.name), amounts.budget(x.form, "当年预算")) for x in projects]
    for step in (_equal_in_all, _equal, _like, _same_amount):
        for project in waiting.copy():
            form_id, key, amount = project
            for entry in free:
                if step(key, entry[1], amount, entry[2]):
                    found[form_id] = entry[0]
                    free.remove(entry)
                    waiting.remove(project)
                    break
    return found


def _equal_in_all(a: str, b: str, x: Decimal | None, y: Decimal | None) -> bool:
    return a == b and _same(x, y)


def _equal(a: str, b: str, _x: Decimal | None, _y: Decimal | None) -> bool:
    return a == b


def _like(a: str, b: str, _x: Decimal | None, _y: Decimal | None) -> bool:
    return bool(a and b) and similarity(a, b) >= LIKE


def _same_amount(a: str, b: str, x: Decimal | None, y: Decimal | None) -> bool:
    return bool(a and b) and _same(x, y) and similarity(a, b) >= ALIKE


def _same(x: Decimal | None, y: Decimal | None) -> bool:
    return x is not None and y is not None and amounts.agree(x, y)


def _goal_names(
    department: Facts, links: Sequence[Link], known: Collection[str]
) -> dict[str, tuple[int, str]]:
    """Return project form id -> the goal that names it, where goals are listed by project name.

    They are, if at least half of a horizon's goals are `known` names of projects.
    """
    found: dict[str, tuple[int, str]] = {}
    for horizon in Horizon:
        goals = [goal for goal in department.goals_of(horizon) if goal.text.strip()]
        if 2 * sum(normalise(goal.text) in known for goal in goals) < len(goals):
            continue
        texts = {goal.number: goal.text.strip() for goal in goals}
        for link in links:
            if link.goal in texts:
                found[link.project.form.id] = (link.goal, texts[link.goal])
    return found
