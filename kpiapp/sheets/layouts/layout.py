"""The layouts that are known: those of the program, and a person's own beside or over them.

A person's own are TOML files in folders named `表样`: beside the open library or the files that
are read, and one that an option names. One with the id and kind of the program's takes its place.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from kpiapp.model.form import Kind
from kpiapp.paths import resource
from kpiapp.sheets.layouts.blank import blank_form
from kpiapp.sheets.layouts.blocks import Layout, ProjectsBlock, with_year
from kpiapp.sheets.layouts.files import RESULTS, read_folder, read_layout, read_usable
from kpiapp.sheets.layouts.source import LayoutError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = [
    "FOLDER",
    "RESULTS",
    "Layout",
    "LayoutError",
    "blank_form",
    "layout",
    "layout_faults",
    "list_layouts",
    "load_layouts",
    "own_folders",
    "per_layouts",
    "read_folder",
    "read_layout",
    "read_usable",
    "result_layouts",
    "use_own",
    "with_year",
]

FOLDER = "表样"
"""What a folder with a person's own layouts is called."""
P = ParamSpec("P")
T = TypeVar("T")
_own: list[Path] = []
_forget: list[Callable[[], None]] = []


def per_layouts(function: Callable[P, T]) -> Callable[P, T]:
    """Remember what a function returns until other layouts are known."""
    remembering = lru_cache(maxsize=64)(function)
    _forget.append(remembering.cache_clear)
    return remembering  # type: ignore[return-value]  # the arguments are all hashable


def use_own(*folders: Path) -> None:
    """Read a person's own layouts from these folders from now on, the last one first of all.

    A folder that is not there holds none. Called again, it reads the files anew.
    """
    _own[:] = [folder for folder in dict.fromkeys(folders) if folder.is_dir()]
    for forget in _forget:
        forget()


def own_folders() -> tuple[Path, ...]:
    """Return the folders that hold a person's own layouts."""
    return tuple(_own)


def load_layouts() -> tuple[Layout, ...]:
    """Return the layouts of forms by file name, a person's own behind those of the program.

    A file that cannot be used is left out.
    """
    return tuple(one for one in _known()[0] if not _is_list(one))


def list_layouts() -> tuple[Layout, ...]:
    """Return the layouts of 表10, by file name."""
    return tuple(one for one in _known()[0] if _is_list(one))


def layout_faults() -> tuple[LayoutError, ...]:
    """Return what is wrong with the layout files that were left out."""
    return _known()[1] + _own_results()[1]


def result_layouts() -> tuple[Layout, ...]:
    """Return the layouts of 自评表 and 监控表, a person's own in the place of the program's."""
    return tuple(_results().values())


@per_layouts
def _results() -> dict[tuple[str, str], Layout]:
    ours = read_folder(resource("layouts", "results"))
    return {(one.id, one.kind): one for one in (*ours, *_own_results()[0])}


@per_layouts
def _own_results() -> tuple[tuple[Layout, ...], tuple[LayoutError, ...]]:
    read = [read_usable(folder / RESULTS) for folder in _own]
    good = tuple(one for layouts, _ in read for one in layouts)
    return good, tuple(one for _, faults in read for one in faults)


def _is_list(one: Layout) -> bool:
    return any(one.of_type(ProjectsBlock))


@per_layouts
def _known() -> tuple[tuple[Layout, ...], tuple[LayoutError, ...]]:
    found: dict[tuple[str, str], Layout] = {}
    faults: list[LayoutError] = []
    for folder in (resource("layouts"), resource("layouts", "lists"), *_own):
        good, bad = read_usable(folder)
        found |= {(one.id, one.kind): one for one in good}
        faults += bad
    return tuple(found.values()), tuple(faults)


def layout(layout_id: str, kind: Kind | str) -> Layout:
    """Return one layout of a form by id and kind.

    Raises:
        LayoutError: there is none.
    """
    for one in load_layouts():
        if one.id == layout_id and one.kind == kind:
            return one
    known = "、".join(sorted({one.id for one in load_layouts()}))
    raise LayoutError(f"没有名为“{layout_id}”的{Kind(kind).label}表样", f"可用的表样有：{known}")
