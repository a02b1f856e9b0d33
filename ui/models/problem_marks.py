"""Which cells of the indicator tree problems sit on, and how bad the worst of each is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.problem import RANK
from kpiapp.services.forms.lines import GoalLines, Line
from ui.models.indicator_columns import PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kpiapp.model.problem import Place, Problem, Severity
    from ui.models.nodes import Nodes, Thing


def cell_of(place: Place) -> str:
    """Return the cell of a line that a place names; the name where it names a whole row."""
    if place.cell == "target":
        return "long_term" if place.horizon is Horizon.LONG_TERM else "target"
    return place.cell if place.cell in ("prior2", "prior1", "standard", "note") else "name"


class Marks:
    """The problems of one form, by cell of an indicator and by goal."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self._cells: dict[str, dict[str, list[Problem]]] = {}
        self._goals: dict[int, list[Problem]] = defaultdict(list)
        self._rolled: dict[int, Severity] = {}
        for problem in problems:
            place = problem.place
            if place.indicator:
                cells = self._cells.setdefault(place.indicator, {})
                cells.setdefault(cell_of(place), []).append(problem)
            elif place.goal is not None:
                self._goals[place.goal].append(problem)

    def severity(self, thing: Thing, cell: str) -> Severity | None:
        """Return the worst that is found in a cell; of the whole row in the ⚠ column."""
        return worst(self._problems(thing, cell))

    def messages(self, thing: Thing, cell: str) -> list[str]:
        """Return what is said of a cell, the worst first."""
        found = sorted(self._problems(thing, cell), key=lambda problem: RANK[problem.severity])
        return [f"{problem.severity.label}：{problem.message}" for problem in found]

    def _problems(self, thing: Thing, cell: str) -> list[Problem]:
        if isinstance(thing, GoalLines):
            return self._goals.get(thing.number, []) if cell in (PROBLEMS, "name") else []
        if not isinstance(thing, Line):
            return []
        return [x for row in thing.rows for x in self._of_row(row.id, cell)]

    def _of_row(self, row_id: str, cell: str) -> Iterable[Problem]:
        cells = self._cells.get(row_id)
        if not cells:
            return ()
        return (
            (x for found in cells.values() for x in found)
            if cell == PROBLEMS
            else cells.get(cell, ())
        )

    # -- what is folded away --------------------------------------------------------------------

    def roll_up(self, nodes: Nodes, line_of: Mapping[str, int]) -> None:
        """Note the worst on and below every goal and group, for while they are folded."""
        self._rolled = {}
        for row_id in self._cells:
            if row_id in line_of:
                found = worst(x for here in self._cells[row_id].values() for x in here)
                self._climb(nodes, line_of[row_id], found)
        for node in nodes.kids(0):
            self._climb(nodes, node, self.severity(nodes.thing[node], PROBLEMS))

    def _climb(self, nodes: Nodes, node: int, found: Severity | None) -> None:
        while found and node:
            known = self._rolled.get(node)
            if known and RANK[known] <= RANK[found]:
                return
            self._rolled[node] = found
            node = nodes.parent[node]

    def rolled_up(self, node: int) -> Severity | None:
        """Return the worst on or below a node."""
        return self._rolled.get(node)

    # -- what to draw again ---------------------------------------------------------------------

    def changed_since(
        self, old: Marks, nodes: Nodes, line_of: Mapping[str, int]
    ) -> Iterator[tuple[int, str]]:
        """Yield node and cell of every mark that is another now."""
        for row_id in self._cells.keys() | old._cells.keys():
            mine, other = self._cells.get(row_id, {}), old._cells.get(row_id, {})
            if mine == other:  # nearly all rows: the very same problems as before
                continue
            changed = [
                x for x in mine.keys() | other.keys() if said(mine.get(x)) != said(other.get(x))
            ]
            if row_id in line_of:
                yield from ((line_of[row_id], cell) for cell in changed)
                yield from ((line_of[row_id], PROBLEMS) for _ in changed[:1])
        for node in self._rolled.keys() | old._rolled.keys():
            if self._rolled.get(node) != old._rolled.get(node):
                yield node, PROBLEMS
        for node in nodes.kids(0):
            thing = nodes.thing[node]
            number = thing.number if isinstance(thing, GoalLines) else 0
            if said(self._goals.get(number)) != said(old._goals.get(number)):
                yield node, PROBLEMS
                yield node, "name"


def worst(problems: Iterable[Problem]) -> Severity | None:
    """Return the worst severity, or None where there is no problem."""
    return min((x.severity for x in problems), key=lambda x: RANK[x], default=None)


def said(problems: Sequence[Problem] | None) -> list[tuple[Severity, str]]:
    """Return what problems say; their fixes carry fresh ids and are never equal."""
    return [(problem.severity, problem.message) for problem in problems or ()]
