"""What the page 自评 says above and below its grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.form import Kind
from kpiapp.services.results.totals import summarise
from kpiapp.services.stages import evaluation_score
from ui.models.evaluation_cells import NO_SCORE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.form import Form
    from kpiapp.services.results.evaluation import Adjustment
    from kpiapp.services.session import Session
    from kpiapp.services.stages.evaluation_score import Evaluation, Row

CHOOSE_ONE = "选中一条指标，这里说明得分怎么来。"
_CHANGED = "申报表在开始自评后有改动；需要按新的值自评的，点“采用新值”并写明调整原因。"
_MOST_IMBALANCES = 2


def total(form: Form, found: Evaluation) -> str:
    """Return the total with its grade, or the points so far."""
    points, grade = evaluation_score.final_total(form, found)
    return f"已得 {found.subtotal} 分" if points is None else f"{points} 分  {grade}"


def state(session: Session, form: Form, found: Evaluation) -> str:
    """Return what is still open, or how the execution was scored; and what the projects got."""
    points, _grade = evaluation_score.final_total(form, found)
    blank = sum(row.score.score is None for row in found.rows)
    left = [] if points is not None else ["尚未评完"]
    left += [f"{blank} 条指标{NO_SCORE}"] if blank else []
    left += [f"预算执行{found.execution.how}"] if found.execution.error else []
    weights = [x.message for x in found.findings if x.code == "weights-do-not-add-up"]
    left += weights[:_MOST_IMBALANCES]
    said = "；".join(left) or f"预算执行 {found.execution.how}"
    return said + _of_the_projects(session, form)


def _of_the_projects(session: Session, form: Form) -> str:
    """Say on a department's page what its projects come to together."""
    if form.kind is not Kind.DEPARTMENT:
        return ""
    whole = summarise(session, form.year)
    if whole.missing:
        return f"\n各项目：{len(whole.missing)}个还没有得分"
    by_money = f"，按预算加权{whole.weighted}分" if whole.weighted is not None else ""
    return f"\n各项目：平均{whole.mean}分{by_money}" if whole.projects else ""


def changes(found: Sequence[Adjustment]) -> str:
    """Return what became of the declaration since the targets were frozen."""
    lines = [
        f"“{x.name}”：自评按“{x.frozen or '没有'}”，申报表现为“{x.now or '没有'}”"
        + (f"（{x.reason}）" if x.reason else "")
        for x in found
    ]
    return "\n".join([_CHANGED, *lines])


def how(scored: Row) -> str:
    """Return how the points of an indicator came about."""
    scope = scored.score.scope
    room = f"这一档可以评 {scope[0]}—{scope[1]} 分。" if scope else ""
    return f"{scored.indicator.level3}：{scored.score.how}。{room}"
