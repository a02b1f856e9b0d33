"""Rule `text-total-wrong`: see the page of the function below."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts, formulas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=8, compares=True, values=False)
def text_total_wrong(form: Facts, _: Context) -> Iterator[Finding]:
    """文字里的合计不对

    为什么
        文字里逐项列了钱又写了合计，加起来不对，或与当年预算不同，说明有一处没改到。
    怎么改
        重新加一遍，改正文字里的数。
    依据
        测算依据与预算数应一致（财预〔2015〕88号审核表“资金匹配性”）。
    错例
        项目当年预算：30万元
        测算依据及说明：驻村工作6万元，值班保障10万元，合计17万元。  <- 前面各数之和16万元
    正例
        项目当年预算：16万元
        测算依据及说明：驻村工作6万元，值班保障10万元，合计16万元。
    """
    year = amounts.budget(form.form, "当年预算")
    for label, text in form.fields("变动情况", "测算依据", "申请理由", "实施方案"):
        fault = _fault(text, form.form.year, year, is_plan="实施方案" in label)
        if fault:
            yield Finding(form.place(label), fault)


_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*万元?")
_SUBTOTAL = re.compile(r"小计[^\d，。；,;]{0,6}\d[\d,]*(?:\.\d+)?\s*万元?")
_TOTAL = re.compile(r"(?:合计|共计|总计)[^\d，。；,;]{0,6}(\d[\d,]*(?:\.\d+)?)\s*万元?")
_OF_ALL_YEARS = re.compile(
    r"(?:总投资|累计|历年|(?<!\d)(?:[一二两三四五近]|\d{1,2})年(?:预算|经费|支出|投入)?)$"
)
"""What stands before a total that is not this year's: 平台总投资合计500万元, 三年合计120万元."""
_YEAR = re.compile(r"20\d\d(?=\s*年)")


def _fault(text: str, this_year: int, budget: Decimal | None, *, is_plan: bool) -> str | None:
    """Return what is wrong with the totals told in a text, line by line, or None."""
    for line in map(formulas.without_formulas, text.splitlines()):
        for match in _TOTAL.finditer(line):
            total = _value(match[1])
            before = _amounts_in(line[: match.start()])
            years = {int(x) for x in _YEAR.findall(line[: match.start()])}
            adds_up = _adds_up(before, total)
            other = budget is not None and not amounts.agree(total, budget) and not is_plan
            if (years and this_year not in years) or _OF_ALL_YEARS.search(line[: match.start()]):
                other = False
            if adds_up and _later_total(line, match.end(), budget):
                other = False
            if (len(before) > 1 and not adds_up) or other:
                return _told(before, total, budget)
        named = re.search(
            rf"{this_year}年(?:项目)?(?:年初)?预算(?:资金)?(?:安排)?(?:为)?\s*(\d[\d,]*(?:\.\d+)?)\s*万",
            line,
        )
        if named and budget is not None and not amounts.agree(_value(named[1]), budget):
            told, right = format_amount(_value(named[1])), format_amount(budget)
            return f"文字写{this_year}年预算{told}万元，当年预算{right}万元"
    return None


def _amounts_in(text: str) -> list[Decimal]:
    """Return the amounts of a text in 万元 without its sub-totals."""
    return [_value(x[1]) for x in _AMOUNT.finditer(_SUBTOTAL.sub("", text))]


def _adds_up(before: list[Decimal], total: Decimal) -> bool:
    """Say whether the last n >= 2 amounts before a total come to it."""
    return any(sum(before[-n:]) == total for n in range(2, len(before) + 1))


def _later_total(line: str, at: int, budget: Decimal | None) -> bool:
    """Say whether a total that is the budget follows, so that this one is a part of it."""
    return any(_value(x[1]) == budget for x in _TOTAL.finditer(line, at))


def _told(before: list[Decimal], total: Decimal, budget: Decimal | None) -> str:
    parts = [f"文字写合计{format_amount(total)}万元"]
    if len(before) > 1:
        parts.insert(0, f"前面各数之和{format_amount(sum(before, Decimal(0)))}万元")
    if budget is not None:
        parts.append(f"当年预算{format_amount(budget)}万元")
    return "，".join(parts)


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
