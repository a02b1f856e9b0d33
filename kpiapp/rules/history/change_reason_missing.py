"""Rule `change-reason-missing`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts, past_budgets, reasons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=8, compares=True, values=False)
def change_reason_missing(form: Facts, _: Context) -> Iterator[Finding]:
    """预算变了没有写理由

    为什么
        预算比上年多了或少了，不写理由就无法审核。
    怎么改
        写明因为什么增加或减少，对应哪些工作和标准。
    依据
        财预〔2015〕88号审核表“资金匹配性”；申报表“变动情况及理由”栏。
    错例
        项目当年预算：131
        前两年预算及变动情况：2025年预算142万元，2026年预算为131万元  <- 没有写理由
    正例
        项目当年预算：131
        前两年预算及变动情况：2025年预算142万元，2026年预算为131万元。坐席服务单价下降，减少支出。
    """
    found = reasons.change_of(form.form)
    if found is None or found.last is None or found.this is None:
        return
    if not found.explained and not amounts.agree(found.last, found.this):
        last, this = format_amount(found.last), format_amount(found.this)
        message = f"预算由{last}万元变为{this}万元，没有写理由"
        prior = past_budgets.prior_budgets(form.form)
        against = () if prior is None or prior.label == found.label else (form.place(prior.label),)
        yield Finding(form.place(found.label), message, against=against)
