"""What a person does about problems: mend them, excuse them, let them count again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kpiapp.errors import UserError
from ui.models.problems_model import Found

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kpiapp.model.problem import Problem
    from kpiapp.services.session import Session
    from ui.screens.problems import ProblemsPanel


def found(session: Session, year: int, form_id: str) -> list[Found]:
    """Return the problems of a form, each with the reason why it does not count, if any."""
    form, report = session.form(form_id), session.report(year)
    reason = report.quiet_reason if report else lambda _problem: None
    return [Found(x, form, reason(x)) for x in session.problems(form_id)]


class Findings(QObject):
    """Does what the links and buttons of the lists of problems say, each as one step.

    Signals:
        failed: something could not be done, and why.
    """

    failed = Signal(UserError)

    def __init__(self, session: Session, asking: QWidget) -> None:
        """Work on an open library; reasons are asked for above `asking`."""
        super().__init__(asking)
        self.session, self.asking = session, asking

    def serve(self, panel: ProblemsPanel) -> None:
        """Do what a list of problems says."""
        panel.fix_wanted.connect(self.fix)
        panel.fix_all_wanted.connect(self.fix)
        panel.excuse_wanted.connect(self.excuse)
        panel.restore_wanted.connect(self.restore)

    def fix(self, problems: list[Problem]) -> None:
        """Apply the fixes of some problems."""
        from kpiapp.services.findings.fixing import apply_fixes

        self._try(lambda: apply_fixes(self.session, problems))

    def excuse(self, problems: list[Problem]) -> None:
        """Ask why some problems are none, and keep the reason."""
        from kpiapp.services.findings import excusing
        from ui.dialogs import ReasonDialog

        dialog = ReasonDialog(problems[0].message, self.asking)
        if dialog.exec():
            answer = dialog.answer()
            self._try(lambda: excusing.excuse(self.session, problems, answer))

    def restore(self, problems: list[Problem]) -> None:
        """Let excused problems count again."""
        from kpiapp.services.findings import excusing

        self._try(lambda: excusing.restore(self.session, problems))

    def _try(self, do: Callable[[], object]) -> None:
        """Do something; tell why where the world refuses it."""
        try:
            do()
        except UserError as error:
            self.failed.emit(error)
