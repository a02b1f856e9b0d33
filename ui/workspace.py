"""The open library on screen: navigator, form, side pane and problems, kept in step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from kpiapp.errors import UserError
from kpiapp.model.problem import Place
from kpiapp.model.stages import declaration_of, is_declared
from ui import remembered
from ui.models.problems_model import Found
from ui.screens.centre import Centre
from ui.screens.evaluation import EvaluationPage
from ui.screens.form_editor import FormEditor
from ui.screens.help_panel import START, HelpPanel
from ui.screens.indicator_panel import IndicatorPanel
from ui.screens.monitoring import MonitoringPage
from ui.screens.overview import OverviewPage
from ui.screens.preview import PreviewPage
from ui.screens.problems import ProblemsPanel
from ui.screens.stage_page import StagePage
from ui.screens.years_page import YearsPage
from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from kpiapp.model.problem import Problem
    from kpiapp.services.session import Changed, Session
    from ui.screens.importing import ImportPage, Taken
    from ui.screens.navigator import Navigator

WIDTHS: Final = [264, 800, 304]
ROOMY: Final = 1120
"""At less width the pane at the right is put away until it is asked for."""
HEIGHTS: Final = [560, 200]


class Workspace(QWidget):
    """Everything below the toolbar while a library is open.

    Signals:
        stepped: a step was done, undone or redone.
        year_changed: another year is shown.
        form_shown: another form, or none, is shown.
        failed: something could not be done, and why.
        said: something was done that is worth a message; a folder to show, or None.
        imported: forms were put into the library; what `ImportPage.taken` tells.
    """

    stepped = Signal(object)
    year_changed = Signal(int)
    form_shown = Signal()
    failed = Signal(UserError)
    said = Signal(str, object)
    imported = Signal(object)

    def __init__(
        self, session: Session, year: int, navigator: Navigator, parent: QWidget | None = None
    ) -> None:
        """Make the panes beside a navigator that lists the names of the year already."""
        super().__init__(parent)
        self.setObjectName("workspace")
        self.session, self.year = session, year
        self.form_id: str | None = None
        self.wants_problems = True
        self.wants_side: bool | None = None  # as there is room, until the person decides
        self.navigator = navigator
        self.centre = Centre()
        self.editor = FormEditor(session)
        self.preview = PreviewPage()
        work = self.editor.work
        years = YearsPage(work)
        years.links_wanted.connect(self.show_links)
        self.stage_pages = (years, MonitoringPage(work), EvaluationPage(work))
        for page in self.stage_pages:
            self.editor.add_tab(page.accessibleName(), page)
            page.said.connect(lambda text: self.said.emit(text, None))
        self.editor.add_tab("预览", self.preview)
        self.overview = OverviewPage()
        self.review = ProblemsPanel(whole_year=True, read_only=session.read_only)
        self.problems = ProblemsPanel(read_only=session.read_only)
        self.indicator, self.help = IndicatorPanel(), HelpPanel()
        self.side = self._side()
        self._lay_out()
        self._connect()

    def begin(self) -> None:
        """Check the year and show its first form; until then only the names are listed."""
        self.show_year(self.year)
        self.navigator.view.setFocus()

    # -- making -------------------------------------------------------------------------------

    def _side(self) -> QTabWidget:
        side = QTabWidget()
        side.setObjectName("side")
        side.setAccessibleName("右侧栏")
        side.setDocumentMode(True)
        style.class_of(side, "pane")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.addTab(self.indicator, "指标")
        side.addTab(self.help, "帮助")
        return side

    def _lay_out(self) -> None:
        across, down = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        across.setObjectName("splitAcross")
        down.setObjectName("splitDown")
        for widget, width in ((self.navigator, 176), (self.centre, 400), (self.side, 200)):
            across.addWidget(widget)
            widget.setMinimumWidth(width)
        for splitter, keep, sizes in ((across, 1, WIDTHS), (down, 0, HEIGHTS)):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
            splitter.setSizes(sizes)
            splitter.setStretchFactor(keep, 1)
        down.addWidget(across)
        down.addWidget(self.problems)
        down.setSizes(HEIGHTS)
        across.setSizes(WIDTHS)
        down.setStretchFactor(0, 1)
        across.setStretchFactor(1, 1)
        self.splitters = (across, down)
        self.problems.setMinimumHeight(96)
        for widget in (self.navigator, self.centre, self.side):
            widget.setMinimumHeight(240)  # what does not fit a small screen scrolls
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(down)
        remembered.place_panes(self.splitters)

    def _connect(self) -> None:
        self.session.listeners.append(self._changed)
        self.navigator.form_chosen.connect(self.show_form)
        self.navigator.overview_wanted.connect(self.show_overview)
        self.navigator.review_wanted.connect(self.show_review)
        self.overview.form_chosen.connect(self.show_form)
        self.editor.failed.connect(self.failed)
        self.editor.tabs.currentChanged.connect(lambda _tab: self._show_problems())
        self.editor.place_changed.connect(self._place_changed)
        self.indicator.place_chosen.connect(self.go_to)
        for panel in (self.problems, self.review):
            panel.chosen.connect(lambda problem: self.go_to(problem.place))
            panel.fix_wanted.connect(self.fix)
            panel.fix_all_wanted.connect(self.fix)
            panel.excuse_wanted.connect(self.excuse)
            panel.restore_wanted.connect(self.restore)
            panel.why_wanted.connect(self.explain)
            panel.scope_changed.connect(lambda _all: self._show_problems())

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
        self._show_problems()
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
        self._show_problems()
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

    def show_overview(self) -> None:
        """Show the table of all forms."""
        self.overview.show_year(self.session, self.year)
        self._show_other(self.overview)

    def show_review(self) -> None:
        """Show every problem of the year in the middle."""
        self._show_other(self.review)
        self._show_problems()

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
        self.problems.setVisible(form and self.wants_problems)
        wanted = self.width() >= ROOMY if self.wants_side is None else self.wants_side
        self.side.setVisible(wanted and (form or helping))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a small window to the form."""
        super().resizeEvent(event)
        self.fit_panes()

    def _mark_page(self, page: QWidget | None) -> None:
        self.navigator.overview_button.setChecked(page is self.overview)
        self.navigator.review_button.setChecked(page is self.review)

    def show_import(self, paths: Sequence[Path]) -> None:
        """Read files and folders, and show what they hold."""
        self._import_page().read(paths)

    def show_clipboard(self, html: str, text: str) -> None:
        """Read what was copied elsewhere, and show what it holds."""
        from kpiapp.services import clipboard

        self._import_page().read_by(lambda _job: (clipboard.read(html, text), []))

    def _import_page(self) -> ImportPage:
        from ui.screens.importing import ImportPage

        self.editor.commit()
        page = ImportPage(self.session)
        page.taken.connect(self._show_imported)
        page.failed.connect(self.failed)
        page.closed.connect(lambda: self._drop_page(page))
        self._show_other(page)
        return page

    def _show_imported(self, taken: Taken) -> None:
        """Show the newest year that something was imported into, at its first new form."""
        years = {self.session.form(form_id).year for form_id in taken.forms}
        if years:
            self.show_year(max(years))
            listed = [x for x in self.navigator.model.forms() if x in taken.forms]
            if listed:  # a self-evaluation is not, it stands beside its declaration
                self.show_form(listed[0])
            self.navigator.view.setFocus()
        self.imported.emit(taken)

    def show_export(self) -> None:
        """Offer to write the official sheets of the year."""
        from ui.screens.exporting import ExportPage

        self.editor.commit()
        page = ExportPage(self.session)
        page.finished.connect(self.said)
        page.place_chosen.connect(self.go_to)
        page.failed.connect(self.failed)
        page.closed.connect(lambda: self._drop_page(page))
        page.show_year(self.year)
        self._show_other(page)

    def show_annex(self) -> None:
        """Show 表10 and the paragraph that are published beside the forms."""
        from ui.screens.annex_page import AnnexPage

        self.editor.commit()
        page = AnnexPage()
        page.said.connect(lambda text: self.said.emit(text, None))
        page.closed.connect(lambda: self._drop_page(page))
        page.show_year(self.session, self.year)
        self._show_other(page)

    def show_rules(self) -> None:
        """Show which rules are checked, and let the person choose."""
        from ui.screens.rules_page import RulesPage

        self.editor.commit()
        page = RulesPage(self.session, self.year)
        page.changed.connect(lambda: self._try(lambda: None))
        page.failed.connect(self.failed)
        page.closed.connect(lambda: self._drop_page(page))
        self._show_other(page)

    def show_links(self, form_id: str = "") -> None:
        """Show what continues what: the indicators of a form, by default the forms of the year."""
        from ui.screens.links_page import LinksPage

        self.editor.commit()
        page = LinksPage(self.session, self.year)
        page.show_form(form_id)
        page.failed.connect(self.failed)
        page.closed.connect(lambda: self._drop_page(page))
        self._show_other(page)
        page.view.setFocus()

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

    def _show_problems(self) -> None:
        panel = self.active_problems
        shown = self.session.heads(self.year) if panel.all_forms else ()
        shown_form = self._stage_form() or self.form_id
        ids = [head.id for head in shown] or ([shown_form] if shown_form else [])
        found = [x for one in ids for x in self._found(one)]
        one_form = None if panel.all_forms else shown_form
        verdict = self.session.verdict(one_form, self.year) if ids else ""
        panel.show_problems(found, verdict)
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

    def _found(self, form_id: str) -> list[Found]:
        form, report = self.session.form(form_id), self.session.report(self.year)
        reason = report.quiet_reason if report else lambda _problem: None
        return [Found(x, form, reason(x)) for x in self.session.problems(form_id)]

    def excuse(self, problems: list[Problem]) -> None:
        """Ask why some problems are none, and keep the reason."""
        from kpiapp.services import excusing
        from ui.dialogs import ReasonDialog

        dialog = ReasonDialog(problems[0].message, self)
        if dialog.exec():
            self._try(lambda: excusing.excuse(self.session, problems, dialog.answer()))

    def restore(self, problems: list[Problem]) -> None:
        """Let excused problems count again."""
        from kpiapp.services import excusing

        self._try(lambda: excusing.restore(self.session, problems))

    def _try(self, do: Callable[[], object]) -> None:
        """Do a step, and say why where it cannot be done."""
        try:
            do()
        except UserError as error:
            self.failed.emit(error)

    def fix(self, problems: list[Problem]) -> None:
        """Apply the fixes of some problems as one step."""
        from kpiapp.services.fixing import apply_fixes

        self._try(lambda: apply_fixes(self.session, problems))

    def explain(self, code: str) -> None:
        """Show the page of a rule at the right."""
        self._open_help()
        self.help.show_rule(code)

    def show_help(self) -> None:
        """Show the contents of the help at the right."""
        self._open_help()
        self.help.show_page(START)

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
        self._show_problems()
        self.indicator.show_place(self.session, self.editor.current_place())
        self.stepped.emit(changed)

    def _year_moved(self, changed: Changed) -> bool:
        return any(edit.path == ("year",) for edits in changed.edits.values() for edit in edits)

    def _list_again(self, changed: Changed) -> None:
        """Forms came or went: list them anew and show one that is there."""
        self.navigator.show_year(self.session, self.year)
        forms = self.navigator.model.forms()
        new = [form_id for form_id in forms if form_id in changed.added]
        wanted = new[:1] or [x for x in forms if x == self.form_id] or forms[:1]
        self.form_id = None
        if wanted:
            self.show_form(wanted[0])
        else:
            self._show_nothing()

    def _place_changed(self, place: object) -> None:
        if isinstance(place, Place):
            self.indicator.show_place(self.session, place)
