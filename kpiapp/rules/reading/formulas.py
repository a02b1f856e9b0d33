"""Multiplications written in the lines of 支出明细: 1360平方米*70元/平方米, 单价 × 计量数."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount
from kpiapp.rules.reading import amounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.form import Row, Table

TOLERANCE = Decimal("0.005")
"""In 万元: what rounding to two places may take."""

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"(?:(?![合共总小]计)[^\d*×xX＊+＋=＝，。；;、,（()）\n]){0,12}"
_FORMULA = re.compile(rf"{_NUMBER}{_UNIT}(?:[*×xX＊]{_NUMBER}{_UNIT})+")
_FACTOR = re.compile(rf"({_NUMBER})({_UNIT})")
_AMOUNT = re.compile(rf"({_NUMBER})\s*(万元?|元|亿元?)")
_RESULT = re.compile(rf"^\s*[=＝]\s*{_NUMBER}\s*(?:万元?|元)?")
_MORE = re.compile(r"[+＋\-—~～]|加|等|及|和|约|含|另")
"""Signs that a formula is not the whole of a line."""
_LEAD = re.compile(r"^\s*[（(]?\d+[）).、．]\s*")


def without_number(text: str) -> str:
    """Return a line without the number in front: `4. 其他` is 其他."""
    return _LEAD.sub("", text)


def has_formula(text: str) -> bool:
    """Say whether a text holds a multiplication."""
    return _FORMULA.search(without_number(text)) is not None


def count_amounts(text: str) -> int:
    """Return how many amounts of money a text names."""
    return len(_AMOUNT.findall(text))


def plain_number(text: str) -> Decimal | None:
    """Return the number of a cell that holds nothing else, or None."""
    try:
        return Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None


def faults(table: Table, row: Row, unit: str) -> Iterator[str]:
    """Yield what does not come out in a line: 单价 × 计量数, or the formula in its text."""
    price = plain_number(amounts.cell(row, amounts.column(table, "单价")))
    count = plain_number(amounts.cell(row, amounts.column(table, "计量数")))
    reckoned = amounts.column(table, "测算数")
    columns = amounts.amount_columns(table)
    told_in = columns if reckoned is None else [reckoned]
    sums = [x for i in told_in if (x := amounts.in_wan(amounts.cell(row, i), unit)) is not None]
    if not sums:
        return
    amount = sum(sums, Decimal(0))
    if price is not None and count is not None and reckoned is not None:
        told = amounts.number_in(amounts.cell(row, reckoned), unit)
        product = price * count
        if told is not None and abs(product - told) > amounts.CENT:
            mixed = (
                "，元和万元写混了"
                if told * amounts.WAN in (product, product * amounts.WAN**2)
                else ""
            )
            yield f"{price}×{count}={format_amount(product)}，测算数写{format_amount(told)}{mixed}"
            return
    for i, text in enumerate(row.cells):
        if i not in columns and (value := _only_formula(text)) is not None:
            if abs(value - amount) > TOLERANCE:
                yield (
                    f"{_FORMULA.search(without_number(text)).group()}"  # type: ignore[union-attr]
                    f"={format_amount(value)}万元，金额写{format_amount(amount)}万元"
                )
            return


def _only_formula(text: str) -> Decimal | None:
    """Return the value in 万元 of a text's formula, if the text names no other amount."""
    plain = without_number(text)
    found = _FORMULA.findall(plain)
    if len(found) != 1:
        return None
    before, _, after = plain.partition(found[0])
    rest = _RESULT.sub("", after, count=1)
    if any(x.isdigit() for x in before + rest) or _MORE.search(before + rest):
        return None
    return _value(found[0])


def _value(formula: str) -> Decimal | None:
    """Return a formula's value in 万元; None where it does not say 元 or 万元."""
    value, scale = Decimal(1), None
    for number, unit in _FACTOR.findall(formula):
        value *= Decimal(number.replace(",", ""))
        if money := _MONEY.match(unit):
            scale = _IN_WAN[money[1]]
        elif "元" in unit:
            scale = _IN_WAN[""]
        else:
            value *= _MULTIPLIERS.get(unit.strip()[:1], Decimal(1))
    return None if scale is None else value * scale


_MONEY = re.compile(r"\s*(百万|千万|亿|万|千|百|)元")
_IN_WAN = {
    "": 1 / amounts.WAN, "百": Decimal("0.01"), "千": Decimal("0.1"), "万": Decimal(1),
    "百万": Decimal(100), "千万": Decimal(1000), "亿": amounts.WAN,
}  # fmt: skip
_MULTIPLIERS = {
    "%": Decimal("0.01"), "％": Decimal("0.01"), "‰": Decimal("0.001"), "万": amounts.WAN,
}  # fmt: skip
"""What a number that is no money counts, by the sign behind it: 1.5万人, 30%."""


def without_formulas(text: str) -> str:
    """Return a text in which multiplications stand as the amounts that they come to.

    A written result is kept (`12人*2.5万元=30万元` is `30万元`), a multiplication of no money goes.
    """
    return _WITH_RESULT.sub(_in_short, text)


_WITH_RESULT = re.compile(rf"({_FORMULA.pattern})([=＝]\s*(?={_NUMBER}))?")


def _in_short(match: re.Match[str]) -> str:
    value = _value(match[1])
    return "" if match[2] or value is None else f"{format_amount(value)}万元"
