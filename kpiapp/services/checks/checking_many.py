"""Checking hundreds of files of many units: spread out, told, stopped at any time.

Forms are grouped by unit before they are checked, each unit as one piece of work, so that the
result is that of one big check.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.model.problem import Place, Problem, Severity
from kpiapp.rules.engine import RULE_FAILED
from kpiapp.services import own_layouts
from kpiapp.services.checks import checking_files, reading_many
from kpiapp.services.checks.grouping import UnitGroup, group_into_units
from kpiapp.services.checks.report import Report, problem_key
from kpiapp.services.checks.spreading import PIECES, Lost, spread_for, tell
from kpiapp.services.files import reading_files

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from kpiapp.rules.outcomes import Past
    from kpiapp.services.checks.checking_files import Gathered
    from kpiapp.services.checks.spreading import Progress, Spread

CHECKING = "正在检查"


def check_paths(  # noqa: PLR0913 - what the command and the window may ask for
    paths: Sequence[Path],
    progress: Progress | None = None,
    *,
    scheduler: str = "",
    closed: bool = False,
    off: Collection[str] = (),
    baseline: Collection[str] = (),
) -> tuple[Gathered, Report]:
    """Read files, folders and libraries and check them together, on all cores or a cluster.

    Args:
        paths: what to check.
        progress: called with how many files or forms are done, of how many, and what is being
            done; it may raise to stop.
        scheduler: address of a Dask cluster.
        closed: the sets are complete, so that a missing form is a fault.
        off: codes of rules that are not to be checked.
        baseline: keys of old problems that are kept quiet.

    Raises:
        UserError: a path does not exist, the only file named cannot be read, nothing was read, or
            the cluster cannot be used.
    """
    own_layouts.use_files(paths)
    libraries = [path for path in paths if path.is_file() and checking_files.is_library(path)]
    found = checking_files.gather(libraries)
    files = list(reading_files.files_in(path for path in paths if path not in libraries))
    spread = spread_for(len(files), scheduler)
    try:
        reading_many.read(found, files, spread, progress)
        if len(paths) == 1 and not paths[0].is_dir() and found.failures:
            raise found.failures[0].error
        if not found.forms and not found.project_lists:
            raise UserError("没有读到任何申报表", _why(found))
        found.options = replace(found.options, baseline=found.options.baseline.union(baseline))
        return found, check(found, spread, progress, closed=closed, off=off)
    finally:
        spread.close()


def _why(found: Gathered) -> str:
    if not found.failures:
        return "请检查文件和文件夹"
    return f"{len(found.failures)} 个文件读不了，如：{found.failures[0].error.message}"


@dataclass(slots=True)
class Piece:
    """A unit to check, with all that its check needs; plain data."""

    groups: list[UnitGroup]
    plan: checking_files.Plan
    past: Past


def check_piece(piece: Piece) -> dict[str, list[Problem]]:
    """Check some units; called in a worker. Return the problems by form id."""
    return checking_files.check_units(piece.groups, piece.plan, piece.past).problems


def check(
    found: Gathered,
    spread: Spread,
    progress: Progress | None = None,
    *,
    closed: bool = False,
    off: Collection[str] = (),
) -> Report:
    """Check what was gathered, spread out; the result is that of `checking_files.check`.

    Args:
        found: the forms.
        spread: where the work is done.
        progress: see `check_paths`; it counts forms.
        closed: the sets are complete, so that a missing form is a fault.
        off: codes of rules that are not to be checked.
    """
    plan = checking_files.plan(found, closed=closed, off=off)
    groups = group_into_units(plan.forms, found.project_lists, found.paths)
    pieces = _pieces(groups, plan, found.past, spread.width)
    problems: dict[str, list[Problem]] = {form.id: [] for form in plan.forms}
    done = 0
    tell(progress, 0, len(plan.forms), CHECKING)
    for place, result in spread.run(check_piece, pieces):
        told = _unchecked(pieces[place], result) if isinstance(result, Lost) else result
        problems.update(told)
        done += len(told)
        tell(progress, done, len(plan.forms), CHECKING)
    return checking_files.finish(_report(groups, problems, plan), found)


def _pieces(
    groups: Sequence[UnitGroup], plan: checking_files.Plan, past: Past, width: int
) -> list[Piece]:
    """Return pieces of whole units, of about the same number of forms."""
    most = max(1, sum(len(group.forms) for group in groups) // (width * PIECES))
    bundles: list[list[UnitGroup]] = []
    room = 0
    for group in groups:
        if room < len(group.forms):
            bundles.append([])
            room = most
        bundles[-1].append(group)
        room -= len(group.forms)
    return [Piece(bundle, _share(plan, bundle), past) for bundle in bundles]


def _share(plan: checking_files.Plan, groups: Sequence[UnitGroup]) -> checking_files.Plan:
    """Return what a worker needs of a plan; excuses and baseline are looked at in the end."""
    ids = {form.id for group in groups for form in group.forms}
    evaluations = {x: plan.evaluations[x] for x in ids & plan.evaluations.keys()}
    return replace(plan, forms=[], excuses={}, baseline=frozenset(), evaluations=evaluations)


def _unchecked(piece: Piece, lost: Lost) -> dict[str, list[Problem]]:
    """Say of each form of a piece that it was not checked: an error, for nobody knows."""
    said = f"没有检查：{lost.why}"
    return {
        form.id: [Problem(RULE_FAILED, Severity.ERROR, Place(form.id), said)]
        for group in piece.groups
        for form in group.forms
    }


def _report(
    groups: Sequence[UnitGroup], problems: dict[str, list[Problem]], plan: checking_files.Plan
) -> Report:
    """Put together what the workers found; excuses and baseline are known only here."""
    report = Report(
        problems,
        plan.rules_off(),
        dict(plan.excuses),
        frozenset(plan.baseline),
        [form.id for group in groups if group.alone for form in group.forms],
        units={form.id: group.title for group in groups for form in group.forms},
        rules_changed=plan.rules_changed(),
    )
    known = {form.id: form for form in plan.forms} if plan.excuses or plan.baseline else {}
    for form_id, form in known.items():
        for problem in problems[form_id]:
            key = problem_key(problem, form)
            if key in report.excused or key in report.parked:
                report.keys[id(problem)] = key
    return report
