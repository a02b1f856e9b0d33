"""From one year to the next, and back: roll-forward, 前年 and 上年 from the library, comparison."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.model import names
from kpiapp.model.form import Form, Kind, new_id
from kpiapp.model.lineage import YearIndex
from kpiapp.model.stages import Stage
from kpiapp.services import past
from kpiapp.services.years import rolling_form, rolling_lists
from kpiapp.services.years.rolling_form import Attention, Options
from kpiapp.store.step import add_form, put_project_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpiapp.model.project_list import ProjectList
    from kpiapp.services.session import Session
    from kpiapp.store.step import Change


@dataclass(slots=True)
class RollReport:
    """What a roll-forward did.

    Attributes:
        created: the new forms, department first.
        left_out: this year's forms that do not go on, with the reason.
        existing: this year's forms whose next year's form was there already; left as they are.
        new: forms of the next year that continue nothing.
        attention: what a person must look at, form by form.
        lists: next year's 项目支出表, where it has none yet.
    """

    created: list[Form] = field(default_factory=list)
    left_out: list[tuple[Form, str]] = field(default_factory=list)
    existing: list[Form] = field(default_factory=list)
    new: list[Form] = field(default_factory=list)
    attention: list[Attention] = field(default_factory=list)
    lists: list[ProjectList] = field(default_factory=list)


def roll_forward(
    session: Session, from_year: int, to_year: int, *, keep_money: bool = False
) -> RollReport:
    """Make next year's forms from this year's, as one step that undo takes back.

    Forms that the next year has already are left alone, so that it can be done again when a
    project was declared late.

    Raises:
        UserError: the years do not follow each other, there is nothing to carry over, or it
            could not be saved; then nothing has changed.
    """
    report = plan_roll_forward(session, from_year, to_year, keep_money=keep_money)
    work: list[Change] = [add_form(form) for form in report.created]
    work += [put_project_list(None, one) for one in report.lists]
    if work:
        session.run(f"{from_year}年结转到{to_year}年", work)
    return report


def plan_roll_forward(
    session: Session, from_year: int, to_year: int, *, keep_money: bool = False
) -> RollReport:
    """Return what a roll-forward would do, changing nothing."""
    if to_year != from_year + 1:
        raise UserError(f"只能结转到下一年，即{from_year + 1}年", "请修改年度")
    forms = session.forms(from_year)
    if not forms:
        raise UserError(f"目标库里没有{from_year}年的表", "请先导入或填写这一年的表")
    report = RollReport()
    going_on = _sort_out(session, forms, to_year, report)
    taken = {head.id for head in session.library.heads()}
    achieved = past.results_of(session.staged_forms(Stage.EVALUATION, from_year))
    by_result = past.layouts_by_result(session.library)
    for form in going_on:
        wanted = form.layout in by_result
        options = Options(keep_money, achieved.get(form.id, {}) if wanted else None)
        made, look = rolling_form.carry_over(
            form, rolling_form.next_id(form, taken, new_id()), options
        )
        taken.add(made.id)
        report.created.append(made)
        report.attention += look
    left_out = {names.normalise(form.name): why for form, why in report.left_out}
    for form in report.created:
        if form.kind is Kind.DEPARTMENT:
            rolling_form.drop_projects(form, left_out, report.attention)
    if not session.project_lists(to_year):
        _carry_lists(session, from_year, left_out, report, keep_money=keep_money)
    return report


def _sort_out(session: Session, forms: list[Form], to_year: int, report: RollReport) -> list[Form]:
    """Return the forms that go on; note those that are there already, that end, and new ones."""
    linked = past.links(session.library)
    before = YearIndex.of(forms)
    continued: set[str] = set()
    for later in session.forms(to_year):
        found = before.earlier(later, linked).forms
        continued |= {one.id for one in found}
        if not found:
            report.new.append(later)
    going_on = []
    for form in forms:
        if form.id in continued:
            report.existing.append(form)
        elif why := rolling_form.why_left_out(form):
            report.left_out.append((form, why))
        else:
            going_on.append(form)
    return going_on


def _carry_lists(
    session: Session,
    from_year: int,
    left_out: Mapping[str, str],
    report: RollReport,
    *,
    keep_money: bool,
) -> None:
    """Add next year's 项目支出表 to the report, with what is to be looked at."""
    lists = session.project_lists(from_year)
    for one in lists:
        taken = [x.id for x in (*lists, *report.lists)]
        new = rolling_lists.carry_over(one, left_out, taken, keep_money=keep_money)
        report.lists.append(new)
        said = "金额沿用上年，请核对" if keep_money else "金额已清空，请填写或重新导入"
        report.attention.append(Attention(new.id, new.title, "表10", said))


def as_lines(report: RollReport) -> list[str]:
    """Return the report for a person: counts, what was left out, what needs attention."""
    lines = [f"结转{len(report.created)}张表"]
    lines += [f"结转{one.title}，{len(one.rows)}行" for one in report.lists]
    lines += [f"未结转：{rolling_form.describe(form)}，{why}" for form, why in report.left_out]
    lines += [f"已有，未改动：{rolling_form.describe(form)}" for form in report.existing]
    lines += [f"新增：{rolling_form.describe(form)}" for form in report.new]
    lines += [f"请核对：{x.form} / {x.place}：{x.message}" for x in report.attention]
    return lines
