"""Workbooks of Excel 97 and WPS, and what office files hold besides cells.

`files/old.xls` is the sample form 图书馆免费开放, saved as Excel 97 saves it, with 95% as a number.
"""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sheet_forms import filled_form

from kpiapp.errors import UserError
from kpiapp.model.form import Kind
from kpiapp.services.files import reading_files
from kpiapp.sheets import docx, html, xls, xlsx
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.layouts.layout import layout

if TYPE_CHECKING:
    from kpiapp.sheets.grid import Grid

OLD = Path(__file__).parent / "files" / "old.xls"


def sheet() -> Grid:
    own = layout("jiangxia-2026", Kind.PROJECT)
    return fill(filled_form(own), own)


@pytest.mark.parametrize("suffix", [".xls", ".et"])
def test_an_old_workbook_is_read_with_its_merges(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"来件{suffix}"
    path.write_bytes(OLD.read_bytes())
    [found] = reading_files.read_file(path)
    assert found.form
    assert found.draft
    assert (found.form.name, found.form.layout) == ("图书馆免费开放", "jiangxia-2026")
    assert [row.level1 for row in found.form.indicators[:3]] == ["成本指标", "产出指标", "产出指标"]
    assert not found.draft.unread


def test_a_number_that_may_be_a_share_is_named() -> None:
    [found] = reading_files.read_file(OLD)
    assert found.draft
    [note] = found.draft.notes
    assert "F39" in note
    assert "百分数" in note
    assert any(row.target == "0.95" for row in found.form.indicators if found.form)


@pytest.mark.parametrize(
    ("module", "suffix"),
    [(xlsx, ".xls"), (xlsx, ".docx"), (docx, ".xlsx"), (html, ".xls"), (html, ".xlsx")],
)
def test_a_file_is_read_as_what_it_is_whatever_its_name(
    tmp_path: Path, module: object, suffix: str
) -> None:
    path = tmp_path / f"来件{suffix}"
    module.write(path, [sheet()])  # type: ignore[attr-defined]  # one of the writers
    [found] = reading_files.read_file(path)
    assert found.form
    assert found.form.layout == "jiangxia-2026"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (OLD.read_bytes()[:3000], "读不出内容"),
        (OLD.read_bytes()[:512], "读不出内容"),
        (b"abc", "不是Excel工作簿"),
        (b"", "空文件"),
        (OLD.read_bytes() + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (OLD.read_bytes() + "WordDocument".encode("utf-16-le"), "旧版Word文档"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "来件.xls"
    path.write_bytes(data)
    with pytest.raises(UserError, match=words) as error:
        xls.read(path)
    assert error.value.way_out


def test_damaged_old_workbooks_are_told_and_never_end_the_program(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    chance, path, told = random.Random(7), tmp_path / "来件.xls", 0
    for _ in range(40):
        data = bytearray(OLD.read_bytes())
        for _ in range(chance.choice([1, 5, 40])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)
        try:
            xls.read(path)
        except UserError:
            told += 1
    capfd.readouterr()  # what the library says of its own panics
    assert told


@pytest.mark.parametrize(
    ("module", "part", "words"),
    [
        (xlsx, "xl/vbaProject.bin", "宏"),
        (xlsx, "xl/externalLinks/externalLink1.xml", "链接"),
        (xlsx, "xl/embeddings/oleObject1.bin", "别的对象"),
        (docx, "word/vbaProject.bin", "宏"),
        (docx, "word/embeddings/Microsoft_Excel_Sheet.xlsx", "别的对象"),
    ],
)
def test_what_is_ignored_is_told(tmp_path: Path, module: object, part: str, words: str) -> None:
    path = tmp_path / f"来件.{'xlsx' if module is xlsx else 'docx'}"
    module.write(path, [sheet()])  # type: ignore[attr-defined]  # xlsx or docx
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(part, b"<x/>")
    [found] = reading_files.read_file(path)
    assert found.draft
    assert [words in note for note in found.draft.notes] == [True]


@pytest.mark.parametrize(("kind", "told"), [("attachedTemplate", 1), ("hyperlink", 0)])
def test_a_tie_to_a_file_outside_is_told_a_hyperlink_is_not(
    tmp_path: Path, kind: str, told: int
) -> None:
    path = tmp_path / "来件.docx"
    docx.write(path, [sheet()])
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(
            "word/_rels/settings.xml.rels",
            f'<Relationships><Relationship Id="a" Type="http://x/{kind}" '
            'Target="file:///a.dotm" TargetMode="External"/></Relationships>',
        )
    notes = docx.read(path)[0].notes
    assert len(notes) == told
