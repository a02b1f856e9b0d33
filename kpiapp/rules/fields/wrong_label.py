"""Rule `wrong-label`: see the page of the function below."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kpiapp.model.edit import SetValue
from kpiapp.model.form import Horizon
from kpiapp.model.problem import Fix, Severity
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=6, values=False)
def wrong_label(form: Facts, _: Context) -> Iterator[Finding]:
    """表头或目标标题印错

    为什么
        年度绩效目标表印成“长期绩效目标”，读表的人和系统都会认错。
    怎么改
        改回表样原来的文字；同一类二级指标用一个名称。
    依据
        申报表表样。
    错例
        年度绩效目标表/目标名称：长期绩效目标  <- 印成“长期绩效目标”
        长期绩效目标表/目标名称：综合事务管理  <- 目标名称印成
    正例
        年度绩效目标表/目标名称：年度绩效目标1
        长期绩效目标表/目标名称：长期绩效目标
    """
    for label, text in form.form.fields.items():
        if fault := _wrong_heading(label, text.strip()):
            yield Finding(form.place(label), fault, _fix(label))
    for goal in form.form.goals:
        if goal.horizon.other.label in goal.label and goal.horizon.label not in goal.label:
            message = f"{goal.horizon.label}目标{goal.number}的标题印成“{goal.label}”"
            place = form.goal_place(goal.horizon, goal.number, field="标题")
            text = goal.label.replace(goal.horizon.other.label, goal.horizon.label)
            fix = Fix(f"改为“{text}”", (SetValue(("goals", goal.id, "label"), text),), safe=True)
            yield Finding(place, message, fix)
    for horizon in Horizon:
        labels = [goal.label.strip() for goal in form.goals_of(horizon) if goal.label.strip()]
        if len({re.sub(r"[\d一二三四五六七八九十]+", "", x).rstrip("：:") for x in labels}) > 1:
            place = form.goal_place(horizon, None, field="标题")
            yield Finding(place, f"目标标题写法不一：{'、'.join(labels)}")
    if headings := _several_headings(form):
        message = f"同一类二级指标印了几种名称：{'；'.join('、'.join(x) for x in headings)}"
        yield Finding(form.place("二级指标名称"), message)


_NAME = re.compile(r"(?:长期|年度)(?:绩效)?(?:目标|指标)[\d一二三四五六七八九十]*")


def _wrong_heading(label: str, text: str) -> str | None:
    """Return what is wrong with a heading that is printed as a field, or None."""
    if label.endswith("表头"):
        return f"“{label}”里有多余的文字“{text}”" if text else None
    if not label.endswith("目标名称") or not text:
        return None
    table = label.partition("/")[0]
    right = "年度" if "年度" in table else "长期" if "长期" in table else ""
    wrong = {"年度": "长期", "长期": "年度"}.get(right, "")
    if wrong and wrong in text:
        return f"{table}的目标名称印成“{text}”"
    if not _NAME.fullmatch(text):
        return f"目标名称印成“{text}”"
    return None


def _fix(label: str) -> Fix:
    if label.endswith("表头"):
        return fixes.set_field(label, "", safe=True)
    right = "年度" if "年度" in label else "长期"
    return fixes.set_field(label, f"{right}绩效目标", safe=True)


def _several_headings(form: Facts) -> list[list[str]]:
    """Return the level-2 headings of each group that is printed under more than one."""
    names: dict[object, dict[str, None]] = defaultdict(dict)
    for row in form.all_rows:
        if row.group and row.level2:
            names[row.group][row.level2] = None
    return [sorted(x) for x in names.values() if len(x) > 1]
