"""A file is whole or as it was."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from kpiapp.errors import UserError
from kpiapp.sheets.aside import written_aside

if TYPE_CHECKING:
    from pathlib import Path


def test_the_draft_takes_the_place_of_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "表 12-1.docx"
    path.write_text("old")
    with written_aside(path) as draft:
        draft.write_text("new")
        assert draft.suffix == ".docx"
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_fault_of_ours_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), written_aside(path) as draft:  # noqa: PT012
        draft.write_text("half")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with pytest.raises(UserError, match="磁盘已满"), written_aside(path) as draft:  # noqa: PT012
        draft.write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert not list(tmp_path.iterdir())


def test_a_vanished_folder(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "a.docx"
    with pytest.raises(UserError, match="不存在"), written_aside(path) as draft:
        draft.write_text("x")


def test_the_name_of_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.mkdir()
    with pytest.raises(UserError, match="是一个文件夹"), written_aside(path) as draft:
        draft.write_text("x")


def test_a_file_that_excel_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.docx"
    path.write_text("old")

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "used by another process")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UserError, match="正被其他程序打开"), written_aside(path) as draft:
        draft.write_text("x")
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 100 + ".docx")
    with pytest.raises(UserError, match="文件名太长"), written_aside(path) as draft:
        draft.write_text("x")
