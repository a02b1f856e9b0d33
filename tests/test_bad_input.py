"""Bad files and a hostile world: one clear sentence, exit 2, nothing half-written."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kpiapp import cli, crash
from kpiapp.model.interchange import form_from_json
from kpiapp.services.exports import converting
from kpiapp.services.files import json_files
from kpiapp.services.session import Session
from kpiapp.store.library import Library
from tests.store.conftest import FORM, NoChecks

MAIN = Path(__file__).resolve().parent.parent / "main.py"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.fixture(autouse=True)
def reports(tmp_path_factory, monkeypatch):
    """No bad file is a fault of ours: a test fails if it leaves a crash report."""
    folder = tmp_path_factory.mktemp("log")
    monkeypatch.setattr(crash, "log_folder", lambda: folder)
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "库" / "库.kpi"
    path.parent.mkdir()
    with Library.create(path) as library:
        Session(library, NoChecks()).add_form(form_from_json(FORM | {"id": "alt"}), "放入")
    return path


def traces(folder):
    """What lies in a folder: names and contents, but for SQLite's own (empty) journals."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not (path.name.endswith(("-shm", "-wal")))
    }


# -- files ------------------------------------------------------------------------------------


def workbook(texts=(), **parts):
    """A small workbook; `parts` take the place of its own (`sharedStrings`, `sheet1`)."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Sheet1")
        for row, text in enumerate(texts):
            sheet.write_string(row, 0, text)
    if not parts:
        return stream.getvalue()
    changed = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(Path(name).stem, old.read(name)))
    return changed.getvalue()


def laughs():
    entities = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "哈">{entities}]>'
    return f'{head}<sst xmlns="http://schemas.openxmlformats.org/x"><si><t>&l9;</t></si></sst>'


def long_workbook():
    return workbook([f"项目名称{n}" for n in range(900)])


def without(*keys):
    return json.dumps({key: value for key, value in FORM.items() if key not in keys}).encode()


def with_(**values):
    return json.dumps(FORM | values).encode()


FILES = {
    "不是表格.xlsx": "只是文字".encode,
    "网页.xls": lambda: b"<html><table></table></html>",
    "空文件.xlsx": lambda: b"",
    "加密.xlsx": lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
    "旧表.xls": lambda: OLE + "Workbook".encode("utf-16-le"),
    "旧表.et": lambda: OLE,
    "断了.xlsx": lambda: long_workbook()[:2000],
    "坏压缩.xlsx": lambda: long_workbook()[:400] + b"\0" * 900 + long_workbook()[1300:],
    "别的压缩.xlsx": lambda: zipped("readme.txt", b"x"),
    "别的表.xlsx": lambda: workbook(["姓名", "工资", "张某", "5000"]),
    "空表.xlsx": workbook,
    "炸弹.xlsx": lambda: workbook(["x"], sheet1=b"<a>" + b" " * 400_000_000 + b"</a>"),
    "实体.xlsx": lambda: workbook(["x"], sharedStrings=laughs()),
    "坏标签.xlsx": lambda: workbook(["x"], sheet1=b"<worksheet><row></worksheet>"),
    "不认识.wps": lambda: b"x",
    "不认识.csv": lambda: b"a,b",
    "空.json": lambda: b"",
    "坏.json": lambda: b'{"kind": ',
    "编码.json": lambda: json.dumps(FORM, ensure_ascii=False).encode("gbk"),
    "列表.json": lambda: b"[1, 2]",
    "数.json": lambda: b"5",
    "深.json": lambda: b"[" * 200_000,
    "大数.json": lambda: b'{"kind": "project", "year": ' + b"9" * 5000 + b"}",
    "缺键.json": lambda: without("kind"),
    "缺年度.json": lambda: without("year"),
    "缺指标.json": lambda: without("indicators"),
    "错年度.json": lambda: with_(year="明年"),
    "错类型.json": lambda: with_(kind="表"),
    "错目标.json": lambda: with_(goals=[{"horizon": "annual"}]),
    "错指标.json": lambda: with_(indicators=["x"]),
    "错栏目.json": lambda: with_(fields=["x"]),
    "错表.json": lambda: with_(tables={"a": {"columns": ["x"], "rows": [3]}}),
    "错列表.json": lambda: b'{"kind": "project_list", "year": 2026, "columns": [], "rows": [5]}',
    "缺行.json": lambda: b'{"kind": "project_list", "year": 2026}',
}


def zipped(name, data):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(name, data)
    return stream.getvalue()


def told(capsys, *words):
    """Run a command that must fail; return its one sentence."""
    code = cli.main([str(word) for word in words])
    out, wrong = capsys.readouterr()
    assert code == 2, (out, wrong)
    assert out == ""
    assert len(wrong.splitlines()) == 1, wrong
    assert "Traceback" not in wrong
    return wrong


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_named_in_one_sentence_and_changes_nothing(tmp_path, library, capsys, name):
    folder = tmp_path / "收件"
    folder.mkdir()
    path = folder / name
    path.write_bytes(FILES[name]())
    before = traces(tmp_path)
    for words in (
        ["import", path, "--library", library],
        ["check", path],
        ["convert", path, tmp_path / "出.json"],
    ):
        sentence = told(capsys, *words)
        assert name in sentence
        assert any("\u4e00" <= sign <= "\u9fff" for sign in sentence)
    assert traces(tmp_path) == before


def test_a_good_file_beside_a_bad_one_is_not_taken_alone(tmp_path, library, capsys):
    good, bad = tmp_path / "好.json", tmp_path / "坏.xlsx"
    json_files.write(good, form_from_json(FORM))
    bad.write_text("x")
    before = traces(library.parent)
    assert "坏.xlsx" in told(capsys, "import", good, bad, "--library", library)
    assert traces(library.parent) == before


def test_a_hundred_megabytes_are_refused_at_once(tmp_path, library, capsys):
    for name in ("大.xlsx", "大.json"):
        path = tmp_path / name
        with path.open("wb") as file:
            file.write(b"PK\x03\x04" if name.endswith("xlsx") else b"{")
            file.truncate(100_000_001)
        assert "MB" in told(capsys, "import", path, "--library", library)


def test_a_folder_with_the_name_of_a_workbook_holds_nothing(tmp_path, capsys):
    (tmp_path / "夹.xlsx").mkdir()
    assert "夹.xlsx" in told(capsys, "check", tmp_path / "夹.xlsx")


@pytest.mark.parametrize("content", [b"", b"text", b"SQLite format 3\0" + b"x" * 4000])
def test_a_library_that_is_none(tmp_path, capsys, content):
    path, good = tmp_path / "库.kpi", tmp_path / "好.json"
    json_files.write(good, form_from_json(FORM))
    path.write_bytes(content)
    assert "库.kpi" in told(capsys, "import", good, "--library", path)
    words = ["export", "--library", path, "--year", 2026, "--out", tmp_path / "o"]
    assert "库.kpi" in told(capsys, *words)
    assert path.read_bytes() == content
    assert not (tmp_path / "o").exists()


def test_a_library_in_use_is_told_with_its_holder(tmp_path, library, capsys):
    good = tmp_path / "好.json"
    json_files.write(good, form_from_json(FORM))
    with Library.open(library, who="甲"):
        assert "“甲”" in told(capsys, "import", good, "--library", library)


def test_a_new_library_whose_import_fails_is_taken_away(tmp_path, capsys):
    assert "没有.json" in told(
        capsys, "import", tmp_path / "没有.json", "--library", tmp_path / "新.kpi"
    )
    assert not (tmp_path / "新.kpi").exists()


# -- a hostile world --------------------------------------------------------------------------


def sentence_of(*words, before=(), **options):
    """Run a command as a process that must fail; return its one sentence."""
    line = [*before, sys.executable, MAIN, *words]
    done = subprocess.run(line, capture_output=True, check=False, **options)
    wrong = done.stderr.decode("utf-8")
    assert (done.returncode, done.stdout) == (2, b""), wrong
    assert len(wrong.splitlines()) == 1, wrong
    return wrong


def bound():
    """The beginning of a command line on which the rights of folders count, also for root."""
    if sys.platform == "win32":
        pytest.skip("rights of folders are another thing on Windows")
    if os.getuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root may write anywhere, and there is no setpriv to bind it")
    return [setpriv, "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]


@pytest.fixture
def locked(tmp_path_factory):
    """A folder that may be read and not written, with a good form and a library."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        json_files.write(folder / "好.json", form_from_json(FORM))
        with Library.create(folder / "库.kpi") as library:
            Session(library, NoChecks()).add_form(form_from_json(FORM), "放入")
        for path in folder.iterdir():
            path.chmod(0o444)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def test_a_read_only_folder(locked):
    start, before = bound(), traces(locked)
    good, library = locked / "好.json", locked / "库.kpi"
    for words in (
        ["convert", good, locked / "出.xlsx"],
        ["convert", good, locked / "出.json"],
        ["import", good, "--library", library],
        ["import", good, "--library", locked / "新.kpi"],
        ["export", "--library", library, "--year", "2026", "--out", locked / "o"],
        ["check", good, "--format", "xlsx", "--out", locked / "r.xlsx"],
    ):
        assert any(x in sentence_of(*words, before=start) for x in ("权限", "写", "建立")), words
    assert traces(locked) == before


