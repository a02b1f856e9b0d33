"""The command line: its words, its JSON, its exit codes; in Chinese, whatever the locale."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kpiapp import cli, crash
from kpiapp.model.interchange import form_from_json
from kpiapp.services.files import json_files
from kpiapp.store.library import Library
from tests.store.conftest import FORM

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = (
    "check convert import export layouts rules rule demo self-test backup restore"
    " score score-case roll-forward export-results report"
).split()


@pytest.fixture(autouse=True)
def reports(tmp_path, monkeypatch):
    folder = tmp_path / "log"
    folder.mkdir()
    monkeypatch.setattr(crash, "log_folder", lambda: folder)
    return folder


@pytest.fixture
def run(capsys):
    """Run a command in this process; return its exit code, output and error stream."""

    def call(*words):
        code = cli.main([str(word) for word in words])
        return code, *capsys.readouterr()

    return call


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "好.json"
    json_files.write(path, form_from_json(FORM))
    return path


@pytest.fixture
def bad(tmp_path):
    form = form_from_json(FORM)
    form.indicators[0].target = ""
    json_files.write(tmp_path / "坏.json", form)
    return tmp_path / "坏.json"


def off(run, path):
    """Return the codes of a file's errors, to switch them off."""
    problems = json.loads(run("check", path, "--format", "json")[1])["problems"]
    return sorted({x["code"] for x in problems if x["severity"] == "error"})


# -- words ------------------------------------------------------------------------------------


def test_every_command_is_there_and_says_in_chinese_what_it_is_for(run):
    code, said, _ = run("--help")
    assert code == 0
    for command in COMMANDS:
        assert re.search(rf"^  {command} +.*[\u4e00-\u9fff]", said, re.MULTILINE), command
        code, page, _ = run(command, "--help")
        assert code == 0
        assert re.findall(r"(?i)\b(usage|options|arguments|commands|message|default)\b", page) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [(["frob"], "没有'frob'这个命令"), (["check"], "缺少“PATHS”"), (["convert", "a"], "缺少“OUT”"),
     (["check", "--frob", "x"], "没有“--frob”这个选项"),
     (["check", "x", "--format", "y"], "“--format”的值不对"),
     (["export", "--year", "x", "--library", "l", "--out", "o"], "“--year”的值不对"),
     (["rule", "no-such"], "no-such"), (["check", "x", "--off", "no-such"], "no-such"),
     (["check", "没有.json"], "找不到"), (["convert", "没有.json", "a.xlsx"], "找不到")],
)  # fmt: skip
def test_a_wrong_line_is_one_sentence_and_exit_2(run, words, said):
    code, out, wrong = run(*words)
    assert (code, out) == (2, "")
    assert said in wrong
    assert len(wrong.splitlines()) == 1


def test_a_fault_of_ours_is_reported_and_exit_2(run, monkeypatch, reports):
    from kpiapp.services import catalogue

    monkeypatch.setattr(catalogue, "layouts", lambda: 1 / 0)
    code, _, wrong = run("layouts")
    assert code == 2
    assert "错误报告" in wrong
    assert len(list(reports.iterdir())) == 1


def test_layouts_and_rules_are_listed(run):
    assert "jiangxia-2026\tproject\t" in run("layouts")[1]
    lines = run("rules")[1].splitlines()
    assert any(line.startswith("missing-target\t错误\t") for line in lines)
    assert "为什么" in run("rule", "missing-target")[1]


def test_the_self_test_of_a_sound_program_finds_no_fault(run):
    code, said, _ = run("self-test")
    assert code == 0
    assert "✗" not in said


# -- check ------------------------------------------------------------------------------------


def test_check_tells_by_exit_code_whether_there_are_errors(run, bad):
    code, said, _ = run("check", bad)
    assert code == 1
    assert "missing-target" in said
    assert run("check", bad, "--off", ",".join(off(run, bad)))[0] == 0


def test_check_as_json_has_the_fixed_keys(run, bad):
    code, said, _ = run("check", bad, "--format", "json", "--off", "missing-unit")
    report = json.loads(said)
    assert (code, report["verdict"], report["rules_off"]) == (1, "not-ready", ["missing-unit"])
    keys = (
        "code severity form horizon goal level1 level2 level3 row cell field other_form message fix"
    ).split()
    assert all(list(problem) == keys for problem in report["problems"])
    missing = next(x for x in report["problems"] if x["code"] == "missing-target")
    assert (missing["form"], missing["row"], missing["horizon"]) == ("f1", 0, "annual")


