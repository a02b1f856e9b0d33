"""绩效运行监控 in a library: a form of its own beside the declaration, one a month wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.model import edit as edits
from kpiapp.model.edit import SetValue
from kpiapp.model.stages import Stage, declaration_of
from kpiapp.services.stages.monitoring_form import (
    MONEY,
    MONTHS,
    derived,
    entered,
    month_of,
    new_monitoring,
)
from kpiapp.store.step import copy_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpiapp.model.edit import Edit
    from kpiapp.model.form import Form
    from kpiapp.services.session import Session


def monitorings_of(session: Session, declaration_id: str) -> list[Form]:
    """Return the monitoring forms of a declaration, by month."""
    year = session.form(declaration_id).year
    forms = session.staged_forms(Stage.MONITORING, year)
    return sorted((x for x in forms if declaration_of(x) == declaration_id), key=month_of)


def start(session: Session, declaration_id: str, month: int) -> Form:
    """Make the monitoring form of a declaration until a month, as one step.

    Raises:
        UserError: there is one of this month already, the month is none, or nothing is to follow.
    """
    declared = session.form(declaration_id)
    if month not in MONTHS:
        raise UserError(f"月份“{month}”应是1到12", "请重新选择")
    if any(month_of(form) == month for form in monitorings_of(session, declaration_id)):
        raise UserError(f"“{declared.name}”已经有1-{month}月的监控表", "请直接填写，或选其他月份")
    form = new_monitoring(declared, month)
    if not form.indicators:
        raise UserError(f"“{declared.name}”没有绩效指标，不能监控", "请先填写绩效指标")
    session.add_form(form, f"开始1-{month}月监控“{declared.name}”")
    return session.form(form.id)


# -- steps ----------------------------------------------------------------------------------------


def enter(session: Session, form_id: str, row_id: str, label: str, text: str) -> None:
    """Write what a person entered for an indicator; `label` is one of `ENTERED`."""
    row = session.form(form_id).indicator(row_id)
    step(session, form_id, f"填写{label}：{row.level3}", [entered(row, label, text)])


def enter_all(
    session: Session, form_id: str, label: str, entries: Iterable[tuple[str, str, str]]
) -> None:
    """Write several entries (indicator id, one of `ENTERED`, text) as one step.

    Raises:
        UserError: one of them is a word that its column does not know; nothing is written then.
    """
    form = session.form(form_id)
    changes = [entered(form.indicator(row), what, text) for row, what, text in entries]
    step(session, form_id, label, changes)


def set_money(session: Session, form_id: str, row: int, column: int, text: str) -> None:
    """Write a cell of the money table."""
    table = session.form(form_id).tables[MONEY]
    path = ("tables", MONEY, table.rows[row].id, column)
    step(session, form_id, f"填写{table.columns[column]}", [SetValue(path, text)])


def step(session: Session, form_id: str, label: str, changes: Sequence[Edit]) -> None:
    """Do edits of a monitoring form as one step, with the rates and marks that follow."""
    after = copy_of(session.form(form_id))
    edits.apply_all(after, changes)
    session.do(label, {form_id: [*changes, *derived(after)]})
