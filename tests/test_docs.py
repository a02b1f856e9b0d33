"""The documents say what is there: paths, commands, targets and help pages are looked up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("installer/*.md"), *ROOT.glob("resources/help/*.md")]
HELP = sorted((ROOT / "resources" / "help").glob("*.md"))
OUR_FOLDERS = "kpiapp/ ui/ resources/ tests/ tools/ installer/ docs/".split()


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)", text(page))
    missing = [x for x in targets if "://" not in x and not (page.parent / x).exists()]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_in_backticks_exist(page: Path) -> None:
    named = [
        x for x in re.findall(r"`([\w./*-]+)`", text(page)) if x.startswith(tuple(OUR_FOLDERS))
    ]
    assert not [x for x in named if not list(ROOT.glob(x.rstrip("/")))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", text(page), re.MULTILINE)) <= targets


def test_every_command_is_in_the_readme() -> None:
    from kpiapp.cli import app
    from typer.main import get_command

    commands = set(getattr(get_command(app), "commands", {}))
    named = set(re.findall(r"[a-z]+(?:-[a-z]+)?", text(ROOT / "README.md")))
    assert commands
    assert commands <= named


def test_help_has_a_page_for_each_thing_a_person_does() -> None:
    titles = [text(page).splitlines()[0].removeprefix("# ") for page in HELP]
    assert titles == [
        "快速开始", "填写指标", "检查与修复", "导入导出", "目标库与撤销", "快捷键", "常见问题"
    ]  # fmt: skip


@pytest.mark.parametrize("page", HELP, ids=lambda page: page.name)
def test_help_is_short_and_plain(page: Path) -> None:
    lines = text(page).splitlines()
    assert len(lines) <= 60
    assert not re.search(r"https?://|/home/|[A-Z]:\\", text(page))


def test_the_changelog_speaks_of_this_version_or_the_next() -> None:
    from kpiapp import __version__

    assert re.search(
        rf"^## \[(未发布|{re.escape(__version__)})\]", text(ROOT / "CHANGELOG.md"), re.MULTILINE
    )
