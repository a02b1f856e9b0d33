"""Rule `limit-without-figure`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount
from kpiapp.model.problem import Fix, Severity
from kpiapp.model.target import TargetKind
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts
from kpiapp.rules.row import COST_GROUPS
from kpiapp.rules.single_rows import each_row

if TYPE_CHECKING:
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=6)
@each_row
def limit_without_figure(row: Row, form: Facts) -> Finding | None:
    """只说有限度，没有数额

    为什么
        “不超过合同金额”“规定时间”没有数，年末无法对照，也看不出压没压减成本。
    怎么改
        写出数额或时间，如“≤131万元”“每月10日前”。
    依据
        财预〔2015〕88号审核表“指标科学性”（指标值具体、可衡量）。
    错例
        年度1 | 成本指标 | 经济成本指标 | 平台坐席服务成本 | 不超过合同金额  <- 没有数额
        年度1 | 产出指标 | 时效指标 | 开展活动时间 | 规定时间  <- 没有数额
    正例
        年度1 | 成本指标 | 经济成本指标 | 平台坐席服务成本 | ≤131万元
        年度1 | 产出指标 | 时效指标 | 需求响应时间 | 需求下达后7天内
    """
    words = row.target.words
    if row.target.kind is TargetKind.WORDS and _speaks_of_limit(words):
        message = f"指标值“{row.target.text}”只说有限度，没有数额或时间"
        return Finding(row.place("target"), message, _fix(row, form))
    return None


_LIMITS = (
    "不超", "以内", "范围内", "预算内", "限额", "不高于", "不突破", "规定时间", "规定时限",
    "规定期限", "按规定", "按合同", "按标准", "控制在",
)  # fmt: skip


def _speaks_of_limit(words: str) -> bool:
    return any(x in words for x in _LIMITS) and not any(x.isdigit() for x in words)


def _fix(row: Row, form: Facts) -> Fix | None:
    budget = amounts.budget(form.form, "当年预算")
    if row.group not in COST_GROUPS or not budget:
        return None
    return row.propose("target", f"≤{format_amount(budget)}万元")
