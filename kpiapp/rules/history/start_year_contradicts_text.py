"""Rule `start-year-contradicts-text`: see the page of the function below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts, past_budgets, terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=5, compares=True, values=False)
def start_year_contradicts_text(form: Facts, _: Context) -> Iterator[Finding]:
    """起始年度与内容矛盾

    为什么
        起始年度写2025年，2023年却已有预算：项目不是2025年才开始的。
    怎么改
        起始年度改为第一次安排预算的年度。
    依据
        项目申报文本填报说明：项目起止时间为整个项目的计划起止时间。
    错例
        起始年度：2026  <- 2024年预算10万元
        项目前两年预算：2024年项目预算10万元，2025年项目预算10万元。
    正例
        起始年度：2024
        项目前两年预算：2024年项目预算10万元，2025年项目预算10万元。
    """
    label, _text, start = terms.start(form)
    if start is None or terms.is_one_off(form):
        return
    prior = past_budgets.prior_budgets(form.form)
    earlier = sorted(x for x in prior.amounts.items() if x[0] < start and x[1] > 0) if prior else []
    place = form.place(label)
    if earlier:
        told = "、".join(f"{year}年预算{format_amount(amount)}万元" for year, amount in earlier)
        fix = fixes.set_field(label, str(earlier[0][0]))
        yield Finding(place, f"起始年度{start}，但有{told}", fix)
    elif word := _sign_of_past(_plan_texts(form), start):
        yield Finding(place, f"起始年度{start}，文字却写“{word}”")


_PAST = re.compile(r"清欠|欠款|续签|续保|续费")
_CONTRACT = re.compile(r"(20\d\d)年[^，。；;,\n]{0,20}?合同")
_TITLE = re.compile(r"《[^》]*》")


def _plan_texts(form: Facts) -> Iterator[str]:
    """Yield the plan and the details, without titles of documents."""
    for _, text in form.fields("实施方案", "主要内容", "项目概述"):
        yield _TITLE.sub("", text)
    found = amounts.detail_table(form.form)
    for row in found[1].rows if found else ():
        yield _TITLE.sub("", "\n".join(row.cells))


def _sign_of_past(texts: Iterator[str], start: int) -> str | None:
    for text in texts:
        if match := _PAST.search(text):
            return match.group()
        for match in _CONTRACT.finditer(text):
            if int(match[1]) < start:
                return match.group()
    return None
