"""How fast problems are found: after one edit, and over a thousand forms."""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks import forms
from benchmarks.timing import Line, percentile, seconds
from kpiapp.model import edit
from kpiapp.model.edit import SetValue
from kpiapp.services.checks.checking import Checker
from kpiapp.services.checks.checking_many import check_paths
from kpiapp.services.checks.grouping import UnitGroup
from kpiapp.services.session import Session
from kpiapp.store.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.form import Form

FORMS = 1000
EDITS = 300


def measure() -> Iterator[Line]:
    """Yield the lines of the checker."""
    yield recheck()
    yield from thousand_forms()


def recheck() -> Line:
    """Re-check after each of many edits on the largest form with its 14 siblings."""
    form, *siblings = forms.with_siblings(forms.largest(), 14)
    checker = Checker()
    checker.check([form, *siblings])
    taken = []
    gc.collect()
    for number in range(EDITS):
        row = form.indicators[number * 7 % len(form.indicators)]
        change = SetValue(("indicators", row.id, "target"), f"≥{number % 90 + 5}%")
        edit.apply(form, change)
        started = perf_counter()
        checker.recheck(form, edits={form.id: [change]})
        taken.append(1000 * (perf_counter() - started))
    note = f"中位 {percentile(taken, 0.5):.1f} ms，{len(form.indicators)} 行，14 张同单位的表"
    return Line("改一处后重新检查，p99", percentile(taken, 0.99), "ms", 16, note=note)


def thousand_forms() -> Iterator[Line]:
    """Check a folder of many files on all cores, and compare with loading from a library."""
    everything = forms.many(FORMS)
    with tempfile.TemporaryDirectory() as folder:
        write_files(everything, Path(folder) / "files")
        whole = seconds(lambda: check_paths([Path(folder) / "files"]))
        loaded = loading(everything, Path(folder) / "bench.kpi")
    note = f"{FORMS} 个 JSON 文件，{os.cpu_count()} 核，{whole:.1f} s"
    yield Line("读文件夹并检查", FORMS / whole, "张/秒", 300, at_least=True, note=note)
    checked = seconds(lambda: Checker().check(everything, groups=as_units(everything)))
    note = f"检查 {checked:.2f} s，读取 {loaded:.2f} s，一个进程"
    yield Line("检查 / 从目标库读取同样的表", checked / loaded, "倍", 10, note=note)


def write_files(everything: list[Form], folder: Path) -> None:
    """Write each unit's forms into a folder of its own, as offices hand them in."""
    for form in everything:
        path = folder / form.id.rpartition("-")[0] / f"{form.id}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(forms.as_text(form), encoding="utf-8")


def as_units(everything: list[Form]) -> list[UnitGroup]:
    """Return the units that `forms.many` made: one a round and district."""
    groups: dict[str, UnitGroup] = {}
    for form in everything:
        key = form.id.rpartition("-")[0]
        groups.setdefault(key, UnitGroup(key, [], [])).forms.append(form)
    return list(groups.values())


def loading(everything: list[Form], path: Path) -> float:
    """Return how long a library takes to load these forms."""
    with Library.create(path) as library:
        session = Session(library, checker=Checker())
        session.add_forms(everything, "放入")
        years = library.years()
        return seconds(lambda: [library.load_year(year) for year in years])
