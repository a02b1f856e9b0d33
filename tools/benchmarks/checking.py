"""How fast problems are found: after one edit, and over a thousand forms."""

from __future__ import annotations

import gc
import json
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks import forms
from benchmarks.timing import Line, percentile, seconds
from kpiapp.model.interchange import form_from_json, form_to_json
from kpiapp.services.checking import Checker
from kpiapp.services.grouping import UnitGroup
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
        row.target = f"≥{number % 90 + 5}%"
        started = perf_counter()
        checker.recheck(form)
        taken.append(1000 * (perf_counter() - started))
    note = f"中位 {percentile(taken, 0.5):.1f} ms，{len(form.indicators)} 行，14 张同单位的表"
    return Line("改一处后重新检查，p99", percentile(taken, 0.99), "ms", 16, note=note)


def thousand_forms() -> Iterator[Line]:
    """Check many forms, and compare with loading the same ones from a library."""
    everything = forms.many(FORMS)
    groups = as_units(everything)
    texts = [json.dumps(form_to_json(form), ensure_ascii=False) for form in everything]
    read = seconds(lambda: [form_from_json(json.loads(text)) for text in texts])
    checked = seconds(lambda: Checker().check(everything, groups=groups))
    note = f"读取 JSON {read:.2f} s，检查 {checked:.2f} s，一个进程"
    yield Line("读取 JSON 并检查", FORMS / (read + checked), "张/秒", 300, at_least=True, note=note)
    with tempfile.TemporaryDirectory() as folder:
        loaded = loading(everything, Path(folder) / "bench.kpi")
    note = f"检查 {checked:.2f} s，读取 {loaded:.2f} s"
    yield Line("检查 / 从目标库读取同样的表", checked / loaded, "倍", 10, note=note)


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
