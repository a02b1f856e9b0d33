"""The open library on screen: navigator, form, side pane and problems, kept in step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kpiapp.errors import UserError
from kpiapp.model.problem import Place
from kpiapp.model.stages import declaration_of, is_declared
from ui import panes, remembered
from ui.findings import Findings, found
from ui.first_paint import FirstPaint
from ui.screens.centre import Centre
from ui.screens.evaluation import EvaluationPage
from ui.screens.form_editor import FormEditor
from ui.screens.help_panel import HelpPanel
from ui.screens.indicator_panel import IndicatorPanel
from ui.screens.monitoring import MonitoringPage
from ui.screens.overview import OverviewPage
from ui.screens.preview import PreviewPage
from ui.screens.problems import ProblemsPanel
from ui.screens.stage_page import StagePage
from ui.screens.years_page import YearsPage
from ui.widgets import keyboard

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from kpiapp.services.changed import Changed
    from kpiapp.services.session import Session
    from ui.screens.navigator import Navigator

ROOMY: Final = 1120
"""At less width the pane at the right is put away until it is asked for."""
HIGH: Final = 480
"""At less height the problems are: a form needs some lines, and its header says how many."""


class Workspace(QWidget):
    """Everything below the toolbar while a library is open.

    Signals:
        stepped: a step was done, undone or redone.
        year_changed: another year is shown.
        form_shown: another form, or none, is shown.
        failed: something could not be done, and why.
        said: something was done that is worth a message; a folder to show, or None.
        imported: forms were put into the library; what `ImportPage.taken` tells.
        links_wanted: the person wants to link the indicators of a form by hand, "" the forms.
    """

    stepped = Signal(object)
    year_changed = Signal(int)
    form_shown = Signal()
    failed = Signal(UserError)
    said = Signal(str, object)
    imported = Signal(object)
    links_wanted = Signal(str)

    def __init__(
        self, session: Session, year: int, navigator: Navigator, parent: QWidget | None = None
    ) -> None:
        """Make the panes beside a navigator that lists the names of the year already."""
        super().__init__(parent)
        self.setObjectName("workspace")
        self.session, self.year = session, year
        self.form_id: str | None = None
        self.wants_problems: bool | None = None  # as there is room, until the person decides
        self.wants_side: bool | None = None
        self.navigator = navigator
        self.centre = Centre()
        self.editor = FormEditor(session)
        self.preview = PreviewPage()
        work = self.editor.work
        years = YearsPage(work)
        years.links_wanted.connect(self.links_wanted)
        self.stage_pages = (years, MonitoringPage(work), EvaluationPage(work))
        for page in self.stage_pages:
            self.editor.add_tab(page.accessibleName(), page)
            page.said.connect(lambda text: self.said.emit(text, None))
        self.editor.add_tab("预览", self.preview)
        self.overview = OverviewPage()
        self.review = ProblemsPanel(whole_year=True, read_only=session.read_only)
        self.problems = ProblemsPanel(read_only=session.read_only)
        self.indicator, self.help = IndicatorPanel(), HelpPanel()
        self.side = panes.side_pane({"指标": self.indicator, "帮助": self.help})
        self.findings = Findings(session, self)
        self.splitters = panes.lay_out(
            self, (self.navigator, self.centre, self.side), self.problems
        )
        self._connect()

    def begin(self, *, at_once: bool = True) -> None:
        """Show the first form of the year; until then only the names are listed.

        Args:
            at_once: with what was found in it; else it is checked as soon as it is seen.
        """
        if not at_once:
            self.session.check_later()
            FirstPaint(self, self._check)
        self.show_year(self.year)
        self.navigator.view.setFocus()

    def _check(self) -> None:
        if self._changed in self.session.listeners:  # else it was left meanwhile
            self.session.check_now()

    # -- making -------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.session.listeners.append(self._changed)
        self.navigator.form_chosen.connect(self.show_form)
        self.navigator.overview_wanted.connect(self.show_overview)
        self.navigator.review_wanted.connect(self.show_review)
        self.overview.form_chosen.connect(self.show_form)
        self.editor.failed.connect(self.failed)
        self.editor.tabs.currentChanged.connect(lambda _tab: self.show_problems())
        self.editor.place_changed.connect(self._place_changed)
        self.indicator.place_chosen.connect(self.go_to)
        self.findings.failed.connect(self.failed)
        for panel in (self.problems, self.review):
            self.findings.serve(panel)
            panel.chosen.connect(lambda problem: self.go_to(problem.place))
            panel.why_wanted.connect(self.explain)
            panel.scope_changed.connect(lambda _all: self.show_problems())

    def leave(self) -> None:
        """Keep the sizes of the panes and stop listening; the session is about to be closed."""
        remembered.keep_panes(self.splitters)
        for page in self.stage_pages:
            page.leave()
        if self._changed in self.session.listeners:
            self.session.listeners.remove(self._changed)

    # -- going somewhere ----------------------------------------------------------------------

    def show_year(self, year: int) -> None:
        """Show another year: the same form name where it exists, else the first form."""
        name = self.session.form(self.form_id).name if self.form_id else ""
        self.year = year
        self.navigator.show_year(self.session, year)
        forms = self.navigator.model.forms()
        same = [form_id for form_id in forms if self.session.form(form_id).name == name]
        self.form_id = None
        if forms:
            self.show_form((same or forms)[0])
        else:
            self._show_nothing()
        self.year_changed.emit(year)

    def _show_nothing(self) -> None:
        self.centre.empty.set_text("本年度还没有表。\n新建一张表，或导入已有的表格。")
        self.centre.show_page(self.centre.empty)
        self.indicator.clear()
        self.show_problems()
        self.form_shown.emit()

    def show_form(self, form_id: str) -> None:
        """Open a form in the middle."""
        form = self.session.form(form_id)
        if form.year != self.year:
            self.form_id = form_id
            self.show_year(form.year)
        if form_id != self.form_id:
            self.editor.show_form(form_id)
            self.preview.show_form(form)
            for page in self.stage_pages:
                page.show_form()
        self.form_id = form_id
        self.navigator.choose(form_id)
        self._mark_page(None)
        self.centre.describe(self.session, form)
        self.centre.show_page(self.editor, header=True)
        self.fit_panes()
        self.show_problems()
        self.form_shown.emit()

    def go_to(self, place: Place) -> None:
        """Open the form of a place and put the cursor there."""
        if not is_declared(self.session.form(place.form).stage):
            self._go_to_stage(place)
            return
        self.show_form(place.form)
        self.editor.go_to(place)
        self.indicator.show_place(self.session, place)

    def step_form(self, by: int) -> None:
        """Open the next form of the list, or the one before."""
        forms = self.navigator.model.forms()
        if forms:
            at = forms.index(self.form_id) if self.form_id in forms else -by
            self.show_form(forms[(at + by) % len(forms)])

    def step_tab(self, by: int) -> None:
        """Show the next part of the form, or the one before, with the keyboard in it."""
        tabs = self.editor.tabs
        if self.centre.stack.currentWidget() is self.editor:
            tabs.setCurrentIndex((tabs.currentIndex() + by) % tabs.count())
            keyboard.focus_into(tabs.currentWidget())

    def step_pane(self) -> None:
        """Give the keyboard to the next pane: 导航, the middle, 问题, the right."""
        middle = self.centre.stack.currentWidget()
        page = self.editor.tabs.currentWidget() if middle is self.editor else middle
        keyboard.focus_next([self.navigator, page, self.problems, self.side])

    def show_overview(self) -> None:
        """Show the table of all forms."""
        self.overview.show_year(self.session, self.year)
        self._show_other(self.overview)

    def show_review(self) -> None:
        """Show every problem of the year in the middle."""
        self._show_other(self.review)
        self.show_problems()

    def _show_other(self, page: QWidget) -> None:
        self.navigator.choose("")
        self._mark_page(page)
        self.indicator.clear()
        self.centre.show_page(page)
        self.fit_panes()

    def fit_panes(self) -> None:
        """Show the panes beside a form where the person wants them; other pages need the room."""
        form = self.centre.stack.currentWidget() in (self.editor, self.centre.empty)
        helping = self.side.currentWidget() is self.help
        listed = self.height() >= HIGH if self.wants_problems is None else self.wants_problems
        self.problems.setVisible(form and listed)
        wanted = self.width() >= ROOMY if self.wants_side is None else self.wants_side
        self.side.setVisible(wanted and (form or helping))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a small window to the form."""
        super().resizeEvent(event)
        self.fit_panes()

    def _mark_page(self, page: QWidget | None) -> None:
        self.navigator.overview_button.setChecked(page is self.overview)
        self.navigator.review_button.setChecked(page is self.review)

    def receive(self, page: QWidget) -> None:
        """Show a page that stays until it says `closed`."""
        page.closed.connect(lambda: self._drop_page(page))  # type: ignore[attr-defined]
        self._show_other(page)

    def _drop_page(self, page: QWidget) -> None:
        """Take a page away that is done with, and go back to the form."""
        if self.centre.stack.currentWidget() is page:
            forms = self.navigator.model.forms()
            wanted = self.form_id if self.form_id in forms else next(iter(forms), None)
            if wanted:
                self.show_form(wanted)
            else:
                self._show_nothing()
            self.navigator.view.setFocus()  # else Qt gives it to the first of the tools
        self.centre.stack.removeWidget(page)
        page.deleteLater()

    def show_preview(self) -> None:
        """Show the form as it prints."""
        if self.form_id:
            self.show_form(self.form_id)
            self.editor.tabs.setCurrentWidget(self.preview)

    # -- problems -----------------------------------------------------------------------------

    @property
    def active_problems(self) -> ProblemsPanel:
        """The list of problems that is on screen."""
        reviewing = self.centre.stack.currentWidget() is self.review
        return self.review if reviewing else self.problems

    def show_problems(self) -> None:
        """List what was found in the form, or in the year."""
        panel = self.active_problems
        shown = self.session.heads(self.year) if panel.all_forms else ()
        shown_form = self._stage_form() or self.form_id
        ids = [head.id for head in shown] or ([shown_form] if shown_form else [])
        listed = [x for one in ids for x in found(self.session, self.year, one)]
        one_form = None if panel.all_forms else shown_form
        verdict = self.session.verdict(one_form, self.year) if ids else ""
        panel.show_problems(listed, verdict)
        if shown_form:
            self.centre.show_todo(self.session, self.session.form(shown_form))

    def _stage_form(self) -> str | None:
        """Return the id of the 自评 or 监控 that is in sight, or None."""
        page = self.editor.tabs.currentWidget()
        return page.form.id if isinstance(page, StagePage) and page.form else None

    def _go_to_stage(self, place: Place) -> None:
        """Open the tab of a form of a later stage and put the cursor there."""
        form = self.session.form(place.form)
        declared = declaration_of(form)
        if declared is None or not self.session.library.has(declared):
            return
        self.show_form(declared)
        page = next(x for x in self.stage_pages if x.stage == form.stage)
        self.editor.tabs.setCurrentWidget(page)
        page.go_to(place)

    def explain(self, code: str) -> None:
        """Show the page of a rule at the right."""
        self._open_help()
        self.help.show_rule(code)

    def show_help(self) -> None:
        """Show at the right what the help says of the page that is in sight."""
        self._open_help()
        page = self.centre.stack.currentWidget()
        self.help.show_about(self.editor.tabs.currentWidget() if page is self.editor else page)

    def _open_help(self) -> None:
        self.side.setCurrentWidget(self.help)
        self.wants_side = True
        self.fit_panes()

    # -- after a step -------------------------------------------------------------------------

    def _changed(self, changed: Changed) -> None:
        if changed.added or changed.removed or self._year_moved(changed):
            self._list_again(changed)
        else:
            self.navigator.model.refresh(self.session)
        if self.form_id:
            form = self.session.form(self.form_id)
            self.centre.describe(self.session, form)
            self.preview.show_form(form)
        if self.centre.stack.currentWidget() is self.overview:
            self.overview.show_year(self.session, self.year)
        self.show_problems()
        self.indicator.show_place(self.session, self.editor.current_place())
        if changed.how != "check":
            self.stepped.emit(changed)

    def _year_moved(self, changed: Changed) -> bool:
        return any(edit.path == ("year",) for edits in changed.edits.values() for edit in edits)

    def _list_again(self, changed: Changed) -> None:
        """Forms came or went: list them anew and show one that is there."""
        self.form_id = self.form_id if self.form_id not in changed.removed else None
        if (year := self._year_to_see(changed)) != self.year:
            self.show_year(year)
            return
        self.navigator.show_year(self.session, self.year)
        forms = self.navigator.model.forms()
        new = [form_id for form_id in forms if form_id in changed.added]
        wanted = new[:1] or [x for x in forms if x == self.form_id] or forms[:1]
        self.form_id = None
        if wanted:
            self.show_form(wanted[0])
        else:
            self._show_nothing()

    def _year_to_see(self, changed: Changed) -> int:
        """Return the year in which undo or redo did something, where this one has no part in it.

        An undone roll-forward leaves its year empty, a redone one fills the year after this.
        """
        if changed.how == "do":
            return self.year
        added = {self.session.form(form_id).year for form_id in changed.added}
        years = added or set(self.session.years())
        return self.year if self.year in years else max(years, default=self.year)

    def _place_changed(self, place: object) -> None:
        if isinstance(place, Place):
            self.indicator.show_place(self.session, place)
