"""Holding a finding to be no problem, with the written reason; and letting it count again.

Kept in the library beside the forms, by a key of code and place. Each is a step, so that undo
takes it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.services.checks.report import problem_key
from kpiapp.services.findings import baselines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.problem import Problem
    from kpiapp.services.session import Session
    from kpiapp.store.step import Change


def counting(session: Session, form_id: str) -> list[Problem]:
    """Return the problems of a form that count: neither excused nor parked."""
    report = session.report(session.form(form_id).year)
    return [x for x in session.problems(form_id) if report is None or report.is_active(x)]


def excuse(session: Session, problems: Sequence[Problem], reason: str) -> None:
    """Excuse findings with one reason, as one step; every report will list them with it.

    Raises:
        UserError: there is no reason, or it could not be saved.
    """
    if not reason.strip():
        raise UserError("没有写理由", "请写明为什么不算问题")
    changes = [
        session.library.excuse(_key(session, x), x.place.form, x.code, reason) for x in problems
    ]
    session.run(_label("不算问题", problems), [change for change in changes if change])


def restore(session: Session, problems: Sequence[Problem]) -> None:
    """Let excused and parked findings count again; raises UserError where it cannot be saved."""
    keys = [_key(session, problem) for problem in problems]
    changes: list[Change | None] = [session.library.excuse(key) for key in keys]
    changes.append(baselines.without(session, keys))
    session.run(_label("重新计入问题", problems), [change for change in changes if change])


def _key(session: Session, problem: Problem) -> str:
    return problem_key(problem, session.form(problem.place.form))


def _label(what: str, problems: Sequence[Problem]) -> str:
    return what if len(problems) == 1 else f"{what}（{len(problems)}处）"
