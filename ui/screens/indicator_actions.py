"""What can be done with indicators, groups and goals: one action each, with its keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from kpiapp.model.form import Horizon
from kpiapp.services.forms import goals, pasting, rearranging
from kpiapp.services.forms.editing import SHARED, Change, clear_cells, complete, joined
from ui.models.nodes import NodeKind
from ui.screens import indicator_clipboard
from ui.widgets import pasted
from ui.widgets.cell_actions import keyed_action

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QAction

    from kpiapp.services.forms.lines import Line
    from ui.screens.work import Work
    from ui.widgets.indicator_view import IndicatorView


@dataclass(frozen=True, slots=True)
class Command:
    """An action.

    Attributes:
        name: in the program.
        title: in menus and tips.
        icon: "" for none.
        keys: that do it while the tree has the keyboard, "" for none.
        do: what it does.
        can: whether there is anything to do where the person is.
        writes: it changes the form, which cannot be where that is read-only.
    """

    name: str
    title: str
    icon: str
    keys: str
    do: Callable[[IndicatorActions], None]
    can: Callable[[IndicatorActions], bool] = lambda _: True
    writes: bool = True


class IndicatorActions:
    """The actions of the indicator tree, by name; `update` greys out what cannot be done now."""

    def __init__(self, work: Work, view: IndicatorView) -> None:
        self.work, self.view, self.tree = work, view, view.tree
        self.by_name: dict[str, QAction] = {}
        for command in COMMANDS:
            self.by_name[command.name] = self._action(command)
        self._new: Change | None = None
        view.delegate.given_up.connect(self._given_up)
        view.delegate.entered.connect(self._settled)
        view.selectionModel().selectionChanged.connect(lambda *_: self.update())
        view.selectionModel().currentChanged.connect(lambda *_: self.update())

    def _action(self, command: Command) -> QAction:
        entry = (f"action_{command.name}", command.title, command.icon, command.keys)
        return keyed_action(self.view, entry, lambda: command.do(self))

    def update(self) -> None:
        """Grey out what cannot be done where the person is."""
        for command in COMMANDS:
            allowed = not (command.writes and self.work.read_only)
            self.by_name[command.name].setEnabled(allowed and command.can(self))

    # -- where the person is --------------------------------------------------------------------

    @property
    def here(self) -> QModelIndex:
        """The current cell."""
        return self.view.currentIndex()

    def is_somewhere(self) -> bool:
        """Say whether an indicator, a group or a goal is current."""
        return self.tree.kind(self.here) is not NodeKind.ROOT

    def has_indicators(self) -> bool:
        """Say whether there are indicators at or below the current cell."""
        return any(self.tree.lines_below(self.here))

    def has_both_sides(self) -> bool:
        """Say whether the current indicator has a long-term and an annual side."""
        line = self.tree.line(self.here)
        return line is not None and len(line.rows) > 1

    def is_shared(self) -> bool:
        """Say whether the current cell is one that both sides of an indicator share."""
        return self.has_both_sides() and self.tree.cell(self.here) in SHARED

    def lacks_a_side(self) -> bool:
        """Say whether the current indicator has not every side that the form prints."""
        line = self.tree.line(self.here)
        return line is not None and bool(self._missing(line))

    def focus(self, change: Change, *, edit: bool = False) -> None:
        """Make a change, go to the row it names, and perhaps begin typing its name."""
        if not self.work.do(change) or not change.focus:
            return
        index = self.tree.find_line(change.focus)
        self.view.go(index)
        self.view.setFocus()
        if edit and index.isValid():
            self.view.edit(index)

    def _missing(self, line: Line) -> list[Horizon]:
        if self.tree.shape.one_row:
            return []
        return [side for side in self.tree.shape.horizons if line.side(side) is None]

    # -- the actions ----------------------------------------------------------------------------

    def add_indicator(self) -> None:
        """Add an indicator below the current one, or to the end of the current group."""
        lines = list(self.tree.lines_below(self.here))
        if lines:
            form, shape = self.work.form, self.tree.shape
            self._new = rearranging.add_indicator(form, shape, lines[-1])
            self.focus(self._new, edit=True)

    def _settled(self) -> None:
        self._new = None

    def _given_up(self) -> None:
        """Take a new indicator away again if its name was given up at once."""
        new, self._new = self._new, None
        line = self.tree.line(self.here)
        if new and line and not line.name and new.focus in {row.id for row in line.rows}:
            QTimer.singleShot(0, self.view, lambda: self.work.take_back(new))  # editor is closing

    def add_group(self, level1: str, level2: str) -> None:
        """Add a group to the current goal, with an indicator to name."""
        goal = self.tree.goal(self.here) or next(iter(self.tree.goals()), None)
        number = goal.number if goal else 1
        form, shape = self.work.form, self.tree.shape
        change = rearranging.add_group(form, shape, number, level1, level2)
        self.focus(change, edit=bool(level2))
        if not level2 and change.focus:
            self.view.edit(self.tree.find_line(change.focus).parent())

    def add_goal(self) -> None:
        """Add a goal at the end and go to its text."""
        if self.work.do(goals.add_goal(self.work.form)):
            self.view.go(self.tree.find_goal(self.tree.goals()[-1].number))
            self.view.goal_wanted.emit()

    def duplicate(self) -> None:
        """Copy the selected indicators, or the whole goal."""
        goal = self.tree.goal(self.here)
        if self.tree.kind(self.here) is NodeKind.GOAL and goal:
            self.work.do(goals.duplicate_goal(self.work.form, goal.number))
        elif lines := self.view.selected_lines():
            self.focus(rearranging.duplicate_lines(self.work.form, lines))

    def remove(self) -> None:
        """Remove the selected indicators, the group or the goal."""
        goal, group = self.tree.goal(self.here), self.tree.group(self.here)
        below = self.view.indexBelow(self.here)
        if self.tree.kind(self.here) is NodeKind.GOAL and goal:
            self.work.do(goals.remove_goal(self.work.form, goal.number))
            return
        lines = self.view.selected_lines()
        what = f"分组：{group[2] or group[1]}（{len(lines)}个指标）" if group else ""
        if self.work.do(rearranging.remove_lines(lines, what)) and below.isValid():
            self.view.go(self.here if self.here.isValid() else below)

    def shift(self, by: int) -> None:
        """Move the indicator, group or goal up or down by one."""
        form, goal = self.work.form, self.tree.goal(self.here)
        line, group = self.tree.line(self.here), self.tree.group(self.here)
        if line:
            cell = self.tree.cell(self.here)
            self.work.do(rearranging.shift_line(form, line, by))
            self.view.go(self.tree.find_line(line.main.id, cell))
        elif group:
            self.work.do(rearranging.shift_group(form, group[0], group[1:], by))
            self.view.go(self.tree.find_group(*group))
        elif goal and self.work.do(goals.shift_goal(form, goal.number, by)):
            self.view.go(self.tree.find_goal(goal.number + by))

    def complete(self) -> None:
        """Add the missing sides of the selected indicators, with the target of the other side."""
        lines = [line for line in self.view.selected_lines() if self._missing(line)]
        changes = [complete(self.work.form, x, side) for x in lines for side in self._missing(x)]
        label = changes[0].label if len(changes) == 1 else f"补上{len(changes)}个指标"
        self.work.do(joined(label, changes))

    def remove_side(self, side: Horizon) -> None:
        """Remove one side of the current indicator."""
        if line := self.tree.line(self.here):
            self.work.do(rearranging.remove_side(line, side))

    def sides(self) -> None:
        """Type a text of its own for each side into a cell that both share."""
        self.view.delegate.each_side = True
        self.view.edit(self.here)
        self.view.delegate.each_side = False

    def clear(self) -> None:
        """Empty the selected cells."""
        self.work.do(clear_cells(self.work.form, indicator_clipboard.selected(self.view)))

    def edit(self) -> None:
        """Type into the current cell."""
        self.view.edit_current()

    def unfold(self) -> None:
        """Unfold everything."""
        self.view.expandAll()

    def fold(self) -> None:
        """Fold everything but the goals, and stay at the goal one is in."""
        goal = self.tree.goal(self.here)
        self.view.collapseAll()
        if goal:
            self.view.go(self.tree.find_goal(goal.number))

    # -- the clipboard --------------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the rectangle around the selected cells."""
        if self.view.selected_cells():
            QGuiApplication.clipboard().setText(indicator_clipboard.copied(self.view))

    def cut(self) -> None:
        """Copy the selected cells, then empty them."""
        self.copy()
        self.clear()

    def paste(self) -> None:
        """Write the clipboard into the selected cells, from the first on, or below a heading."""
        block = pasted.cells()
        if not block or not self.here.isValid():
            return
        form, cells = self.work.form, indicator_clipboard.selected(self.view)
        if len(block) == 1 and len(block[0]) == 1 and len(cells) > 1:
            self.work.do(pasting.fill_cells(form, cells, block[0][0]))
        elif self.tree.line(self.here):
            self.work.do(indicator_clipboard.over_lines(block, form, self.view))
        else:
            self.focus(indicator_clipboard.below_heading(block, form, self.view))


