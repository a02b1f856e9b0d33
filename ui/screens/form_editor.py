"""One form on the screen: 基本信息, 资金, 绩效指标, and whatever tabs the window adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QTabWidget, QVBoxLayout, QWidget

from kpiapp.services.findings import excusing
from kpiapp.services.forms.outline import outline
from ui.screens.basic_tab import BasicTab
from ui.screens.fields_tab import key_of
from ui.screens.indicators_tab import IndicatorsTab
from ui.screens.money_tab import MoneyTab
from ui.screens.work import Work

if TYPE_CHECKING:
    from kpiapp.model.problem import Place
    from kpiapp.services.changed import Changed
    from kpiapp.services.session import Session


class FormEditor(QWidget):
    """Shows and changes one form of a session.

    Signals:
        place_changed: the person went to another cell or field; a `Place` or None.
        failed: a change was refused by the world; the `UserError`. Nothing has changed.
    """

    place_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formEditor")
        self.work = Work(session, self)
        self.work.failed.connect(self.failed)
        self.basic = BasicTab(self.work)
        self.money = MoneyTab(self.work)
        self.indicators = IndicatorsTab(self.work)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("formTabs")
        self.tabs.setAccessibleName("表的各部分")
        self.tabs.setDocumentMode(True)
        self._stale: set[QWidget] = set()
        for title, page in (
            ("基本信息", self.basic), ("资金", self.money), ("绩效指标", self.indicators)
        ):  # fmt: skip
            self.tabs.addTab(page, title)
        self.basic.finished.connect(self._go_on)
        self.money.finished.connect(self._go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
        self.tabs.currentChanged.connect(self._tab_changed)
        view = self.indicators.view
        view.selectionModel().currentChanged.connect(lambda *_: self._tell_place())
        QApplication.instance().focusChanged.connect(self._focus_changed)  # type: ignore[union-attr]
        session.listeners.append(self.refresh)
        self.destroyed.connect(lambda: _forget(session, self.refresh))

    @property
    def form_id(self) -> str | None:
        """The id of the open form, or None."""
        return self.work.form_id

    def add_tab(self, title: str, widget: QWidget) -> int:
        """Add a tab of the window's own, such as the preview; return its index."""
        return self.tabs.addTab(widget, title)

    # -- showing --------------------------------------------------------------------------------

    def show_form(self, form_id: str) -> None:
        """Show a form; what is being typed in the one before is written first."""
        if form_id == self.work.form_id:
            return
        self.commit()
        self.work.form_id = form_id
        self._stale = {self.basic, self.money, self.indicators}
        self._show_current()

    def _show_current(self) -> None:
        """Build the tab that is in sight; the others are built when they are looked at."""
        page = self.tabs.currentWidget()
        if page not in self._stale or self.work.form_id is None:
            return
        self._stale.discard(page)
        if page is self.indicators:
            self.indicators.show_form()
        elif isinstance(page, BasicTab | MoneyTab):
            page.show_outline(outline(self.work.form))

    def _tab_changed(self) -> None:
        self.commit()
        self._show_current()
        if self.work.form_id and self.tabs.currentWidget() is self.indicators:
            self.indicators.enter()
        self._tell_place()

    def refresh(self, changed: Changed) -> None:
        """Take up a step of the session: of this form, or one that changes what is found in it."""
        if self.work.form_id is None:
            return
        if self.work.form_id in changed.removed:
            self.work.form_id = None
            return
        edits = changed.edits.get(self.work.form_id, ())
        problems = excusing.counting(self.work.session, self.work.form_id)
        for page in (self.basic, self.money):
            if page in self._stale:
                continue
            if edits and page.refresh(edits):
                page.show_outline(outline(self.work.form))
            elif changed.how != "do":
                page.follow(edits)
            page.show_problems(problems)
        if self.indicators not in self._stale:
            if edits:
                self.indicators.refresh(changed)
            else:
                self.indicators.show_problems()

    def commit(self) -> None:
        """Write what is being typed; call it before closing, switching or exporting."""
        if self.work.form_id is None:
            return
        for page in (self.basic, self.money, self.indicators):
            if page not in self._stale:
                page.commit()

    # -- places ---------------------------------------------------------------------------------

    def go_to(self, place: Place) -> None:
        """Open the tab of a place, scroll to it and put the focus on its cell or field."""
        if place.form and place.form != self.work.form_id:
            self.show_form(place.form)
        page = self._page_of(place)
        if page is None:
            return
        self.tabs.setCurrentWidget(page)
        self._show_current()
        if page is self.indicators:
            self.indicators.go_to(place)
        elif isinstance(page, BasicTab | MoneyTab) and place.field:
            page.go_to(place.field)

    def focus_first(self) -> None:
        """Put the cursor where a new form is begun: into its first empty field."""
        self.tabs.setCurrentWidget(self.basic)
        self._show_current()
        self.basic.focus_first()

    def leave_stage(self) -> None:
        """Show the form itself where a tab of its later stages is in sight."""
        if self.tabs.currentWidget() not in (self.basic, self.money, self.indicators):
            self.tabs.setCurrentWidget(self.basic)

    def _go_on(self) -> None:
        """Go from the last field of a page to the first of the next one that has any."""
        for page in (self.money, self.indicators)[self.tabs.currentIndex() :]:
            self.tabs.setCurrentWidget(page)
            self._show_current()
            if isinstance(page, MoneyTab) and page.inputs:
                page.enter()
                return
        self.indicators.enter()

    def _page_of(self, place: Place) -> QWidget | None:
        if place.indicator or self.work.form_id is None:
            return self.indicators if self.work.form_id else None
        label = key_of(place.field or "")
        found = outline(self.work.form)
        for page, lines in (
            (self.money, found.money), (self.basic, (*found.basic, *found.goals))
        ):  # fmt: skip
            if any(item.label == label for line in lines for item in line):
                return page
        goal = place.goal is not None or place.horizon is not None
        goal = goal or any(word in label for word in ("目标", "指标"))
        return self.indicators if goal else self.basic if label else None

    def current_place(self) -> Place | None:
        """Return where on the form the person is, or None on a tab of the window's own."""
        if self.work.form_id is None:
            return None
        page = self.tabs.currentWidget()
        if page is self.indicators:
            return self.indicators.current_place()
        return page.current_place() if isinstance(page, BasicTab | MoneyTab) else None

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self._tell_place()

    def _tell_place(self) -> None:
        self.place_changed.emit(self.current_place())


def _forget(session: Session, listener: object) -> None:
    session.listeners[:] = [one for one in session.listeners if one is not listener]
