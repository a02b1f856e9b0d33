"""Rule `actual-value-missing`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.edit import SetValue
from kpiapp.model.problem import Fix, Severity
from kpiapp.model.target import TargetKind, parse
from kpiapp.rules import results
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.ERROR, order=4)
def actual_value_missing(form: Facts, context: Context) -> Iterator[Finding]:
    """没有实际完成值

    为什么
        没有完成值，得分就没有依据；写“完成”或“≥5次”也不是完成了多少。
    怎么改
        填实际的数和单位，如“5次”。
    依据
        财预〔2020〕10号 自评表“实际完成值”栏。
    错例
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 完成=  <- 没有实际完成值
        年度1 | 产出指标 | 数量指标 | 培训次数 | ≥5次 | 完成=≥5次  <- 带有比较符
        年度1 | 产出指标 | 数量指标 | 检查家数 | ≥9家 | 完成=已完成  <- 不是数值
    正例
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 完成=12次
        年度1 | 效益指标 | 社会效益 | 服务水平 | 提升 | 完成= | 档次=达成
    """
    evaluation = results.evaluated(form, context)
    if evaluation is None:
        return
    for row, result in results.rows_with_results(form, evaluation):
        text = (result.actual or "").strip()
        if result.actual is None or (row.target.is_words and result.tier):
            continue
        actual = parse(text)
        if not results.said(text):
            yield Finding(row.result_place("实际完成值"), f"“{row.name}”没有实际完成值")
        elif actual.sign and text[0] in "≥≤=<>＞＜＝":
            bare = text.lstrip("≥≤=<>＞＜＝")
            edit = SetValue(("indicators", row.id, "extra", "实际完成值"), bare)
            fix = Fix(f"改为“{bare}”", (edit,), safe=True)
            yield Finding(
                row.result_place("实际完成值"), f"“{row.name}”的完成值“{text}”带有比较符", fix
            )
        elif _is_figure(row) and actual.is_words and not any(x.isdigit() for x in text):
            yield Finding(row.result_place("实际完成值"), f"“{row.name}”的完成值“{text}”不是数值")
        elif result.unscored:
            yield Finding(row.result_place("实际完成值"), f"“{row.name}”{result.unscored}")


def _is_figure(row: Row) -> bool:
    """Say whether a target is a figure or a date, so that words are no result."""
    return row.target.is_numeric or row.target.kind is TargetKind.LIMIT
