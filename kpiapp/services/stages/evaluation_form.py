"""What a self-evaluation form holds: made from a declaration, read as results to score.

It is a form of stage 自评 with the ids of the declaration's goals and indicators. Its targets are
the declaration's at that time and stay so, whatever becomes of the declaration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpiapp.model.budget import year_budget
from kpiapp.model.form import Form, Goal, Horizon, Kind, Row, Table, new_id
from kpiapp.model.money import format_amount, parse_amount
from kpiapp.model.stages import DECLARATION, Stage
from kpiapp.scoring.results import Budget, Result, Results, indicators_to_score
from kpiapp.scoring.values import number
from kpiapp.scoring.weights import propose
from kpiapp.store.step import copy_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from kpiapp.model.form import Indicator
    from kpiapp.scoring.scheme import Scheme

__all__ = ["indicators_to_score", "new_evaluation", "number", "results_of"]

WEIGHT: Final = "分值"
ACTUAL: Final = "实际完成值"
SCORE: Final = "得分"
TYPED_SCORE: Final = "评定得分"
TIER: Final = "达成档次"
REASON: Final = "偏差原因"
MEASURE: Final = "改进措施"
BOTH: Final = "偏差原因分析及改进措施"
ADJUSTED: Final = "调整原因"
ENTERED: Final = (ACTUAL, TIER, TYPED_SCORE, REASON, MEASURE, ADJUSTED)
"""Labels of `Indicator.extra` that a person fills; `SCORE` and `BOTH` follow from them."""

SCHEME: Final = "评分方案"
TOTAL: Final = "总分"
GRADE: Final = "等级"
PROBLEMS: Final = "偏差大或目标未完成原因分析"
PLANS: Final = "改进措施及结果应用方案"
REMARKS: Final = "其他需要说明的事项"

MONEY: Final = "预算执行情况"
MONEY_COLUMNS: Final = [
    "资金", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率", "得分",
    "原因",
]  # fmt: skip
INITIAL, BASE, SPENT, MONEY_WEIGHT, RATE, MONEY_SCORE, MONEY_REASON = range(1, 8)
MONEY_ROWS: Final = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
GOALS: Final = "年度总体目标"
GOAL_COLUMNS: Final = ["预期目标", "实际完成情况"]

_HEAD_FIELDS: Final = {
    "主管部门": ("项目主管部门", "项目主管单位", "主管部门"),
    "实施单位": ("项目执行单位", "项目实施单位", "实施单位"),
}


def new_evaluation(declaration: Form, scheme: Scheme) -> Form:
    """Return the self-evaluation of a declaration, with its targets and proposed weights."""
    source = copy_of(declaration)
    rows = indicators_to_score(source)
    for row in rows:
        row.extra = {}
        row.horizon = Horizon.ANNUAL
        row.prior1 = row.prior2 = row.long_term_target = None
    if all(row.weight in (None, "") for row in rows):
        _put_weights(rows, scheme)
    what = f"{declaration.year}年度{declaration.name}"
    return Form(
        id=_id(declaration),
        kind=declaration.kind,
        year=declaration.year,
        layout=scheme.sheet,
        title=f"{what}自评表",
        amount_unit=declaration.amount_unit,
        fields=_fields(declaration, scheme),
        choices=source.choices,
        tables={
            MONEY: _money(declaration, scheme),
            GOALS: Table(list(GOAL_COLUMNS), [Row([x.text, ""]) for x in _goals(source, rows)]),
        },
        goals=_goals(source, rows),
        indicators=rows,
        unit=source.unit,
        project=source.project,
        stage=Stage.EVALUATION,
        ids_given=True,
        other={DECLARATION: declaration.id},
    )


def _id(declaration: Form) -> str:
    return f"{declaration.id}-{new_id()[:8]}-self"


def _put_weights(rows: list[Indicator], scheme: Scheme) -> None:
    """Propose points; goals share them, so each row's are of the whole form."""
    proposed = propose(rows, scheme)
    for row in rows:
        row.weight = plain(proposed[row.id])


def plain(value: Decimal) -> int | float:
    """Return points as JSON keeps them: 5, 4.6."""
    return int(value) if value == value.to_integral_value() else float(value)


def _goals(source: Form, rows: list[Indicator]) -> list[Goal]:
    """Return the goals that have rows, as the year's goals."""
    annual = [goal for goal in source.goals if goal.horizon is Horizon.ANNUAL]
    numbers = {row.goal for row in rows}
    found = [goal for goal in annual or source.goals if goal.number in numbers]
    for goal in found:
        goal.horizon, goal.until = Horizon.ANNUAL, None
    return found


def _fields(declaration: Form, scheme: Scheme) -> dict[str, str]:
    label = "项目名称" if declaration.kind is Kind.PROJECT else "部门(单位)名称"
    heads = {
        name: next((declaration.fields[x] for x in labels if declaration.fields.get(x)), "")
        for name, labels in _HEAD_FIELDS.items()
    }
    if declaration.kind is Kind.DEPARTMENT:
        heads = {}
    ends = dict.fromkeys((TOTAL, GRADE, PROBLEMS, PLANS, REMARKS), "")
    return {label: declaration.name, **heads, SCHEME: scheme.id, **ends}


def _money(declaration: Form, scheme: Scheme) -> Table:
    rows = [Row([name, *[""] * (len(MONEY_COLUMNS) - 1)]) for name in MONEY_ROWS]
    rows[0].cells[INITIAL] = _planned(declaration)
    rows[0].cells[MONEY_WEIGHT] = str(plain(scheme.execution_weight))
    return Table(list(MONEY_COLUMNS), rows)


def _planned(declaration: Form) -> str:
    """Return the declared budget as a bare number in the form's unit, "" where there is none."""
    amount = year_budget(declaration)
    return format_amount(amount.in_unit(declaration.amount_unit)) if amount else ""


# -- as results -----------------------------------------------------------------------------------


def results_of(form: Form) -> Results:
    """Return what a self-evaluation form says, for scoring."""
    return Results(
        budget_row(form),
        tuple(_result(row) for row in indicators_to_score(form)),
        _shares(form.goals),
    )


def budget_row(form: Form) -> Budget:
    """Return the money row that is scored: 年度资金总额."""
    table = form.tables.get(MONEY)
    if table is None or not table.rows:
        return Budget()
    cells = [*table.rows[0].cells, *[""] * len(MONEY_COLUMNS)]
    unit = form.amount_unit
    initial, base, spent = (with_unit(cells[n], unit) for n in (INITIAL, BASE, SPENT))
    return Budget(initial, base, spent, cells[MONEY_REASON])


def with_unit(text: str, unit: str) -> str | None:
    """Return what a money cell says, a bare number with the unit of its form; None if blank."""
    amount = parse_amount(text, "")
    return f"{text}{unit}" if amount is not None and not amount.unit else text or None


def _result(row: Indicator) -> Result:
    extra = row.extra
    said = (extra.get(REASON, ""), extra.get(MEASURE, ""))
    return Result(
        level3=row.level3,
        goal=row.goal,
        level2=row.level2,
        actual=extra.get(ACTUAL) or None,
        weight=number(row.weight),
        direction=row.direction,
        tier=extra.get(TIER) or None,
        typed_score=number(extra.get(TYPED_SCORE)),
        reason="；".join(text for text in said if text),
    )


def _shares(goals: Iterable[Goal]) -> dict[int, Decimal]:
    found = ((goal.number, number(goal.share)) for goal in goals)
    return {goal: share for goal, share in found if share is not None}
