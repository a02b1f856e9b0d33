"""Ten years of fifty projects: rolled forward and compared, against plainly reading the rows."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import forms
from benchmarks.timing import Line, seconds
from kpiapp.model.form import Kind, Project
from kpiapp.services.session import Session
from kpiapp.services.years import comparison
from kpiapp.services.years.rolling import roll_forward
from kpiapp.store.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.form import Form

PROJECTS, YEARS, FIRST = 50, 10, 2020


def measure() -> Iterator[Line]:
    """Yield the lines of the year cycle."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.create(Path(folder) / "bench.kpi") as library,
    ):
        session = Session(library)
        session.add_forms(projects(), "放入")
        last = FIRST + YEARS - 1
        rolled = seconds(lambda: [roll_forward(session, y, y + 1) for y in range(FIRST, last)])
        read = seconds(lambda: [library.load_year(year) for year in library.years()])
        past = comparison.Past(session)
        compared = seconds(
            lambda: [comparison.compare(session, x, past=past) for x in session.forms(last)]
        )
        count = len(session.heads())
    whole = rolled + compared
    note = f"结转 {rolled:.2f} s，比较 {compared:.2f} s，读取 {read:.2f} s，{count} 张表"
    yield Line("10年×50个项目结转并比较 / 读取同样的表", whole / read, "倍", 10, note=note)


def projects() -> list[Form]:
    """Return the projects of the first year, none of which ends."""
    found = [form for form in forms.many(PROJECTS * 3) if form.kind is Kind.PROJECT]
    made = []
    for number, form in enumerate(found[:PROJECTS]):
        one = replace(
            form, id=f"p{number}-{FIRST}", year=FIRST, project=Project(f"project {number}")
        )
        one.choices = {}
        one.fields = {
            **form.fields,
            "终止年度": "",
            "项目安排频度": "",
            "项目名称": f"项目{number}",
        }
        made.append(one)
    return made
