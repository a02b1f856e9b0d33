"""What the command line says: to the output what was asked for, to the error stream all else."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Any

from kpiapp.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def say(*lines: str) -> None:
    """Write lines to the output."""
    for line in lines:
        sys.stdout.write(line + "\n")


def say_aside(line: str) -> None:
    """Write a line to the error stream."""
    sys.stderr.write(line + "\n")


def complain(error: UserError) -> None:
    """Say what is wrong as one line."""
    say_aside("。".join(" ".join(str(error).split()).rstrip("。").split("。")) + "。")


def listed(text: str) -> list[str]:
    """Return what a list between commas names; Chinese commas are commas too."""
    return [one.strip() for one in text.replace("，", ",").split(",") if one.strip()]


def put_out(data: bytes, path: Path | None) -> None:
    """Write to a file (whole or not at all), or to the output."""
    if path is None:
        say(data.decode("utf-8").removesuffix("\n"))
        return
    from kpiapp.services.files import formats

    formats.write_bytes(path, data)


def speak_utf8() -> None:
    """Let Chinese text out whatever the locale; a program without a console has no streams."""
    for name in ("stdout", "stderr"):
        stream: Any = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@contextlib.contextmanager
def complaining_in_chinese() -> Iterator[None]:
    """Turn a wrong command line into one Chinese sentence.

    Typer's exceptions are told by name: it has no public ones, and moved them between versions.
    """
    try:
        yield
    except UserError:
        raise
    except Exception as error:
        kinds = {kind.__name__ for kind in type(error).__mro__}
        if "NoArgsIsHelpError" in kinds:
            say(error.ctx.get_help())  # type: ignore[attr-defined]
        elif "Abort" in kinds:
            raise KeyboardInterrupt from error
        elif "ClickException" in kinds:
            raise UserError(_wrong_words(error), "加上 --help 看用法") from error
        else:
            raise


def _wrong_words(error: Any) -> str:
    """Return what is wrong with a command line."""
    parameter = getattr(error, "param", None)
    name = _spoken(parameter) if parameter is not None else ""
    message = str(error.format_message())
    match type(error).__name__:
        case "MissingParameter":
            return f"命令缺少“{name}”"
        case "NoSuchOption":
            return f"没有“{error.option_name}”这个选项"
        case "BadParameter":
            return f"“{name}”的值不对"
        case "UsageError" if "No such command" in message:
            return f"没有{message.rsplit('No such command', maxsplit=1)[-1].strip(' .')}这个命令"
        case _:
            return f"命令用法不对（{message}）"


def _spoken(parameter: Any) -> str:
    """Return what a person calls a parameter: --out, or FILE."""
    first = str(parameter.opts[0])
    return first if first.startswith("-") else str(parameter.metavar or first.upper())
