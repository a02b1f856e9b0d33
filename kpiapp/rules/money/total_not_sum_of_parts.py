"""Rule `total-not-sum-of-parts`: see the page of the function below."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.form import Row
    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.reading.amounts import Block


@rule(Severity.ERROR, order=1, values=False)
def total_not_sum_of_parts(form: Facts, _: Context) -> Iterator[Finding]:
    """合计不等于各项之和

    为什么
        合计与明细对不上，预算就不知道以哪个为准。
    怎么改
        核对各项；各项无误的，合计改为各项之和。
    依据
        申报表合计栏的勾稽；预算绩效系统保存时校验。
    错例
        表 项目资金来源：来源项目 | 金额
        - 合计 | 12  <- 各项之和11万元，合计写12万元
        - 一般公共预算财政拨款 | 10
        - 其中：申请当年预算拨款 | 10
        - 其他资金 | 1
    正例
        表 项目资金来源：来源项目 | 金额
        - 合计 | 11
        - 一般公共预算财政拨款 | 10
        - 其中：申请当年预算拨款 | 10
        - 其他资金 | 1

        表 项目资金来源：来源项目 | 金额
        - 合计 | 100
        - 财政拨款 | 80
        - 其中：一般公共预算 | 60
        - 政府性基金 | 20
        - 单位资金 | 20
    """
    for label, table in form.form.tables.items():
        for block in amounts.blocks(table):
            for column in amounts.amount_columns(table):
                fault = _fault(block, column, form, by_decimals="项目支出情况" in label)
                if fault:
                    message, text = fault
                    fix = fixes.set_cell(label, block.total.id, column, text) if text else None
                    field = f"{label} / {_total_name(block)}"
                    yield Finding(form.place(field), message, fix)
                    break


_PAST = ("近两年", "上年", "前年")


def _total_name(block: Block) -> str:
    return f"{block.name} / 合计" if block.name in ("收入构成", "支出构成") else "合计"


def _fault(block: Block, column: int, form: Facts, *, by_decimals: bool) -> tuple[str, str] | None:
    """Return what is wrong with a total in one column, and the text that would be right."""
    unit = form.form.amount_unit
    total = amounts.number_in(amounts.cell(block.total, column), unit)
    parts = _values(block.parts, column, unit)
    if total is None:
        return None
    told = format_amount(total)
    if not parts:
        return (
            None if _is_past(block, column, form) else (f"各项全部没有填，合计写{told}{unit}", "")
        )
    right = sum(parts, Decimal(0))
    others = (_values(rows, column, unit) for rows in _without_parts_of_parts(block, column, unit))
    if any(sum(values, Decimal(0)) == total for values in others):
        return None
    limit = amounts.CENT if len(parts) > 1 else Decimal(0)
    finer = by_decimals and right != total and _places(total) > max(map(_places, parts))
    if abs(right - total) <= limit and not finer:
        return None
    return f"各项之和{format_amount(right)}{unit}，合计写{told}{unit}", format_amount(right)


def _without_parts_of_parts(block: Block, column: int, unit: str) -> tuple[list[Row], list[Row]]:
    """Return the lines as they add up where some, not marked 其中, are parts of others."""
    top = amounts.without_lower_level(block.parts)
    return top, amounts.without_further_parts(block.lines, column, unit)


def _values(rows: list[Row], column: int, unit: str) -> list[Decimal]:
    """Return the amounts that rows have in a column."""
    values = (amounts.number_in(amounts.cell(row, column), unit) for row in rows)
    return [value for value in values if value is not None]


def _is_past(block: Block, column: int, form: Facts) -> bool:
    """Say whether a column is of a past year, which `prior-budget-missing` judges."""
    for table in form.form.tables.values():
        if any(row is block.total for row in table.rows):
            return any(word in table.columns[column] for word in _PAST)
    return False


def _places(value: Decimal) -> int:
    text = format_amount(value)
    return len(text.partition(".")[2])
