"""Rule `missing-required-field`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.budget import PRIOR_LABEL
from kpiapp.model.form import Horizon, Table
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts, naming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.ERROR, order=1)
def missing_required_field(form: Facts, _: Context) -> Iterator[Finding]:
    """必填栏没有填

    为什么
        缺项的表系统不收，审核时会被退回。
    怎么改
        把这一栏填上；确实没有的写“无”。
    依据
        财预〔2015〕88号审核表“规范完整性”（内容完整）；预算绩效系统保存时必填。
    错例
        项目名称：物业后勤保障
        起始年度：  <- “起始年度”没有填
        表 项目支出明细：项目活动 | 活动内容表述 | 支出经济分类 | 金额  <- “支出经济分类”有1行
        - OA维护 | 软件维护 |  | 130
    正例
        项目名称：物业后勤保障
        财政相关科室审核意见：
        项目前两年预算：
        表 项目采购：品名 | 数量 | 金额
    """
    for label, text in form.form.fields.items():
        if not text.strip() and not any(word in label for word in _NOT_REQUIRED):
            yield Finding(form.place(label), f"“{label}”没有填")
    found = amounts.detail_table(form.form)
    if found and (gaps := _gaps(found[1])):
        told = "，".join(f"“{head}”有{count}行没有填" for head, count in gaps.items())
        yield Finding(form.place(f"{found[0]} / {'、'.join(gaps)}"), told)
    for horizon in Horizon:
        yield from _missing_basis(form, horizon)


_NOT_REQUIRED = ("审核意见", "备注", PRIOR_LABEL, "表头", "意见", "附件")
_COLUMNS = ("活动内容表述", "支出经济分类", "测算依据", "单价", "计量数")
FEW = 0.1
"""At most this share of a horizon's rows lacks the basis, else the unit does not fill it in."""


def _gaps(table: Table) -> dict[str, int]:
    """Return the heads of the detail columns that have empty cells, and how many."""
    rows = amounts.detail_rows(table)
    counts = {
        head: sum(not amounts.cell(row, i) for row in rows)
        for i, head in enumerate(table.columns)
        if any(word in head for word in _COLUMNS)
    }
    return {head: count for head, count in counts.items() if count}


def _missing_basis(form: Facts, horizon: Horizon) -> Iterator[Finding]:
    """Yield rows without a basis where nearly all have one."""
    rows = [row for row in form.rows if row.horizon is horizon]
    lacking = [row for row in rows if not row.standard and not naming.is_no_name(row.key)]
    if lacking and len(lacking) <= FEW * len(rows):
        for row in lacking:
            yield Finding(row.place("standard"), f"“{row.name}”的指标值确定依据没有填")
