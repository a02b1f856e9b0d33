"""A department's self-evaluation over its projects: who is done, and the score of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kpiapp.model.form import Kind
from kpiapp.model.money import parse_amount
from kpiapp.scoring.outcome import two_places
from kpiapp.scoring.values import number
from kpiapp.services.results import evaluation
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.stages import evaluation_score

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kpiapp.model.form import Form
    from kpiapp.services.session import Session


@dataclass(frozen=True, slots=True)
class ProjectScore:
    """One project: its self-evaluation, if there is one, with total and money in 万元."""

    name: str
    declaration: str
    form: Form | None = None
    total: Decimal | None = None
    grade: str = ""
    budget: Decimal | None = None
    spent: Decimal | None = None
    rate: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """All projects of a year.

    Attributes:
        projects: in the order of the forms.
        mean: the plain mean of the totals; None while a project has none.
        weighted: the mean weighted by the adjusted budgets (湖北: 按资金加权); None likewise.
        missing: names of projects without a total.
        grade: the grade of the weighted mean, else of the plain one.
    """

    projects: tuple[ProjectScore, ...]
    mean: Decimal | None
    weighted: Decimal | None
    missing: tuple[str, ...]
    grade: str


def summarise(session: Session, year: int) -> Summary:
    """Return the self-evaluations of all projects of a year; nothing missing counts as 0."""
    evaluations = evaluation.evaluations_of(session, year)
    declared = [form for form in session.forms(year) if form.kind is Kind.PROJECT]
    projects = tuple(_project(form, evaluations.get(form.id)) for form in declared)
    missing = tuple(x.name for x in projects if x.total is None)
    whole = bool(projects) and not missing
    mean = _mean([(x.total, Fraction(1)) for x in projects]) if whole else None
    budgets = [(x.total, Fraction(x.budget or 0)) for x in projects]
    weighted = _mean(budgets) if whole and all(x.budget for x in projects) else None
    score = weighted if weighted is not None else mean
    usable = [x.form for x in projects if x.form and not evaluation_score.scheme_fault(x.form)]
    rules = evaluation_score.scheme_of(usable[0]) if usable else None
    grade = rules.grade(score) if rules and score is not None else ""
    return Summary(projects, mean, weighted, missing, grade)


def _project(declared: Form, form: Form | None) -> ProjectScore:
    if form is None:
        return ProjectScore(declared.name, declared.id)
    money = shape.budget_row(form)
    cells = form.tables[shape.MONEY].rows[0].cells
    return ProjectScore(
        declared.name,
        declared.id,
        form,
        number(form.fields.get(shape.TOTAL)),
        form.fields.get(shape.GRADE, ""),
        _in_wan(money.adjusted),
        _in_wan(money.spent),
        cells[shape.RATE],
    )


def _in_wan(text: str | None) -> Decimal | None:
    amount = parse_amount(text)
    return amount.in_wan() if amount else None


def _mean(parts: Sequence[tuple[Decimal | None, Fraction]]) -> Decimal | None:
    whole = sum((weight for _, weight in parts), Fraction(0))
    if not whole:
        return None
    return two_places(sum(Fraction(total or 0) * weight for total, weight in parts) / whole)
