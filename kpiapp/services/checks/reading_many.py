"""Reading hundreds of files, spread out: what a worker reads of one, and all put together again.

A file that cannot be read becomes a `Failure` and stops nothing.
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
from kpiapp.services.checks import checking_files
from kpiapp.services.checks.spreading import PIECES, Lost, tell
from kpiapp.services.files import reading_files
from kpiapp.services.files.reading_files import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.form import Form
    from kpiapp.model.project_list import ProjectList
    from kpiapp.services.checks.checking_files import Gathered
    from kpiapp.services.checks.spreading import Progress, Spread

MOST_FILES = 4
"""Files in one piece of reading: what is begun is ended even when a person has stopped."""
READING = "正在读取"


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


def read(
    found: Gathered, files: Sequence[Path], spread: Spread, progress: Progress | None = None
) -> None:
    """Read files, spread out, into what was gathered; forms come in the order of their files.

    Args:
        found: is added to.
        files: single files; no folders, no libraries.
        spread: where the work is done.
        progress: told how many files are read.
    """
    names = [str(path.absolute()) for path in files]
    size = max(1, min(MOST_FILES, len(names) // (spread.width * PIECES)))
    pieces = [names[start : start + size] for start in range(0, len(names), size)]
    results: dict[int, list[ReadFile]] = {}
    done = 0
    tell(progress, 0, len(names), READING)
    done_by = spread.run(read_files, pieces) if spread.sees_files else _carried(spread, pieces)
    for place, result in done_by:
        results[place] = _lost(pieces[place], result) if isinstance(result, Lost) else result
        done += len(pieces[place])
        tell(progress, done, len(names), READING)
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
