"""The rules of 自评 and 监控, run on the forms of those stages; declarations have their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.money import parse_amount
from kpiapp.model.numerals import half_width
from kpiapp.model.problem import Place, Problem, Severity
from kpiapp.model.stages import Stage, declaration_of, is_declared
from kpiapp.rules.engine import RULE_FAILED, all_rules
from kpiapp.rules.facts import Facts
from kpiapp.rules.outcomes import Evaluation, Execution, Monitoring, Result, Scoring
from kpiapp.rules.results import NOTHING_SAID
from kpiapp.scoring.results import indicators_to_score
from kpiapp.services.checks.checking import Checker
from kpiapp.services.checks.report import Report
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.stages import evaluation_score
from kpiapp.services.stages import monitoring_form as watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpiapp.model.form import Form, Indicator
    from kpiapp.scoring.outcome import Score
    from kpiapp.services.checks.rule_settings import CheckOptions

_TIERS = ("部分达成", "未达成", "达成")
_DONE = ("完成", "已完成")


def check(form: Form, declaration: Form | None, options: CheckOptions | None = None) -> Report:
    """Check one form of a later stage.

    Args:
        form: a self-evaluation or a monitoring form.
        declaration: what it is held against, where it is known.
        options: how the library wants its forms checked.
    """
    if form.stage == Stage.EVALUATION and (fault := evaluation_score.scheme_fault(form)):
        place, said = Place(form.id, field=shape.SCHEME), f"{fault.message}。{fault.way_out}"
        return Report({form.id: [Problem(RULE_FAILED, Severity.ERROR, place, said)]})
    family = "monitoring" if form.stage == Stage.MONITORING else "evaluation"
    off = {rule.code for rule in all_rules() if rule.family != family}
    facts = evaluation_facts(form, declaration) if family == "evaluation" else None
    return Checker().check(
        [form],
        off=off | (options.off if options else frozenset()),
        severities=options.severities if options else None,
        excuses=options.excuses if options else None,
        evaluations={form.id: facts} if facts else None,
        monitorings=None if facts else {form.id: monitoring_facts(form)},
    )


def problems(form: Form, declaration: Form | None, options: CheckOptions) -> list[Problem]:
    """Return what the rules say of a form of a later stage, without what is excused."""
    report = check(form, declaration, options)
    return [problem for problem in report.problems[form.id] if report.is_active(problem)]


def check_beside(report: Report, forms: Iterable[Form], options: CheckOptions) -> None:
    """Check the forms of later stages among many, and add what is found to their report."""
    known = {form.id: form for form in forms}
    for form in known.values():
        if not is_declared(form.stage):
            found = check(form, known.get(declaration_of(form) or ""), options)
            report.problems[form.id] = found.problems[form.id]
            report.excused |= found.excused
            report.keys |= found.keys


def evaluated(forms: Iterable[Form]) -> dict[str, Evaluation]:
    """Return, by declaration id, that there is a self-evaluation: all that its own rule asks."""
    return {
        declared: Evaluation(scoring=Scoring(weights_printed=False))
        for form in forms
        if form.stage == Stage.EVALUATION and (declared := declaration_of(form))
    }


# -- what the rules read --------------------------------------------------------------------------


def evaluation_facts(form: Form, declaration: Form | None) -> Evaluation:
    """Return a self-evaluation as the rules read it."""
    money = shape.budget_row(form)
    cells = [*(form.tables[shape.MONEY].rows[0].cells if shape.MONEY in form.tables else ()),
             *[""] * len(shape.MONEY_COLUMNS)]  # fmt: skip
    rules, scored = evaluation_score.scheme_of(form), evaluation_score.scored(form)
    return Evaluation(
        results={row.indicator.id: _result(row.indicator, row.score) for row in scored.rows},
        execution=Execution(
            cells[shape.INITIAL], cells[shape.BASE], cells[shape.SPENT], cells[shape.RATE],
            cells[shape.MONEY_SCORE], rules.execution_weight, money.reason,
            scored.execution.how if scored.execution.error else "", _unread(form),
        ),
        total=form.fields.get(shape.TOTAL, ""),
        grade=form.fields.get(shape.GRADE, ""),
        scoring=Scoring(
            rules.indicator_weight,
            tiers=(rules.tiers[0].lowest, rules.tiers[1].lowest),
            grades=tuple((grade.name, grade.lowest) for grade in rules.grades),
            over=rules.over_achievement,
        ),
        approved=Facts(declaration) if declaration else None,
    )  # fmt: skip


def _unread(form: Form) -> tuple[tuple[str, str], ...]:
    """Return the cells of 其中 rows with words in the place of an amount; 无 and / are none."""
    table = form.tables.get(shape.MONEY)
    if table is None:
        return ()
    return tuple(
        (f"{row.cells[0]} / {table.columns[column]}", text)
        for row in table.rows[1:]
        for column in (shape.INITIAL, shape.BASE, shape.SPENT)
        if (text := row.cells[column].strip()) not in NOTHING_SAID and parse_amount(text) is None
    )


def _result(row: Indicator, score: Score) -> Result:
    extra = row.extra
    return Result(
        actual=extra.get(shape.ACTUAL, ""),
        score=extra.get(shape.SCORE) or extra.get(shape.TYPED_SCORE),
        formula=score.score,
        unscored=score.how if score.error else "",
        tier=extra.get(shape.TIER) or _tier(row),
        reason=extra.get(shape.REASON, ""),
        measure=extra.get(shape.MEASURE, ""),
        adjusted=bool(extra.get(shape.ADJUSTED)),
    )


def _tier(row: Indicator) -> str:
    """Return the tier that a result in words names by itself."""
    text = half_width(row.extra.get(shape.ACTUAL, ""))
    if text and (text in _DONE or text == half_width(row.target)):
        return _TIERS[2]
    return next((tier for tier in _TIERS if text.startswith(tier)), "")


def monitoring_facts(form: Form) -> Monitoring:
    """Return a monitoring form as the rules read it."""
    results: Mapping[str, Result] = {
        row.id: Result(
            actual=row.extra.get(watch.SO_FAR, ""),
            reason=row.extra.get(watch.REASON, ""),
            measure=row.extra.get(watch.MEASURE, ""),
            expected=row.extra.get(watch.EXPECTED, ""),
            outlook=row.extra.get(watch.OUTLOOK, ""),
            reason_class=row.extra.get(watch.WHY_CLASS, ""),
        )
        for row in indicators_to_score(form)
    }
    return Monitoring(watch.month_of(form), dict(results))
