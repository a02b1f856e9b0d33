"""Rule `restates-target-in-name`: see the page of the function below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.money import format_amount
from kpiapp.model.problem import Fix, Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.single_rows import each_row

if TYPE_CHECKING:
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=12)
@each_row
def restates_target_in_name(row: Row, _: Facts) -> Finding | None:
    """名称里写了指标值

    为什么
        名称带了“达100%”，来年改了指标值，名称就成了假话。
    怎么改
        名称只写考核什么，数值写在指标值栏。
    依据
        财预〔2021〕101号 指标名称应简明，不含指标值。
    错例
        年度1 | 产出指标 | 质量指标 | 培训覆盖率达100% | =100%  <- 已带指标值
        年度1 | 产出指标 | 数量指标 | 培训人次≥50人次 | ≥50人次  <- 已带指标值
    正例
        年度1 | 产出指标 | 质量指标 | 培训覆盖率 | =100%
        年度1 | 产出指标 | 数量指标 | 1G互联网出口带宽数量 | 2条
    """
    figure = _figure_in_name(row)
    if figure or "≥" in row.key or "≤" in row.key:
        message = f"三级指标名称已带指标值“{row.target.text}”"
        return Finding(row.place("name"), message, _fix(row, figure))
    return None


_DIGITS = (*"0123456789", ".")


def _figure_in_name(row: Row) -> str:
    """Return number and unit of the target where they stand in the name, else ""."""
    number, unit = row.target.number, row.target.unit
    if number is None or not unit:
        return ""
    figure = f"{format_amount(number)}{unit}"
    at = row.key.find(figure)
    return figure if at >= 0 and not row.key[:at].endswith(_DIGITS) else ""


def _fix(row: Row, figure: str) -> Fix | None:
    if not figure:
        return None
    cut = re.sub(rf"(?:达到|达|为|不低于|不超过|[≥≤=])*{re.escape(figure)}", "", row.name)
    return row.propose("level3", cut) if len(cut) > 1 and cut != row.name else None
