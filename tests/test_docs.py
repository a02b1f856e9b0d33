"""The documents say what is there: paths, commands, targets and help pages are looked up."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("installer/*.md"), *ROOT.glob("resources/help/*.md")]
HELP = sorted((ROOT / "resources" / "help").glob("*.md"))
OUR_FOLDERS = "kpiapp/ ui/ resources/ tests/ tools/ installer/ docs/".split()


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def leads_somewhere(target: str, folder: Path) -> bool:
    """Help pages link to each other by name (`page:keys`) and to rules by code."""
    scheme, _, name = target.partition(":")
    if scheme == "page":
        return name == "rules" or (folder / f"{name}.md").exists()
    if scheme == "rule":
        return bool(list((ROOT / "kpiapp" / "rules").glob(f"*/{name.replace('-', '_')}.py")))
    return (folder / target).exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)", text(page))
    missing = [x for x in targets if "://" not in x and not leads_somewhere(x, page.parent)]
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


def commands() -> set[str]:
    from typer.main import get_command

    from kpiapp.cli import app

    return set(getattr(get_command(app), "commands", {}))


def test_the_readme_lists_every_command_and_no_other() -> None:
    rows = re.findall(r"^\| (`.+?) \|", text(ROOT / "README.md"), re.MULTILINE)
    named = re.findall(r"`(?:python main\.py )?([a-z-]+)", "".join(rows))
    assert sorted(named) == sorted(commands())


def test_the_changelog_lists_every_command_and_no_other() -> None:
    listed = re.findall(r"^- 命令行：(.+)。$", text(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert set("、".join(listed).split("、")) == commands()


def test_the_index_of_the_help_leads_to_every_page_by_its_title() -> None:
    titles = {x.stem: text(x).splitlines()[0].removeprefix("# ") for x in HELP if x.stem != "index"}
    links = re.findall(r"\[(.+)\]\(page:(\w+)\)", text(ROOT / "resources/help/index.md"))
    assert {name: title for title, name in links if name != "rules"} == titles


def test_one_subject_has_one_page_in_the_help() -> None:
    heads = [x for page in HELP for x in re.findall(r"^## (.+)$", text(page), re.MULTILINE)]
    assert heads
    assert not [x for x, times in Counter(heads).items() if times > 1]


def keys_in(page: str) -> dict[str, str]:
    rows = re.findall(r"^\| (\S.*?) \| (.+?) \|$", page, re.MULTILINE)
    return {keys: what for keys, what in rows if keys not in ("按键", "---")}


def test_the_help_lists_every_shortcut_of_the_indicators() -> None:
    from ui.screens.indicator_actions import COMMANDS

    listed = keys_in(text(ROOT / "resources/help/keys.md").partition("\n\n在")[2])
    wanted = {command.keys: command.title for command in COMMANDS if command.keys}
    assert {keys: listed.get(keys) for keys in wanted} == wanted


def test_the_help_lists_every_shortcut_of_the_window_and_no_other() -> None:
    from ui.commands import all_commands

    listed = keys_in(text(ROOT / "resources/help/keys.md").partition("\n\n在")[0])
    commands = [(x.text.partition("\t"), x.keys) for x in all_commands()]
    wanted = {
        " 或 ".join((keys or typed).split("; ")): name.rstrip("…")
        for (name, _, typed), keys in commands
        if keys or typed
    }
    assert set(listed) == set(wanted)
    # the help may say more than the menu: 打印（先看打印预览）
    assert not [x for x in wanted.items() if not listed[x[0]].startswith(x[1])]


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
