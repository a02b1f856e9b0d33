"""Prints ratios measured in one run: `make bench`, or `python tools/bench.py PART...`."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from kpiapp import memory  # noqa: E402 - the folder above must be known first

if TYPE_CHECKING:
    from benchmarks.timing import Line

FIRST_WIDE = 0x2E80
"""From here on characters take two columns in a terminal."""
PARTS = ("window", "editing", "sheets", "many_sheets", "tree", "checking", "years")


def main() -> int:
    """Measure what the command line names, or everything; 1 if a part could not be measured."""
    memory.look_seldom()  # as the program does first of all
    parts = sys.argv[1:] or PARTS
    print(f"{'':3}{fit('项目', 44)}{'结果':>12}{'目标':>12}   备注")
    with TemporaryDirectory() as folder:
        compile_once(folder)
        return max([show(part) for part in parts])


def compile_once(folder: str) -> None:
    """Let what is started from here keep its compiled modules, as an installed program does."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = folder


def show(part: str) -> int:
    """Print the lines of one part; a part that fails is told and does not stop the others."""
    try:
        for line in importlib.import_module(f"benchmarks.{part}").measure():
            print(row(line), flush=True)
    except Exception:  # noqa: BLE001 - the other parts shall still be measured
        traceback.print_exc()
        return 1
    return 0


def row(line: Line) -> str:
    """Return a line of the table."""
    sign = "≥" if line.at_least else "≤"
    aim = "" if line.aim is None else f"{sign} {line.aim:g} {line.unit}"
    mark = "  " if line.aim is None else "✔ " if line.holds else "✘ "
    result = f"{line.value:.2f} {line.unit}"
    return f"{mark} {fit(line.what, 44)}{right(result, 14)}{right(aim, 14)}   {line.note}"


def width(text: str) -> int:
    """Return the columns a text takes in a terminal; a Chinese character takes two."""
    return sum(2 if ord(x) >= FIRST_WIDE else 1 for x in text)


def fit(text: str, columns: int) -> str:
    """Return a text filled up to so many columns."""
    return text + " " * max(1, columns - width(text))


def right(text: str, columns: int) -> str:
    """Return a text pushed to the right of so many columns."""
    return " " * max(1, columns - width(text)) + text


if __name__ == "__main__":
    sys.exit(main())
