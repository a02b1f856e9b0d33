"""Rule `renamed-between-horizons`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.names import normalise
from kpiapp.model.problem import Fix, Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import naming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=3, compares=True)
def renamed_between_horizons(form: Facts, _: Context) -> Iterator[Finding]:
    """同一指标两种名称

    为什么
        长期表叫“满意度”，年度表叫“满意率”，系统按名称对不上，来年结转也会断。
    怎么改
        两边统一用一个名称。
    依据
        申报表长期、年度指标应一一对应（财预〔2015〕88号审核表“规范完整性”）。
    错例
        长期1 | 满意度指标 | 服务对象满意度指标 | 工作满意度 | ≥90%
        年度1 | 满意度指标 | 服务对象满意度指标 | 工作满意率 | ≥90%  <- 长期表为“工作满意度”
    正例
        长期1 | 产出指标 | 数量指标 | 党建活动完成率 | 100%
        年度1 | 产出指标 | 数量指标 | 党建活动开展次数 | ≥6次
        长期1 | 效益指标 | 社会效益指标 | 提升群众幸福感 | 提升
        年度1 | 效益指标 | 社会效益指标 | 提升群众幸福感。 | 提升
    """
    for long_term, annual, step in form.pairs:
        if step > 1 and normalise(long_term.name) != normalise(annual.name):
            yield Finding(
                annual.place("name"),
                f"长期表为“{long_term.name}”，年度表为“{annual.name}”",
                _fix(long_term, annual),
                against=(long_term.place("name"),),
            )


def _fix(long_term: Row, annual: Row) -> Fix:
    """Offer the better of the two names for the other row."""
    kept = naming.better_name(long_term.name, annual.name)
    wrong = annual if kept == long_term.name else long_term
    return Fix(f"{wrong.horizon.label}表改为“{kept}”", (wrong.set("level3", kept),))
