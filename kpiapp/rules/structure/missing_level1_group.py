"""Rule `missing-level1-group`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.problem import Severity
from kpiapp.model.taxonomy import Level1, Level2, expected_level1, level1_of
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=3, values=False)
def missing_level1_group(form: Facts, _: Context) -> Iterator[Finding]:
    """缺产出、效益或满意度指标

    为什么
        只有产出没有效益，看不出钱花得值不值；没有满意度，看不出服务对象是否认可。
    怎么改
        为这个目标补上缺的那一类指标。
    依据
        财预〔2015〕88号审核表“指标科学性”；财预〔2021〕101号 一级指标分为成本、产出、效益、满意度。
    错例
        年度目标1：更新网络安全设备  <- 没有效益指标
        年度1 | 产出指标 | 数量指标 | 采购设备数 | ≥1台
        年度1 | 满意度指标 | 服务对象满意度指标 | 使用部门满意度 | ≥90%
    正例
        年度目标1：更新网络安全设备
        年度1 | 成本指标 | 经济成本指标 | 设备采购成本 | ≤20万元
        年度1 | 效益指标 | 社会效益指标 | 政务网络安全水平 | 提升
        年度1 | 满意度指标 | 服务对象满意度指标 | 使用部门满意度 | ≥90%
    """
    for goal, numbers in _judged(form):
        missing = {h: _missing(_rows(form, h, numbers)) for h in Horizon}
        filled = [h for h in Horizon if _rows(form, h, numbers)]
        for level1 in (Level1.OUTPUT, Level1.BENEFIT, Level1.SATISFACTION):
            lacking = [h for h in filled if level1 in missing[h]]
            if lacking:
                horizon = None if len(lacking) > 1 else lacking[0]
                which = "和".join(h.label for h in lacking)
                whose = f"目标{goal}的" if goal else "各目标的"
                message = f"{whose}{which}指标没有{level1.label}"
                place = form.goal_place(horizon, goal, field=level1.label, rows=True)
                fix = fixes.new_row(form, lacking[0], goal or numbers[0], level1)
                yield Finding(place, message, fix)


def _judged(form: Facts) -> Iterator[tuple[int | None, list[int]]]:
    """Yield each goal alone, or all together where a printed note allows it."""
    numbers = form.numbers()
    if form.judged_together and len(numbers) > 1:
        yield None, numbers
        return
    for number in numbers:
        yield number, [number]


def _rows(form: Facts, horizon: Horizon, numbers: list[int]) -> list[Row]:
    return [row for number in numbers for row in form.of(horizon, number)]


def _missing(rows: Iterable[Row]) -> set[Level1]:
    return {Level1.OUTPUT, Level1.BENEFIT, Level1.SATISFACTION} - {_filled_by(row) for row in rows}


def _filled_by(row: Row) -> Level1 | None:
    """Return the 一级 that a row fills by its group, whatever it is printed under.

    A 成本 row counts as an output; 公用经费控制, on department forms, as nothing.
    """
    if row.group is None:
        return level1_of(row.level1)
    if row.group is Level2.RUNNING_COST:
        return None
    level1 = expected_level1(row.group)
    return Level1.OUTPUT if level1 is Level1.COST else level1
