"""One edit in the open window: applied, saved, checked again and drawn."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks import forms
from benchmarks.timing import Line, percentile
from kpiapp.model.edit import SetValue
from kpiapp.model.problem import Place
from kpiapp.services import opening
from kpiapp.services.session import Session
from kpiapp.store.library import Library
from ui import offscreen
from ui.app import make_application
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

EDITS = 200
SIBLINGS = 14
SETTLING = 20
"""Rounds of events until a window is laid out; each may ask for another."""


def measure() -> Iterator[Line]:
    """Yield the time of an edit on the largest form, with its siblings in the same library."""
    with tempfile.TemporaryDirectory() as folder, offscreen.quietly():
        path = Path(folder) / "bench.kpi"
        chosen = forms.with_siblings(forms.largest(), SIBLINGS)
        with Library.create(path) as library:
            Session(library).add_forms(chosen, "放入")
        app = make_application()
        window = MainWindow()
        window.resize(1440, 900)
        window.show()
        window.show_session(opening.open_session(path))
        taken = edits(app, window, chosen[0].id)
        window.close_session()
        window.close()
    rows = len(chosen[0].indicators)
    note = f"中位 {percentile(taken, 0.5):.1f} ms，{rows} 行，{SIBLINGS} 张同单位的表"
    yield Line("改一个指标值：保存、检查、重画，p99", percentile(taken, 0.99), "ms", 16, note=note)


def edits(app: QApplication, window: MainWindow, form_id: str) -> list[float]:
    """Return how long each of many edits of a cell in sight took, in milliseconds."""
    workspace = window.workspace
    assert workspace is not None
    form = workspace.session.form(form_id)
    taken = []
    gc.collect()
    for number in range(EDITS):
        row = form.indicators[number * 7 % len(form.indicators)]
        edit = SetValue(("indicators", row.id, "target"), f"≥{number % 90 + 5}%")
        workspace.go_to(Place(form_id, indicator=row.id, cell="target"))
        settle(app)
        started = perf_counter()
        workspace.session.do("修改指标值", {form_id: [edit]})
        app.processEvents()
        taken.append(1000 * (perf_counter() - started))
    return taken


def settle(app: QApplication) -> None:
    """Let a window that shows something new be laid out, as it is before a person types."""
    for _ in range(SETTLING):
        app.processEvents()
