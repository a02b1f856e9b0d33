"""Rule `of-which-missing`: see the page of the function below."""

from __future__ import annotations

from itertools import pairwise
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


@rule(Severity.HINT, order=5, values=False)
def of_which_missing(form: Facts, _: Context) -> Iterator[Finding]:
    """“其中”没有填

    为什么
        只填了一般公共预算财政拨款的总数，看不出其中多少是申请当年预算的。
    怎么改
        填上“其中”的数；全部是当年预算拨款的，填同样的数。
    依据
        财预〔2015〕88号审核表“规范完整性”（内容完整）。
    错例
        表 项目资金来源：来源项目 | 金额（万元）
        - 合计 | 9.52
        - 一般公共预算财政拨款 | 9.52
        - 其中：申请当年预算拨款 |  <- 一般公共预算财政拨款9.52
    正例
        表 项目资金来源：来源项目 | 金额（万元）
        - 合计 | 9.52
        - 一般公共预算财政拨款 | 9.52
        - 其中：申请当年预算拨款 | 9.52
        - 其他资金 |
        - 其中：使用上年度财政拨款结余 |
    """
    found = amounts.sources_table(form.form)
    if found is None:
        return
    label, table = found
    for above, row in pairwise(amounts.filled_rows(table)):
        name, part = amounts.row_name(above), amounts.row_name(row)
        amount = amounts.number_in(amounts.cell(above, 1), form.form.amount_unit)
        if (
            "一般公共预算" in name
            and amount
            and part.startswith("其中")
            and amounts.is_empty(amounts.cell(row, 1))
        ):
            message = f"{name}{format_amount(amount)}，其下“{part}”没有填"
            fix = fixes.set_cell(label, row.id, 1, amounts.cell(above, 1))
            yield Finding(form.place(f"{label} / {part}"), message, fix)
