"""历年对应: which project and which indicator continues which, and linking them by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QTreeView,
)

from kpiapp.services.years import lineage
from ui.models.links_model import EARLIER, MATCH_ROLE, NAME, NEW, SURE, WAY, LinksModel
from ui.screens.following import FollowingPage
from ui.widgets import parts
from ui.widgets.columns import Shares

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from kpiapp.services.changed import Changed
    from kpiapp.services.session import Session
    from kpiapp.services.years.lineage import Candidate, Match

SAID: Final = (
    "上年值、历年比较和检查都按这里的对应关系。改了名的，在右边选它上年的名字；"
    "两个并成一个的，选两个；一个拆成几个的，几行选同一个。每次更改都可以撤销。"
)
MOST: Final = 24
"""Candidates that a menu offers; the likest come first."""
_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space)


class LinksPage(FollowingPage):
    """Lists the forms of a year, or the indicators of one of them, beside the year before."""

    def __init__(self, session: Session, year: int) -> None:
        super().__init__(session, "linksPage", "历年对应")
        self.year = year
        self.scope = parts.combo("linksScope", "看各张表的对应，还是一张表里各条指标的对应")
        self.model = LinksModel(self)
        self.view = _view(self.model)
        self.left = parts.soft(name="linksLeft")
        tip = "选所选一行接续上年的哪一个（回车）"
        self.change_button = parts.button("linksChange", "更改…", self.open_menu, tip)
        self.close_button = parts.button("linksClose", "完成", self.closed.emit)
        self._lay_out()
        self._fill()
        self.scope.activated.connect(lambda _row: self.refresh())
        self.view.doubleClicked.connect(lambda _index: self.open_menu())
        self.view.installEventFilter(self)
        self.refresh()

    def _lay_out(self) -> None:
        parts.primary(self.close_button)
        top = parts.row(self.scope, self.change_button)
        top.setStretchFactor(self.scope, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.left, 1)
        bottom.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignBottom)
        layout = parts.column(self)
        layout.addWidget(parts.title("历年对应"))
        layout.addWidget(parts.soft(SAID))
        layout.addLayout(top)
        layout.addWidget(self.view, 1)
        layout.addLayout(bottom)

    def _fill(self) -> None:
        """List what can be looked at: all forms, or the indicators of each."""
        self.scope.addItem(f"{self.year}年的各张表", "")
        for form in self.session.forms(self.year):
            self.scope.addItem(f"“{form.name}”的年度指标", form.id)

    # -- showing --------------------------------------------------------------------------------

    def show_form(self, form_id: str) -> None:
        """Show the indicators of a form; "" shows the forms."""
        self.scope.setCurrentIndex(max(self.scope.findData(form_id), 0))
        self.refresh()

    def refresh(self) -> None:
        """Show what continues what now."""
        form_id = self.form_id
        if form_id:
            matches = lineage.row_matches(self.session, self.session.form(form_id))
        else:
            matches = lineage.form_matches(self.session, self.year)
        at = max(self.view.currentIndex().row(), 0)
        self.model.show(matches, self.year)
        self.view.setCurrentIndex(self.model.index(min(at, len(matches) - 1), EARLIER))
        self.left.setText(_left(matches, self.year - 1))
        self.change_button.setEnabled(bool(matches) and not self.session.read_only)

    @property
    def form_id(self) -> str:
        """The form whose indicators are shown, "" where the forms are."""
        return str(self.scope.currentData() or "")

    def take_up(self, changed: Changed) -> None:
        """Take up a step, also one that undo took back."""
        if changed.added or changed.removed:
            kept = self.form_id
            self.scope.clear()
            self._fill()
            self.show_form(kept)
        else:
            self.refresh()

    # -- changing -------------------------------------------------------------------------------

    def open_menu(self) -> None:
        """Offer what the chosen row could continue, beside the row."""
        menu = self.menu()
        if menu is not None:
            box = self.view.visualRect(self.view.currentIndex())
            menu.popup(self.view.viewport().mapToGlobal(box.bottomLeft() + QPoint(0, 2)))

    def menu(self) -> QMenu | None:
        """Return the menu of the chosen row; None where nothing can be changed."""
        match: Match | None = self.view.currentIndex().data(MATCH_ROLE)
        if match is None or self.session.read_only:
            return None
        menu = QMenu(self)
        menu.setObjectName("linksMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in match.candidates[:MOST]:
            action = menu.addAction(_offer(one), lambda one=one: self._toggle(match, one.id))
            action.setCheckable(True)
            action.setChecked(one.id in match.earlier)
        if not match.candidates:
            menu.addAction(f"目标库里没有{self.year - 1}年可以接续的").setEnabled(False)
        menu.addSeparator()
        menu.addAction(NEW, lambda: self._link(match, []))
        menu.addAction("由程序判断", lambda: self._link(match, None))
        return menu

    def _toggle(self, match: Match, candidate: str) -> None:
        """Take something in or leave it out; the rest of what was chosen stays."""
        chosen = [x for x in match.earlier if x != candidate]
        self._link(match, chosen if candidate in match.earlier else [*match.earlier, candidate])

    def _link(self, match: Match, earlier: list[str] | None) -> None:
        form_id = self.form_id
        if form_id:
            self.attempt(lambda: lineage.link_rows(self.session, form_id, match.id, earlier))
        else:
            self.attempt(lambda: lineage.link_forms(self.session, match.id, earlier))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the menu by the keyboard."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if isinstance(event, QKeyEvent) and pressed and event.key() in _KEYS:
            self.open_menu()
            return True
        return super().eventFilter(watched, event)


def _offer(one: Candidate) -> str:
    name = one.name.replace("&", "&&")
    return f"{name}　{one.likeness:.0%}"


def _left(matches: list[Match], year: int) -> str:
    left = "、".join(x.name for x in lineage.not_continued(matches))
    return f"{year}年没有接续的：{left}" if left else ""


def _view(model: LinksModel) -> QTreeView:
    view = parts.flat_list("linksTable", "历年对应", model)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    Shares(view, {NAME: 34, EARLIER: 40, WAY: 14, SURE: 8})
    return view
