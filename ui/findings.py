"""What a person does about problems: mend them, excuse them, let them count again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from ui.models.problems_model import Found

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpiapp.model.problem import Problem
    from kpiapp.services.session import Session
    from ui.screens.problems import ProblemsPanel
    from ui.workspace import Workspace


def found(session: Session, year: int, form_id: str) -> list[Found]:
    """Return the problems of a form, each with the reason why it does not count, if any."""
    form, report = session.form(form_id), session.report(year)
    reason = report.quiet_reason if report else lambda _problem: None
    return [Found(x, form, reason(x)) for x in session.problems(form_id)]


def connect(workspace: Workspace, panel: ProblemsPanel) -> None:
    """Let a list of problems do what its links and buttons say."""
    panel.chosen.connect(lambda problem: workspace.go_to(problem.place))
    panel.fix_wanted.connect(partial(fix, workspace))
    panel.fix_all_wanted.connect(partial(fix, workspace))
    panel.excuse_wanted.connect(partial(excuse, workspace))
    panel.restore_wanted.connect(partial(restore, workspace))
    panel.why_wanted.connect(workspace.explain)
    panel.scope_changed.connect(lambda _all: workspace.show_problems())


def fix(workspace: Workspace, problems: list[Problem]) -> None:
    """Apply the fixes of some problems as one step."""
    from kpiapp.services.fixing import apply_fixes

    _try(workspace, lambda: apply_fixes(workspace.session, problems))


def excuse(workspace: Workspace, problems: list[Problem]) -> None:
    """Ask why some problems are none, and keep the reason."""
    from kpiapp.services import excusing
    from ui.dialogs import ReasonDialog

    dialog = ReasonDialog(problems[0].message, workspace)
    if dialog.exec():
        answer = dialog.answer()
        if _try(workspace, lambda: excusing.excuse(workspace.session, problems, answer)):
            workspace.refresh_findings()


def restore(workspace: Workspace, problems: list[Problem]) -> None:
    """Let excused problems count again."""
    from kpiapp.services import excusing

    if _try(workspace, lambda: excusing.restore(workspace.session, problems)):
        workspace.refresh_findings()


def _try(workspace: Workspace, do: Callable[[], object]) -> bool:
    """Do something; return whether the world let it, and tell why where it did not."""
    try:
        do()
    except UserError as error:
        workspace.failed.emit(error)
        return False
    return True
