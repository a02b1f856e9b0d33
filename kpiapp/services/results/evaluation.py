"""年终自评 in a library: started from a declaration, filled in step by step, scored at once.

Every step carries what follows from it (得分, 执行率, 总分, 等级), so that the form on disk is
always the one that would be printed, and undo takes back both.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.model import edit as edits
from kpiapp.model.edit import Edit, SetValue
from kpiapp.model.stages import Stage, declaration_of
from kpiapp.scoring.results import indicators_to_score
from kpiapp.scoring.schemes import scheme
from kpiapp.scoring.values import number
from kpiapp.scoring.weights import propose
from kpiapp.services.results import cycle_settings
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.stages.evaluation_score import derived, scheme_of
from kpiapp.store.step import add_form, copy_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kpiapp.model.form import Form, Indicator
    from kpiapp.scoring.scheme import Scheme
    from kpiapp.services.session import Session

_FULL = Decimal(100)


def evaluations_of(session: Session, year: int) -> dict[str, Form]:
    """Return the self-evaluations of a year, by the id of their declaration."""
    forms = session.staged_forms(Stage.EVALUATION, year)
    return {found: form for form in forms if (found := declaration_of(form))}


def evaluation_of(session: Session, declaration_id: str) -> Form | None:
    """Return the self-evaluation of a declaration, or None."""
    year = session.form(declaration_id).year
    return evaluations_of(session, year).get(declaration_id)


def start(session: Session, declaration_id: str, scheme_id: str = "") -> Form:
    """Make the self-evaluation of a declaration, as one step; its targets are frozen with it.

    Raises:
        UserError: there is one already, or the declaration has no indicators.
    """
    return start_all(session, [declaration_id], scheme_id)[0]


def start_all(session: Session, declarations: Sequence[str], scheme_id: str = "") -> list[Form]:
    """Make the self-evaluations of several declarations, as one step.

    Each is scored by the scheme that the library has chosen for its layout, if none is given.
    """
    made = []
    for declaration_id in declarations:
        declared = session.form(declaration_id)
        if evaluation_of(session, declaration_id):
            raise UserError(f"“{declared.name}”已经有自评表", "请直接填写")
        rules = scheme_id or cycle_settings.usual_scheme(session.library, declared.layout)
        form = shape.new_evaluation(declared, scheme(rules))
        if not form.indicators:
            raise UserError(f"“{declared.name}”没有绩效指标，不能自评", "请先填写绩效指标")
        for one in derived(form):
            edits.apply(form, one)
        made.append(form)
    name = f"“{session.form(declarations[0]).name}”" if len(made) == 1 else f"{len(made)}张表"
    session.run(f"开始自评{name}", [add_form(form) for form in made])
    return [session.form(form.id) for form in made]


# -- steps ----------------------------------------------------------------------------------------


def enter(session: Session, form_id: str, row_id: str, label: str, text: str) -> None:
    """Write what a person entered for an indicator; `label` is one of `ENTERED`."""
    row = session.form(form_id).indicator(row_id)
    step(session, form_id, f"填写{label}：{row.level3}", [entered(row, label, text)])


def enter_all(
    session: Session, form_id: str, label: str, entries: Iterable[tuple[str, str, str]]
) -> None:
    """Write several entries (indicator id, `WEIGHT` or one of `ENTERED`, text) as one step.

    Raises:
        UserError: one of them is no 分值; nothing is written then.
    """
    form = session.form(form_id)
    changes = [entered(form.indicator(row), what, text) for row, what, text in entries]
    step(session, form_id, label, changes)


def entered(row: Indicator, label: str, text: str) -> Edit:
    """Return the edit that writes what a person entered for an indicator."""
    if label == shape.WEIGHT:
        return SetValue(("indicators", row.id, "weight"), points(text, row.level3))
    assert label in shape.ENTERED
    return SetValue(("indicators", row.id, "extra", label), text)


def set_weight(session: Session, form_id: str, row_id: str, text: str) -> None:
    """Write the 分值 of an indicator.

    Raises:
        UserError: it is no number from 0 to 100.
    """
    row = session.form(form_id).indicator(row_id)
    step(session, form_id, f"修改分值：{row.level3}", [entered(row, shape.WEIGHT, text)])


def points(text: str, what: str) -> int | float | None:
    """Return points as typed, None for an empty cell; raises UserError."""
    plain = text.strip().removesuffix("分")
    if not plain:
        return None
    value = number(plain)
    if value is None or not 0 <= value <= _FULL:
        raise UserError(f"“{what}”的分值“{text}”应是0到100的数", "请重新填写")
    return shape.plain(value)


def set_money(session: Session, form_id: str, row: int, column: int, text: str) -> None:
    """Write a cell of the money table."""
    set_cell(session, form_id, shape.MONEY, (row, column), text)


def set_cell(session: Session, form_id: str, label: str, place: tuple[int, int], text: str) -> None:
    """Write a cell, of that row and column, of the money or of what became of the goals."""
    row, column = place
    table = session.form(form_id).tables[label]
    path = ("tables", label, table.rows[row].id, column)
    step(session, form_id, f"填写{table.columns[column]}", [SetValue(path, text)])


def set_share(session: Session, form_id: str, goal_id: str, text: str) -> None:
    """Write how much of the points a goal carries, in percent."""
    value = points(text, "目标比例")
    step(session, form_id, "修改目标比例", [SetValue(("goals", goal_id, "share"), value)])


def set_scheme(session: Session, form_id: str, scheme_id: str) -> None:
    """Score by another scheme, with the weights that it proposes."""
    rules, form = scheme(scheme_id), session.form(form_id)
    money = form.tables[shape.MONEY].rows[0].id
    weight = str(shape.plain(rules.execution_weight))
    changes: list[Edit] = [
        SetValue(("fields", shape.SCHEME), rules.id),
        SetValue(("layout",), rules.sheet),
        SetValue(("tables", shape.MONEY, money, shape.MONEY_WEIGHT), weight),
        *_proposed(form, rules),
    ]
    step(session, form_id, f"评分方案：{rules.name}", changes)


def propose_weights(session: Session, form_id: str) -> None:
    """Give every indicator the points that the scheme proposes."""
    form = session.form(form_id)
    step(session, form_id, "按方案分配分值", list(_proposed(form, scheme_of(form))))


def _proposed(form: Form, rules: Scheme) -> Iterator[Edit]:
    rows = indicators_to_score(form)
    for row_id, weight in propose(rows, rules).items():
        yield SetValue(("indicators", row_id, "weight"), shape.plain(weight))


def step(session: Session, form_id: str, label: str, changes: Sequence[Edit]) -> None:
    """Do edits of a self-evaluation as one step, with what follows from them."""
    form = session.form(form_id)
    after = copy_of(form)
    edits.apply_all(after, changes)
    session.do(label, {form_id: [*changes, *derived(after)]})


# -- frozen targets -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A target of the declaration that is another one since the self-evaluation began.

    `row` is the id of the indicator; `frozen` or `now` is None where it is on one form only.
    """

    row: str
    name: str
    frozen: str | None
    now: str | None
    reason: str = ""


