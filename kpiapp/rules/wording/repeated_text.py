"""Rule `repeated-text`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.names import normalise
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=3, compares=True, values=False)
def repeated_text(form: Facts, _: Context) -> Iterator[Finding]:
    """文字重复

    为什么
        项目概述和立项依据是两件事，写成一样就等于少填了一栏；一栏里同一段写两遍是粘贴错了。
    怎么改
        各栏写各自的内容；重复的段落删去一处。
    依据
        项目申报文本填报说明：立项依据、可行性、必要性分别填写。
    错例
        项目概述：按人资编办财政会议原则制定
        项目立项依据：按人资编办财政会议原则制定  <- 与“项目概述”文字相同
    正例
        项目概述：支付2名编外人员经费
        项目立项依据：按人资编办财政会议原则制定
    """
    first: dict[str, str] = {}
    for label, text in form.fields(*_NARRATIVE):
        key = normalise(text)
        if len(key) < SHORTEST:
            continue
        earlier = first.setdefault(key, label)
        if earlier != label:
            yield Finding(form.place(label), f"“{label}”与“{earlier}”文字相同")
        elif found := texts.repeated_part(text):
            message = f"“{label}”里两段文字重复：{found[:SHOWN]}{'…' if len(found) > SHOWN else ''}"
            yield Finding(form.place(label), message)
    for goal in form.form.goals:
        if found := texts.repeated_part(goal.text, by_clause=True):
            place = form.goal_place(goal.horizon, goal.number)
            message = f"{goal.horizon.label}目标{goal.number}里两处文字重复：{found[:SHOWN]}"
            yield Finding(place, message)


SHORTEST, SHOWN = 8, 20
_NARRATIVE = ("概述", "依据", "方案", "内容", "理由", "任务", "说明", "必要性", "可行性")
