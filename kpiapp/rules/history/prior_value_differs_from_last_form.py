"""Rule `prior-value-differs-from-last-form`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kpiapp.model.money import format_amount
from kpiapp.model.problem import Fix, Severity
from kpiapp.model.target import parse
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.pairing.comparing import Difference, difference
from kpiapp.rules.reading import amounts, past_budgets
from kpiapp.rules.row import PRIOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.target import Target
    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=10, reach=Reach.LINKS)
def prior_value_differs_from_last_form(form: Facts, context: Context) -> Iterator[Finding]:
    """历年值与上年申报表不符

    为什么
        本表的“上年值”就是上年申报表的目标值，二者不同，必有一处抄错。
    怎么改
        按上年批复的申报表改；上年调整过的按调整后的值。
    依据
        预算绩效系统历年值由上年数据带出。
    错例
        [上年项目表 p01]
        项目名称：公园管护
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥10次
        [项目表 p01]
        项目名称：公园管护
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 前年= | 上年=≥12次  <- 上年申报表为≥10次
    正例
        [上年项目表 p01]
        项目名称：公园管护
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
        [项目表 p01]
        项目名称：公园管护
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 前年= | 上年=12次
    """
    last = context.last_years_of(form)
    for row, old, one in context.rows_before(form, last):
        result = context.past.result(form.form.layout, one.form.id, old.id)
        target = (
            _Told(parse(result), "自评", "完成") if result else _Told(old.target, "申报表", "指标")
        )
        for cell, said in (("prior1", target), ("prior2", _Told(old.prior1, "申报表", "上年"))):
            if fault := _fault(row, cell, said, one.form.id):
                yield fault
    if len(last) == 1:
        yield from _budget(form, last[0])


_OTHER = (Difference.NUMBER, Difference.UNIT, Difference.KIND, Difference.WORDS)


class _Told(NamedTuple):
    """A value that last year tells: where it stands there, and what it is called."""

    value: Target | None
    where: str
    word: str


def _fault(row: Row, cell: str, told: _Told, last: str) -> Finding | None:
    """Return what is wrong with a past value beside what last year says."""
    value, said = row.prior(cell), told.value
    if value is None or said is None or said.is_blank:
        return None
    fix = None
    if value.is_blank:
        fix = Fix(f"填上“{said}”", (row.set(cell, said.text),), safe=True)
        message = f"上年{told.where}的{told.word}值为{said}，本表{PRIOR[cell]}值没有填"
    elif difference(value, said) in _OTHER:
        fix = row.propose(cell, said.text)
        message = f"上年{told.where}为{said}，本表{PRIOR[cell]}值为{value}"
    else:
        return None
    return Finding(row.place(cell), message, fix, other_form=last)


def _budget(form: Facts, last: Facts) -> Iterator[Finding]:
    """Yield last year's budget where it is told otherwise here."""
    prior = past_budgets.prior_budgets(form.form)
    told = prior.amounts.get(last.form.year) if prior else None
    was = amounts.budget(last.form, "当年预算")
    if prior and told is not None and was is not None and told != was:
        message = (
            f"上年申报表的当年预算为{format_amount(was)}万元，"
            f"本表写{last.form.year}年预算{format_amount(told)}万元"
        )
        yield Finding(form.place(prior.label), message, other_form=last.form.id)
