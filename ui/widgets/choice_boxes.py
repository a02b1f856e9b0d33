"""A group of tick boxes as printed, with what is written beside a box."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from kpiapp.model.problem import Severity
from kpiapp.services.forms.editing import set_beside, tick
from kpiapp.services.forms.wording import beside_fault
from ui.widgets import style
from ui.widgets.growing_text import FieldLine
from ui.widgets.mark import Mark

if TYPE_CHECKING:
    from ui.screens.work import Work

BRACKET = re.compile(r"[(（]([^)）]*年[^)）]*)[)）]\s*$")
"""What may be filled in behind an option: (从 年至 年)."""


class ChoiceBoxes(QWidget):
    """One choice of the open form; ticking one box takes the tick off the others."""

    def __init__(self, work: Work, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"choice_{label}")
        self.setAccessibleName(label)
        self.work, self.label = work, label
        self.boxes: dict[str, QCheckBox] = {}
        self.beside: dict[str, FieldLine] = {}
        self._marks: dict[str, Mark] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.STEP)
        for option in work.form.choices[label].options:
            self._add(option, layout)
        layout.addStretch()
        self.refresh()

    def _add(self, option: str, layout: QHBoxLayout) -> None:
        bracket = BRACKET.search(option)
        box = QCheckBox(option[: bracket.start()] if bracket else option)
        box.setObjectName(f"box_{self.label}_{option}")
        box.setAccessibleName(f"{self.label}：{option}")
        box.setEnabled(not self.work.read_only)
        box.clicked.connect(lambda ticked: self._tick(option, ticked=ticked))
        layout.addWidget(box)
        self.boxes[option] = box
        if bracket:
            layout.addWidget(self._line(option, bracket[1]))
            self._marks[option] = Mark(f"beside_{option}")
            layout.addWidget(self._marks[option])
        layout.addSpacing(style.STEP)

    def _line(self, option: str, wanted: str) -> FieldLine:
        line = FieldLine(f"{option}：起止年份")
        line.setObjectName(f"beside_{self.label}_{option}")
        line.setPlaceholderText(wanted)
        line.setReadOnly(self.work.read_only)
        line.setFixedWidth(168)
        line.written.connect(
            lambda text: self.work.do(set_beside(self.work.form, self.label, option, text))
        )
        self.beside[option] = line
        return line

    def _tick(self, option: str, *, ticked: bool) -> None:
        self.work.do(tick(self.work.form, self.label, option, ticked=ticked, only_one=True))
        self.refresh()

    def refresh(self) -> None:
        """Show what the form holds."""
        choice = self.work.form.choices[self.label]
        for option, box in self.boxes.items():
            box.setChecked(option in choice.checked)
        for option, line in self.beside.items():
            text = choice.values.get(option, "")
            line.show_text(text)
            fault = beside_fault(text, needed=option in choice.checked)
            self._marks[option].show_problems(Severity.HINT if fault else None, [fault])

    def commit(self) -> None:
        """Write what is being typed beside a box."""
        for line in self.beside.values():
            line.commit()

    def focus(self) -> None:
        """Put the focus on the ticked box, or the first."""
        ticked = [box for box in self.boxes.values() if box.isChecked()]
        next(iter([*ticked, *self.boxes.values()]), self).setFocus()
