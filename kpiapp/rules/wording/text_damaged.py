"""Rule `text-damaged`: see the page of the function below."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import amounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.HINT, order=4, values=False, turn=1)
def text_damaged(form: Facts, _: Context) -> Iterator[Finding]:
    """文字像有残缺

    为什么
        书名号不成对、句子断在“和”字上，多半是粘贴时丢了字，文号也可能写错。
    怎么改
        对照原文补全。
    依据
        财预〔2015〕88号审核表“规范完整性”（格式规范、内容完整准确）。
    错例
        项目立项依据：《区委机要保密和档案局《机要保密工作整改通知书》文件  <- 书名号不成对
        项目实施方案：完成平台运维工作和。  <- 句子不完整
    正例
        项目立项依据：《关于印发〈机构改革实施方案〉的通知》（夏发〔2024〕2号）
        项目实施方案：1）等保及密评评估；2）平台运维。
        项目主要内容：举办展演，方便居民就近参与。
    """
    for label, text in form.form.fields.items():
        if fault := damage(text):
            yield Finding(form.place(label), f"“{label}”：{fault}")
    for goal in form.form.goals:
        if fault := damage(goal.text):
            place = form.goal_place(goal.horizon, goal.number)
            yield Finding(place, f"{goal.horizon.label}目标{goal.number}：{fault}")
    for row in form.rows:
        if fault := damage(row.source.level3):
            yield Finding(row.place("name"), f"“{row.name}”：{fault}")
    yield from _document_numbers(form)


_LIST_NUMBER = re.compile(r"(?:^|[\s，。；：、;,:（(])[\dA-Za-z一二三四五六七八九十]{1,3}[)）]")
_CUT = re.compile(
    r"(?<!参与)(?<!普及)(?<!涉及)(?<!提及)(?<!应对)(?<!核对)(?<!方向)(?<!导向)(?<!意向)(?<!总和)(?<!饱和)"
    r"(?<=[于对向和及与、，])。"
)
"""A full stop after a word that needs another; 参与, 普及 and their like are whole words."""
_TWICE = re.compile(r"([一-龥]{2,4})\1")
_BAD_NUMBER = re.compile(r"[〔\[【]20\d\d[〕\]】]\s*(?:年\s*\d+|\d+\s*年)\s*号")
_DOCUMENT = re.compile(r"([一-龥]{2,8})[〔\[【（(](20\d\d)[〕\]】）)]\s*(\d+)\s*号")
_PAIRS = {"《": "》", "“": "”", "（": "）", "〈": "〉"}
_NAMES = {"《": "书名号", "“": "引号", "（": "括号", "〈": "书名号"}
_USUAL_TWICE = frozenset(("研究", "逐步", "一户", "一对", "一项", "人人", "时时", "事事", "慢慢"))


@lru_cache(maxsize=8192)
def damage(text: str) -> str | None:
    """Return what looks damaged in a text, or None."""
    if len(text) < len("和。") + 1:
        return None
    if unpaired := _unpaired(_LIST_NUMBER.sub(" ", text.replace("(", "（").replace(")", "）"))):
        return f"{_NAMES[unpaired]}不成对"
    if cut := _CUT.search(text):
        return f"句子不完整：…{text[max(0, cut.start() - 9) : cut.end()]}"
    twice = next((x for x in _TWICE.finditer(text) if _is_slip(x[1])), None)
    if twice:
        return f"“{twice[1]}”连写了两遍"
    if number := _BAD_NUMBER.search(text):
        return f"文号“{number.group()}”写法不对"
    return None


def _is_slip(word: str) -> bool:
    return word not in _USUAL_TWICE and len(set(word)) > 1


def _unpaired(text: str) -> str | None:
    """Return the opening sign of a pair that does not close, or closes before it opens."""
    for start, end in _PAIRS.items():
        depth = 0
        for char in text:
            if char == start:
                depth += 1
            elif char == end:
                depth -= 1
            if depth < 0:
                return start
        if depth:
            return start
    return None


def _document_numbers(form: Facts) -> Iterator[Finding]:
    """Yield detail rows that name two document numbers of one issuer."""
    found = amounts.detail_table(form.form)
    for row in found[1].rows if found else ():
        issued: dict[str, str] = {}
        for match in _DOCUMENT.finditer("\n".join(row.cells)):
            number = f"〔{match[2]}〕{match[3]}号"
            if issued.setdefault(match[1], number) != number and found:
                message = f"同一行写了两个文号：{match[1]}{issued[match[1]]}、{number}"
                yield Finding(form.place(f"{found[0]} / {amounts.row_name(row)}"), message)
                break
