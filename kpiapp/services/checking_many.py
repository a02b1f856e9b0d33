"""Reading and checking hundreds of files of many units: spread out, told, stopped at any time.

A file that cannot be read becomes a `Failure` and stops nothing. Forms are grouped by unit before
they are checked, each unit as one piece of work, so that the result is that of one big check.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from kpiapp import crash
from kpiapp.errors import UserError
from kpiapp.model.packing import packed
from kpiapp.model.problem import Place, Problem, Severity
from kpiapp.rules.engine import RULE_FAILED
from kpiapp.services import checking_files, own_layouts, reading_files
from kpiapp.services.checking import Checker
from kpiapp.services.grouping import UnitGroup, group_into_units
from kpiapp.services.reading_files import Failure
from kpiapp.services.report import Report, problem_key
from kpiapp.services.spreading import Lost, spread_for

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from kpiapp.model.form import Form
    from kpiapp.model.project_list import ProjectList
    from kpiapp.rules.outcomes import Evaluation, Past
    from kpiapp.services.checking_files import Gathered
    from kpiapp.services.rule_settings import RuleSettings
    from kpiapp.services.spreading import Spread

    Progress = Callable[[int, int, str], object]

PIECES = 8
"""Pieces of work for each worker: enough to share the load and to show progress."""
MOST_FILES = 4
"""Files in one piece of reading: what is begun is ended even when a person has stopped."""
READING, CHECKING = "正在读取", "正在检查"


@packed
@dataclass(slots=True)
class ReadFile:
    """What a worker read of one file; plain data, for it travels between processes."""

    path: str
    forms: list[Form] = field(default_factory=list)
    project_lists: list[ProjectList] = field(default_factory=list)
    error: tuple[str, str] | None = None


def read_files(paths: Sequence[str]) -> list[ReadFile]:
    """Read some files; called in a worker. What cannot be read says why."""
    return [_read(path) for path in paths]


@packed
@dataclass(frozen=True, slots=True)
class Carried:
    """A file with its content, for a worker that does not see our folders; None if unreadable."""

    path: str
    content: bytes | None


class Carrying(Sequence[list[Carried]]):
    """Pieces of files, whose contents are read when a piece is asked for."""

    def __init__(self, pieces: Sequence[Sequence[str]]) -> None:
        """Take the paths of each piece."""
        self._pieces = pieces

    def __len__(self) -> int:
        return len(self._pieces)

    def __getitem__(self, place: Any) -> Any:
        return [Carried(path, _content(path)) for path in self._pieces[place]]


def _content(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except OSError:
        return None  # the worker tells it as it tells any file that cannot be read


def read_carried(files: Sequence[Carried]) -> list[ReadFile]:
    """Read some files that came with their contents; called in a worker of a cluster."""
    return [_read_carried(one) for one in files]


def _read_carried(one: Carried) -> ReadFile:
    name = Path(one.path).name
    if one.content is None:
        return ReadFile(one.path, error=(f"打不开“{name}”", "请检查文件是否还在、有没有读取权限"))
    with TemporaryDirectory(prefix="kpiapp-") as folder:
        copy = Path(folder) / name
        copy.write_bytes(one.content)
        return replace(_read(str(copy)), path=one.path)


def _read(path: str) -> ReadFile:
    try:
        found = reading_files.read_file(Path(path))
    except UserError as error:
        return ReadFile(path, error=(error.message, error.way_out))
    except Exception as error:  # noqa: BLE001 - one bad file must not stop hundreds of others
        crash.save_report(error, "读取文件")
        name = Path(path).name
        return ReadFile(
            path,
            error=(f"读“{name}”时程序出错（{type(error).__name__}）", "错误报告已保存，请单独处理"),
        )
    return ReadFile(
        path,
        [one.form for one in found if one.form],
        [one.project_list for one in found if one.project_list],
    )


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
        read(found, files, spread, progress)
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


def read(
    found: Gathered, files: Sequence[Path], spread: Spread, progress: Progress | None = None
) -> None:
    """Read files, spread out, into what was gathered; forms come in the order of their files.

    Args:
        found: is added to.
        files: single files; no folders, no libraries.
        spread: where the work is done.
        progress: see `check_paths`; it counts files.
    """
    names = [str(path.absolute()) for path in files]
    size = max(1, min(MOST_FILES, len(names) // (spread.width * PIECES)))
    pieces = [names[start : start + size] for start in range(0, len(names), size)]
    results: dict[int, list[ReadFile]] = {}
    done = 0
    _tell(progress, 0, len(names), READING)
    done_by = spread.run(read_files, pieces) if spread.sees_files else _carried(spread, pieces)
    for place, result in done_by:
        results[place] = _lost(pieces[place], result) if isinstance(result, Lost) else result
        done += len(pieces[place])
        _tell(progress, done, len(names), READING)
    for place in sorted(results):
        for one in results[place]:
            _take(found, one)


def _carried(
    spread: Spread, pieces: Sequence[Sequence[str]]
) -> Iterator[tuple[int, list[ReadFile] | Lost]]:
    return spread.run(read_carried, Carrying(pieces))


def _lost(paths: Sequence[str], lost: Lost) -> list[ReadFile]:
    """Say of each file of a piece that it was lost with its worker."""
    return [
        ReadFile(path, error=(f"没能读“{Path(path).name}”：{lost.why}", "请单独检查这个文件"))
        for path in paths
    ]


def _take(found: Gathered, one: ReadFile) -> None:
    path = Path(one.path)
    if one.error:
        found.failures.append(Failure(path, UserError(*one.error)))
    for form in one.forms:
        checking_files.take_in(found, form, None, path)
    for projects in one.project_lists:
        checking_files.take_in(found, None, projects, path)


def _tell(progress: Progress | None, done: int, total: int, text: str) -> None:
    if progress:
        progress(done, total, text)


# -- checking -------------------------------------------------------------------------------------


@dataclass(slots=True)
class Piece:
    """A unit to check, with all that its check needs; plain data."""

    groups: list[UnitGroup]
    closed: bool
    off: frozenset[str]
    severities: Mapping[str, Severity]
    layouts: Mapping[str, RuleSettings]
    evaluations: Mapping[str, Evaluation]
    past: Past


def check_piece(piece: Piece) -> dict[str, list[Problem]]:
    """Check some units; called in a worker. Return the problems by form id."""
    forms = [form for group in piece.groups for form in group.forms]
    report = Checker().check(
        forms,
        closed=piece.closed,
        off=piece.off,
        severities=piece.severities,
        layouts=piece.layouts,
        evaluations=piece.evaluations,
        past=piece.past,
        groups=piece.groups,
    )
    return report.problems


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
    _tell(progress, 0, len(plan.forms), CHECKING)
    for place, result in spread.run(check_piece, pieces):
        told = _unchecked(pieces[place], result) if isinstance(result, Lost) else result
        problems.update(told)
        done += len(told)
        _tell(progress, done, len(plan.forms), CHECKING)
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
    return [
        Piece(
            bundle, plan.closed, plan.off, plan.severities, plan.layouts,
            {x.id: plan.evaluations[x.id] for g in bundle for x in g.forms
             if x.id in plan.evaluations},
            past,
        )
        for bundle in bundles
    ]  # fmt: skip


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