_A = IndicatorActions
COMMANDS = (
    Command("add_indicator", "添加指标", "plus", "Ins", _A.add_indicator, _A.has_indicators),
    Command("add_goal", "添加目标", "plus", "", _A.add_goal),
    Command("duplicate", "复制一份", "copy", "Ctrl+D", _A.duplicate, _A.is_somewhere),
    Command("remove", "删除", "trash-2", "Ctrl+Del", _A.remove, _A.is_somewhere),
    Command("up", "上移", "arrow-up", "Alt+Up", lambda self: self.shift(-1), _A.is_somewhere),
    Command("down", "下移", "arrow-down", "Alt+Down", lambda self: self.shift(1), _A.is_somewhere),
    Command("complete", "补上缺的一侧", "wrench", "Ctrl+B", _A.complete, _A.lacks_a_side),
    Command("edit", "修改", "", "", _A.edit, _A.is_somewhere),
    Command("sides", "长期、年度分别填写", "", "", _A.sides, _A.is_shared),
    Command(
        "remove_annual", "只删年度一侧", "", "",
        lambda self: self.remove_side(Horizon.ANNUAL), _A.has_both_sides,
    ),
    Command(
        "remove_long_term", "只删长期一侧", "", "",
        lambda self: self.remove_side(Horizon.LONG_TERM), _A.has_both_sides,
    ),
    Command("cut", "剪切", "", "Ctrl+X", _A.cut),
    Command("copy", "复制单元格", "clipboard", "Ctrl+C", _A.copy, writes=False),
    Command("paste", "粘贴", "clipboard-check", "Ctrl+V", _A.paste),
    Command("clear", "清除内容", "", "Del", _A.clear),
    Command("unfold", "全部展开", "", "Ctrl+Shift+Down", _A.unfold, writes=False),
    Command("fold", "收起到目标", "", "Ctrl+Shift+Up", _A.fold, writes=False),
)  # fmt: skip
