"""Which goal of the department a project form belongs to, and which of their rows are one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from kpiapp.model import names
from kpiapp.model.form import Horizon
from kpiapp.model.names import normalise
from kpiapp.rules.row import sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpiapp.model.names import Pairing
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row

T = TypeVar("T")

WELL_COVERED = Decimal("0.6")
"""Share of a department goal's rows that a project must have before the last of a group pair."""


@dataclass(frozen=True)
class Link:
    """A project form and the department goal it belongs to."""

    department: Facts
    project: Facts
    goal: int
    by_name: bool

    @cached_property
    def pairings(self) -> dict[Horizon, Pairing]:
        """Rows of the department goal (left) against those of the project, by horizon."""
        found = {}
        for horizon in (Horizon.ANNUAL, Horizon.LONG_TERM):
            ours = self.department.of(horizon, self.goal)
            theirs = [row for row in self.project.rows if row.horizon is horizon]
            if ours and theirs:
                found[horizon] = self._pair(ours, theirs)
        return found

    def _pair(self, ours: list[Row], theirs: list[Row]) -> Pairing:
        """Pair two sides, or return what came of it before, if the department's rows are as then.

        Kept with the project's facts: an edit of one goal leaves the others' pairs as they are.
        """
        state = [(row.id, row.key, row.group, row.target.text) for row in ours]
        enough = _well_covered(len(ours))
        return _kept(
            self.project,
            ("pairing", theirs[0].horizon),
            state,
            lambda: names.pair(sources(ours), sources(theirs), last_of_group=enough),
        )

    @cached_property
    def pairs(self) -> list[tuple[Row, Row, int]]:
        """All pairs, annual ones first: the department's row, the project's, the step."""
        ours, theirs = self.department.by_id, self.project.by_id
        return [
            (ours[pair.left.id], theirs[pair.right.id], pair.step)
            for pairing in self.pairings.values()
            for pair in pairing.pairs
        ]


def _well_covered(rows: int) -> Callable[[int], bool]:
    """Return whether so many pairs cover a goal of so many rows well enough for step 3."""
    return lambda pairs: pairs >= WELL_COVERED * rows


def _kept(project: Facts, key: object, state: object, find: Callable[[], T]) -> T:
    """Return what was found for a state of the department's form, found anew if it is another."""
    known: tuple[object, T] | None = project.memory.get(key)
    if known is None or known[0] != state:
        known = project.memory[key] = (state, find())
    return known[1]


def find_link(department: Facts, project: Facts) -> Link | None:
    """Return which goal of the department a project belongs to: by its name, else by its rows.

    Kept with the project's facts until a name or the text of a goal changes.
    """
    state = (department.names_in_order, [(x.number, x.text) for x in department.form.goals])
    number, by_name = _kept(project, "link", state, lambda: _goal_of(department, project))
    return None if number is None else Link(department, project, number, by_name)


def _goal_of(department: Facts, project: Facts) -> tuple[int | None, bool]:
    """Return the goal, if there is one, and whether its text is the project's name."""
    goals = department.names_by_goal
    ours = {(row.horizon, row.key) for row in project.rows}
    wanted = normalise(project.name)
    named = {
        goal.number for goal in department.form.goals if wanted and normalise(goal.text) == wanted
    }
    both = len(department.horizons) > 1 and len(project.horizons) > 1
    if named:
        here = {number: rows for number, rows in goals.items() if number in named}
        number = names.link(ours, here, both=both)
        if number is None and len(named) == 1:
            number = next(iter(named))
        return number, True
    return names.link(ours, goals, both=both), False
