"""The texts of one goal, long-term and annual side by side, above its indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from kpiapp.model.form import Horizon
from kpiapp.services.forms.editing import set_goal_text, set_goal_until
from ui.widgets import style
from ui.widgets.growing_text import FieldLine, GrowingText

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpiapp.model.form import Form, Goal
    from kpiapp.services.forms.editing import Change
    from kpiapp.services.forms.lines import GoalLines

MOST_LINES = 4
SIDES = (Horizon.LONG_TERM, Horizon.ANNUAL)


class GoalPane(QWidget):
    """Shows and changes the texts of the goal that the person is in."""

    def __init__(self, do: Callable[[Change], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("goalPane")
        self._do = do
        self._form: Form | None = None
        self._goal: GoalLines | None = None
        self._heads = {side: QLabel() for side in SIDES}
        self._texts = {side: self._text(side) for side in SIDES}
        self._until = self._until_field()
        self._until_box = QWidget()
        self._lay_out()

    def _text(self, side: Horizon) -> GrowingText:
        text = GrowingText(f"{side.label}目标", least=2, most=MOST_LINES)
        text.setObjectName(f"goalText_{side.value}")
        text.setPlaceholderText(f"写{side.label}目标：要做成什么，做到什么程度")
        text.written.connect(lambda value: self._write(side, value))
        return text

    def _until_field(self) -> FieldLine:
        until = FieldLine("长期目标截止年份")
        until.setObjectName("goalUntil")
        until.setToolTip("长期目标到哪一年为止")
        until.setFixedWidth(64)
        until.setValidator(QIntValidator(0, 9999, until))
        until.written.connect(self._write_until)
        return until

    def _lay_out(self) -> None:
        self._until_box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self._until_box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(style.STEP // 2)
        for part in (QLabel("截止"), self._until, QLabel("年")):
            line.addWidget(part)
        layout = QGridLayout(self)
        layout.setContentsMargins(style.STEP * 2, style.STEP, style.STEP * 2, style.STEP)
        layout.setHorizontalSpacing(style.STEP * 2)
        layout.setVerticalSpacing(style.STEP // 2)
        top = QHBoxLayout()
        top.setSpacing(style.STEP * 2)
        top.addWidget(self._heads[Horizon.LONG_TERM])
        top.addWidget(self._until_box)
        top.addStretch()
        layout.addLayout(top, 0, 0)
        layout.addWidget(self._heads[Horizon.ANNUAL], 0, 1)
        layout.addWidget(self._texts[Horizon.LONG_TERM], 1, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._texts[Horizon.ANNUAL], 1, 1, Qt.AlignmentFlag.AlignTop)
        for head in self._heads.values():
            style.class_of(head, "soft")
            head.setMinimumHeight(style.ROW)

    def show_goal(self, form: Form, goal: GoalLines | None, *, read_only: bool) -> None:
        """Show the texts of a goal; what is being typed for another is written first."""
        if goal is None or self._goal is None or goal.number != self._goal.number:
            self.commit()
        self._form, self._goal = form, goal
        self.setVisible(goal is not None and any(goal.side(side) for side in SIDES))
        for side in SIDES:
            self._show_side(side, goal.side(side) if goal else None, read_only=read_only)

    def _show_side(self, side: Horizon, goal: Goal | None, *, read_only: bool) -> None:
        head, text = self._heads[side], self._texts[side]
        head.setVisible(goal is not None)
        text.setVisible(goal is not None)
        self._stretch(side, 1 if goal else 0)
        if goal and self._goal:
            head.setText(goal_head(self._goal, goal, several=self._several()))
            text.setReadOnly(read_only)
            text.show_text(goal.text)
        if side is Horizon.LONG_TERM:
            self._until_box.setVisible(goal is not None)
            self._until.setReadOnly(read_only)
            self._until.show_text(str(goal.until) if goal and goal.until else "")

    def _several(self) -> bool:
        return self._form is not None and len({goal.number for goal in self._form.goals}) > 1

    def _stretch(self, side: Horizon, by: int) -> None:
        layout = self.layout()
        assert isinstance(layout, QGridLayout)
        layout.setColumnStretch(0 if side is Horizon.LONG_TERM else 1, by)

    def focus_text(self, side: Horizon) -> None:
        """Put the cursor into the text of one side, or of the one that is there."""
        text = self._texts[side]
        if self._goal and not self._goal.side(side):
            text = self._texts[side.other]
        text.setFocus()

    def focus_until(self) -> None:
        """Put the cursor into the year in which the long-term goal ends."""
        self._until.setFocus()
        self._until.selectAll()

    def side_with_focus(self) -> Horizon | None:
        """Return the side whose text is being written, or None."""
        return next((side for side, text in self._texts.items() if text.hasFocus()), None)

    def commit(self) -> None:
        """Write what is being typed."""
        for text in self._texts.values():
            text.commit()
        self._until.commit()

    def _write(self, side: Horizon, text: str) -> None:
        goal = self._goal.side(side) if self._goal else None
        if self._form and goal:
            self._do(set_goal_text(self._form, goal.id, text))

    def _write_until(self, text: str) -> None:
        goal = self._goal.long_term if self._goal else None
        if self._form and goal:
            self._do(set_goal_until(goal, int(text) if text else None))


def goal_head(goal: GoalLines, side: Goal, *, several: bool) -> str:
    """Return the heading of a goal's text: as printed, but always saying which years it is for."""
    number = str(goal.number) if several else ""
    if goal.side(side.horizon.other) is None and side.label:
        return side.label if side.label.endswith(number) else f"{side.label}{number}"
    return f"{side.horizon.label}目标{number}"
