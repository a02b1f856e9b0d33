"""Checking what lies in files and libraries: everything is read first, then checked together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kpiapp.model.stages import is_declared
from kpiapp.services import check_reports, importing, json_files, rule_settings
from kpiapp.services.checking import Checker, Report

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from kpiapp.model.form import Form
    from kpiapp.model.project_list import ProjectList
    from kpiapp.services.importing import Failure
    from kpiapp.services.session import Session

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
    """

    forms: list[Form] = field(default_factory=list)
    project_lists: list[ProjectList] = field(default_factory=list)
    paths: dict[str, Path] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    options: rule_settings.CheckOptions = field(default_factory=rule_settings.CheckOptions)


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
        incoming, failures = importing.read_named([path])
        found.failures += failures
        for one in incoming:
            _gather(found, one.form, one.project_list, one.path)
    return found


def is_library(path: Path) -> bool:
    """Whether a file is a library, by its first bytes."""
    try:
        with path.open("rb") as file:
            return file.read(len(LIBRARY_START)) == LIBRARY_START
    except OSError:
        return False


def _gather_library(found: Gathered, path: Path) -> None:
    from kpiapp.store.library import Library

    with Library.open(path, read_only=True) as library:
        for year in library.years():
            for form in library.load_year(year):
                _gather(found, form, None, path)
            for one in library.project_lists(year):
                _gather(found, None, one, path)
        found.options = rule_settings.of_library(library)


def _gather(found: Gathered, form: Form | None, projects: ProjectList | None, path: Path) -> None:
    """Take in one thing; a second copy of a form with other contents gets another id."""
    if form is not None:
        same = next((one for one in found.forms if one.id == form.id), None)
        if same is not None and _contents(same) == _contents(form):
            return
        form.id = _free_id(form.id or path.stem, found.paths)
        found.forms.append(form)
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


def check(found: Gathered, *, closed: bool = False, off: Collection[str] = ()) -> Report:
    """Check what was gathered.

    Args:
        found: the forms.
        closed: the set is complete, so that a missing project form is a fault.
        off: codes of rules that are not to be checked.
    """
    from kpiapp.services import results_check

    declared = [form for form in found.forms if is_declared(form.stage)]
    report = Checker().check(
        declared,
        found.project_lists,
        closed=closed or found.options.closed,
        evaluations=results_check.evaluated(found.forms),
        off=[*off, *found.options.off],
        severities=found.options.severities,
        layouts=rule_settings.of_layouts(declared),
        excuses=found.options.excuses,
        baseline=found.options.baseline,
        paths=found.paths,
    )
    results_check.check_beside(report, found.forms, found.options)
    return report


def as_text(report: Report, found: Gathered) -> str:
    """Return a report as text."""
    return check_reports.report_to_text(report, found.forms)


def as_json(report: Report, found: Gathered) -> bytes:
    """Return a report as the JSON of the command line."""
    return json_files.to_bytes(check_reports.report_to_json(report, found.forms))


def text_about(session: Session, forms: Sequence[Form], *, imported: bool) -> str:
    """Return what is to be said of forms as they come into a library.

    Args:
        session: the library.
        forms: the forms.
        imported: they are in it, and are checked with all others of their years; else alone.
    """
    report = session.report() if imported else check(Gathered(list(forms)))
    return check_reports.report_to_text(report, forms) if report else "检查没有完成"


def write_workbook(path: Path, report: Report, found: Gathered) -> None:
    """Write a report as a workbook: 级别, 代码, 表, 位置, 问题, 怎么改."""
    from kpiapp.services import rule_pages
    from kpiapp.sheets import xlsx
    from kpiapp.sheets.grid import Cell, Grid, Role

    forms = {form.id: form for form in found.forms}
    lines = [["级别", "代码", "表", "位置", "问题", "怎么改"]]
    for problem in report.active():
        form = forms[problem.place.form]
        place = check_reports.place_text(problem.place, form)
        fix = problem.fix.label if problem.fix else rule_pages.title(problem.code)
        name = f"{form.name}（{form.year}）"
        lines.append([problem.severity.label, problem.code, name, place, problem.message, fix])
    lines.append(["没有检查的规则", "、".join(report.rules_off) or "无", "", "", "", ""])
    cells = [
        Cell(row, column, text, role=Role.TEXT if row else Role.HEAD)
        for row, line in enumerate(lines)
        for column, text in enumerate(line)
    ]
    xlsx.write(path, [Grid("检查结果", cells, (8, 24, 30, 40, 60, 30), repeat_rows=1)])
