"""What files hold: forms and 项目支出表, from JSON and from sheets, one by one or in folders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.model.form import Form
from kpiapp.services.files import formats, json_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kpiapp.model.project_list import ProjectList
    from kpiapp.sheets.draft import Draft
    from kpiapp.sheets.project_sheet import ListDraft


@dataclass(slots=True)
class Incoming:
    """A form, or a 项目支出表, as a file holds it.

    Attributes:
        path: the file.
        form: the form, or None for a list.
        project_list: the list, or None for a form.
        draft: what a sheet's reader has to say (unread cells, changed texts); None for JSON.
        list_draft: the same of a list.
        unchanged: the library has a list that says the same.
        certain_id: the form's id is its own, not one made up for a sheet that names none.
    """

    path: Path
    form: Form | None = None
    project_list: ProjectList | None = None
    draft: Draft | None = None
    list_draft: ListDraft | None = None
    unchanged: bool = False
    certain_id: bool = True

    @property
    def complete(self) -> bool:
        """Whether it says all there is of the form; a sheet says only what it prints."""
        return self.draft is None


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and the sentence that says why."""

    path: Path
    error: UserError


def read_file(path: Path, *, layout_id: str = "") -> list[Incoming]:
    """Return the forms in a file: JSON holds one, a workbook any number.

    Args:
        path: the file.
        layout_id: read every sheet as this layout; by default each is recognised.

    Raises:
        UserError: the file cannot be read, or holds no form.
    """
    if path.suffix.lower() == formats.JSON and not formats.holds_sheets(path):
        found = json_files.read(path)
        if isinstance(found, Form):
            return [Incoming(path, found)]
        return [Incoming(path, project_list=found)]
    return _read_sheets(path, layout_id)


def _read_sheets(path: Path, layout_id: str) -> list[Incoming]:
    """Return the forms on the sheets of a file that can be seen, then its 表10."""
    from kpiapp.sheets import project_sheet
    from kpiapp.sheets.free import dividing
    from kpiapp.sheets.parsing import recognise

    shown = (grid for grid in formats.read_grids(path) if not grid.hidden)
    found: list[Incoming] = []
    lists: list[Incoming] = []
    for grid in shown:
        for part in dividing.forms_on(grid):
            if listed := project_sheet.read_list(part, path.stem):
                listed.notes += grid.notes
                lists.append(_incoming_list(path, listed))
            elif draft := recognise.read_draft(part, path.stem, layout_id):
                draft.notes += grid.notes
                found.append(Incoming(path, draft.form, draft=draft))
    found += lists
    if not found:
        raise UserError(
            f"“{path.name}”里没有认得出的绩效目标表",
            "请确认是绩效目标申报表；如是别的区县的表样，请先添加表样",
        )
    for one in found:
        if one.draft is None:
            continue
        named = recognise.id_in(path.stem, one.draft.layout) if len(found) == 1 else ""
        one.certain_id = bool(one.draft.grid.marks.get("form") if one.draft.own else named)
    return found


def _incoming_list(path: Path, draft: ListDraft) -> Incoming:
    return Incoming(path, project_list=draft.project_list, list_draft=draft, certain_id=draft.own)


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that are meant: a folder means all readable files below it.

    Office's own lock files (`~$…`) and hidden files are left out.

    Raises:
        UserError: a path does not exist, or a folder holds nothing that can be read.
    """
    for path in paths:
        if not path.exists():
            raise UserError(f"找不到“{path}”", "请检查文件名和文件夹")
        if path.is_dir():
            found = [x for x in sorted(path.rglob("*")) if x.is_file() and _is_meant(x)]
            if not found:
                raise UserError(f"文件夹“{path}”里没有可以读的文件", "请检查是否选错了文件夹")
            yield from found
        else:
            yield path


def _is_meant(path: Path) -> bool:
    return not path.name.startswith(("~$", ".")) and formats.is_readable(path)


def read_paths(
    paths: Iterable[Path], progress: Callable[[int, int, str], bool | None] | None = None
) -> tuple[list[Incoming], list[Failure]]:
    """Read files and folders; what cannot be read is told, the rest goes on.

    Args:
        paths: files and folders.
        progress: called before each file with how many are done, of how many, and its name;
            returning False stops.
    """
    found: list[Incoming] = []
    failures: list[Failure] = []
    files = list(files_in(paths))
    for number, path in enumerate(files):
        if progress and progress(number, len(files), path.name) is False:
            break
        try:
            found += read_file(path)
        except UserError as error:
            failures.append(Failure(path, error))
    return found, failures


def read_named(paths: Iterable[Path]) -> tuple[list[Incoming], list[Failure]]:
    """Read files and folders; a file that was named itself must be readable.

    Raises:
        UserError: a named path is missing or cannot be read; what folders hold is only told.
    """
    found: list[Incoming] = []
    failures: list[Failure] = []
    for path in paths:
        incoming, failed = read_paths([path])
        if failed and not path.is_dir():
            raise failed[0].error
        found += incoming
        failures += failed
    return found, failures
