"""The way of one edit: applied, saved with its step, checked, told to whoever shows it.

There is one session for an open library. The history is one line a library, because forms share
steps: an import, a roll-forward or "fix all" touches many of them and is undone at once.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from kpiapp import crash
from kpiapp.errors import UserError
from kpiapp.model import edit as edits
from kpiapp.model.edit import Edit, EditError, SetValue
from kpiapp.model.problem import Problem, Severity
from kpiapp.model.stages import Stage, declaration_of, is_declared
from kpiapp.services.changed import Changed, only_values, what_changed
from kpiapp.services.checks.rechecking import Checks, Rechecking
from kpiapp.store import step as steps
from kpiapp.store.step import (
    AddForm,
    Change,
    EditForm,
    PutExcuse,
    PutProjectList,
    PutSetting,
    RemoveForm,
    Step,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kpiapp.model.form import Form
    from kpiapp.model.project_list import ProjectList
    from kpiapp.rules.outcomes import Past
    from kpiapp.services.changed import How
    from kpiapp.services.checks.report import Report
    from kpiapp.services.checks.rule_settings import CheckOptions
    from kpiapp.store.library import FormHead, Library

CHECKING = "正在检查…"
"""The verdict on what is still to be checked."""


class Session:
    """An open library with its forms in memory. Nothing else changes a form.

    Attributes:
        library: the open library.
        listeners: called after each step, in order; what one of them raises is reported and
            keeps nobody else from hearing.
    """

    def __init__(self, library: Library, checker: Checks | None = None) -> None:
        """Take an open library; `checker` is the program's own unless a test brings one."""
        self.library = library
        self._checker = checker
        self.listeners: list[Callable[[Changed], None]] = []
        self._forms: dict[str, Form] = {}
        self._found = Rechecking(self)
        self._order: dict[int, list[str]] = {}

    @property
    def checker(self) -> Checks:
        """Whoever finds problems; loaded when first asked, so that a library opens at once."""
        if self._checker is None:
            from kpiapp.services.checks.checking import Checker

            self._checker = Checker()
        return self._checker

    @property
    def read_only(self) -> bool:
        """Whether steps are refused."""
        return self.library.read_only

    # -- reading ------------------------------------------------------------------------------

    def years(self) -> list[int]:
        """Return the years that have forms, the newest first."""
        return self.library.years()

    def heads(self, year: int | None = None) -> list[FormHead]:
        """Return what a list of declarations shows, department forms first."""
        return [head for head in self.library.heads(year) if is_declared(head.stage)]

    def staged(self, stage: Stage, year: int | None = None) -> list[FormHead]:
        """Return the forms of a later stage (自评, 监控) of a year or of all."""
        return [head for head in self.library.heads(year) if head.stage == stage]

    def staged_forms(self, stage: Stage, year: int) -> list[Form]:
        """Return the forms of a later stage of a year; live, as `form` returns them."""
        return [self.form(head.id) for head in self.staged(stage, year)]

    def declaration(self, form: Form) -> Form | None:
        """Return the declaration that a form of a later stage belongs to, if it is here."""
        found = declaration_of(form)
        return self.form(found) if found and self.library.has(found) else None

    def form(self, form_id: str) -> Form:
        """Return a form; it is live, and changed only by this session. Raises KeyError."""
        if form_id not in self._forms:
            self._forms[form_id] = self.library.load(form_id)
        return self._forms[form_id]

    def forms(self, year: int) -> list[Form]:
        """Return all declarations of a year, department first; live, as `form` returns them."""
        if year not in self._order:
            self._order[year] = [head.id for head in self.heads(year)]
            if not self._forms.keys() >= set(self._order[year]):
                for form in self.library.load_year(year):
                    self._forms.setdefault(form.id, form)
        return [self.form(form_id) for form_id in self._order[year]]

    # -- steps --------------------------------------------------------------------------------

    def do(self, label: str, edits_by_form: Mapping[str, Sequence[Edit]]) -> None:
        """Apply edits, save them as one step, check, and tell the listeners.

        Edits that change nothing make no step.

        Raises:
            UserError: it could not be saved; nothing has changed, neither here nor in the file.
            EditError: an edit does not fit its form; nothing has changed.
        """
        self.run(label, [(form_id, e) for form_id, es in edits_by_form.items() for e in es])

    def add_form(self, form: Form, label: str) -> None:
        """Bring a new form into the library, as one step."""
        self.add_forms([form], label)

    def add_forms(self, forms: Iterable[Form], label: str) -> None:
        """Bring several new forms into the library, as one step."""
        self.run(label, [steps.add_form(form) for form in forms])

    def remove_form(self, form_id: str, label: str) -> None:
        """Take a form out of the library, as one step."""
        heads = self.library.heads()
        position = next(head.position for head in heads if head.id == form_id)
        self.run(label, [RemoveForm(steps.whole_form_json(self.form(form_id)), position)])

    def put_settings(self, label: str, settings: Mapping[str, Any]) -> None:
        """Change settings of the library, as one step; None takes one away.

        Raises:
            UserError: it could not be saved; nothing has changed.
        """
        known = {key: self.library.setting(key) for key in settings}
        changes = [
            PutSetting(key, known[key], new) for key, new in settings.items() if new != known[key]
        ]
        self.run(label, changes)

    def run(self, label: str, work: Sequence[tuple[str, Edit] | Change]) -> None:
        """Do one step of any mixture: edits (with the id of their form), forms, lists, settings.

        Raises:
            UserError: it could not be saved; nothing has changed.
            EditError: an edit does not fit its form; nothing has changed.
        """
        self._refuse_if_read_only()
        done: list[Change] = []
        with self._all_or_nothing(done):
            for item in work:
                change = self._prepare(item)
                if change is not None:
                    done.append(change)
            if not done:
                return
            self.library.commit(Step(label, done))
        self._after(label, "do", done)

    def undo(self) -> Changed | None:
        """Take back the last step; None if there is none."""
        self._refuse_if_read_only()
        step = self.library.last_step()
        if step is None:
            return None
        back = [steps.inverse(change) for change in reversed(step.changes)]
        self._replay(back, lambda: self.library.undo(step))
        return self._after(step.label, "undo", back)

    def redo(self) -> Changed | None:
        """Do the step again that was taken back last; None if there is none."""
        self._refuse_if_read_only()
        step = self.library.next_step()
        if step is None:
            return None
        self._replay(step.changes, lambda: self.library.redo(step))
        return self._after(step.label, "redo", step.changes)

    @property
    def undo_label(self) -> str | None:
        """What undo would take back, or None."""
        return self.library.step_labels()[0]

    @property
    def redo_label(self) -> str | None:
        """What redo would do again, or None."""
        return self.library.step_labels()[1]

    # -- problems -----------------------------------------------------------------------------

    def problems(self, form_id: str) -> list[Problem]:
        """Return what the checker says of a form, excused findings included."""
        form = self.form(form_id)
        if not is_declared(form.stage):
            from kpiapp.services.checks import results_check

            return results_check.problems(form, self.declaration(form), self.check_options())
        report = self._found.report([form.year])
        return list(report.problems.get(form_id, ())) if report else self._found.failed(form_id)

    def counts(self, form_id: str) -> Counter[Severity]:
        """Return how many problems of each severity count on a form; excused ones do not."""
        if not is_declared(self.form(form_id).stage):
            return Counter(problem.severity for problem in self.problems(form_id))
        report = self._found.report([self.form(form_id).year])
        return report.counts(form_id) if report else Counter()

    def report(self, year: int | None = None) -> Report | None:
        """Return the whole report on a year, or on all; None where it waits, or checking failed."""
        return self._found.report(self.years() if year is None else [year])

    def verdict(self, form_id: str | None = None, year: int | None = None) -> str:
        """Return whether a form, or all forms (of a year), can be handed in."""
        ids = [form_id] if form_id is not None else [head.id for head in self.heads(year)]
        if form_id is None and year is None:
            self.report()
        if self._found.waiting:
            return CHECKING
        if any(self._found.failed(one) for one in ids):
            return "检查没有完成"
        errors = sum(self.counts(one)[Severity.ERROR] for one in ids)
        if errors:
            return f"还有 {errors} 个错误"
        return (self._open_states(form_id) if form_id is not None else "") or "可以报送"

    def _open_states(self, form_id: str) -> str:
        """Say what a monitoring still lacks: blank states are no errors, and it is not done."""
        form = self.form(form_id)
        if is_declared(form.stage):
            return ""
        from kpiapp.services.stages import monitoring_form  # with scoring, for later stages alone

        return monitoring_form.what_is_open(form)

    def recheck(self) -> None:
        """Check anew when next asked, so that changed settings and excuses take effect."""
        self._found.forget()

    def check_later(self) -> None:
        """Find nothing until `check_now` or the next step: a form is to be seen before that."""
        self._found.waiting = True

    def check_now(self) -> None:
        """Find what waited, and tell the listeners."""
        if self._found.waiting:
            self._found.waiting = False
            self._tell(Changed("检查", "check"))

    def project_lists(self, year: int) -> list[ProjectList]:
        """Return the 项目支出表 of a year."""
        return self.library.project_lists(year)

    def check_options(self) -> CheckOptions:
        """Return how this library wants its forms checked."""
        from kpiapp.services.checks import rule_settings

        return rule_settings.of_library(self.library)

    def past(self, years: Iterable[int]) -> Past:
        """Return what is known of these years beyond their declarations."""
        from kpiapp.services.past import past

        # a generator: they are looked up only where a layout takes 上年 from results
        forms = (x for year in years for x in self.staged_forms(Stage.EVALUATION, year))
        return past(self.library, forms)

    # -- how a step is done -------------------------------------------------------------------

    def _refuse_if_read_only(self) -> None:
        if self.read_only:
            raise UserError(
                f"目标库“{self.library.path.name}”以只读方式打开，不能修改",
                "请由占用者关闭后重新打开",
            )

    @contextlib.contextmanager
    def _all_or_nothing(self, done: list[Change]) -> Iterator[None]:
        """Take back what was done in memory if the block fails."""
        try:
            yield
        except BaseException:
            for change in reversed(done):
                self._apply(steps.inverse(change))
            raise

    def _replay(self, changes: Sequence[Change], save: Callable[[], None]) -> None:
        done: list[Change] = []
        with self._all_or_nothing(done):
            for change in changes:
                self._apply(change)
                done.append(change)
            save()

    def _prepare(self, item: tuple[str, Edit] | Change) -> Change | None:
        """Apply one part of a step; return it with its inverse, or None if it changed nothing."""
        if not isinstance(item, tuple):
            self._refuse_second(item)
            self._apply(item)
            return item
        form_id, edit = item[0], steps.with_ids(item[1])
        back = edits.apply(self.form(form_id), edit)
        if isinstance(edit, SetValue) and isinstance(back, SetValue) and edit.value == back.value:
            return None
        return EditForm(form_id, edit, back)

    def _refuse_second(self, change: Change) -> None:
        if isinstance(change, AddForm):
            form_id = change.form["id"]
            if form_id in self._forms or self.library.has(form_id):
                raise EditError(f"form {form_id!r} is there already")

    def _apply(self, change: Change) -> None:
        """Do a change in memory."""
        match change:
            case EditForm(form_id, edit):
                edits.apply(self.form(form_id), edit)
            case AddForm(data):
                self._forms[data["id"]] = steps.whole_form(data)
            case RemoveForm(data):
                self._forms.pop(data["id"], None)
            case PutProjectList() | PutSetting() | PutExcuse():
                pass

    def _after(self, label: str, how: How, changes: Sequence[Change]) -> Changed:
        changed = what_changed(label, how, changes)
        if only_values(changes):
            self._found.edited(map(self.form, changed.forms), changed.edits)
        else:
            self._order.clear()
            self._found.forget()
        self._tell(changed)
        return changed

    def _tell(self, changed: Changed) -> None:
        for listener in list(self.listeners):
            try:
                listener(changed)
            except Exception as error:  # noqa: BLE001 - the step is saved; a screen's fault is reported
                crash.save_report(error, f"显示“{changed.label}”")
