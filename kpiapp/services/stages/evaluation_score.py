"""What follows from the entries of a self-evaluation form: 得分, 执行率, 总分 and 等级."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.model.edit import Edit, Path, SetValue
from kpiapp.scoring.achievement import Achieved, achieved
from kpiapp.scoring.evaluation import Evaluation, evaluate
from kpiapp.scoring.outcome import two_places
from kpiapp.scoring.results import indicators_to_score
from kpiapp.scoring.rows import Row, goal_shares
from kpiapp.scoring.schemes import scheme
from kpiapp.services.stages import evaluation_form as shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.form import Form, Indicator
    from kpiapp.scoring.scheme import Scheme

__all__ = ["Achieved", "Evaluation", "Row"]
"""What the window needs of scoring, which it does not know itself."""

_FULL = Decimal(100)


def scheme_of(form: Form) -> Scheme:
    """Return the scheme of a self-evaluation; an unknown one raises UserError."""
    return scheme(form.fields.get(shape.SCHEME) or "mof-2020")


def scheme_fault(form: Form) -> UserError | None:
    """Return why a form cannot be scored: its scheme, one of somebody's own, is gone or broken."""
    try:
        scheme_of(form)
    except UserError as error:
        return error
    return None


def achievements(form: Form) -> list[tuple[Indicator, Achieved | None]]:
    """Return the indicators with how much of each target was reached, where that is a figure."""
    rows = indicators_to_score(form)
    return [(x, achieved(x.target, x.extra.get(shape.ACTUAL), x.level2)) for x in rows]


def scored(form: Form) -> Evaluation:
    """Return the scores of a self-evaluation form."""
    return evaluate(form, shape.results_of(form), scheme_of(form))


def derived(form: Form) -> list[Edit]:
    """Return the edits that bring 得分, 执行率, 总分 and 等级 in line with what was entered."""
    found = scored(form)
    total, grade = final_total(form, found)
    wanted: list[tuple[Path, str, str]] = [
        (("fields", shape.TOTAL), form.fields.get(shape.TOTAL, ""), _text(total)),
        (("fields", shape.GRADE), form.fields.get(shape.GRADE, ""), grade),
    ]
    for row in found.rows:
        path: Path = ("indicators", row.indicator.id, "extra")
        extra = row.indicator.extra
        both = "；".join(x for x in (extra.get(shape.REASON), extra.get(shape.MEASURE)) if x)
        wanted.append(((*path, shape.SCORE), extra.get(shape.SCORE, ""), _text(points_of(row))))
        wanted.append(((*path, shape.BOTH), extra.get(shape.BOTH, ""), both))
    wanted += _money_cells(form, found)
    return [SetValue(path, now) for path, before, now in wanted if before != now]


def _money_cells(form: Form, found: Evaluation) -> Iterator[tuple[Path, str, str]]:
    table = form.tables.get(shape.MONEY)
    if table is None or not table.rows:
        return
    row = table.rows[0]
    rate = "" if found.execution.rate is None else f"{found.execution.rate}%"
    for column, now in ((shape.RATE, rate), (shape.MONEY_SCORE, _text(found.execution.score))):
        yield ("tables", shape.MONEY, row.id, column), row.cells[column], now


def points_of(row: Row) -> Decimal | None:
    """Return the points of a row: a person's for words or where they lowered a passed target.

    Points that a person typed for a figure count only where the formula gives points too and
    they are not above the weight; `score-differs-from-formula` tells of them.
    """
    typed, computed = row.result.typed_score, row.score.score
    if typed is None or computed is None or row.weight is None:
        return computed
    return two_places(Fraction(typed)) if 0 <= typed <= row.weight else computed


def final_total(form: Form, found: Evaluation) -> tuple[Decimal | None, str]:
    """Return total and grade, None and "" while anything is not scored."""
    if found.total is None:
        return None, ""
    rules, results = scheme_of(form), shape.results_of(form)
    shares = goal_shares(found.rows, results, rules)
    whole = Fraction(found.execution.score or 0)
    for row in found.rows:
        share = shares.get(row.indicator.goal, Fraction(0)) if shares else Fraction(1)
        whole += Fraction(points_of(row) or 0) * share
    total = min(two_places(whole), _FULL)
    return total, rules.grade(total)


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
