"""Which problems the list shows: by severity, rule and words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity

if TYPE_CHECKING:
    from kpiapp.model.problem import Problem


@dataclass(frozen=True, slots=True)
class ProblemFilter:
    """What is shown: these severities, and only this rule's findings when `code` is given."""

    severities: frozenset[Severity] = field(default_factory=lambda: frozenset(Severity))
    code: str = ""

    def shows(self, problem: Problem) -> bool:
        """Return whether a problem is shown."""
        return problem.severity in self.severities and self.code in ("", problem.code)
