"""Rule `operator-differs`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.facts import each_once
from kpiapp.rules.findings import Finding
from kpiapp.rules.pairing.comparing import Difference, difference
from kpiapp.rules.pairing.horizon_pairs import both_targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.problem import Fix
    from kpiapp.model.target import Target
    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=9, reach=Reach.LINKS)
def operator_differs(form: Facts, context: Context) -> Iterator[Finding]:
    """比较符不一致

    为什么
        一处“≥98%”，一处“98%”，超额完成时两处结论不同。
    怎么改
        两处用同一个比较符。
    依据
        财预〔2015〕88号审核表“规范完整性”；预算绩效系统“计算符号”必填。
    错例
        长期1 | 产出指标 | 质量指标 | 考勤达标率 | ≥98%
        年度1 | 产出指标 | 质量指标 | 考勤达标率 | 98%  <- 长期为≥98%，年度为98%
    正例
        长期1 | 产出指标 | 数量指标 | 保障编外人数 | =4人
        年度1 | 产出指标 | 数量指标 | 保障编外人数 | 4人
    """
    yield from _inside(form)
    for ours, theirs, project in context.partners(form):
        if difference(ours.target, theirs.target) is Difference.SIGN:
            row, model, other = ours, theirs, project
            if ours.target.sign and not theirs.target.sign:
                row, model, other = theirs, ours, form
            yield Finding(
                row.place("target"),
                f"部门表为{ours.target}，项目表（{project.short_name}）为{theirs.target}",
                _take_sign(row, model.target),
                other_form=other.form.id,
                against=(model.place("target"),),
            )


@each_once
def _inside(form: Facts) -> Iterator[Finding]:
    """Yield what differs inside the form."""
    for pair in both_targets(form):
        if difference(pair.annual, pair.long_term) is Difference.SIGN:
            message = f"长期为{pair.long_term}，年度为{pair.annual}"
            row, model, against = pair.row, pair.long_term, pair.against
            if pair.annual.sign and not pair.long_term.sign and pair.long_term_row:
                row, model, against = pair.long_term_row, pair.annual, (pair.annual_place,)
            yield Finding(row.place("target"), message, _take_sign(row, model), against=against)


def _take_sign(row: Row, model: Target) -> Fix | None:
    """Offer the row's own number with the sign of the other target."""
    bare = row.target.text.strip().lstrip("≥≤=<>＝＞＜")
    return row.propose("target", (model.sign or "") + bare)
