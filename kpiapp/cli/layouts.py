"""The command `layouts`: which there are, copying, drafting and checking one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpiapp.cli.words import say, say_aside
from kpiapp.errors import UserError

if TYPE_CHECKING:
    from kpiapp.cli.help import App

NOTHING: tuple[str, str] = ("", "")


def register(app: App) -> None:
    """Add the command to the program's."""
    app.command(help="列出表样；复制、起草、检查自己的表样")(layouts)


def layouts(
    copy: Annotated[
        tuple[str, str],
        typer.Option("--copy", help="把一种表样复制成可以修改的文件", metavar="ID DEST"),
    ] = NOTHING,
    draft: Annotated[
        tuple[str, str],
        typer.Option("--draft", help="按一个空表起草表样", metavar="WORKBOOK DEST"),
    ] = NOTHING,
    check: Annotated[
        Path | None, typer.Option("--check", help="检查一个表样文件", metavar="FILE")
    ] = None,
) -> int:
    """List the layouts: id, kind, name, district; or do what an option says."""
    from kpiapp.services import catalogue, own_layouts

    if copy[0]:
        for path in own_layouts.copy(copy[0], Path(copy[1])):
            say(str(path))
    elif draft[0]:
        for path in own_layouts.draft(Path(draft[0]), Path(draft[1])):
            say(str(path))
            _say_of_draft(path)
    elif check:
        say(*own_layouts.check(check))
    else:
        say(*("\t".join(line) for line in catalogue.layouts()))
    return 0


def _say_of_draft(path: Path) -> None:
    """Say whether a draft can be used as it is, and what to look at if not."""
    from kpiapp.services import own_layouts

    try:
        for line in own_layouts.check(path):
            say_aside(line)
    except UserError as error:
        say_aside(f"还要修改：{error}")
