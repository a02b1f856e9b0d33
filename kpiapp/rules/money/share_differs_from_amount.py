"""Rule `share-differs-from-amount`: see the page of the function below."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.reading.amounts import Block


@rule(Severity.ERROR, order=2, compares=True, values=False)
def share_differs_from_amount(form: Facts, _: Context) -> Iterator[Finding]:
    """占比与金额不符

    为什么
        占比是算出来的，和金额对不上说明金额或占比改过一处没改另一处。
    怎么改
        按金额重算占比。
    依据
        部门总体资金情况表“占比”栏的勾稽。
    错例
        表 部门总体资金情况：总体资金情况 |  | 当年金额 | 占比
        - 支出构成 | 基本支出 | 60 | 60%
        - 支出构成 | 项目支出 | 40 | 30%  <- 占比写30%
        - 支出构成 | 合计 | 100 | 100%
    正例
        表 部门总体资金情况：总体资金情况 |  | 当年金额 | 占比
        - 支出构成 | 基本支出 | 60 | 60%
        - 支出构成 | 项目支出 | 40 | 40%
        - 支出构成 | 合计 | 100 | 100%
    """
    found = amounts.funds_table(form.form)
    share = amounts.column(found[1], "占比") if found else None
    if not found or share is None or share == 0:
        return
    label, table = found
    for block in amounts.blocks(table):
        yield from _wrong_shares(form, label, block, share)


_TOLERANCE = Decimal("0.05")
_WHOLE = Decimal(100)


def _wrong_shares(form: Facts, label: str, block: Block, share: int) -> Iterator[Finding]:
    """Yield the shares of a block that are off; the amount stands left of its share."""
    unit = form.form.amount_unit
    total = amounts.number_in(amounts.cell(block.total, share - 1), unit)
    told = Decimal(0)
    wrong = False
    for row in block.parts:
        amount = amounts.number_in(amounts.cell(row, share - 1), unit)
        percent = _percent(amounts.cell(row, share))
        told += percent or 0
        if amount is None or percent is None or not total:
            continue
        right = _WHOLE * amount / total
        if abs(right - percent) > _TOLERANCE:
            wrong = True
            text = f"{right:.2f}%"
            message = (
                f"{format_amount(amount)}÷{format_amount(total)}={text}，"
                f"占比写{amounts.cell(row, share)}"
            )
            place = form.place(f"{label} / {amounts.row_name(row)} / 占比")
            yield Finding(place, message, fixes.set_cell(label, row.id, share, text, safe=True))
    if told and not wrong and abs(told - _WHOLE) > _TOLERANCE:
        name = amounts.row_name(block.total)
        message = f"{block.name}各项占比之和为{format_amount(told)}%，不是100%"
        yield Finding(form.place(f"{label} / {name} / 占比"), message)


def _percent(text: str) -> Decimal | None:
    try:
        return Decimal(text.strip().rstrip("%％"))
    except InvalidOperation:
        return None
