"""The pane at the bottom: what the checker found, its verdict, and what can be done about it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kpiapp.model.problem import Severity
from kpiapp.services.findings import fixing
from kpiapp.services.session import CHECKING
from ui.models.problem_filter import ProblemFilter
from ui.models.problems_model import (
    ACTIONS,
    FORM,
    MESSAGE,
    PLACE,
    PROBLEM_ROLE,
    REASON_ROLE,
    Found,
    ProblemsModel,
    lines,
    look_of,
)
from ui.widgets import parts, problem_list, style
from ui.widgets.action_delegate import Action, ActionDelegate
from ui.widgets.columns import Shares
from ui.widgets.empty import EmptyState
from ui.widgets.severity_delegate import SeverityDelegate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.problem import Problem

THIS_FORM, ALL_FORMS = 0, 1
SHARES: Final = {MESSAGE: 38, PLACE: 29, FORM: 11, ACTIONS: 22}
"""How the columns share the width."""
NO_PROBLEMS: Final = "没有发现问题。"
ALL_HIDDEN: Final = "所选的级别和规则下没有问题。点上面的级别可以显示其他问题。"


class ProblemsPanel(QWidget):
    """Lists problems; what a person wants done about them is told by signals.

    Signals:
        chosen: the problem whose cell is to be shown.
        fix_wanted: the problems of a line whose fixes are to be applied.
        fix_all_wanted: all listed problems with a safe fix.
        why_wanted: code of the rule whose page is to be shown.
        excuse_wanted: the problems of a line that the person holds to be none.
        restore_wanted: the excused problems of a line that are to count again.
        scope_changed: True for all forms of the year, False for the one that is shown.
    """

    chosen = Signal(object)
    fix_wanted = Signal(list)
    fix_all_wanted = Signal(list)
    why_wanted = Signal(str)
    excuse_wanted = Signal(list)
    restore_wanted = Signal(list)
    scope_changed = Signal(bool)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        whole_year: bool = False,
        read_only: bool = False,
    ) -> None:
        """Make an empty list.

        Args:
            parent: as Qt has it.
            whole_year: it always lists the problems of every form.
            read_only: nothing can be mended here, so nothing is offered.
        """
        super().__init__(parent)
        self._read_only = read_only
        self.setObjectName("reviewPage" if whole_year else "problemsPanel")
        self.setAccessibleName("审核" if whole_year else "问题")
        self._found: list[Found] = []
        self._nothing = NO_PROBLEMS
        self.model = ProblemsModel(self)
        self.view = problem_list.ProblemList()
        self.view.setModel(self.model)
        self._columns = Shares(self.view, SHARES)
        self.empty = EmptyState("problemsEmpty", NO_PROBLEMS)
        self.verdict = QLabel()
        self.verdict.setObjectName("problemsVerdict")
        self.chips = {
            severity: parts.chip(
                f"problems{severity.value.title()}", f"{severity.label} 0", severity.label
            )
            for severity in Severity
        }
        self.scope = parts.combo("problemsScope", "看哪些表的问题", 6)
        self.scope.addItems(["本表", "全部表"])
        self.codes = parts.combo("problemsRule", "只看一条规则的问题", 6)
        self.codes.addItem("全部规则")
        if whole_year:
            self.scope.setCurrentIndex(ALL_FORMS)
            self.scope.hide()
        self.fix_all = QPushButton(style.icon("wrench"), "全部修复安全项")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.fix_all.setObjectName("problemsFixAll")
        tip = "一次改好所有不会改变意思的问题，可以一步撤销"
        self.fix_all.setToolTip(problem_list.READ_ONLY if self._read_only else tip)
        title = QLabel(self.accessibleName())
        title.setObjectName("problemsTitle")
        style.class_of(title, "heading")
        top = QHBoxLayout()
        top.setContentsMargins(16, 6, 8, 6)
        top.setSpacing(style.STEP)
        top.addWidget(title)
        for chip in self.chips.values():
            top.addWidget(chip)
        for widget in (self.scope, self.codes, self.fix_all):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(self.verdict)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        style.class_of(self, "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _connect(self) -> None:
        delegate = ActionDelegate(self._actions, self.view)
        delegate.clicked.connect(self._act)
        self.view.setItemDelegateForColumn(ACTIONS, delegate)
        self.view.setItemDelegateForColumn(PLACE, problem_list.PlaceDelegate(self.view))
        self.view.setItemDelegateForColumn(
            MESSAGE, SeverityDelegate(problem_list.severity_of, self.view)
        )
        self.view.clicked.connect(self._clicked)
        self.view.activated.connect(self._clicked)
        self.view.customContextMenuRequested.connect(self._show_menu)
        for chip in self.chips.values():
            chip.toggled.connect(self._filter)
        self.codes.currentIndexChanged.connect(self._filter)
        self.scope.currentIndexChanged.connect(
            lambda scope: self.scope_changed.emit(scope == ALL_FORMS)
        )
        self.fix_all.clicked.connect(lambda: self.fix_all_wanted.emit(self._safe()))

    # -- what the window calls ----------------------------------------------------------------

    @property
    def all_forms(self) -> bool:
        """Whether the problems of every form of the year are listed."""
        return self.scope.currentIndex() == ALL_FORMS

    def show_problems(self, found: Sequence[Found], verdict: str) -> None:
        """List problems and say what they amount to."""
        self._found = list(found)
        self._nothing = CHECKING if verdict == CHECKING else NO_PROBLEMS
        counts = Counter(x.problem.severity for x in self._found if x.reason is None)
        for severity, chip in self.chips.items():
            chip.setText(f"{severity.label} {counts[severity]}")
        self.verdict.setText(verdict)
        style.class_of(self.verdict, look_of(verdict))
        self._name_forms()
        self._list_codes()
        self._filter()
        safe = len(self._safe())
        self.fix_all.setText(f"全部修复安全项（{safe}）" if safe else "全部修复安全项")
        self.fix_all.setEnabled(bool(safe) and not self._read_only)

    def step(self, by: int) -> None:
        """Go to the next problem (or the one before), from the last to the first."""
        count = self.model.rowCount()
        if not count:
            return
        current = self.view.currentIndex()
        line = current.parent().row() if current.parent().isValid() else current.row()
        row = (line + by) % count if line >= 0 else 0
        self.view.setCurrentIndex(self.model.index(row, MESSAGE))
        self._clicked(self.model.index(row, MESSAGE))

    def act(self, name: str) -> None:
        """Do "fix", "why" or "excuse" for the line that is chosen, or for the first."""
        index = self.view.currentIndex()
        if not index.isValid():
            index = self.model.index(0, MESSAGE)
        if index.isValid():
            self._act(index, name)

    # -- inside -------------------------------------------------------------------------------

    def _safe(self) -> list[Problem]:
        return fixing.safe_together([x.problem for x in self._found if x.reason is None])

    def _name_forms(self) -> None:
        """Show the column of forms while there are several; the others share the rest."""
        if self.view.isColumnHidden(FORM) == self.all_forms:
            self.view.setColumnHidden(FORM, not self.all_forms)
            self._columns.share()

    def _list_codes(self) -> None:
        """Offer the rules that found something; a chosen one stays while it still does."""
        wanted = ["", *sorted({x.problem.code for x in self._found})]
        if [self.codes.itemData(row) for row in range(self.codes.count())] == wanted:
            return
        kept = self.codes.currentData()
        blocked = self.codes.blockSignals(True)
        self.codes.clear()
        self.codes.addItem("全部规则", "")
        from kpiapp.services.checks import (
            rule_pages,  # the rules, not needed before one found something
        )

        for code in wanted[1:]:
            self.codes.addItem(rule_pages.title(code), code)
        self.codes.setCurrentIndex(max(0, self.codes.findData(kept)))
        self.codes.blockSignals(blocked)

    def _filter(self) -> None:
        severities = frozenset(x for x, chip in self.chips.items() if chip.isChecked())
        wanted = ProblemFilter(severities, self.codes.currentData() or "")
        here = self.view.currentIndex()
        current: Problem | None = here.data(PROBLEM_ROLE)
        row, counted = here.row(), here.data(REASON_ROLE) is None
        self.model.show(lines(x for x in self._found if wanted.shows(x.problem)))
        if current and all(x.form.id != current.place.form for x in self._found):
            self.view.setCurrentIndex(QModelIndex())  # of another form: this list has its own top
            self.view.scrollToTop()
        elif current and not _same(current, self.view.currentIndex().data(PROBLEM_ROLE)):
            self._choose_again(current, row, counted=counted)
        self.empty.set_text(ALL_HIDDEN if self._found else self._nothing)
        self._stack.setCurrentWidget(self.view if self.model.rowCount() else self.empty)

    def _choose_again(self, problem: Problem, row: int, *, counted: bool) -> None:
        """Mark the same problem as before or, where it is gone or excused, the one in its place."""
        same = self.model.index_like(problem)
        near = self.model.index(min(row, self.model.rowCount() - 1), MESSAGE)
        stays = same.isValid() and (same.data(REASON_ROLE) is None) == counted
        self.view.setCurrentIndex(same if stays else near)

    def _clicked(self, index: QModelIndex) -> None:
        problem = index.data(PROBLEM_ROLE)
        if problem and index.column() != ACTIONS:
            self.chosen.emit(problem)

    def _act(self, index: QModelIndex, name: str) -> None:
        problems = problem_list.problems_of(index)
        match name:
            case "fix":
                fixable = [problem for problem in problems if problem.fix]
                if fixable and not self._read_only:
                    self.fix_wanted.emit(fixable)
            case "why":
                self.why_wanted.emit(problems[0].code)
            case "excuse":
                self.excuse_wanted.emit(problems)
            case "restore":
                self.restore_wanted.emit(problems)

    def _actions(self, index: problem_list.Index) -> list[Action]:
        return problem_list.actions_of(index, read_only=self._read_only)

    def _show_menu(self, point: QPoint) -> None:
        index = self.view.indexAt(point)
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.addAction("到这一格", lambda: self.chosen.emit(index.data(PROBLEM_ROLE)))
        for action in self._actions(index.siblingAtColumn(ACTIONS)):
            entry = menu.addAction(action.text, lambda name=action.name: self._act(index, name))
            entry.setEnabled(action.enabled)
        menu.exec(self.view.viewport().mapToGlobal(point))


def _same(problem: Problem, other: Problem | None) -> bool:
    """Say whether two problems speak of the same rule and place."""
    return other is not None and (problem.code, problem.place) == (other.code, other.place)
