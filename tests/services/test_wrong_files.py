"""Files that are no form: each is named as what it is; one that only bears a wrong name is read."""

from __future__ import annotations

import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest

from kpiapp import cli
from kpiapp.errors import UserError
from kpiapp.services import opening
from kpiapp.services.exports.converting import write_sheet
from kpiapp.services.files import reading_files
from kpiapp.services.imports import importing
from kpiapp.sheets.layouts.layout import blank_form, layout

if TYPE_CHECKING:
    from pathlib import Path

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)


def package(*names: str) -> bytes:
    from io import BytesIO

    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return stream.getvalue()


WRONG = [
    ("照片.xlsx", b"\xff\xd8\xff\xe0" + bytes(range(256)), "是图片"),
    ("图.docx", b"\x89PNG\r\n\x1a\n" + bytes(300), "是图片"),
    ("扫描.pdf", b"%PDF-1.4\n", "是PDF文件"),
    ("扫描.xlsx", b"%PDF-1.4\n", "是PDF文件"),
    ("汇报.xlsx", package("ppt/presentation.xml"), "是PowerPoint幻灯片"),
    ("汇报.ppt", OLE + "PowerPoint Document".encode("utf-16-le"), "是PowerPoint幻灯片"),
    ("全部.zip", package("a.txt"), "是压缩包"),
    ("全部.xlsx", package("a.txt"), "是压缩包"),
    ("全部.rar", b"Rar!\x1a\x07\x00" + bytes(50), "是压缩包"),
    ("表.ods", package("mimetype", "META-INF/manifest.xml"), "是OpenDocument文件"),
    ("安装.xlsx", b"MZ" + bytes(200), "是程序文件"),
    ("旧.doc", b"{\\rtf1 abc}", "是RTF文档"),
    ("旧.docx", OLE + "WordDocument".encode("utf-16-le"), "旧版Word文档"),
    ("密.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "有打开密码"),
    ("表.csv", "项目名称,党建\n".encode("gbk"), "是纯文本"),
    ("表.xlsx", "项目名称\t党建\n".encode(), "是纯文本"),
    ("表.txt", "你好".encode(), "是纯文本"),
    ("数据.xlsx", b'{"id": "x"}', "是JSON文件"),
    ("空.xlsx", b"", "是空文件"),
    ("空.html", b"", "是空文件"),
    ("空.et", b"", "是空文件"),
    ("网页.xls", b"<html><table><tr><td>x</td></tr></table></html>", "没有认得出的绩效目标表"),
    ("坏.docx", package("word/document.xml")[:60], "已损坏"),
    ("坏.bin", bytes(range(256)) * 4, "不认识文件"),
    ("坏.json", b'{"id": ', "不是有效的JSON"),
    ("别的.json", b"[1, 2]", "不是一张申报表"),
]


@pytest.mark.parametrize(("name", "data", "said"), WRONG, ids=[one[0] for one in WRONG])
def test_a_wrong_file_is_named(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UserError, match=said) as caught:
        reading_files.read_file(path)
    assert path.name in str(caught.value)
    assert caught.value.way_out


@pytest.mark.parametrize("command", ["check", "convert", "import"])
def test_commands_say_it_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    folder = tmp_path / "收到的"
    folder.mkdir()
    path = folder / "照片.xlsx"
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    more = {
        "check": [],
        "convert": [str(folder / "新.json")],
        "import": ["--library", str(folder / "库.kpi")],
    }
    assert cli.main([command, str(path), *more[command]]) == 2
    said = capsys.readouterr().err
    assert said.strip().splitlines()[0].startswith("“照片.xlsx”是图片")
    assert "Traceback" not in said
    assert [one.name for one in folder.iterdir()] == ["照片.xlsx"]


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html"])
@pytest.mark.parametrize("suffix", ["xlsx", "docx", "xls", "doc", "html", "dat", ""])
def test_a_file_is_read_as_what_it_is(tmp_path: Path, kind: str, suffix: str) -> None:
    form = blank_form(layout("jiangxia-2026", "project"), 2026, "热线", template=True)
    form.indicators[0].level3, form.indicators[0].target = "办结率", "≥95%"
    write_sheet(form, tmp_path / f"真.{kind}")
    path = tmp_path / f"改名.{suffix}".rstrip(".")
    shutil.move(tmp_path / f"真.{kind}", path)
    [found] = reading_files.read_file(path)
    assert found.form
    assert found.form.indicators[0].level3 == "办结率"


def test_one_wrong_file_does_not_keep_the_others_out(tmp_path: Path) -> None:
    form = blank_form(layout("jiangxia-2026", "project"), 2026, "热线", template=True)
    form.indicators[0].level3 = "办结率"
    write_sheet(form, tmp_path / "好.xlsx")
    (tmp_path / "照片.xlsx").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    found, failures = reading_files.read_paths([tmp_path])
    assert [one.form.name for one in found if one.form] == ["热线"]
    assert [one.error.message for one in failures] == ["“照片.xlsx”是图片"]
    session = opening.create_session(tmp_path / "库.kpi")
    importing.take_over(session, importing.plan(session, found))
    assert [head.name for head in session.heads()] == ["热线"]
    session.library.close()
