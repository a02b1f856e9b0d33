"""The findings of a report as rows of a table: what the xlsx report, the 审核意见 and 审核 show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpiapp.model.problem import RANK
from kpiapp.services.checks import rule_pages
from kpiapp.services.checks.check_reports import place_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kpiapp.model.form import Form
    from kpiapp.model.problem import Problem, Severity
    from kpiapp.services.checks.report import Report
    from kpiapp.services.files.reading_files import Failure

UNREADABLE = "读不了"
"""Stands in the place of a severity where a file could not be read."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One finding, or one file that could not be read, in words.

    Attributes:
        unit: name of the unit, "" where nothing is known.
        year: budget year, 0 for a file.
        severity: None for a file.
        code: of the rule, "" for a file.
        form: name of the form, or of the file.
        place: where on the form.
        message: what is wrong.
        mend: what to do about it.
        quiet: why it does not count; None where it does.
        form_id: id of the form, "" for a file.
        path: the file it was read from, where it is known.
        problem: the finding itself.
    """

    unit: str
    year: int
    severity: Severity | None
    code: str
    form: str
    place: str
    message: str
    mend: str
    quiet: str | None = None
    form_id: str = ""
    path: Path | None = None
    problem: Problem | None = None

    @property
    def level(self) -> str:
        """The word for how bad it is."""
        return self.severity.label if self.severity else UNREADABLE

    @property
    def rule(self) -> str:
        """The Chinese name of the rule, "" for a file."""
        return rule_pages.title(self.code)


def rows(
    report: Report,
    forms: Iterable[Form],
    paths: dict[str, Path] | None = None,
    failures: Iterable[Failure] = (),
) -> list[ReportRow]:
    """Return what a check found: files that could not be read, then unit by unit, worst first.

    Findings that do not count stand last in their unit.

    Args:
        report: the findings.
        forms: the forms that were checked.
        paths: the file of each form, by form id.
        failures: files that could not be read.
    """
    known = {form.id: form for form in forms}
    found = [
        _row(report, problem, known[form_id], (paths or {}).get(form_id))
        for form_id, problems in report.problems.items()
        if form_id in known
        for problem in problems
    ]
    found.sort(key=lambda x: (x.unit, x.year, x.quiet is not None, rank(x.severity)))
    return [*(_failed(failure) for failure in failures), *found]


def rank(severity: Severity | None) -> int:
    """Return how bad a row is, the worst lowest: a file that could not be read, then errors."""
    return RANK[severity] if severity else -1


def _row(report: Report, problem: Problem, form: Form, path: Path | None) -> ReportRow:
    return ReportRow(
        report.units.get(form.id) or (form.unit.name if form.unit else form.name),
        form.year,
        problem.severity,
        problem.code,
        form.name or form.id,
        place_text(problem.place, form),
        problem.message,
        rule_pages.mend(problem),
        report.quiet_reason(problem),
        form.id,
        path,
        problem,
    )


def _failed(failure: Failure) -> ReportRow:
    error = failure.error
    return ReportRow(
        "", 0, None, "", failure.path.name, "", error.message, error.way_out, path=failure.path
    )
