"""Rule `indicator-repeated`: see the page of the function below."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.facts import each_once, once_a_form
from kpiapp.rules.findings import Finding
from kpiapp.rules.row import COST_GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.HINT, order=10, reach=Reach.UNIT, turn=3)
def indicator_repeated(form: Facts, context: Context) -> Iterator[Finding]:
    """同名指标在别的目标或项目里重复

    为什么
        同一条指标放在几个目标里，只需一处的结果就都得分；指标值不同时更不知以哪个为准。
    怎么改
        只在最相关的目标里保留；确需各自考核的，请在名称里写明对象。
    依据
        财预〔2015〕88号审核表“指标科学性”。
    错例
        长期1 | 满意度指标 | 服务对象满意度指标 | 企业满意度 | ≥90%
        长期2 | 满意度指标 | 服务对象满意度指标 | 企业满意度
        | 100%  <- 指标值不同
    正例
        长期1 | 满意度指标 | 服务对象满意度指标 | 科技企业满意度 | ≥90%
        长期2 | 满意度指标 | 服务对象满意度指标 | 工业企业满意度 | 100%
    """
    yield from _between_goals(form)
    if form.is_project and form in context.projects:
        for earlier in context.projects[: context.projects.index(form)]:
            shared = _heavy_rows(form).keys() & _heavy_rows(earlier).keys()
            if len(shared) >= LEAST_SHARED:
                named = "、".join(sorted({name for name, _ in shared})[:3])
                whose = f"与项目表{earlier.short_name}（{earlier.name}）"
                message = f"{whose}有{len(shared)}条指标相同：{named}等"
                yield Finding(form.place(), message, other_form=earlier.form.id, alone=True)


LEAST_SHARED = 3
LEAST_NAME = 8
"""Shorter names, such as 服务对象满意度, may stand in any form."""


@each_once
def _between_goals(form: Facts) -> Iterator[Finding]:
    told: set[str] = set()
    for horizon in (Horizon.ANNUAL, Horizon.LONG_TERM):
        by_name: dict[str, dict[int, Row]] = defaultdict(dict)
        for row in form.rows:
            if row.horizon is horizon and row.group not in COST_GROUPS:
                by_name[row.key].setdefault(row.goal, row)
        for key, rows in by_name.items():
            if len(rows) > 1 and key not in told:
                told.add(key)
                second = list(rows.values())[1]
                yield Finding(second.place("name"), _message(rows))


def _message(rows: dict[int, Row]) -> str:
    name = next(iter(rows.values())).name
    goals = "、".join(str(goal) for goal in rows)
    text = f"“{name}”在目标{goals}重复出现，指标值" + _values(
        [r.target.text for r in rows.values()]
    )
    groups = list(dict.fromkeys(row.group for row in rows.values()))
    if len(groups) > 1:
        text += "，二级指标不同：" + "、".join(dict.fromkeys(row.level2 for row in rows.values()))
    return text


def _values(values: list[str]) -> str:
    different = list(dict.fromkeys(values))
    return "相同" if len(different) == 1 else "不同：" + "、".join(different)


@once_a_form
def _heavy_rows(form: Facts) -> dict[tuple[str, str], None]:
    return {
        (row.key, row.target.words): None
        for row in form.rows
        if len(row.key) >= LEAST_NAME and row.group not in COST_GROUPS
    }
