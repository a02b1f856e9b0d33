"""A person's own layouts: where they lie, copying one, drafting one, and checking one.

They lie in a folder `表样` beside the library or beside the files that are read, or in one that is
named by an option. Nothing of the sheets is loaded where there is no such folder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.paths import own_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kpiapp.sheets.layouts.blocks import Layout

FOLDER = "表样"
_places: dict[str, tuple[Path, ...]] = {}


def use_given(folder: Path) -> None:
    """Use the layouts of the folder that an option names.

    Raises:
        UserError: there is no such folder.
    """
    if not folder.is_dir():
        raise UserError(f"找不到表样文件夹“{folder}”", "请检查--layouts后面的文件夹")
    _use("given", (folder,))


def use_library() -> None:
    """Use the layouts beside the library that is open, in the place of those beside the one before.

    Which library that is, `paths.look_beside` was told.
    """
    folder = own_folder(FOLDER)
    _use("library", (folder,) if folder else ())


def use_files(paths: Sequence[Path]) -> None:
    """Use the layouts beside the files, or in the folders, that are read now."""
    _use("files", tuple(x / FOLDER if x.is_dir() else folder_beside(x) for x in paths))


def folder_beside(path: Path) -> Path:
    """Return the folder of own layouts beside a file; it may not be there."""
    return path.absolute().parent / FOLDER


def _use(role: str, folders: tuple[Path, ...]) -> None:
    before = {folder for one in _places.values() for folder in one}
    _places[role] = tuple(folder for folder in dict.fromkeys(folders) if folder.is_dir())
    if before or _places[role]:
        settle(used())


def used() -> tuple[Path, ...]:
    """Return the folders in use, the one that goes before all others last."""
    return tuple(x for role in ("files", "library", "given") for x in _places.get(role, ()))


def settle(folders: Sequence[Path]) -> None:
    """Read these folders, and these only; also in a process that was started for a part of work."""
    if folders or _places:
        from kpiapp.sheets.layouts import layout

        layout.use_own(*folders)


def read_again() -> list[Layout]:
    """Read the files in the folders anew; return the layouts that are a person's own."""
    from kpiapp.sheets.layouts import layout

    settle(used())
    return [one for folder in used() for one in layout.read_usable(folder)[0]]


# -- copying and checking -------------------------------------------------------------------------


def copy_one(layout_id: str, kind: str, folder: Path) -> Path:
    """Write one layout into a folder, as `copy` does.

    Raises:
        UserError: see `copy`.
    """
    path = next(x for x in _named(layout_id) if (one := _usable(x)) and one.kind == kind)
    return copy(path.stem, folder)[0]


def copy(layout_id: str, target: Path) -> list[Path]:
    """Write a layout of the program as files that can be changed, whole, without `extends`.

    Args:
        layout_id: `jiangxia-2026` for both its forms, or the name of one file.
        target: a folder, or a file (.toml) where it is one layout.

    Raises:
        UserError: there is no such layout, or the file is there already or cannot be written.
    """
    from kpiapp.sheets.layouts.files import read_whole
    from kpiapp.sheets.layouts.writing import as_toml

    found = _named(layout_id)
    one_file = target.suffix.lower() == ".toml"
    if one_file and len(found) > 1:
        names = "、".join(path.stem for path in found)
        raise UserError(
            f"“{layout_id}”有{len(found)}张表样：{names}", "请写其中一张，或写一个文件夹"
        )
    written = [target if one_file else target / path.name for path in found]
    _refuse_existing(written)
    for path, new in zip(found, written, strict=True):
        data, _ = read_whole(path)
        _write(new, as_toml(data, _about_copy(path.stem)))
    return written


def _about_copy(name: str) -> str:
    return (
        f"从程序的表样 {name} 复制。放进目标库旁边的“{FOLDER}”文件夹后生效。\n"
        "id 和 kind 不变：代替程序里的那张。改了 id（区县-启用年份）：另成一张新表样。\n"
        "widths 是各列的宽度；每个表格各列 span 的合计要等于表格占的列数。"
    )


def _named(layout_id: str) -> list[Path]:
    """Return the files of a layout, by its id or by the name of a file."""
    from kpiapp.paths import resource

    folders = [*used(), resource("layouts"), resource("layouts", "lists")]
    files = [x for f in folders for x in sorted(f.glob("*.toml")) if not x.name.startswith("_")]
    if by_name := [path for path in files if path.stem == layout_id]:
        return by_name[:1]
    known = [(path, _usable(path)) for path in reversed(files)]
    found = {one.kind: path for path, one in known if one and one.id == layout_id}
    if not found:
        raise UserError(f"没有名为“{layout_id}”的表样", "用 layouts 命令列出全部表样")
    return list(found.values())


def _usable(path: Path) -> Layout | None:
    """Return the layout of a file, or None where it cannot be used."""
    from kpiapp.sheets.layouts.files import read_layout

    try:
        return read_layout(path)
    except UserError:
        return None


def check(path: Path) -> list[str]:
    """Return what a layout file says, once it is known to work.

    Raises:
        UserError: it cannot be used, with file, line and way out; or a form does not come back
            whole from its sheet.
    """
    from kpiapp.sheets.drafting import trial
    from kpiapp.sheets.layouts.files import read_layout

    return trial.describe(read_layout(path))


def draft(source: Path, target: Path) -> list[Path]:
    """Write a first layout for each sheet of a workbook that is of no known kind.

    Args:
        source: an office file with the empty or filled sheet.
        target: a folder, or a file (.toml) for the first sheet.

    Raises:
        UserError: the file cannot be read, or holds nothing like a form; or the target is there
            already or cannot be written.
    """
    from kpiapp.services.files import formats
    from kpiapp.sheets.drafting.draft import draft_layout
    from kpiapp.sheets.free.dividing import forms_on
    from kpiapp.sheets.free.lists import projects_on
    from kpiapp.sheets.layouts.writing import as_toml

    grids = [grid for grid in formats.read_grids(source) if not grid.hidden]
    if any(map(projects_on, grids)):
        raise UserError(
            f"“{source.name}”一张表里列着许多项目，不用表样就能读入",
            "请直接导入；要起草表样，请用只有一个项目的表",
        )
    grids = [forms_on(grid)[0] for grid in grids]
    drafts = [data for grid in grids if (data := draft_layout(grid, source.stem))]
    if not drafts:
        raise UserError(f"“{source.name}”里没有像申报表的表格", "请用只有一张表的文件，表头写全")
    one_file = target.suffix.lower() == ".toml"
    chosen = drafts[:1] if one_file else drafts
    written = [
        target if one_file else target / f"{source.stem}{f'-{n}' if len(chosen) > 1 else ''}.toml"
        for n in range(1, len(chosen) + 1)
    ]
    _refuse_existing(written)
    for data, path in zip(chosen, written, strict=True):
        _write(path, as_toml(data, _about_draft(source.name)))
    return written


def _about_draft(name: str) -> str:
    return (
        f"由“{name}”起草。请核对：id（区县-启用年份）、name、district，每个版块的 type 和各栏。\n"
        f"改好后用 layouts --check 检查，再放进目标库旁边的“{FOLDER}”文件夹。"
    )


def _refuse_existing(paths: Sequence[Path]) -> None:
    for path in paths:
        if path.exists():
            raise UserError(f"“{path}”已经有了", "请换一个文件名，或先移走它")


def _write(path: Path, text: str) -> None:
    from kpiapp.services.files.folders import make_folder
    from kpiapp.services.files.formats import write_bytes

    make_folder(path.parent)
    write_bytes(path, text.encode("utf-8"))
