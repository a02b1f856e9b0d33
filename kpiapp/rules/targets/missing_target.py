"""Rule `missing-target`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.names import normalise
from kpiapp.model.problem import Fix, Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import naming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.ERROR, order=1)
def missing_target(form: Facts, _: Context) -> Iterator[Finding]:
    """没有指标值

    为什么
        没有指标值就无从考核，系统也不收。
    怎么改
        填上数值和单位；不需要的指标整行删去，不要写“无”“/”。
    依据
        财预〔2015〕88号审核表“规范完整性”“指标科学性”（指标有明确的值）；预算绩效系统保存时必填。
    错例
        年度1 | 产出指标 | 数量指标 | 巡检次数 | /  <- 没有指标值
        年度1 | 产出指标 | 质量指标 | 不适用 | ≥95%  <- 没有指标值
        年度1 | 产出指标 | 数量指标 | 培训次数 | 无  <- 没有指标值
    正例
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
        年度1 | 产出指标 | 质量指标 | 无安全事故发生 | 无
    """
    for row in form.rows:
        words = row.target.words
        if row.target.is_blank or (words == "无" and not naming.is_bad_event(row.key)):
            yield Finding(row.place("target"), f"“{row.name}”没有指标值", _fix(row, form))
        elif naming.is_no_name(row.key):
            yield Finding(row.place("target"), f"“{row.name}”不是指标名称，没有指标值")
    for row in form.all_rows:
        if not row.key and row.name and not row.target.is_blank:
            yield Finding(row.place("target"), f"“{row.name}”不是指标名称，没有指标值")


def _fix(row: Row, form: Facts) -> Fix | None:
    """Offer the other horizon's target, else last year's value."""
    mates = form.of(row.horizon.other, row.goal)
    twin = next((mate for mate in mates if mate.key == row.key), None)
    for value in (twin.target if twin else None, row.prior1, row.prior2):
        if value and not value.is_blank and normalise(value.text) != "无":
            return row.propose("target", value.text)
    return None
