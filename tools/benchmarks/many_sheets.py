"""A thousand sheets, one workbook each, out and in again: the memory must not grow.

It is measured in a process of its own (`python many_sheets.py`), after the first hundred, when all
that is loaded once is there, and after the last.
"""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks import forms
from benchmarks.children import figures_of, resident
from benchmarks.timing import Line
from kpiapp import memory
from kpiapp.services.exports import converting
from kpiapp.services.files import reading_files

if TYPE_CHECKING:
    from collections.abc import Iterator

SHEETS, FIRST = 1000, 100


def measure() -> Iterator[Line]:
    """Yield the growth of memory, and how many sheets a second go out and in."""
    first, last, taken = figures_of(__file__)
    note = f"{SHEETS} 张写出再读入；第 {FIRST} 张后 {first:.0f} MB，最后 {last:.0f} MB"
    yield Line(
        f"{SHEETS} 张表写出读入后的内存 / 第 {FIRST} 张后", last / first, "倍", 1.1, note=note
    )
    yield Line("  写出并读入", SHEETS / taken, "张/秒", note=f"{taken:.1f} s，每张一个工作簿")


def main() -> None:
    """Print the megabytes after the first and after all sheets, and the seconds of it all."""
    memory.look_seldom()
    originals = forms.sample()
    started = perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, SHEETS + 1):
            path = Path(folder) / f"{number}.xlsx"
            converting.write_sheet(originals[number % len(originals)], path)
            read = reading_files.read_file(path)
            assert read[0].form
            path.unlink()
            if number in (FIRST, SHEETS):
                gc.collect()
                print(resident())
    print(perf_counter() - started)


if __name__ == "__main__":
    main()
