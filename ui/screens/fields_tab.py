"""A page of fields, choices and tables in printed order; what is short stands side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kpiapp.model.edit import SetValue
from kpiapp.model.problem import Place, Problem
from kpiapp.services.findings import excusing
from kpiapp.services.forms.editing import set_field, set_head
from ui.models.problem_marks import worst
from ui.widgets import parts, style
from ui.widgets.choice_boxes import ChoiceBoxes
from ui.widgets.empty import EmptyState
from ui.widgets.growing_text import FieldLine, GrowingText
from ui.widgets.in_sight import bring_into_sight
from ui.widgets.keyboard import next_by_tab
from ui.widgets.mark import Mark
from ui.widgets.table_pane import TablePane

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpiapp.model.edit import Edit
    from kpiapp.services.forms.outline import Item, Line
    from ui.screens.work import Work

BY_TAB: Final = Qt.FocusReason.TabFocusReason
WIDEST: Final = 1040
"""Lines wider than this are hard to read; the page keeps to the left."""
LABEL_WIDTH: Final = 136
CELL: Final = 4
"""So many words has the path of a cell: tables, label, row, column."""
HEADS: Final = ("title", "filled_on")
HEAD_WORDS: Final = {
    "标题": "title",
    "表名": "title",
    "填报日期": "filled_on",
    "申报日期": "filled_on",
}
"""What places call the attributes of the form itself."""

Section = tuple[str, "Sequence[Line]"]


class FieldsTab(QScrollArea):
    """Shows sections of a form, each with a heading, and takes you to any field of them."""

    finished = Signal()
    """Tab was pressed in the last field."""

    def __init__(self, work: Work, name: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.work = work
        self._empty = empty
        self.inputs: dict[str, FieldLine | GrowingText | ChoiceBoxes | TablePane] = {}
        self._marks: dict[str, Mark] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    # -- building -------------------------------------------------------------------------------

    def show_sections(self, sections: Sequence[Section], note: str = "") -> None:
        """Show the open form's fields from scratch, below a note that stands for all of them."""
        self.inputs, self._marks = {}, {}
        sections = [section for section in sections if section[1]]
        if not sections:
            self.setWidget(EmptyState(f"{self.objectName()}Empty", self._empty))
            return
        page = QWidget()
        style.class_of(page, "pane")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QVBoxLayout(page)
        outer.setContentsMargins(style.STEP * 3, style.STEP * 2, style.STEP * 3, style.STEP * 3)
        outer.setSpacing(style.STEP)
        if note:
            outer.addWidget(parts.soft(note, f"{self.objectName()}Note"))
        for title, lines in sections:
            if title:
                outer.addWidget(_heading(title))
            outer.addWidget(self._section(lines))
        outer.addStretch()
        self.setWidget(page)
        self.show_problems(excusing.counting(self.work.session, self.work.form.id))

    def _section(self, lines: Iterable[Line]) -> QWidget:
        box = QWidget()
        box.setMaximumWidth(WIDEST)
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.STEP)
        grid.setVerticalSpacing(style.STEP)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(3, style.STEP)
        grid.setColumnStretch(6, 1)
        for row, line in enumerate(lines):
            if line[0].what == "table":
                pane = TablePane(self.work, line[0].label)
                self.inputs[line[0].label] = pane
                grid.addWidget(pane, row, 0, 1, 7)
                continue
            for n, item in enumerate(line[:2]):
                self._place(grid, row, 4 * n, item, wide=len(line) == 1)
        return box

    def _place(self, grid: QGridLayout, row: int, column: int, item: Item, *, wide: bool) -> None:
        """Put label, mark and input of an item into a row of the grid."""
        made = self._input(item)
        self.inputs[item.label] = made
        mark = self._marks[item.label] = Mark(item.label)
        label = QLabel(item.title)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        label.setMinimumHeight(style.ROW)
        label.setFixedWidth(LABEL_WIDTH)
        label.setBuddy(made)
        style.class_of(label, "soft")
        top = Qt.AlignmentFlag.AlignTop
        middle = Qt.AlignmentFlag.AlignVCenter
        where = top if isinstance(made, GrowingText) else middle
        grid.addWidget(label, row, column, where | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(mark, row, column + 1, where)
        grid.addWidget(made, row, column + 2, 1, 5 if wide else 1, where)

    def _input(self, item: Item) -> FieldLine | GrowingText | ChoiceBoxes:
        if item.what == "choice":
            return ChoiceBoxes(self.work, item.label)
        made = GrowingText(item.title, least=2) if item.long else FieldLine(item.title)
        made.setObjectName(f"{item.what}_{item.label}")
        made.setReadOnly(self.work.read_only)
        made.show_text(self._text(item.label))
        made.written.connect(lambda text: self._write(item, text))
        made.installEventFilter(self)
        return made

    def _text(self, label: str) -> str:
        form = self.work.form
        return (getattr(form, label) or "") if label in HEADS else form.fields[label]

    def _write(self, item: Item, text: str) -> None:
        form = self.work.form
        if item.what == "head":
            self.work.do(set_head(form, item.label, text))
        else:
            self.work.do(set_field(form, item.label, text))

    # -- keeping step ---------------------------------------------------------------------------

    def refresh(self, edits: Iterable[Edit]) -> bool:
        """Show again what edits touch; return whether the page must be built anew."""
        paths = {edit.path for edit in edits}
        for path in paths:
            if path in {
                ("fields",),
                ("choices",),
                ("tables",),
                ("layout",),
                ("amount_unit",),
            } or path[2:] == ("options",):
                return True
            label = str(path[0] if path[0] in HEADS else path[1] if len(path) > 1 else "")
            made = self.inputs.get(label)
            if isinstance(made, FieldLine | GrowingText) and path[0] in (*HEADS, "fields"):
                made.show_text(self._text(label))
            elif isinstance(made, (ChoiceBoxes, TablePane)):
                made.refresh()
        return False

    def follow(self, edits: Iterable[Edit]) -> None:
        """Go to the cell that undo or redo has changed in the table where the keyboard is."""
        for edit in edits:
            pane = self.inputs.get(str(edit.path[1])) if len(edit.path) == CELL else None
            if isinstance(pane, TablePane) and isinstance(edit, SetValue):
                _, _, row_id, column = edit.path
                pane.follow(str(row_id), int(column))
                return

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Mark the fields that problems sit on."""
        found: dict[str, list[Problem]] = {}
        for problem in problems:
            if problem.place.field:
                found.setdefault(key_of(problem.place.field), []).append(problem)
        for label, mark in self._marks.items():
            here = found.get(label, [])
            mark.show_problems(worst(here), [f"{x.severity.label}：{x.message}" for x in here])

    def commit(self) -> None:
        """Write what is being typed."""
        for made in self.inputs.values():
            made.commit()

    # -- going to a place -----------------------------------------------------------------------

    def go_to(self, field: str) -> bool:
        """Go to a field, a choice, or a cell of a table; say whether it is on this page."""
        rest = field.split(" / ")[1:]
        made = self.inputs.get(key_of(field))
        if made is None:
            return False
        if isinstance(made, TablePane):
            made.go_to(rest[0] if rest else "", rest[1] if len(rest) > 1 else "")
        elif isinstance(made, ChoiceBoxes):
            made.focus()
        else:
            made.setFocus()
        if not isinstance(made, TablePane):  # a table brings its cell into sight
            bring_into_sight(made)
        return True

    def focus_first(self) -> None:
        """Put the cursor into the first field that is empty, or else into the first."""
        fields = [x for x in self.inputs.values() if isinstance(x, FieldLine | GrowingText)]
        empty = [x for x in fields if not x.text()]
        for field in (empty or fields)[:1]:
            field.setFocus()

    def enter(self) -> None:
        """Put the keyboard into the first thing to fill in."""
        first = next(iter(self.inputs.values()), self)
        if isinstance(first, ChoiceBoxes):
            first.focus()
        else:
            (first.view if isinstance(first, TablePane) else first).setFocus(BY_TAB)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - as Qt calls it
        """Tell when Tab goes past the last field, which would leave the form for the tools.

        Qt asks this also of a page that is being hidden with the keyboard in it.
        """
        if forward and self.isVisible() and next_by_tab(self) is None:
            self.finished.emit()
            return True
        return super().focusNextPrevChild(forward)

    def current_place(self) -> Place | None:
        """Return the field that has the focus, or None."""
        focus = QApplication.focusWidget()
        for label, made in self.inputs.items():
            if focus is not None and (made is focus or made.isAncestorOf(focus)):
                return Place(self.work.form.id, field=label)
        return None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring a field into sight when Tab reaches it."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            bring_into_sight(watched)
        return super().eventFilter(watched, event)


def key_of(field: str) -> str:
    """Return the key of what a place names: a label, or an attribute of the form itself.

    >>> key_of("项目资金来源 / 合计 / 金额"), key_of("标题")
    ('项目资金来源', 'title')
    """
    label = field.split(" / ", maxsplit=1)[0]
    return HEAD_WORDS.get(label, label)


def _heading(title: str) -> QWidget:
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, style.STEP * 2, 0, 0)
    layout.setSpacing(style.STEP)
    label = QLabel(title)
    style.class_of(label, "heading")
    line = QFrame()
    style.class_of(line, "line")
    line.setMaximumWidth(WIDEST)
    layout.addWidget(label)
    layout.addWidget(line)
    return box
