"""What a check found: the problems by form, which of them count, and the verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kpiapp.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpiapp.model.form import Form

READY, NOT_READY = "ready", "not-ready"
PARKED = "旧问题，已列入基线"
"""What is said of a problem that a baseline keeps quiet."""


@dataclass(slots=True)
class Report:
    """What a check found.

    Attributes:
        problems: by form id, every form that was checked; the worst first, then as printed.
        rules_off: codes that were not checked, in the library or in a layout.
        rules_changed: by code, the severities that held somewhere instead of the rule's own.
        excused: the key of a problem (`problem_key`) -> the written reason why it is none.
        parked: keys of old problems that a baseline keeps quiet.
        alone: ids of forms that could not be placed with a department's.
        units: name of the unit of each form, by form id.
        keys: the key of each problem that is excused or parked, by its identity.
    """

    problems: dict[str, list[Problem]] = field(default_factory=dict)
    rules_off: list[str] = field(default_factory=list)
    excused: dict[str, str] = field(default_factory=dict)
    parked: frozenset[str] = frozenset()
    alone: list[str] = field(default_factory=list)
    keys: dict[int, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    rules_changed: dict[str, tuple[Severity, ...]] = field(default_factory=dict)

    def only(self, forms: Iterable[Form]) -> Report:
        """Return the part of the report that speaks of these forms."""
        ids = {form.id for form in forms}
        return replace(
            self,
            problems={key: value for key, value in self.problems.items() if key in ids},
            alone=[key for key in self.alone if key in ids],
            units={key: value for key, value in self.units.items() if key in ids},
        )

    def all(self) -> Iterator[Problem]:
        """Yield every problem, excused ones too."""
        for problems in self.problems.values():
            yield from problems

    def is_active(self, problem: Problem) -> bool:
        """Say whether a problem counts: it is neither excused nor parked."""
        return id(problem) not in self.keys

    def active(self) -> Iterator[Problem]:
        """Yield the problems that count."""
        return (problem for problem in self.all() if self.is_active(problem))

    def reason(self, problem: Problem) -> str | None:
        """Return the written reason for which a problem is excused, or None."""
        return self.excused.get(self.keys.get(id(problem), ""))

    def quiet_reason(self, problem: Problem) -> str | None:
        """Return why a problem does not count: excused or parked; None where it counts."""
        if self.is_active(problem):
            return None
        return self.reason(problem) or PARKED

    def parked_problems(self) -> list[Problem]:
        """Return the old problems that a baseline keeps quiet."""
        return [x for x in self.all() if not self.is_active(x) and self.reason(x) is None]

    def excused_problems(self) -> list[tuple[Problem, str]]:
        """Return the excused problems with their reasons."""
        found = ((problem, self.reason(problem)) for problem in self.all())
        return [(problem, reason) for problem, reason in found if reason is not None]

    def counts(self, form_id: str | None = None) -> Counter[Severity]:
        """Count the problems that count, of one form or of all."""
        problems = self.all() if form_id is None else self.problems.get(form_id, [])
        quiet = self.keys
        return Counter([x.severity for x in problems if not (quiet and id(x) in quiet)])

    @property
    def verdict(self) -> str:
        """`ready` where no error counts, else `not-ready`."""
        return NOT_READY if self.counts()[Severity.ERROR] else READY

    def verdict_text(self) -> str:
        """Return the verdict for a person: 可以报送, or 还有 N 个错误."""
        errors = self.counts()[Severity.ERROR]
        return f"还有 {errors} 个错误" if errors else "可以报送"


def problem_key(problem: Problem, form: Form) -> str:
    """Return the key under which a problem is excused: its code and place, never its row number.

    Rows are named by their id where the form has lasting ids, else by group and name.
    """
    place = problem.place
    row = next((x for x in form.indicators if x.id == place.indicator), None)
    if row is None:
        what = ""
    elif form.ids_given:
        what = row.id
    else:
        what = f"{row.level1}/{row.level2}/{row.level3}"
    parts = (
        problem.code, place.form, place.horizon or "", place.goal if place.goal is not None else "",
        what, place.cell or "", place.field or "", problem.other_form or "",
    )  # fmt: skip
    return "|".join(str(part) for part in parts)
