"""Files that are no good: one clear sentence with the file's name and a way out, at once."""

from __future__ import annotations

import errno
import os
import struct
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from sheet_forms import LAYOUTS, drafts_in, filled_form

from kpiapp.errors import UserError
from kpiapp.sheets import files, xlsx
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.grid import Cell, Grid

if TYPE_CHECKING:
    from pathlib import Path

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def good(path: Path) -> Path:
    one = LAYOUTS["jianghan-2022-project"]
    xlsx.write(path, [fill(filled_form(one), one)])
    return path


def repacked(path: Path, **parts: bytes) -> Path:
    """The good workbook with parts replaced (`__` stands for `/`) or added."""
    source = good(path.with_name("源.xlsx"))
    new = {name.replace("__", "/").replace("_xml", ".xml"): data for name, data in parts.items()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for info in old.infolist():
            if info.filename not in new:
                out.writestr(info.filename, old.read(info.filename))
        for name, data in new.items():
            out.writestr(name, data)
    return path


def sheet_xml(path: Path) -> bytes:
    with zipfile.ZipFile(good(path)) as package:
        return package.read("xl/worksheets/sheet1.xml")


def told(path: Path) -> UserError:
    """What a person is told, within a second."""
    begin = time.perf_counter()
    with pytest.raises(UserError) as error:
        drafts_in(path)
    assert time.perf_counter() - begin < 1
    assert path.name in str(error.value)
    assert error.value.way_out
    return error.value


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "空文件"),
        (b"hello" * 100, "纯文本"),
        (b"\x01\x02" * 100, "不是Excel工作簿"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "认得出"),
        (b"PK\x03\x04" + b"\x00" * 500, "损坏"),
        (OLE + b"\x00" * 600 + "Workbook".encode("utf-16-le"), ".xls"),
        (OLE + b"\x00" * 600 + "WordDocument".encode("utf-16-le"), "Word"),
        (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ],
)
def test_a_file_of_another_kind_is_named(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "绩效表.xlsx"
    path.write_bytes(content)
    assert word in str(told(path))


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert "不存在" in str(told(tmp_path / "没有.xlsx"))
    assert "文件夹" in str(told(tmp_path))


def test_a_cut_off_workbook_is_damaged(tmp_path: Path) -> None:
    path = good(tmp_path / "半个.xlsx")
    path.write_bytes(path.read_bytes()[:3000])
    assert "损坏" in str(told(path))


def test_broken_xml_is_damaged(tmp_path: Path) -> None:
    path = repacked(tmp_path / "坏.xlsx", xl__workbook_xml=b"<workbook><sheets>")
    assert "损坏" in str(told(path))


def test_an_empty_workbook_and_another_sheet_are_told_apart(tmp_path: Path) -> None:
    empty, other = tmp_path / "空表.xlsx", tmp_path / "通讯录.xlsx"
    for path, text in ((empty, ""), (other, "姓名")):
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet()
            sheet.write_string(0, 0, text)
    assert "没有任何内容" in str(told(empty))
    assert "认得出" in str(told(other))


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>',
        b'<!doctype x SYSTEM "file:///etc/passwd">',
        b'<!ENTITY b "&a;&a;">',
    ],
)
def test_xml_entities_are_refused(tmp_path: Path, declaration: bytes) -> None:
    xml = sheet_xml(tmp_path / "好.xlsx").replace(b"?>", b"?>" + declaration, 1)
    assert "实体" in str(told(repacked(tmp_path / "实体.xlsx", xl__worksheets__sheet1_xml=xml)))


