"""Rule `template-residue`: see the page of the function below."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=7)
def template_residue(form: Facts, _: Context) -> Iterator[Finding]:
    """留有模板文字

    为什么
        “XX%”“**”“（500字以内）”是模板的提示，没有换成真实内容。
    怎么改
        换成真实的数和文字，删去提示。
    依据
        财预〔2015〕88号审核表“规范完整性”。
    错例
        项目主要内容：完成××平台运维（200字以内）  <- 留有模板文字
        年度1 | 产出指标 | 质量指标 | 设备完好率 | ≥XX%  <- XX%
    正例
        项目主要内容：采购XC1型服务器，落实“能办……尽办”要求
        年度1 | 产出指标 | 质量指标 | 设备完好率 | ≥95%
    """
    for label, text in form.form.fields.items():
        if found := _residue(text):
            yield Finding(form.place(label), f"留有模板文字“{found}”")
    for goal in form.form.goals:
        if found := _residue(goal.text):
            place = form.goal_place(goal.horizon, goal.number)
            yield Finding(place, f"留有模板文字“{found}”")
    for row in form.rows:
        for cell, text in (("name", row.source.level3), ("target", row.source.target)):
            if found := _residue(text):
                yield Finding(row.place(cell), f"留有模板文字“{found}”")


_RESIDUE = re.compile(
    r"\*\*+|(?<![A-Za-z0-9])[XxＸ]{2,}\s*[%％万元个次人项年月日份家台套]|××+|某某|[（(](?:不超过|限)?\d{2,4}字(?:以内|以上|左右)?[)）]|_{3,}|[（(【](?:此处|请)?(?:填写|输入)[^）)】]{0,12}[）)】]"
    r"|指标\d+\s*[:：]\s*(?=$|[\n；;，,])|…{2,}|\.{6,}"
)
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|《[^》]*》")


@lru_cache(maxsize=16384)
def _residue(text: str) -> str | None:
    if not text:
        return None
    match = _RESIDUE.search(text)
    if match is None:
        return None
    match = _RESIDUE.search(_QUOTED.sub("", text))
    return match.group() if match else None
