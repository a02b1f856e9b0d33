"""Bombs, damage and encryption are named before a library sees the file."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from kpiapp.errors import UserError
from kpiapp.sheets.package import OLE, check_package

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "word/document.xml"
BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


def package(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in ({"document": b"<x/>"} | parts).items():
            file.writestr(f"word/{name}.xml", data)
    return path


def complaint(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        check_package(path, MAIN, "Word文档")
    assert caught.value.way_out
    return caught.value.message


def test_a_sound_package_passes(tmp_path: Path) -> None:
    check_package(package(tmp_path / "a.docx"), MAIN, "Word文档")


def test_a_missing_file(tmp_path: Path) -> None:
    assert "找不到" in complaint(tmp_path / "a.docx")


def test_a_folder(tmp_path: Path) -> None:
    assert "无法打开" in complaint(tmp_path)


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)])
def test_a_damaged_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    assert "Word文档" in complaint(path)


def test_every_truncation_is_named(tmp_path: Path) -> None:
    whole = package(tmp_path / "a.docx").read_bytes()
    path = tmp_path / "b.docx"
    for length in range(0, len(whole) - 1, 7):
        path.write_bytes(whole[:length])
        assert complaint(path)


def test_an_encrypted_or_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(OLE + bytes(500))
    assert "密码" in complaint(path)


def test_another_kind_of_package(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("xl/workbook.xml", "<x/>")
    assert complaint(path) == "“a.docx”不是Word文档"


def test_a_zip_bomb_is_refused_unread(tmp_path: Path) -> None:
    path = package(tmp_path / "a.docx", media=bytes(30_000_000))
    assert path.stat().st_size < 100_000
    assert "过大" in complaint(path)


def test_too_many_parts(tmp_path: Path) -> None:
    path = package(tmp_path / "a.docx", **{f"p{n}": b"" for n in range(5_001)})
    assert "过大" in complaint(path)


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
def test_an_entity_bomb(tmp_path: Path, code: str) -> None:
    path = package(tmp_path / "a.docx", styles=(" " * 1_500_000 + BOMB).encode(code))
    assert "文档类型" in complaint(path)
