"""Rule `values-shifted-by-row`: see the page of the function below."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from kpiapp.model.edit import SetValue
from kpiapp.model.form import Horizon
from kpiapp.model.problem import Fix, Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.target import Target
    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.ERROR, order=11, compares=True, turn=-1)
def values_shifted_by_row(form: Facts, _: Context) -> Iterator[Finding]:
    """指标值整列错了一行

    为什么
        复制粘贴时整列上移或下移了一格，每一行的指标值都是邻行的。
    怎么改
        把这一列移回原位；修复前请对照长期表看一遍。
    依据
        申报表长期、年度指标应一一对应（申报表本身的勾稽）。
    错例
        年度目标1：平台运维  <- 整列错了一行
        长期1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
        长期1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥99%
        长期1 | 产出指标 | 时效指标 | 故障响应时长 | ≤30分钟
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥99%
        年度1 | 产出指标 | 质量指标 | 系统正常运行率 | ≤30分钟
        年度1 | 产出指标 | 时效指标 | 故障响应时长 | ≥12次
    正例
        长期1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
        长期1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥99%
        长期1 | 产出指标 | 时效指标 | 故障响应时长 | ≤30分钟
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
        年度1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥99%
        年度1 | 产出指标 | 时效指标 | 故障响应时长 | ≤30分钟
    """
    for number in form.pairings:
        rows = form.of(Horizon.ANNUAL, number)
        pairs = [(a, b) for a, b, step in form.pairs if step == 1 and b.goal == number]
        expected = {annual.id: long_term.target for long_term, annual in pairs}
        run = _shifted(rows, expected) if len(expected) >= FEWEST else []
        if not run:
            continue
        edits = tuple(
            SetValue(("indicators", row.id, "target"), expected[row.id].text)
            for row in run
            if row.id in expected
        )
        values = {x.target.words for x in run} | {x.words for x in expected.values()}
        headings = tuple(
            form.place(label)
            for label, text in form.form.fields.items()
            if label.endswith(("目标名称", "表头")) and text.strip() in values
        )
        where = "整列" if len(run) == len(rows) else f"从“{run[0].name}”到“{run[-1].name}”"
        yield Finding(
            form.goal_place(Horizon.ANNUAL, number, rows=True),
            f"年度目标{number}的指标值{where}错了一行",
            Fix("把指标值移回原来的行", edits),
            also=(*(row.place("target") for row in run), *headings),
        )


FEWEST = 3
"""So many rows must print the value of a neighbour, with as many different values."""
MOST_OTHER = 0.25
"""Most rows in between, for each moved one, whose value is neither their own nor a neighbour's."""


def _shifted(rows: list[Row], expected: dict[str, Target]) -> list[Row]:
    """Return the longest run of rows that print the long-term value of the row above or below.

    The value at the end may have gone round to the other end, or be lost. Rows whose names
    differ between the horizons have no expected value: no proof, and nothing against it.
    """
    wanted = [expected[row.id].words if row.id in expected else None for row in rows]
    runs = (run for step in (1, -1) for run in _runs(rows, wanted, step))
    return max(runs, key=len, default=[])


def _runs(rows: list[Row], wanted: list[str | None], step: int) -> Iterator[list[Row]]:
    """Yield the runs between rows that print their own value; only those that prove a shift."""
    run: list[tuple[Row, _Print]] = []
    for i, row in enumerate(rows):
        printed = _print_of(row, wanted[i], wanted[(i + step) % len(rows)])
        if printed is _Print.OWN:
            yield from _proven(run, len(rows))
            run = []
        else:
            run.append((row, printed))
    yield from _proven(run, len(rows))


class _Print(Enum):
    """Whose value a row prints; `EITHER` where that cannot be told."""

    OWN = 1
    NEIGHBOUR = 2
    EITHER = 3
    OTHER = 4


def _print_of(row: Row, own: str | None, neighbour: str | None) -> _Print:
    printed = row.target.words
    if own is None or own == neighbour:
        return _Print.OTHER if own and printed != own else _Print.EITHER
    if printed == own:
        return _Print.OWN
    return _Print.NEIGHBOUR if printed == neighbour else _Print.OTHER


def _proven(run: list[tuple[Row, _Print]], whole: int) -> Iterator[list[Row]]:
    """Yield the rows of a run from its first to its last moved one, if they prove a shift.

    With them goes the row beside, which was left empty.
    """
    moved = [i for i, (_, printed) in enumerate(run) if printed is _Print.NEIGHBOUR]
    if not moved:
        return
    inside = run[moved[0] : moved[-1] + 1]
    before, behind = run[: moved[0]][-1:], run[moved[-1] + 1 :][:1]
    others = sum(printed is _Print.OTHER for _, printed in inside)
    values = {run[i][0].target.words for i in moved}
    if len(values) >= FEWEST and others <= MOST_OTHER * len(moved):
        ends = [*before, *inside, *behind]
        yield [row for row, x in ends if (row, x) in inside or row.target.is_blank]
    elif len(values) > 1 and whole == len(run) and not any(x is _Print.OTHER for _, x in run):
        yield [row for row, _ in run]  # the whole column, of few different values
