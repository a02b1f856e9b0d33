"""Checking what lies in files and libraries: everything is read first, then checked together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kpiapp.model.stages import is_declared
from kpiapp.rules.outcomes import NO_PAST, Past
from kpiapp.services.checks import check_reports, rule_settings
from kpiapp.services.checks.checking import Checker
from kpiapp.services.checks.grouping import UnitGroup, group_into_units
from kpiapp.services.checks.rule_settings import RuleSettings, rules_changed
from kpiapp.services.files import json_files, reading_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from kpiapp.model.form import Form
    from kpiapp.model.problem import Severity
    from kpiapp.model.project_list import ProjectList
    from kpiapp.rules.outcomes import Evaluation
    from kpiapp.services.checks.report import Report
    from kpiapp.services.checks.report_rows import ReportRow
    from kpiapp.services.files.reading_files import Failure

LIBRARY_START = b"SQLite format 3\0"


@dataclass(slots=True)
class Gathered:
    """What was read for a check.

    Attributes:
        forms: each with an id of its own.
        project_lists: the 项目支出表 among it.
        paths: where each came from, by id.
        failures: files that could not be read.
        options: how a library among the files wants to be checked.
        by_id: the forms by their ids.
        past: what a library among the files knows of earlier years.
    """

    forms: list[Form] = field(default_factory=list)
    project_lists: list[ProjectList] = field(default_factory=list)
    paths: dict[str, Path] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    options: rule_settings.CheckOptions = field(default_factory=rule_settings.CheckOptions)
    by_id: dict[str, Form] = field(default_factory=dict)
    past: Past = NO_PAST


def gather(paths: Iterable[Path]) -> Gathered:
    """Read files, folders and libraries.

    Raises:
        UserError: a path that was named (not found in a folder) cannot be read.
    """
    found = Gathered()
    for path in paths:
        if path.is_file() and is_library(path):
            _gather_library(found, path)
            continue
        incoming, failures = reading_files.read_named([path])
        found.failures += failures
        for one in incoming:
            take_in(found, one.form, one.project_list, one.path)
    return found


def is_library(path: Path) -> bool:
    """Say whether a file is a library, by its first bytes."""
    try:
        with path.open("rb") as file:
            return file.read(len(LIBRARY_START)) == LIBRARY_START
    except OSError:
        return False


def _gather_library(found: Gathered, path: Path) -> None:
    from kpiapp.services.past import past
    from kpiapp.store.library import Library

    with Library.open(path, read_only=True) as library:
        for year in library.years():
            for form in library.load_year(year):
                take_in(found, form, None, path)
            for one in library.project_lists(year):
                take_in(found, None, one, path)
        found.options = rule_settings.of_library(library)
        found.past = past(library, found.forms)


def take_in(found: Gathered, form: Form | None, projects: ProjectList | None, path: Path) -> None:
    """Take in one thing; a second copy of a form with other contents gets another id."""
    if form is not None:
        same = found.by_id.get(form.id)
        if same is not None and _contents(same) == _contents(form):
            return
        form.id = _free_id(form.id or path.stem, found.paths)
        found.forms.append(form)
        found.by_id[form.id] = form
        found.paths[form.id] = path
    if projects is not None:
        if projects in found.project_lists:
            return
        projects = replace(projects, id=_free_id(projects.id, found.paths))
        found.project_lists.append(projects)
        found.paths[projects.id] = path


def _contents(form: Form) -> bytes:
    from kpiapp.model import interchange

    data = interchange.form_to_json(form, ids=False)
    return json_files.to_bytes({key: data[key] for key in data if key not in form.other})


def _free_id(wanted: str, taken: Collection[str]) -> str:
    number, free = 2, wanted
    while free in taken:
        free, number = f"{wanted}-{number}", number + 1
    return free


@dataclass(frozen=True, slots=True)
class Plan:
    """What a check of gathered forms is asked for, all settings taken together."""

    forms: list[Form]
    closed: bool
    off: frozenset[str]
    severities: Mapping[str, Severity]
    layouts: Mapping[str, RuleSettings]
    excuses: Mapping[str, str]
    baseline: frozenset[str]
    evaluations: Mapping[str, Evaluation]

    def rules_off(self) -> list[str]:
        """Return the codes that are off for any of the forms."""
        return sorted(self.off.union(*(settings.off for settings in self.layouts.values())))

    def rules_changed(self) -> dict[str, tuple[Severity, ...]]:
        """Return by code the severities that held instead of the rule's own."""
        return rules_changed([RuleSettings(self.off, self.severities), *self.layouts.values()])


def plan(found: Gathered, *, closed: bool = False, off: Collection[str] = ()) -> Plan:
    """Return how what was gathered is to be checked.

    Args:
        found: the forms.
        closed: the set is complete, so that a missing project form is a fault.
        off: codes of rules that are not to be checked.
    """
    from kpiapp.services.checks import results_check

    declared = [form for form in found.forms if is_declared(form.stage)]
    return Plan(
        declared,
        closed or found.options.closed,
        found.options.off.union(off),
        found.options.severities,
        rule_settings.of_layouts(declared, found.options.layouts),
        found.options.excuses,
        found.options.baseline,
        results_check.evaluated(found.forms),
    )


def check(found: Gathered, *, closed: bool = False, off: Collection[str] = ()) -> Report:
    """Check what was gathered here and now; see `plan`."""
    wanted = plan(found, closed=closed, off=off)
    groups = group_into_units(wanted.forms, found.project_lists, found.paths)
    return finish(check_units(groups, wanted, found.past), found)


def check_units(groups: Sequence[UnitGroup], wanted: Plan, past: Past) -> Report:
    """Check whole units as a plan says."""
    return Checker().check(
        wanted.forms or [form for group in groups for form in group.forms],
        closed=wanted.closed,
        off=wanted.off,
        severities=wanted.severities,
        layouts=wanted.layouts,
        excuses=wanted.excuses,
        baseline=wanted.baseline,
        evaluations=wanted.evaluations,
        past=past,
        groups=groups,
    )


def finish(report: Report, found: Gathered) -> Report:
    """Add to a report on declarations what is said of the forms of later stages."""
    from kpiapp.services.checks import results_check

    results_check.check_beside(report, found.forms, found.options)
    return report


def rows(report: Report, found: Gathered) -> list[ReportRow]:
    """Return a report as rows, with the files that could not be read."""
    from kpiapp.services.checks import report_rows

    return report_rows.rows(report, found.forms, found.paths, found.failures)


def as_text(report: Report, found: Gathered) -> str:
    """Return a report as text."""
    return check_reports.report_to_text(report, found.forms)


def as_json(report: Report, found: Gathered) -> bytes:
    """Return a report as the JSON of the command line."""
    return json_files.listing_to_bytes(check_reports.report_to_json(report, found.forms))


def write_workbook(path: Path, report: Report, found: Gathered) -> None:
    """Write a report as a workbook; raises UserError where it cannot be written."""
    from kpiapp.services.checks import report_workbook

    report_workbook.write(path, report, rows(report, found))


def write_reviews(path: Path, report: Report, found: Gathered) -> list[Path]:
    """Write the 审核意见: one unit and year into the file, several into a folder of that name.

    Raises:
        UserError: a file or the folder cannot be written.
    """
    from kpiapp.services.checks import review_report, review_sheet

    reviews = review_report.reviews(report, rows(report, found), found.forms)
    kind = path.suffix.lower().removeprefix(".")
    if len(reviews) == 1 and kind:
        review_sheet.write(path, reviews[0])
        return [path]
    return review_sheet.write_all(path.with_suffix(""), reviews, [kind or "docx"])
