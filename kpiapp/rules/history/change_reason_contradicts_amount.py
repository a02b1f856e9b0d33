"""Rule `change-reason-contradicts-amount`: see the page of the function below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import reasons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=9, compares=True, values=False)
def change_reason_contradicts_amount(form: Facts, _: Context) -> Iterator[Finding]:
    """变动理由与金额相反

    为什么
        理由说租赁面积增加，预算却没有增加，理由就不成立。
    怎么改
        核对金额和理由，改正其中一处。
    依据
        财预〔2015〕88号审核表“资金匹配性”。
    错例
        项目当年预算：29.36万元
        前两年预算及变动情况：2025年预算110万元。变动情况及理由：人员增加。  <- 理由写“增加”
    正例
        项目当年预算：120万元
        前两年预算及变动情况：2025年预算110万元。变动情况及理由：人员增加。
    """
    found = reasons.change_of(form.form)
    if found is None or found.last is None or found.this is None:
        return
    up, down = _said(_UP, found.reason), _said(_DOWN, found.reason)
    last, this = format_amount(found.last), format_amount(found.this)
    if (up and not down and found.this <= found.last) or (
        down and not up and found.this > found.last
    ):
        change = f"由{last}万元变为{this}万元" if last != this else f"没有变（{this}万元）"
        message = f"理由写“{up or down}”，预算却{change}"
        yield Finding(form.place(found.label), message)


def _said(words: tuple[str, ...], reason: str) -> str | None:
    """Return the first of the words that a reason says and does not deny (无新增, 没有减少)."""
    denied = re.sub(rf"(?:没有|[无未不])(?:{'|'.join(words)})", "", reason)
    return next((word for word in words if word in denied), None)


_UP = ("增加", "新增", "提高", "上涨", "上升", "扩大", "增长", "新设")
_DOWN = (
    "减少", "压减", "压缩", "核减", "调减", "削减", "收回", "下降", "节约", "缩减",
)  # fmt: skip