@pytest.mark.parametrize("kind", ["text", "json", "xlsx"])
def test_a_report_can_be_written_to_a_file(run, bad, tmp_path, kind):
    out = tmp_path / f"r.{kind}"
    code, said, _ = run("check", bad, "--format", kind, "--out", out)
    assert (code, said) == (1, "")
    if kind == "xlsx":
        from kpiapp.sheets import xlsx

        grid = xlsx.read(out)[0]
        texts = [cell.text for cell in grid.cells]
        assert texts[:6] == ["级别", "代码", "表", "位置", "问题", "怎么改"]
        assert "missing-target" in texts
    else:
        assert "missing-target" in out.read_text(encoding="utf-8")


def test_an_xlsx_report_needs_a_file(run, good):
    code, _, wrong = run("check", good, "--format", "xlsx")
    assert (code, "--out" in wrong) == (2, True)


def test_check_reads_libraries_and_folders_and_says_what_it_could_not_read(run, bad, tmp_path):
    assert run("import", bad, "--library", tmp_path / "l.kpi")[0] == 0
    assert "missing-target" in run("check", tmp_path / "l.kpi")[1]
    folder = tmp_path / "夹"
    folder.mkdir()
    bad.rename(folder / "a.json")
    (folder / "b.xlsx").write_text("不是表")
    code, said, wrong = run("check", folder)
    assert code == 1
    assert "missing-target" in said
    assert "b.xlsx" in wrong


def test_the_same_form_twice_is_checked_once(run, good, tmp_path):
    (tmp_path / "再.json").write_bytes(good.read_bytes())
    one = json.loads(run("check", good, "--format", "json")[1])
    two = json.loads(run("check", good, tmp_path / "再.json", "--format", "json")[1])
    assert one == two


# -- convert ----------------------------------------------------------------------------------


def forms_of(folder):
    return sorted(x for x in (folder / "forms").glob("*.json") if "table10" not in x.name)


def without_office_losses(data):
    """What a workbook carries: no findings, no district, no ids."""
    data = {key: value for key, value in data.items() if key not in ("findings", "district")}
    for part in ("goals", "indicators"):
        data[part] = [{k: v for k, v in x.items() if k != "id"} for x in data[part]]
    return data


def test_every_published_form_goes_through_xlsx_and_back_without_loss(run, shared, tmp_path):
    forms = forms_of(shared)
    assert len(forms) == 23
    for source in forms:
        book, back = tmp_path / f"{source.stem}.xlsx", tmp_path / source.name
        assert run("convert", source, book)[0] == 0
        assert run("convert", book, back)[0] == 0
        wanted, found = (json.loads(x.read_text(encoding="utf-8")) for x in (source, back))
        assert without_office_losses(found) == without_office_losses(wanted), source.name


def test_json_to_json_loses_nothing(run, shared, tmp_path):
    for source in sorted((shared / "forms").glob("*.json")):
        assert run("convert", source, tmp_path / "x.json")[0] == 0
        wanted, found = (
            json.loads(x.read_text(encoding="utf-8")) for x in (source, tmp_path / "x.json")
        )
        assert found == wanted


def test_a_workbook_of_several_forms_gives_several_files(run, good, tmp_path):
    library, folder = tmp_path / "l.kpi", tmp_path / "o"
    other = form_from_json(FORM | {"id": "f2", "fields": {"项目名称": "食堂运行"}})
    json_files.write(tmp_path / "二.json", other)
    assert run("import", good, tmp_path / "二.json", "--library", library)[0] == 0
    words = ["export", "--library", library, "--year", 2026, "--out", folder, "--one-workbook"]
    assert run(*words)[0] == 0
    (book,) = folder.iterdir()
    assert run("convert", book, tmp_path / "y.json")[0] == 0
    found = [json_files.read(tmp_path / f"y-{n}.json").name for n in (1, 2)]
    assert found == ["物业后勤保障", "食堂运行"]


@pytest.mark.parametrize("name", ["x.wps", "没有/x.xlsx"])
def test_a_target_that_cannot_be_is_told(run, good, tmp_path, name):
    code, _, wrong = run("convert", good, tmp_path / name)
    assert code == 2
    assert len(wrong.splitlines()) == 1


# -- import and export ------------------------------------------------------------------------


def test_import_says_what_was_read_and_what_is_wrong(run, bad, tmp_path):
    code, said, _ = run("import", bad, "--library", tmp_path / "l.kpi")
    assert code == 0
    assert "坏.json：项目“物业后勤保障”（2026年，jiangxia-2026）新增" in said
    assert "missing-target" in said
    assert "没有改动" in run("import", bad, "--library", tmp_path / "l.kpi")[1]
    with Library.open(tmp_path / "l.kpi") as library:
        assert [head.id for head in library.heads()] == ["f1"]


