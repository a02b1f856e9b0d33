"""绩效指标: the goals, their texts, and the tree of indicators with what can be done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from kpiapp.model.edit import Edit, SetValue
from kpiapp.model.form import Horizon
from kpiapp.model.problem import Place
from kpiapp.services.findings import excusing
from kpiapp.services.forms.wording import group_choices, standards
from ui.models.indicator_tree import IndicatorTree
from ui.models.nodes import NodeKind
from ui.models.problem_marks import cell_of
from ui.screens.indicator_actions import IndicatorActions
from ui.screens.indicator_tools import IndicatorTools
from ui.widgets import style
from ui.widgets.empty import EmptyState
from ui.widgets.goal_pane import GoalPane
from ui.widgets.indicator_view import IndicatorView
from ui.widgets.keyboard import choose_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtCore import QModelIndex

    from kpiapp.services.changed import Changed
    from ui.models.node_tree import Index
    from ui.screens.work import Work

STRUCTURE = frozenset("horizon goal level1 level2 level3 number label".split())
"""Attributes that decide where a row stands and with which it is paired."""
UNTIL = "截止"
"""In the field of a place: the year in which a long-term goal ends."""


class IndicatorsTab(QWidget):
    """The tree with its tool row, below the texts of the goal that is current."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("indicatorsTab")
        self.work = work
        self.tree = IndicatorTree(work.do, self)
        self.view = IndicatorView(self.tree, self._words, self)
        self.goal_pane = GoalPane(work.do, self)
        self.actions_ = IndicatorActions(work, self.view)
        self.empty = EmptyState("noIndicators", "这张表还没有目标和指标。")
        self.empty.add_button("添加目标", self.actions_.add_goal)
        self.tools = IndicatorTools(self.actions_, self._groups, self)
        self.tools.filtered.connect(self._filtered)
        self._stack = QStackedLayout()
        self._lay_out()
        self.view.selectionModel().currentChanged.connect(lambda *_: self._follow())
        self.view.goal_wanted.connect(lambda: self.goal_pane.focus_text(Horizon.ANNUAL))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._menu)

    # -- layout ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.goal_pane)
        layout.addWidget(self.tools)
        box = QWidget()
        box.setLayout(self._stack)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        layout.addWidget(box, 1)
        style.class_of(self, "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    # -- showing --------------------------------------------------------------------------------

    def show_form(self) -> None:
        """Show the goals and indicators of the open form."""
        self.view.commit()
        self.tools.filter.clear()
        self.tree.read_only = self.work.read_only
        self.tree.show(self.work.form)
        self.tree.show_problems(excusing.counting(self.work.session, self.work.form.id))
        self.tools.add_group.setEnabled(not self.work.read_only)
        first = self.tree.index(0, 0)
        choose_cell(self.view, first)
        self._follow()
        self.actions_.update()

    def refresh(self, changed: Changed) -> None:
        """Take up a step: values are drawn again, structure is put right, the place is kept."""
        edits = changed.edits.get(self.work.form.id, ())
        rows, structure = touched(edits)
        if structure:
            self.tree.refresh(rows)
        else:
            self.tree.refresh_rows(rows)
        if any(edit.path[0] == "goals" for edit in edits) and not structure:
            self.tree.refresh_goals()
        self.tree.show_problems(excusing.counting(self.work.session, self.work.form.id))
        if structure or any(edit.path[0] == "goals" for edit in edits):
            self._follow()
        if changed.how != "do" and rows and not self.view.is_typing():
            self._show_row(rows)
        self.actions_.update()

    def _show_row(self, rows: Sequence[str]) -> None:
        """Let the person see what undo or redo has changed."""
        found = [index for row in rows if (index := self.tree.find_line(row)).isValid()]
        here = self.tree.line(self.view.currentIndex())
        if found and not (here and {row.id for row in here.rows} & set(rows)):
            column = max(self.view.currentIndex().column(), 0)
            self.view.go(found[0].siblingAtColumn(column))

    def show_problems(self) -> None:
        """Take up other findings, though nothing of this form has changed."""
        self.tree.show_problems(excusing.counting(self.work.session, self.work.form.id))

    def _follow(self) -> None:
        """Show the texts of the goal that the person is in."""
        goals = self.tree.goals()
        self._stack.setCurrentWidget(self.view if goals else self.empty)
        goal = self.tree.goal(self.view.currentIndex()) or next(iter(goals), None)
        self.goal_pane.show_goal(self.work.form, goal, read_only=self.work.read_only)

    def _filtered(self, text: str) -> None:
        self.view.commit()
        line = self.tree.line(self.view.currentIndex())
        self.tree.set_filter(text)
        self.view.expandAll()
        if line:
            self.view.go(self.tree.find_line(line.main.id))

    def commit(self) -> None:
        """Write what is being typed."""
        self.view.commit()
        self.goal_pane.commit()

    def enter(self) -> None:
        """Begin in the table; where no goal is written yet, in the text of the first.

        Qt would begin with the first widget, or one it chose itself when the tab was left.
        """
        if any(goal.text for goal in self.work.form.goals) or not self.tree.goals():
            self.view.setFocus()
        else:
            self.goal_pane.focus_text(Horizon.LONG_TERM)

    # -- going to a place -----------------------------------------------------------------------

    def go_to(self, place: Place) -> bool:
        """Go to the cell or goal text that a place names; say whether there is one."""
        if place.indicator and not self.tree.find_line(place.indicator).isValid():
            self.tools.filter.clear()
        if place.indicator:
            index = self.tree.find_line(place.indicator, cell_of(place))
            if place.cell == "group" and index.isValid():
                index = index.parent()
            self.view.go(index)
            self.view.setFocus()
            return index.isValid()
        goals = [goal.number for goal in self.tree.goals()]
        if not goals:
            return False
        self.view.go(self.tree.find_goal(place.goal or goals[0]))
        if UNTIL in (place.field or ""):
            self.goal_pane.focus_until()
        elif place.horizon:
            self.goal_pane.focus_text(place.horizon)
        else:
            self.view.setFocus()
        return True

    def current_place(self) -> Place:
        """Return where on the form the person is."""
        here = self.view.currentIndex()
        line, goal = self.tree.line(here), self.tree.goal(here)
        form = self.work.form.id
        side = self.goal_pane.side_with_focus()
        if line and side is None:
            cell = self.tree.cell(here)
            row = line.long_term if cell == "long_term" and line.long_term else line.main
            named = {"long_term": "target", "problems": "row"}.get(cell, cell)
            return Place(form, row.horizon, row.goal, row.id, named)
        if self.tree.group(here) and side is None:
            row = next(self.tree.lines_below(here)).main
            return Place(form, row.horizon, row.goal, row.id, "group")
        return Place(form, side, goal.number if goal else None)

    # -- menus and words ------------------------------------------------------------------------

    def _menu(self, at: QPoint) -> None:
        menu = self.context_menu(self.view.indexAt(at))
        menu.exec(self.view.viewport().mapToGlobal(at))
        menu.deleteLater()

    def context_menu(self, index: QModelIndex) -> QMenu:
        """Return the menu of what can be done with a cell."""
        menu = QMenu(self)
        actions = self.actions_.by_name
        for name in MENU:
            if name == "-":
                menu.addSeparator()
            else:
                menu.addAction(actions[name])
        if self.tree.kind(index) is not NodeKind.ROOT:
            sub = QMenu("添加分组", menu)
            self.tools.fill_group_menu()
            sub.addActions(self.tools.group_menu.actions())
            sub.setEnabled(not self.work.read_only)
            menu.insertMenu(actions["add_goal"], sub)
        return menu

    def _groups(self) -> Mapping[str, Sequence[str]]:
        """Return the 一级 with the 二级 below each, in the words of the form's layout."""
        return group_choices(self.work.form, self.tree.shape)

    def _words(self, index: Index) -> Sequence[str]:
        """Return the words to choose from in a cell."""
        kind = self.tree.kind(index)
        if kind is NodeKind.LINE:
            return standards(self.work.form) if self.tree.cell(index) == "standard" else ()
        choices = self._groups()
        if kind is NodeKind.LEVEL1:
            return list(choices)
        group = self.tree.group(index)
        return choices.get(group[1], ()) if group else ()


MENU = (
    "edit sides complete - cut copy paste clear - add_indicator add_goal duplicate - up down"
    " - remove remove_annual remove_long_term - unfold fold"
).split()


def touched(edits: Iterable[Edit]) -> tuple[list[str], bool]:
    """Return the ids of indicators that edits touch, and whether any decides where rows stand."""
    rows: dict[str, None] = {}
    structure = False
    for edit in edits:
        if edit.path[0] == "indicators":
            if isinstance(edit, SetValue):
                rows[str(edit.path[1])] = None
                structure |= edit.path[2] in STRUCTURE
            else:
                structure = True
                rows[str(edit.item["id"] if hasattr(edit, "item") else edit.id)] = None
        elif edit.path[0] == "goals":
            structure |= not isinstance(edit, SetValue) or edit.path[2] in STRUCTURE
    return list(rows), structure
