"""One root fault, one finding: which of the raw findings of a unit are told.

A cell gets the first of error, warning, hint; then rules that look at one cell before rules that
compare; then comparisons inside the form before those with another form; then the order of the
catalogue. Some hints come last of all. A comparison is silent where the other cell is at fault
itself.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from kpiapp.model.problem import RANK, Problem, Severity
from kpiapp.rules.engine import RULE_FAILED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpiapp.model.problem import Place
    from kpiapp.rules.engine import Rule
    from kpiapp.rules.findings import Finding

Cell = tuple[object, ...]
"""A place, as a key that is quick to compare."""


def _cell(place: Place) -> Cell:
    return (
        place.form, place.indicator, place.cell, place.field, place.goal, place.horizon
    )  # fmt: skip


class Raw:
    """A finding with the rule that made it and the severity that holds here.

    `key` is where it stands in the queue for its cell, `cells` what it takes, `against` what it
    is compared with and `problem` what a person is told; made once, since findings that did not
    change are settled again after every edit.
    """

    __slots__ = ("against", "cells", "finding", "key", "problem", "rule", "severity", "stage")

    def __init__(self, rule: Rule, severity: Severity, finding: Finding) -> None:
        """Keep the three, and work out the key."""
        self.rule, self.severity, self.finding = rule, severity, finding
        turn = rule.turn if rule.turn < 0 or severity is Severity.HINT else 0
        self.stage = self._stage()
        self.key = (RANK[severity], turn, self.stage, rule.order)
        self.cells = tuple(_cell(place) for place in (finding.place, *finding.also))
        self.against = tuple(_cell(place) for place in finding.against)
        self.problem = self._problem()

    def _problem(self) -> Problem:
        finding = self.finding
        code = RULE_FAILED if finding.failed else self.rule.code
        severity = Severity.WARNING if finding.failed else self.severity
        place, message = finding.place, finding.message
        return Problem(code, severity, place, message, finding.fix, finding.other_form)

    def is_root_of(self, other: Raw) -> bool:
        """Say whether a comparison with the cell of this fault finds nothing of its own.

        Two findings of one rule do not silence each other, unless this one was made inside the
        form and the other between forms.
        """
        return self.rule is not other.rule or self.stage < other.stage

    def _stage(self) -> int:
        if self.finding.other_form is not None:
            return 2
        return 1 if self.rule.compares else 0


_by_key = attrgetter("key")


def settle(findings: Iterable[Raw]) -> list[Raw]:
    """Return the findings that are told, of all that were made of the forms of one unit."""
    told: list[Raw] = []
    held: set[Cell] = set()
    at_fault: dict[Cell, Raw] = {}
    for raw in sorted(findings, key=_by_key):
        if raw.finding.alone:
            told.append(raw)
            continue
        if raw.cells[0] in held:
            continue
        if any(x in at_fault and at_fault[x].is_root_of(raw) for x in raw.against):
            continue
        held.update(raw.cells)
        if raw.severity is not Severity.HINT:
            for cell in raw.cells:
                at_fault.setdefault(cell, raw)
        told.append(raw)
    return told
