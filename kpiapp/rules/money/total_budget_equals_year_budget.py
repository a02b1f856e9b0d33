"""Rule `total-budget-equals-year-budget`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.budget import budget_field
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts, terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.HINT, order=6, compares=True, values=False)
def total_budget_equals_year_budget(form: Facts, _: Context) -> Iterator[Finding]:
    """总预算只等于一年的预算

    为什么
        项目要做五年，总预算却只有一年的钱，后四年的资金没有着落。
    怎么改
        总预算写各年合计；后几年确实没有安排的，请核对终止年度。
    依据
        项目申报文本填报说明：项目总预算为整个项目期的预算。
    错例
        起始年度：2026年
        终止年度：2030年
        项目总预算：233.73  <- 项目期2026年—2030年
        项目当年预算：233.73
    正例
        起始年度：2026年
        终止年度：2030年
        项目总预算：1168.65
        项目当年预算：233.73
    """
    found = budget_field(form.form, "总预算")
    start, end = terms.start(form).year, terms.end(form).year
    total, year = (amounts.budget(form.form, word) for word in ("总预算", "当年预算"))
    if found and start and end and end > start and total and total == year:
        message = f"项目期{start}年—{end}年，总预算只等于{form.form.year}年一年的预算"
        yield Finding(form.place(found[0]), message)