def test_entities_in_utf_16_are_refused_too(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'
    path = repacked(tmp_path / "宽.xlsx", xl__worksheets__sheet1_xml=text.encode("utf-16"))
    assert "实体" in str(told(path))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = b" " * (files.LARGEST_PART + 1)
    path = repacked(tmp_path / "炸弹.xlsx", xl__worksheets__sheet1_xml=bomb)
    assert path.stat().st_size < 200_000
    assert "过大" in str(told(path))


def test_a_bomb_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    bomb = b" " * (files.LARGEST_PART + 1)
    path = repacked(tmp_path / "谎.xlsx", xl__worksheets__sheet1_xml=bomb)
    size = struct.pack("<I", len(bomb))
    path.write_bytes(path.read_bytes().replace(size, struct.pack("<I", 5_000)))
    told(path)


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert "100MB" in str(told(path))


@pytest.mark.parametrize(
    "bomb",
    [
        b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        b'<mergeCells count="1"><mergeCell ref="B3:XFD1048576"/></mergeCells>',
    ],
)
def test_a_merge_over_the_whole_sheet_is_harmless(tmp_path: Path, bomb: bytes) -> None:
    xml = sheet_xml(tmp_path / "好.xlsx")
    start = xml.index(b"<mergeCells")
    end = xml.index(b"</mergeCells>") + len(b"</mergeCells>")
    path = repacked(
        tmp_path / "合并.xlsx", xl__worksheets__sheet1_xml=xml[:start] + bomb + xml[end:]
    )
    begin = time.perf_counter()
    xlsx.read(path)
    assert time.perf_counter() - begin < 5


def test_a_cell_far_away_is_harmless(tmp_path: Path) -> None:
    xml = sheet_xml(tmp_path / "好.xlsx").replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    path = repacked(tmp_path / "远.xlsx", xl__worksheets__sheet1_xml=xml)
    begin = time.perf_counter()
    [draft] = drafts_in(path)
    assert time.perf_counter() - begin < 2
    assert draft.form.indicators


LIST = b'<dataValidations count="1"><dataValidation type="%s" sqref="A1"/></dataValidations>'


@pytest.mark.parametrize("behind", [LIST % b"list", LIST % b"ofOtherProgram"])
def test_what_stands_behind_the_cells_does_not_make_them_unreadable(
    tmp_path: Path, behind: bytes
) -> None:
    """openpyxl refuses a whole worksheet for a list to choose from of a kind it does not know."""
    xml = sheet_xml(tmp_path / "好.xlsx")
    place = xml.index(b"</mergeCells>") + len(b"</mergeCells>")
    changed = xml[:place] + behind + xml[place:]
    path = repacked(tmp_path / "下拉.xlsx", xl__worksheets__sheet1_xml=changed)
    assert xlsx.read(path) == xlsx.read(tmp_path / "源.xlsx")


@pytest.mark.parametrize("part", [b"</mergeCells>", b"</worksheet>"])
def test_a_worksheet_cut_off_behind_its_cells_is_damaged(tmp_path: Path, part: bytes) -> None:
    xml = sheet_xml(tmp_path / "好.xlsx")
    cut = xml[: xml.index(part)]
    path = repacked(tmp_path / "半张.xlsx", xl__worksheets__sheet1_xml=cut)
    assert "损坏" in str(told(path))


# -- writing ----------------------------------------------------------------------------------


def cannot_write(path: Path) -> str:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(UserError) as error:
        xlsx.write(path, [Grid("表", [Cell(0, 0, "一")])])
    assert (path.read_bytes() if path.is_file() else None) == before
    if path.parent.is_dir():
        assert not [one for one in path.parent.iterdir() if one.suffix == ".tmp"]
    return str(error.value)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert "不存在" in cannot_write(tmp_path / "没有" / "表.xlsx")


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "只读"),
        (errno.EACCES, "没有权限"),
        (errno.EIO, "读写出错"),
    ],
)
def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, word: str
) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"old")

    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files.os, "fsync", fail)
    assert word in cannot_write(path)


def test_a_file_open_in_excel_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.mkdir()  # as little replaceable as a locked file
    with pytest.raises(UserError, match=r"表\.xlsx"):
        xlsx.write(path, [Grid("表", [Cell(0, 0, "一")])])
    assert list(tmp_path.iterdir()) == [path]


def test_a_text_longer_than_a_cell_is_told_before_anything_is_written(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with pytest.raises(UserError, match="32767字"):
        xlsx.write(path, [Grid("表", [Cell(0, 0, "长" * 32_768)])])
    assert not path.exists()
