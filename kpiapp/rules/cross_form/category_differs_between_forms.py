"""Rule `category-differs-between-forms`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.edit import SetValue
from kpiapp.model.money import format_amount
from kpiapp.model.names import normalise
from kpiapp.model.problem import Fix, Severity
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=3, reach=Reach.UNIT, values=False)
def category_differs_between_forms(form: Facts, context: Context) -> Iterator[Finding]:
    """支出类别不一致

    为什么
        项目表写“行政事业单位补助”，部门表写“运转类”，预算类别就对不上。
    怎么改
        以部门预算的类别为准；部门表一行的金额不能超过这一类的合计。
    依据
        部门表“支出构成”与“项目支出情况”的勾稽。
    错例
        [部门表]
        表 部门总体资金情况：总体资金情况 |  | 当年金额 | 占比
        - 支出构成 | 运转类项目支出 | 54 | 100%
        - 支出构成 | 合计 | 54 | 100%
        表 项目支出情况：项目名称 | 支出项目类别 | 项目总预算 | 项目本年度预算
        - 信息化建设项目 | 其他运转类项目 | 376.55 | 376.55  <- 支出构成的运转类项目支出只有54万元
        [项目表 p06]
        项目名称：信息化建设项目
        支出项目类别：行政事业单位补助  <- 部门表“其他运转类项目”
        项目当年预算：376.55
    正例
        [部门表]
        表 项目支出情况：项目名称 | 支出项目类别 | 项目总预算 | 项目本年度预算
        - 党建 | 本级支出项目 | 0.3 | 0.3
        [项目表 p01]
        项目名称：党建
        支出项目类别：☐其他运转类项目 ☑特定目标类项目
        项目当年预算：0.3
    """
    if not form.is_project:
        yield from _over_the_line(form)
        return
    match = next((x for x in context.matches if x.project is form), None)
    said = _said(form)
    if match is None or match.line is None or said is None or context.department is None:
        return
    label, text = said
    theirs = match.line.category
    if LABEL in match.line.category_label and theirs and text and _class(text) != _class(theirs):
        yield Finding(
            form.place(label),
            f"项目表“{text}”，部门表“{theirs}”",
            _fix(form, label, theirs),
            other_form=context.department.form.id,
        )


LABEL = "支出项目类别"


def _class(text: str) -> str:
    """Return the class of a category: 运转, 特定目标 (本级支出 is the same), else its own text."""
    if "运转" in text:
        return "运转类"
    if "特定目标" in text or "本级支出" in text:
        return "特定目标类"
    return normalise(text)


def _said(form: Facts) -> tuple[str, str] | None:
    """Return label and text of the project's own category."""
    for label, choice in form.form.choices.items():
        if LABEL in label:
            return (label, choice.checked[0]) if len(choice.checked) == 1 else None
    for label, text in form.form.fields.items():
        if LABEL in label:
            return label, text.strip()
    return None


def _fix(form: Facts, label: str, text: str) -> Fix | None:
    if label not in form.form.fields:
        return None
    return Fix(f"改为“{text}”", (SetValue(("fields", label), text),))


def _over_the_line(form: Facts) -> Iterator[Finding]:
    """Yield projects listed under a class for more than the whole class has."""
    found = amounts.funds_table(form.form)
    if found is None:
        return
    limits = _limits(form)
    for line in amounts.project_lines(form):
        limit = limits.get(_class(line.category))
        if limit is None or line.year is None or line.year <= limit[1]:
            continue
        message = (
            f"“{line.name}”{format_amount(line.year)}万元列为“{line.category}”，"
            f"支出构成的{limit[0]}只有{format_amount(limit[1])}万元"
        )
        yield Finding(form.place(f"{line.field} / {line.category_label}"), message)


def _limits(form: Facts) -> dict[str, tuple[str, Decimal]]:
    """Return the year's amount of each class in 支出构成, in 万元."""
    found = amounts.funds_table(form.form)
    limits: dict[str, tuple[str, Decimal]] = {}
    if found is None:
        return limits
    year = amounts.column(found[1], "当年", "本年")
    for row in found[1].rows:
        name = amounts.cell(row, 1)
        value = amounts.in_wan(amounts.cell(row, year), form.form.amount_unit)
        if value is not None and _class(name) in ("运转类", "特定目标类"):
            limits[_class(name)] = (name, value)
    return limits
