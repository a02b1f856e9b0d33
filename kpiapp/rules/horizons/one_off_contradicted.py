"""Rule `one-off-contradicted`: see the page of the function below."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import past_budgets, terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=16, reach=Reach.LINKS)
def one_off_contradicted(form: Facts, context: Context) -> Iterator[Finding]:
    """一次性项目不像一次性

    为什么
        勾了一次性，却有长期目标、以前年度的预算或指标值，项目类型或这些内容必有一处不对。
    怎么改
        确是每年都做的改勾常年性或延续性；确是一次性的删去长期目标和历年值。
    依据
        申报表备注5：对于一次性项目，不需要填报长期绩效总目标和指标、“项目近两年指标值”等。
    错例
        项目安排频度：☑一次性项目 ☐常年项目  <- 2024年预算55.07万元
        项目前两年预算：2024年项目预算55.07万元，2025年项目预算0万元。
    正例
        项目安排频度：☑一次性项目 ☐常年项目
        项目前两年预算：2024年项目预算0万元，2025年项目预算0万元。
    """
    if form.is_project:
        if terms.is_one_off(form) and (signs := _signs(form)):
            message = f"一次性项目却{'，'.join(signs)}"
            yield Finding(form.place(_where(form)), message)
        return
    one_offs = [x for x in context.projects if terms.is_one_off(x)]
    for row in form.rows if one_offs else ():
        if row.horizon is not Horizon.LONG_TERM:
            continue
        for project in one_offs:
            if _stem(row.key) in {_stem(x.key) for x in project.rows}:
                message = f"一次性项目（{project.short_name}）的指标“{row.name}”列在长期指标里"
                yield Finding(row.place("name"), message, other_form=project.form.id)
                break


_SIZE_WORDS = re.compile(r"完成率|率|数|报告")


def _stem(key: str) -> str:
    return _SIZE_WORDS.sub("", key)


def _signs(form: Facts) -> list[str]:
    """Return what speaks against a project of one year."""
    signs = []
    if form.goals_of(Horizon.LONG_TERM):
        signs.append("填了长期目标")
    if any(x and not x.is_blank for row in form.rows for x in (row.prior1, row.prior2)):
        signs.append("填了历年指标值")
    prior = past_budgets.prior_budgets(form.form)
    for year, amount in sorted(prior.amounts.items()) if prior else ():
        if amount > Decimal(0):
            signs.append(f"有{year}年预算{format_amount(amount)}万元")
    return signs


def _where(form: Facts) -> str:
    """Return the group of boxes, or the field, that says 一次性."""
    for label, choice in form.form.choices.items():
        if any("一次性" in x for x in choice.checked):
            return label
    return next((label for label, text in form.form.fields.items() if "一次性" in text), "项目类型")
