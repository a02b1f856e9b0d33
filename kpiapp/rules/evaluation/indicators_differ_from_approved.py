"""Rule `indicators-differ-from-approved`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model import names
from kpiapp.model.edit import SetValue
from kpiapp.model.form import Horizon
from kpiapp.model.problem import Fix, Severity
from kpiapp.rules import results
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.row import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.ERROR, order=8, compares=True)
def indicators_differ_from_approved(form: Facts, context: Context) -> Iterator[Finding]:
    """自评指标与批复不一致

    为什么
        自评应按批复的目标评，自己改指标、改目标值，自评结果就不算数。
    怎么改
        按批复的申报表改回；年中调整过的，登记调整后再自评。
    依据
        财预〔2020〕10号 自评以批复的绩效目标为依据。
    错例
        [上年项目表 p01 2026]
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
        [项目表 p01]
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥10次 | 完成=10次  <- 批复为“≥12次”
    正例
        [上年项目表 p01 2026]
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
        [项目表 p01]
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 完成=10次
    """
    evaluation = results.evaluated(form, context)
    approved = evaluation.approved if evaluation else None
    if evaluation is None or approved is None:
        return
    ours = [row for row in form.rows if row.horizon is Horizon.ANNUAL]
    theirs = [row for row in approved.rows if row.horizon is Horizon.ANNUAL]
    pairs = _pairs(ours, theirs)
    for row in ours:
        result, old = evaluation.results.get(row.id), pairs.get(row.id)
        if result and result.adjusted:
            continue
        if old is None:
            yield Finding(row.place("row"), f"批复的申报表没有“{row.name}”")
        elif fault := _difference(row, old):
            attribute, was, now = fault
            fix = Fix(f"改回“{was}”", (SetValue(("indicators", row.id, attribute), was),))
            yield Finding(row.place("row"), f"批复为“{was}”，自评表为“{now}”", fix)
    found = set(pairs.values())
    for old in theirs:
        if old not in found:
            place = form.goal_place(Horizon.ANNUAL, old.goal, field=old.name)
            yield Finding(place, f"批复的“{old.name}”没有自评", alone=True)


def _pairs(ours: list[Row], theirs: list[Row]) -> dict[str, Row]:
    """Return our row id -> the approved row: by id where they are the same, else by pairing."""
    known = {row.id: row for row in theirs}
    same = {row.id: known[row.id] for row in ours if row.id in known}
    left = [row for row in ours if row.id not in same]
    right = [row for row in theirs if row.id not in same]
    pairing = names.pair(sources(left), sources(right))
    return same | {pair.left.id: known[pair.right.id] for pair in pairing.pairs}


def _difference(row: Row, old: Row) -> tuple[str, object, object] | None:
    if row.key != old.key:
        return "level3", old.name, row.name
    if row.target.words != old.target.words:
        return "target", old.target.text, row.target.text
    weights = results.number(old.source.weight), results.number(row.source.weight)
    if None not in weights and weights[0] != weights[1]:
        return "weight", old.source.weight, row.source.weight
    return None
