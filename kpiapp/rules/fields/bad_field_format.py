"""Rule `bad-field-format`: see the page of the function below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.budget import PRIOR_LABEL
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts, terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=3, values=False)
def bad_field_format(form: Facts, _: Context) -> Iterator[Finding]:
    """栏目格式不对

    为什么
        邮政编码、年度、金额格式不对，导入系统会失败，也没法计算。
    怎么改
        邮政编码写6位数字；年度写“2026”或“长期”；预算只写数和单位。
    依据
        项目申报文本填报说明。
    错例
        邮政编码：4304  <- 不是6位数字
        起始年度：2026.1  <- 不是年度
        项目当年预算：约10万元  <- 不是金额
    正例
        邮政编码：430040
        起始年度：2026年
        终止年度：长期
        项目当年预算：10万元
    """
    for label, text in form.form.fields.items():
        value = text.strip()
        if not value:
            continue
        if "邮政编码" in label and not re.fullmatch(r"\d{6}", value, re.ASCII):
            yield Finding(form.place(label), f"邮政编码“{value}”不是6位数字")
        elif label in ("起始年度", "终止年度") and value != "长期" and terms.year_of(value) is None:
            yield Finding(form.place(label), f"{label}“{value}”不是年度")
        elif _is_budget(label) and amounts.in_wan(value, form.form.amount_unit) is None:
            yield Finding(form.place(label), f"{label}“{value}”不是金额")


def _is_budget(label: str) -> bool:
    return label.endswith(("总预算", "当年预算")) and PRIOR_LABEL not in label
