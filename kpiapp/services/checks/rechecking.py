"""The findings of an open library, kept up to date with as little work as an edit allows.

A year is checked when somebody first asks for it, together with the year before, at which its
rules look back. An edit then runs again only what it can have changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kpiapp import crash
from kpiapp.errors import UserError
from kpiapp.model.problem import Place, Problem, Severity
from kpiapp.model.stages import is_declared
from kpiapp.rules.engine import RULE_FAILED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from kpiapp.model.edit import Edit
    from kpiapp.model.form import Form
    from kpiapp.model.project_list import ProjectList
    from kpiapp.rules.outcomes import Past
    from kpiapp.services.checks.report import Report
    from kpiapp.services.checks.rule_settings import CheckOptions, RuleSettings


class Source(Protocol):
    """Where the forms come from: a session."""

    @property
    def checker(self) -> Checks:
        """Whoever finds problems."""

    def years(self) -> list[int]:
        """Return the years that have forms."""

    def forms(self, year: int) -> list[Form]:
        """Return the forms of a year."""

    def project_lists(self, year: int) -> Sequence[ProjectList]:
        """Return the 项目支出表 of a year."""

    def check_options(self) -> CheckOptions:
        """Return how the library wants its forms checked."""

    def past(self, years: Iterable[int]) -> Past:
        """Return what is known of these years beyond their declarations."""


class Checks(Protocol):
    """Whoever finds problems: `kpiapp.services.checks.checking.Checker`."""

    def check(  # noqa: PLR0913 - the options of a check
        self,
        forms: Sequence[Form],
        project_lists: Iterable[ProjectList] = ...,
        *,
        closed: bool = ...,
        off: Collection[str] = ...,
        severities: Mapping[str, Severity] | None = ...,
        layouts: Mapping[str, RuleSettings] | None = ...,
        excuses: Mapping[str, str] | None = ...,
        baseline: Collection[str] = ...,
        past: Past = ...,
    ) -> Report:
        """Check forms from scratch."""

    def recheck(self, *forms: Form, edits: Mapping[str, Sequence[Edit]] | None = ...) -> Report:
        """Check again after edits of these forms, which were checked before."""


class Rechecking:
    """The report on the years somebody has asked for.

    Attributes:
        waiting: nothing is found until somebody says so, or a form is edited.
    """

    def __init__(self, source: Source) -> None:
        """Begin with nothing checked."""
        self._source = source
        self._years: set[int] = set()
        self._checked: dict[str, Form] = {}
        self._report: Report | None = None
        self._failed: list[Problem] = []
        self._looks_at_results = False
        self.waiting = False

    def report(self, years: Collection[int]) -> Report | None:
        """Return the report on (at least) these years; None if it waits, or checking failed."""
        if not set(years) <= self._years:
            self._years |= set(years)
            self._report = None
        if self._report is None and not self._failed and not self.waiting:
            self._report = self._run(self._check)
        return self._report

    def failed(self, form_id: str) -> list[Problem]:
        """Return the problem that says checking failed, for one form."""
        return [
            Problem(problem.code, problem.severity, Place(form_id), problem.message)
            for problem in self._failed
        ]

    def edited(self, forms: Iterable[Form], edits: Mapping[str, Sequence[Edit]]) -> None:
        """Bring the report up to date after edits that left forms in their unit and year.

        Args:
            forms: the forms as they are now.
            edits: all that was done to them, by form id.
        """
        self.waiting = False
        if self._report is None:
            self._failed.clear()
            return
        forms = list(forms)
        touched = [form for form in forms if form.id in self._checked]
        if self._looks_at_results and any(not is_declared(form.stage) for form in forms):
            self.forget()
        elif touched:
            self._report = self._run(lambda: self._source.checker.recheck(*touched, edits=edits))

    def forget(self) -> None:
        """Check all again when next asked: forms came or went, or the options changed."""
        self.waiting = False
        self._report = None
        self._failed.clear()

    def _check(self) -> Report:
        from kpiapp.services.checks import rule_settings

        known = set(self._source.years())
        wanted = sorted({*self._years, *(year - 1 for year in self._years)} & known)
        forms = [form for year in wanted for form in self._source.forms(year)]
        lists = [one for year in wanted for one in self._source.project_lists(year)]
        self._checked = {form.id: form for form in forms}
        options = self._source.check_options()
        past = self._source.past(wanted)
        self._looks_at_results = bool(past.by_result)
        return self._source.checker.check(
            forms,
            lists,
            closed=options.closed,
            off=options.off,
            severities=options.severities,
            layouts=rule_settings.of_layouts(forms, options.layouts),
            excuses=options.excuses,
            baseline=options.baseline,
            past=past,
        )

    def _run(self, work: Callable[[], Report]) -> Report | None:
        """Check; a fault in checking must not cost any typing, so it becomes a problem."""
        try:
            report = work()
        except UserError:
            raise
        except Exception as error:  # noqa: BLE001 - see above; the report of it is saved
            crash.save_report(error, "检查")
            message = f"检查时程序出错（{type(error).__name__}），检查没有完成；错误报告已保存"
            self._failed = [Problem(RULE_FAILED, Severity.WARNING, Place(""), message)]
            return None
        self._failed = []
        return report
