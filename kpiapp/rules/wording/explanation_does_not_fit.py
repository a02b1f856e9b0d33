"""Rule `explanation-does-not-fit`: see the page of the function below."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kpiapp.model.names import normalise
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=2, compares=True)
def explanation_does_not_fit(form: Facts, _: Context) -> Iterator[Finding]:
    """说明不是这个指标的

    为什么
        说明里是别的指标的算法，年末照它算出来的不是这个指标的值。
    怎么改
        换成本指标的算法和口径。
    依据
        财预〔2021〕101号 指标解释应说明指标的含义、算法和数据来源。
    错例
        年度1 | 满意度指标 | 服务对象满意度指标 | 公众满意度 | ≥95%
        | 说明=下降率＝（当年数-去年数）/去年数  <- 下降率
        年度1 | 效益指标 | 社会效益指标 | 事件下降率 | >0%
        | 标准=事件下降率＝（当年数-去年数）/去年数  <- 负数
    正例
        年度1 | 产出指标 | 质量指标 | 服装发放率 | 100% | 说明=服装发放率＝实际发放数/采购总数
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 说明=每月1次
    """
    for row in form.rows:
        for cell in ("note", "standard"):
            text = getattr(row.source, cell)
            if text and (fault := _fault(row, text)):
                yield Finding(row.place(cell), fault)


_FORMULA = re.compile(r"([一-龥A-Za-z0-9]{1,40}?[率度])\s*[=＝]\s*([^。；;\n]{0,80})")
_VALUE = re.compile(r"[≥≤>]?\d+(?:\.\d+)?\s*[%％](?!\s*[*×/÷])")
"""合格率=100% tells a target, not how it is reckoned."""
_FALL = re.compile(
    r"[（(]\s*(?:当年|本年|今年)[^（()）\-－—减]*[\-－—减]\s*(?:去年|上年)[^（()）]*[)）]\s*[/÷]\s*(?:去年|上年)"
)


def _fault(row: Row, text: str) -> str | None:
    formulas = _formulas(text)
    fitting = [x for x in formulas if _fits(normalise(x.name), row.key)]
    if formulas and not fitting:
        return f"说明是“{formulas[0].name}”的算法，不是“{row.name}”的算法"
    if row.target.sign in (">", "≥") and any(
        "下降" in x.name and _FALL.search(x.right_side) for x in fitting
    ):
        return f"按说明的算法下降时为负数，指标值“{row.target.text}”等于要求上升"
    if normalise(text) == row.key:
        return f"说明只是重复名称“{row.name}”"
    return None


class _Formula(NamedTuple):
    """How a rate is reckoned: 下降率 = （当年数-去年数）/去年数."""

    name: str
    right_side: str


@lru_cache(maxsize=4096)
def _formulas(text: str) -> tuple[_Formula, ...]:
    """Return the formulas in a text; the same explanation stands beside many rows."""
    found = (_Formula(x[1], x[2]) for x in _FORMULA.finditer(text[:2000]))
    return tuple(formula for formula in found if not _VALUE.match(formula.right_side))


def _fits(named: str, key: str) -> bool:
    return named in key or key in named
