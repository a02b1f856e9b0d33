"""Indicators as a person reads them: long-term and annual side by side, goal by goal.

A line holds the two rows that are one indicator (`model.names.pair`), or one row whose other side
is missing. Lines are derived, never stored.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from kpiapp.model.form import Form, Goal, Horizon, Indicator
from kpiapp.model.names import pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of one goal; at least one side is there."""

    annual: Indicator | None
    long_term: Indicator | None

    @property
    def main(self) -> Indicator:
        """The row that says where the line stands: the annual one where there is one."""
        row = self.annual or self.long_term
        assert row is not None
        return row

    @property
    def rows(self) -> tuple[Indicator, ...]:
        """The one or two rows, annual first."""
        return tuple(row for row in (self.annual, self.long_term) if row)

    @property
    def name(self) -> str:
        """What the indicator is called; the annual name where they differ."""
        return self.main.level3

    @property
    def group(self) -> tuple[str, str]:
        """一级 and 二级 under which the line is shown."""
        return self.main.level1, self.main.level2

    def side(self, horizon: Horizon) -> Indicator | None:
        """Return the row of one horizon, or None."""
        return self.annual if horizon is Horizon.ANNUAL else self.long_term


@dataclass(frozen=True, slots=True)
class GoalLines:
    """A goal number with its texts and its lines."""

    number: int
    annual: Goal | None
    long_term: Goal | None
    lines: tuple[Line, ...]

    def side(self, horizon: Horizon) -> Goal | None:
        """Return the goal of one horizon, or None."""
        return self.annual if horizon is Horizon.ANNUAL else self.long_term

    def groups(self) -> dict[tuple[str, str], list[Line]]:
        """Return the lines by 一级 and 二级, both in the order in which they first appear.

        >>> GoalLines(1, None, None, ()).groups()
        {}
        """
        firsts = {text: n for n, text in enumerate(dict.fromkeys(x.group[0] for x in self.lines))}
        found: dict[tuple[str, str], list[Line]] = {}
        for line in sorted(self.lines, key=lambda line: firsts[line.group[0]]):
            found.setdefault(line.group, []).append(line)
        return found


def goal_lines(form: Form) -> list[GoalLines]:
    """Return the goals of a form by number, with their lines."""
    rows: dict[int, tuple[list[Indicator], list[Indicator]]] = {}
    for row in form.indicators:
        both = rows.setdefault(row.goal, ([], []))
        both[row.horizon is Horizon.LONG_TERM].append(row)
    numbers = sorted({goal.number for goal in form.goals} | set(rows))
    return [
        GoalLines(
            number,
            form.goal(Horizon.ANNUAL, number),
            form.goal(Horizon.LONG_TERM, number),
            tuple(lines_of(*rows.get(number, ([], [])))),
        )
        for number in numbers
    ]


def lines_of(annual: Sequence[Indicator], long_term: Sequence[Indicator]) -> list[Line]:
    """Pair the rows of one goal and put the lines in the order of the sheet.

    The annual rows keep their order; a long-term row without a partner stands where its
    neighbours are.
    """
    if not annual or not long_term:
        return [Line(row, None) for row in annual] + [Line(None, row) for row in long_term]
    found = chain(_named_pairs(annual, long_term), _blank_pairs(annual, long_term))
    partner = {ours.id: theirs for ours, theirs in found}
    place = {row.id: n for n, row in enumerate(long_term)}
    taken = {row.id for row in partner.values()}
    alone = deque(row for row in long_term if row.id not in taken)
    lines: list[Line] = []
    for row in annual:
        other = partner.get(row.id)
        while other and alone and place[alone[0].id] < place[other.id]:
            lines.append(Line(None, alone.popleft()))
        lines.append(Line(row, other))
    return lines + [Line(None, row) for row in alone]


def _named_pairs(
    annual: Sequence[Indicator], long_term: Sequence[Indicator]
) -> Iterable[tuple[Indicator, Indicator]]:
    return [(found.right, found.left) for found in pair(long_term, annual).pairs]


def _blank_pairs(
    annual: Sequence[Indicator], long_term: Sequence[Indicator]
) -> Iterable[tuple[Indicator, Indicator]]:
    """Pair rows without a name, which are being written, in the order of their group."""
    free = [row for row in long_term if not row.level3]
    for row in annual:
        group = (row.level1, row.level2)
        found = next((x for x in free if (x.level1, x.level2) == group), None)
        if not row.level3 and found:
            free.remove(found)
            yield row, found
