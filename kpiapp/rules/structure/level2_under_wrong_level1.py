"""Rule `level2-under-wrong-level1`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Fix, Severity
from kpiapp.model.taxonomy import Level1, Level2, allowed_level1, level1_of
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.ERROR, order=6, values=False)
def level2_under_wrong_level1(form: Facts, _: Context) -> Iterator[Finding]:
    """二级指标印在别的一级指标下

    为什么
        一级、二级对不上，自评时分值会算到错误的一级指标里，系统也不收。
    怎么改
        把一级指标改成二级指标所属的那一个；多半是合并单元格时漏印了一级指标。
    依据
        申报表备注3：产出指标填数量、质量、时效、成本，效益指标填社会、经济、生态效益等；财预〔2021〕101号指标框架。
    错例
        长期1 | 产出指标 | 质量指标 | 人员考评优秀率 | ≥90%
        长期1 | 产出指标 | 社会效益指标 | 各项工作完成情况 | 有效保障  <- 应属“效益指标”
    正例
        长期1 | 产出指标 | 成本指标 | 人均成本 | ≤200元/人
        长期1 | 效益指标 | 社会效益指标 | 各项工作完成情况 | 有效保障
        长期1 | 项目效益 | 社会公众或服务对象满意度指标 | 群众满意度 | ≥90%
    """
    has_satisfaction = any(level1_of(row.level1) is Level1.SATISFACTION for row in form.all_rows)
    for row in form.all_rows:
        right = _right_for(row)
        if not right or not row.level1:
            continue
        level1 = level1_of(row.level1)
        # A heading that nobody knows (投入管理目标) may well be the right one.
        if (
            level1 is None
            or level1 in right
            or (
                right[0] is Level1.SATISFACTION
                and level1 is Level1.BENEFIT
                and not has_satisfaction
            )
        ):
            continue
        expected = fixes.heading1(form, *right)
        message = f"“{row.level2}”印在“{row.level1}”下，应属“{expected}”"
        fix = Fix(f"一级指标改为“{expected}”", (row.set("level1", expected),), safe=True)
        yield Finding(row.place("group"), message, fix)


_UNDER_COST_OR_OUTPUT = frozenset((Level2.RUNNING_COST, Level2.SOCIAL_COST, Level2.ECOLOGICAL_COST))
"""Parts of 成本: they stand where a sheet prints its 成本, which is under either."""


def _right_for(row: Row) -> tuple[Level1, ...]:
    """Return the 一级 that a row may stand under, the best first; () if any will do."""
    if row.group is None or row.group in _UNDER_COST_OR_OUTPUT:
        return ()
    return allowed_level1(row.group)
