"""Rule `name-is-sentence`: see the page of the function below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.problem import Fix, Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.HINT, order=1, values=False, turn=2)
def name_is_sentence(form: Facts, _: Context) -> Iterator[Finding]:
    """三级指标名称是一句话

    为什么
        名称是一句话，说不清考核的是哪一件事，也没法和上年、和别的表对应。
    怎么改
        改成短名称，写“考核什么”，如“群众诉求办结率”；一句话里的几件事分成几条。
    依据
        财预〔2021〕101号 指标名称应简明规范。
    错例
        年度1 | 效益指标 | 社会效益指标 | 保障网格化工作有序开展，畅通社区与居民的联系渠道
        | 积极影响  <- 一句话
        年度1 | 产出指标 | 数量指标 | 指标1：巡检次数 | ≥12次  <- 表样的文字
    正例
        年度1 | 产出指标 | 数量指标 | 监督员、接线派单员和系统维护员聘用数 | =189人
        年度1 | 效益指标 | 社会效益指标 | 系统，提升公文办理效率 | 有所提升
    """
    for row in form.rows:
        stripped = _FORM_WORDS.sub("", row.name).strip(" ：:")
        if stripped != row.name:
            fix = row.propose("level3", stripped, safe=True)
            yield Finding(row.place("name"), f"三级指标名称“{row.name}”里有表样的文字", fix)
        elif row.name.endswith(("。", "；", "！")) and not _is_long(row.name[:-1]):
            fix = row.propose("level3", row.name.rstrip("。；！"), safe=True)
            yield Finding(row.place("name"), "三级指标名称以句号结束", fix)
        elif _is_long(row.name):
            yield Finding(row.place("name"), "三级指标名称是一句话，应改为一个短名称", _stop(row))


_FORM_WORDS = re.compile(
    r"[一二三]级指标|[（(](?:定性|定量)(?:指标)?[）)]|(?:定性|定量)指标|^(?:定性|定量)[:：]|^指标\d+[:：]?|^(?:数量|质量|时效|成本|(?:经济|社会|生态)效益|满意度)指标\d*[:：]|[（(][%％][)）]"
)
_LONG, _TOO_LONG = 20, 30


def _is_long(name: str) -> bool:
    return len(name) > _TOO_LONG or (len(name) >= _LONG and any(x in name for x in "，。；,;"))


def _stop(row: Row) -> Fix | None:
    bare = row.name.rstrip("。")
    return row.propose("level3", bare, safe=True) if bare != row.name else None
