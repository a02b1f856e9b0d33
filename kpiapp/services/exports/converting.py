"""One file into another format, through the form: JSON, workbook, document, PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.services import own_layouts
from kpiapp.services.exports import exporting
from kpiapp.services.files import formats, json_files, reading_files

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.model.form import Form
    from kpiapp.model.project_list import ProjectList
    from kpiapp.services.files.reading_files import Incoming


def convert(source: Path, target: Path, layout_id: str = "") -> list[Path]:
    """Convert the forms of a file; several forms give several files (`OUT-1.json`, …).

    Args:
        source: JSON or an office file.
        target: the file to write; its suffix names the format.
        layout_id: print on, or read as, this layout instead of the form's own.

    Returns:
        The files written.

    Raises:
        UserError: the source cannot be read or the target not written; then nothing is.
    """
    if not source.exists():
        raise UserError(f"找不到“{source}”", "请检查文件名")
    if not target.parent.is_dir():
        raise UserError(f"文件夹“{target.parent}”不存在", "请先建立它，或换一个位置")
    own_layouts.use_files([source])
    found = reading_files.read_file(source, layout_id="" if _is_json(source) else layout_id)
    targets = _targets(target, len(found))
    for one, path in zip(found, targets, strict=True):
        _write(one, path, layout_id)
    return targets


def _targets(target: Path, number: int) -> list[Path]:
    if number == 1:
        return [target]
    return [target.with_name(f"{target.stem}-{n}{target.suffix}") for n in range(1, number + 1)]


def _write(one: Incoming, path: Path, layout_id: str) -> None:
    if one.form is None:
        assert one.project_list
        _write_list(one.project_list, path)
    elif _is_json(path):
        json_files.write(path, one.form)
    else:
        write_sheet(one.form, path, layout_id)


def _write_list(projects: ProjectList, path: Path) -> None:
    from kpiapp.sheets.project_sheet import fill_list

    if _is_json(path):
        json_files.write(path, projects)
    else:
        formats.write_grids(path, [fill_list(projects)])


def write_sheet(form: Form, path: Path, layout_id: str = "") -> None:
    """Write a form's official sheet; raises UserError where its layout is unknown."""
    formats.write_grids(path, [exporting.sheet_of(form, layout_id)])


def _is_json(path: Path) -> bool:
    return path.suffix.lower() == formats.JSON
