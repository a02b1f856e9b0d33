"""Rule `text-copied-from-other-project`: see the page of the function below."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kpiapp.model.names import normalise
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.facts import once_a_form
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.WARNING, order=9, reach=Reach.UNIT, values=False)
def text_copied_from_other_project(form: Facts, context: Context) -> Iterator[Finding]:
    """内容照抄别的项目

    为什么
        办公场所租赁的内容和运行保障经费一字不差，说明没有写这个项目要做什么。
    怎么改
        写这个项目自己的内容。
    依据
        财预〔2015〕88号审核表“目标相关性”。
    错例
        [项目表 p04]
        项目名称：城运中心运行保障经费
        项目概述：研究制定全区2026年城市运行管理、12345热线诉求办理和网格化服务规划并实施。
        [项目表 p06]
        项目名称：办公场所租赁
        项目概述：研究制定全区2026年城市运行管理、12345热线诉求办理和网格化服务规划并实施。  <- p04
    正例
        [项目表 p04]
        项目立项依据：根据《关于印发机构改革实施方案的通知》（夏发〔2024〕2号），组建城市运行管理中心。
        [项目表 p06]
        项目立项依据：根据《关于印发机构改革实施方案的通知》（夏发〔2024〕2号），组建城市运行管理中心。
    """
    if not form.is_project or form not in context.projects:
        return
    for label, text in form.fields(*_LABELS):
        ours = _paragraphs(text)
        for earlier in context.projects[: context.projects.index(form)] if ours else ():
            if ours & _all_paragraphs(earlier):
                message = f"与项目表{earlier.short_name}（{earlier.name}）的文字相同"
                yield Finding(form.place(label), message, other_form=earlier.form.id)
                break


_LABELS = ("项目主要内容", "项目概述", "项目实施方案")
SHORTEST = 40


@once_a_form
def _all_paragraphs(form: Facts) -> frozenset[str]:
    return frozenset(x for _, text in form.fields(*_LABELS) for x in _paragraphs(text))


@lru_cache(maxsize=4096)
def _paragraphs(text: str) -> frozenset[str]:
    """Return the long paragraphs of a text, normalised."""
    lines = (texts.without_number(line).strip() for line in text.splitlines())
    return frozenset(normalise(line) for line in lines if len(line) >= SHORTEST)
