"""Rule `amount-differs-between-forms`: see the page of the function below."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.model.budget import budget_field
from kpiapp.model.edit import SetValue
from kpiapp.model.money import Amount, format_amount
from kpiapp.model.names import normalise
from kpiapp.model.problem import Fix, Severity
from kpiapp.rules import fixes
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.pairing.matching import Match
    from kpiapp.rules.reading.amounts import ProjectLine
    from kpiapp.rules.reading.listed import ListedProject


@rule(Severity.ERROR, order=1, reach=Reach.UNIT, values=False)
def amount_differs_between_forms(form: Facts, context: Context) -> Iterator[Finding]:
    """几张表的金额不同

    为什么
        同一个项目，部门表135万元、项目表131万元，批复和公开都会出错。
    怎么改
        以预算批复（表10）为准，改正另一张表。
    依据
        项目申报文本填报说明：项目名称、金额应与部门预算一致。
    错例
        [部门表]
        表 项目支出情况：项目名称 | 支出项目类别 | 项目总预算 | 项目本年度预算
        - 投诉平台项目 | 本级支出项目 | 135 | 135  <- 部门表135万元，项目表（p04）131万元
        [项目表 p04]
        项目名称：投诉平台项目
        项目总预算：131
        项目当年预算：131
    正例
        [部门表]
        表 项目支出情况：项目名称 | 支出项目类别 | 项目总预算 | 项目本年度预算
        - 投诉平台项目 | 本级支出项目 | 131 | 131
        [项目表 p04]
        单位：元
        项目名称：投诉平台项目
        项目总预算：1,310,000
        项目当年预算：1,310,000
        [表10]
        - 投诉平台项目 | 131.00
    """
    if form.is_project:
        match = next((x for x in context.matches if x.project is form), None)
        if match:
            yield from _against_list(form, match)
    elif form is context.department:
        for match in context.matches:
            if match.line:
                yield from _line_against_project(form, match, match.line)
        yield from _lines_without_form(form, context)
        yield from _sum_against_list(form, context)


_HALF_CENT = Decimal("0.005")


def _line_against_project(form: Facts, match: Match, line: ProjectLine) -> Iterator[Finding]:
    """Yield the department's row whose budgets are not the project form's."""
    project = match.project
    parts = []
    for word, ours, label in (
        ("本年度预算", line.year, "当年预算"),
        ("总预算", line.total, "总预算"),
    ):
        theirs = amounts.budget(project.form, label)
        if ours is not None and theirs is not None and _differ(ours, theirs):
            told, other = format_amount(ours), format_amount(theirs)
            parts.append(f"{word}：部门表{told}万元，项目表（{project.short_name}）{other}万元")
    if not parts:
        return
    if match.listed and match.listed.amount is not None:
        parts.append(f"表10为{format_amount(match.listed.amount)}万元")
    yield Finding(
        form.place(line.field),
        "；".join(parts),
        _fix(form, line, project),
        other_form=project.form.id,
    )


def _fix(form: Facts, line: ProjectLine, project: Facts) -> Fix | None:
    """Offer the project's amounts for the department's row, in the unit of its form."""
    unit = form.form.amount_unit
    edits: dict[int, SetValue] = {}
    for value, label in ((line.total, "总预算"), (line.year, "当年预算")):
        right = amounts.budget(project.form, label)
        if value is None or right is None or value == right:
            continue
        for i, text in enumerate(line.row.cells[1:], 1):
            if amounts.in_wan(text, unit) == value:
                place = ("tables", line.table, line.row.id, i)
                told = Amount(right, "万元").in_unit(unit)
                edits.setdefault(i, SetValue(place, format_amount(told)))
    return Fix("改为项目表的金额", tuple(edits.values())) if edits else None


def _against_list(form: Facts, match: Match) -> Iterator[Finding]:
    """Yield the project's budget of the year where 表10 has another."""
    year = amounts.budget(form.form, "当年预算")
    found = budget_field(form.form, "当年预算")
    listed = match.listed
    if not found or not listed or listed.amount is None or year is None:
        return
    if _differ(year, listed.amount):
        told = format_amount(listed.amount)
        message = f"项目当年预算{format_amount(year)}万元，表10为{told}万元"
        fix = fixes.set_field(found[0], f"{told}万元")
        yield Finding(form.place(found[0]), message, fix, other_form=listed.list_id)


def _lines_without_form(form: Facts, context: Context) -> Iterator[Finding]:
    """Yield the department's rows without a project form whose amount 表10 tells otherwise."""
    matched = {id(x.line.row) for x in context.matches if x.line}
    listed: dict[str, list[ListedProject]] = {}
    for project in context.listed:
        listed.setdefault(normalise(project.name), []).append(project)
    for line in amounts.project_lines(form):
        same = listed.get(normalise(line.name), [])
        if id(line.row) in matched or line.year is None or len(same) != 1:
            continue
        told = same[0].amount
        if told is not None and _differ(line.year, told):
            message = (
                f"本年度预算：部门表{format_amount(line.year)}万元；表10为{format_amount(told)}万元"
            )
            yield Finding(form.place(line.field), message, other_form=same[0].list_id)


def _sum_against_list(form: Facts, context: Context) -> Iterator[Finding]:
    """Yield 项目支出 of the department where it is not the sum of 表10."""
    found = amounts.funds_table(form.form)
    told = [x.amount for x in context.listed if x.amount is not None]
    if found is None or not told:
        return
    label, table = found
    year = amounts.column(table, "当年", "本年")
    for row in table.rows:
        if amounts.cell(row, 1) == "项目支出":
            value = amounts.in_wan(amounts.cell(row, year), form.form.amount_unit)
            right = sum(told, Decimal(0))
            if value is not None and abs(value - right) > amounts.CENT:
                message = (
                    f"项目支出{format_amount(value)}万元，表10各项目之和{format_amount(right)}万元"
                )
                place = form.place(f"{label} / 支出构成 / 项目支出")
                yield Finding(place, message, other_form=context.listed[0].list_id)


def _differ(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) > _HALF_CENT
