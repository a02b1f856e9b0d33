"""Rule `empty-level2-group`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.HINT, order=5)
def empty_level2_group(form: Facts, _: Context) -> Iterator[Finding]:
    """印了二级指标，没有三级指标

    为什么
        空着的二级指标说明要么漏填，要么本来就不需要。
    怎么改
        不需要的二级指标连同空行删去；需要的补上三级指标和指标值。
    依据
        申报表备注2：一级、二级指标仅为参考框架，单位可结合项目特征自行选择填报。
    错例
        年度1 | 效益指标 | 经济效益指标 |  |  <- 印了“经济效益指标”
        年度1 | 效益指标 | 社会效益指标 | 群众办事时间 | ≤30分钟
    正例
        年度1 | 效益指标 | 社会效益指标 | 群众办事时间 | ≤30分钟
        年度1 | 效益指标 | 社会效益指标 |  |
    """
    named = {(row.horizon, row.goal, row.level2) for row in form.rows}
    begun = {(row.horizon, row.goal) for row in form.rows}
    for row in form.all_rows:
        if row.level2 and not row.key and (row.horizon, row.goal, row.level2) not in named:
            # A table nobody has begun is the template's own frame: do not offer to clear it away.
            untouched = (row.horizon, row.goal) not in begun
            keep = untouched or row.source.target.strip()
            fix = None if keep else fixes.drop_row(row, safe=True)
            yield Finding(row.place("name"), f"印了“{row.level2}”，没有三级指标", fix)
