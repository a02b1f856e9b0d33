"""Holding a finding to be no problem, with the written reason; and letting it count again.

Kept in the library beside the forms, by a key of code and place. Not a step: it changes no form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.services import baselines
from kpiapp.services.checking import problem_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.problem import Problem
    from kpiapp.services.session import Session


def excuse(session: Session, problems: Sequence[Problem], reason: str) -> None:
    """Excuse findings with one reason; every report will list them with it.

    Raises:
        UserError: there is no reason, or it could not be saved.
    """
    if not reason.strip():
        raise UserError("没有写理由", "请写明为什么不算问题")
    _refuse_if_read_only(session)
    for problem in problems:
        form = session.form(problem.place.form)
        session.library.put_excuse(problem_key(problem, form), form.id, problem.code, reason)
    session.recheck()


def restore(session: Session, problems: Sequence[Problem]) -> None:
    """Let excused and parked findings count again; raises UserError where it cannot be saved."""
    _refuse_if_read_only(session)
    keys = [problem_key(problem, session.form(problem.place.form)) for problem in problems]
    for key in keys:
        session.library.remove_excuse(key)
    baselines.release(session, keys)
    session.recheck()


def reason_of(session: Session, problem: Problem) -> str | None:
    """Return why a finding is excused, or None where it counts."""
    report = session.report(session.form(problem.place.form).year)
    return report.reason(problem) if report else None


def _refuse_if_read_only(session: Session) -> None:
    if session.read_only:
        raise UserError("目标库以只读方式打开，不能修改", "请由占用者关闭后重新打开")