def adjustments(session: Session, form: Form) -> list[Adjustment]:
    """Return what differs between a self-evaluation and its declaration as it is now."""
    declared = session.declaration(form)
    if declared is None:
        return []
    now = {row.id: row for row in indicators_to_score(declared)}
    ours = {row.id: row for row in indicators_to_score(form)}
    found = [
        Adjustment(
            row.id, row.level3, row.target, now[row.id].target if row.id in now else None,
            row.extra.get(shape.ADJUSTED, ""),
        )
        for row in ours.values()
        if row.id not in now or now[row.id].target != row.target
    ]  # fmt: skip
    new = [Adjustment(x.id, x.level3, None, x.target) for x in now.values() if x.id not in ours]
    return found + new


def adjust(session: Session, form_id: str, row_id: str, target: str, reason: str) -> None:
    """Take another target than the frozen one, with the reason that the sheet will show.

    Raises:
        UserError: there is no reason.
    """
    row = session.form(form_id).indicator(row_id)
    _need_reason(reason, f"“{row.level3}”的指标值")
    changes = _adjusted(row_id, target, reason)
    step(session, form_id, f"调整指标值：{row.level3}", changes)


def adopt(session: Session, form_id: str, reason: str) -> int:
    """Take every target that the declaration now has in place of the frozen one, as one step.

    Returns:
        How many were taken; indicators that are on one form only are left to the person.

    Raises:
        UserError: there is no reason.
    """
    _need_reason(reason, "指标值")
    found = adjustments(session, session.form(form_id))
    wanted = [x for x in found if x.frozen is not None and x.now is not None]
    changes = [edit for x in wanted for edit in _adjusted(x.row, x.now or "", reason)]
    if changes:
        step(session, form_id, f"采用调整后的{len(wanted)}个指标值", changes)
    return len(wanted)


def _need_reason(reason: str, what: str) -> None:
    if not reason.strip():
        raise UserError(f"{what}要改，应写明调整原因", "如批复调整的文号和日期")


def _adjusted(row_id: str, target: str, reason: str) -> list[Edit]:
    return [
        SetValue(("indicators", row_id, "target"), target),
        SetValue(("indicators", row_id, "extra", shape.ADJUSTED), reason.strip()),
    ]
