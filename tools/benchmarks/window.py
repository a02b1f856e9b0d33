"""How long it takes from starting the program until its window is there."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import forms
from benchmarks.timing import Line
from kpiapp.paths import ROOT
from kpiapp.services.session import Session
from kpiapp.store.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMES = 7


def measure() -> Iterator[Line]:
    """Yield the first paint, when the last library is shown and when it is checked."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "bench.kpi"
        with Library.create(library) as created:
            Session(created).add_forms(forms.sample(), "放入示例")
        bare, first, shown, ready, checked = [], [], [], [], []
        for _ in range(TIMES):
            bare += start("bare")
            painted, filled, furnished, told = start("main", str(library), home=folder)
            first.append(painted)
            shown.append(filled)
            ready.append(furnished)
            checked.append(told)
    floor, first_paint, listed, open_, whole = map(
        statistics.median, (bare, first, shown, ready, checked)
    )
    note = f"{1000 * first_paint:.0f} ms / {1000 * floor:.0f} ms"
    yield Line("首次显示 / 空白 PySide6 窗口", first_paint / floor, "倍", 1.5, note=note)
    note = f"{1000 * listed:.0f} ms / {1000 * floor:.0f} ms，各表的名称"
    yield Line("上次的目标库显示出来 / 空白窗口", listed / floor, "倍", 5, note=note)
    note = f"{1000 * open_:.0f} ms / {1000 * floor:.0f} ms，打开、各窗格"
    yield Line("  直到看到申报表", open_ / floor, "倍", note=note)
    note = f"{1000 * whole:.0f} ms / {1000 * floor:.0f} ms，检查完，可以填写"
    yield Line("  直到检查完", whole / floor, "倍", note=note)


def start(*arguments: str, home: str = "") -> list[float]:
    """Run `first_paint.py` and return its figures, in seconds."""
    here = Path(__file__).resolve().parent
    environment = os.environ | {"PYTHONPATH": str(ROOT), "KPIAPP_HOME": home}
    command = [sys.executable, str(here / "first_paint.py"), str(time.monotonic()), *arguments]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60
    )
    return [float(x) for x in done.stdout.split()]