def test_a_library_in_a_read_only_folder_can_still_be_checked(locked):
    done = subprocess.run(
        [*bound(), sys.executable, MAIN, "check", locked / "库.kpi"],
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode()


def small_disk():
    """Let this process write no file larger than 2,000 bytes: a disk that fills up midway."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_disk_that_fills_up_leaves_no_half_file(tmp_path, library):
    good = tmp_path / "好.json"
    form = form_from_json(FORM)
    form.goals[0].text = "长" * 3000
    json_files.write(good, form)
    (tmp_path / "旧.xlsx").write_bytes(b"old")
    before = traces(tmp_path)
    for words in (
        ["convert", good, tmp_path / "旧.xlsx"],
        ["convert", good, tmp_path / "出.json"],
        ["import", good, "--library", library],
        ["import", good, "--library", tmp_path / "新.kpi"],
        ["check", good, "--format", "xlsx", "--out", tmp_path / "r.xlsx"],
    ):
        sentence_of(*words, preexec_fn=small_disk)
        assert traces(tmp_path) == before, words


def test_a_folder_that_is_not_there_is_named(tmp_path, capsys):
    good = tmp_path / "好.json"
    json_files.write(good, form_from_json(FORM))
    assert "没有" in told(capsys, "convert", good, tmp_path / "没有" / "x.xlsx")
    assert "没有" in told(capsys, "import", good, "--library", tmp_path / "没有" / "x.kpi")
    (tmp_path / "file").write_text("")
    words = ["check", good, "--format", "json", "--out", tmp_path / "file" / "r.json"]
    assert "r.json" in told(capsys, *words)


def test_text_that_looks_like_a_formula_stays_text(tmp_path, shared):
    data = json.loads((shared / "forms" / "jiangxia-2026-p01.json").read_text(encoding="utf-8"))
    wanted = ['=HYPERLINK("http://x","点")', "+cmd|'/c calc'!A0", "=100%", "@SUM(A1)"]
    for row, text in zip(data["indicators"], wanted, strict=False):
        row["target"] = text
    json_files.write(tmp_path / "x.json", form_from_json(data))
    converting.convert(tmp_path / "x.json", tmp_path / "x.xlsx")
    converting.convert(tmp_path / "x.xlsx", tmp_path / "y.json")
    rows = json_files.read(tmp_path / "y.json").indicators
    assert [row.target for row in rows[:4]] == wanted