def test_a_dry_run_changes_nothing(run, good, tmp_path):
    library = tmp_path / "l.kpi"
    assert "新增" in run("import", good, "--library", library, "--dry-run")[1]
    assert not library.exists()
    Library.create(library).close()
    before = library.read_bytes()
    assert "新增" in run("import", good, "--library", library, "--dry-run")[1]
    assert library.read_bytes() == before


def test_import_names_the_cells_it_did_not_read(run, shared, tmp_path):
    source = shared / "sheets" / "messy" / "dongxihu-2025-p02.xlsx"
    said = run("import", source, "--library", tmp_path / "l.kpi")[1]
    assert "dongxihu-2025-p02.xlsx / 项目绩效目标申报表：项目“编外辅助用工”" in said
    assert said.index("  没有认出 A1：附件2：") < said.index("  G39：“１１人/年”读作“11人/年”")


def test_export_prints_the_files_it_wrote(run, good, tmp_path):
    run("import", good, "--library", tmp_path / "l.kpi")
    words = ["export", "--library", tmp_path / "l.kpi", "--year", "2026", "--out", tmp_path / "o"]
    code, said, _ = run(*words, "--as", "xlsx,json")
    assert code == 0
    assert sorted(Path(x) for x in said.splitlines()) == sorted((tmp_path / "o").iterdir())
    assert run(*words[:4], "1999", *words[5:])[0] == 2


# -- the process ------------------------------------------------------------------------------


def process(*words, **environment):
    return subprocess.run(
        [sys.executable, "-X", "utf8=0", ROOT / "main.py", *words],
        capture_output=True,
        env=os.environ | environment,
        check=False,
    )


@pytest.mark.parametrize(
    "environment",
    [{"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "POSIX"}],
)
def test_chinese_gets_out_under_any_locale(environment):
    done = process("layouts", PYTHONCOERCECLOCALE="0", **environment)
    assert done.returncode == 0, done.stderr
    assert "江夏区" in done.stdout.decode("utf-8")
    done = process("check", "没有.json", PYTHONCOERCECLOCALE="0", **environment)
    assert done.returncode == 2
    assert "找不到" in done.stderr.decode("utf-8")


def test_a_program_without_a_console_has_no_streams(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert cli.main(["layouts"]) == 0
    assert cli.main(["check", "没有.json"]) == 2
    sys.stdout.close()
    sys.stderr.close()


def test_a_reader_that_goes_away_is_no_crash():
    line = f'"{sys.executable}" "{ROOT / "main.py"}" rules | head -1'
    done = subprocess.run(line, shell=True, capture_output=True, check=False)
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "window", "library"),
    [([], True, None), (["--library", "a.kpi"], True, "a.kpi"),
     (["--library=b.kpi"], True, "b.kpi"), (["--library"], True, None),
     (["c.kpi"], True, "c.kpi"), (["目录/D.KPI"], True, "目录/D.KPI"),
     (["check", "d.kpi"], False, None), (["check", "--library"], False, None)],
)  # fmt: skip
def test_words_decide_between_window_and_command(words, window, library):
    import main

    assert main.wants_window(words) is window
    if window:
        assert main.library_in(words) == library


def test_the_command_line_loads_no_window_and_the_start_nothing_heavy():
    code = "import sys, main; print(sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, encoding="utf-8", check=True
    )
    heavy = r"'(PySide6|sqlalchemy|openpyxl|typer|pandas)[.']|'kpiapp[.](?!(?:memory|options)')"
    assert not re.search(heavy, done.stdout)
    code = "import sys; from kpiapp import cli; cli.main(['layouts']); print(sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, encoding="utf-8", check=True
    )
    assert not re.search(r"'(PySide6|sqlalchemy|openpyxl|xlsxwriter|pandas)[.']", done.stdout)


def test_the_demonstration_leaves_sheets_and_a_picture(tmp_path):
    done = subprocess.run(
        [sys.executable, ROOT / "main.py", "demo"],
        capture_output=True,
        cwd=tmp_path,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path)},
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr.decode()
    out = tmp_path / "out"
    assert (out / "主窗口.png").stat().st_size > 10_000
    assert len(list(out.rglob("*.xlsx"))) == 3 * (1 + 6 + 1)  # department, projects, 表10
    with Library.open(out / "示例.kpi", read_only=True) as library:
        assert library.years() == [2026, 2025, 2024]


def test_a_library_is_copied_and_put_back(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    library = cli.demo_library()
    assert run("demo")[0] == 0
    code, copy, _ = run("backup", "--library", library, "--out", tmp_path)
    assert code == 0
    library.write_bytes(b"damaged")
    code, said, aside = run("restore", copy.strip(), "--library", library)
    assert (code, said.strip()) == (0, str(library))
    assert "损坏" in aside
    assert run("check", library)[0] == 1
