"""Rule `duplicate-indicator`: see the page of the function below."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=9, compares=True, values=False)
def duplicate_indicator(form: Facts, _: Context) -> Iterator[Finding]:
    """同一目标下指标重复

    为什么
        同一件事考核两次，分值被重复计算；两处的指标值还可能不同。
    怎么改
        留下一行，删去重复的一行。
    依据
        财预〔2015〕88号审核表“指标科学性”。
    错例
        年度1 | 满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%
        年度1 | 满意度指标 | 服务对象满意度指标 | 群众满意率 | ≥90%  <- 与同一目标的“群众满意度”重复
    正例
        年度1 | 满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%
        年度2 | 满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%
    """
    for rows in form.by_goal.values():
        first: dict[str, Row] = {}
        for row in rows:
            earlier = first.setdefault(_as_rate(row.key), row)
            if earlier is not row:
                yield Finding(
                    row.place("row"),
                    f"与同一目标的“{earlier.name}”重复",
                    fixes.drop_row(row),
                    against=(earlier.place("row"),),
                )


_DEGREE = re.compile(r"(满意|完成|办结)度$")


@lru_cache(maxsize=8192)
def _as_rate(name: str) -> str:
    """Return a name with 满意度 as 满意率: they are one indicator."""
    return _DEGREE.sub(r"\1率", name)
