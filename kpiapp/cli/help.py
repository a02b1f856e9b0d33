"""The pages of `--help` in Chinese: typer's own words stand in English between ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS: Final = {
    "Usage: ": "用法：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "\nOptions:": "\n选项：",
    "\nArguments:": "\n参数：",
    "\nCommands:": "\n命令：",
    "Show this message and exit.": "显示这段说明",
    "[required]": "[必填]",
    "[default: ": "[默认：",
}


def in_chinese(page: str) -> str:
    """Return a page of help with typer's words in Chinese."""
    for word, ours in WORDS.items():
        page = page.replace(word, ours)
    return page


class Command(TyperCommand):
    """A command whose help is Chinese."""

    def get_help(self, ctx: Any) -> str:
        """Return the page of help."""
        return in_chinese(super().get_help(ctx))


class Group(TyperGroup):
    """The program, whose help is Chinese."""

    def get_help(self, ctx: Any) -> str:
        """Return the page of help."""
        return in_chinese(super().get_help(ctx))


class App(typer.Typer):
    """A command line whose commands are of the kind above."""

    def command(self, *words: Any, **settings: Any) -> Callable[[Any], Any]:
        """Register a command, as typer does."""
        return super().command(*words, **({"cls": Command} | settings))
