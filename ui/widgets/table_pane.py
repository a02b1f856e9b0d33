"""An inner table with its title, what can be done to its rows, and what its amounts add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from kpiapp.services.forms import pasting, tables
from ui.models.table_model import TableModel
from ui.widgets import pasted, style
from ui.widgets.cell_actions import CELLS, add_action
from ui.widgets.keyboard import choose_cell
from ui.widgets.table_view import TableView

if TYPE_CHECKING:
    from ui.screens.work import Work

ACTIONS = (
    ("add", "添加一行", "plus", "Ins"),
    ("duplicate", "复制一行", "copy", "Ctrl+D"),
    ("remove", "删除行", "trash-2", "Ctrl+Del"),
    ("up", "上移", "arrow-up", "Alt+Up"),
    ("down", "下移", "arrow-down", "Alt+Down"),
)


class TablePane(QWidget):
    """One inner table of the open form."""

    def __init__(self, work: Work, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"tablePane_{label}")
        self.work, self.label = work, label
        self.model = TableModel(label, work.do, self)
        self.view = TableView(self.model, self)
        self.sums = QLabel()
        self.sums.setObjectName(f"sums_{label}")
        self.sums.setWordWrap(True)
        self.actions_ = {
            entry[0]: add_action(
                self.view, entry, getattr(self, entry[0]), writable=not work.read_only
            )
            for entry in (*ACTIONS, *CELLS)
        }
        self._lay_out()
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(
            lambda at: self._menu().exec(self.view.viewport().mapToGlobal(at))
        )
        self.show_table()

    def _lay_out(self) -> None:
        title = QLabel(self.label)
        style.class_of(title, "heading")
        row = QHBoxLayout()
        row.setSpacing(style.STEP // 2)
        row.addWidget(title)
        row.addStretch()
        for name, *_ in ACTIONS:
            button = QToolButton()
            button.setDefaultAction(self.actions_[name])
            button.setObjectName(f"{name}_{self.label}")
            button.setAccessibleName(f"{self.label}：{self.actions_[name].text()}")
            button.setIconSize(QSize(16, 16))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes on; each has its own keys
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, style.STEP, 0, style.STEP)
        layout.setSpacing(style.STEP // 2)
        layout.addLayout(row)
        layout.addWidget(self.view)
        layout.addWidget(self.sums)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for group in (CELLS, ACTIONS):
            for name, *_ in group:
                menu.addAction(self.actions_[name])
            menu.addSeparator()
        return menu

    # -- showing --------------------------------------------------------------------------------

    def show_table(self) -> None:
        """Show the table from scratch."""
        self.model.read_only = self.work.read_only
        self.model.show(self.work.form)
        self._show_sums()

    def refresh(self) -> None:
        """Take up a step that touched this table; the current cell is kept."""
        here = self.view.currentIndex()
        row_id = self.model.row_id(here.row()) if here.isValid() else ""
        row, column = here.row(), here.column()
        self.model.refresh()
        self._show_sums()
        if not self.view.currentIndex().isValid() and row >= 0 and self.model.rowCount():
            found = self.model.find(row_id)
            row = found if found >= 0 else min(row, self.model.rowCount() - 1)
            choose_cell(self.view, self.model.index(row, column))

    def follow(self, row_id: str, column: int) -> None:
        """Go to a cell if the keyboard is in this table."""
        if self.view.hasFocus() and self.model.find(row_id) >= 0:
            choose_cell(self.view, self.model.index(self.model.find(row_id), column))

    def _show_sums(self) -> None:
        found = tables.sums(self.work.form, self.label)
        wrong = [one for one in found if one.wrong]
        several = len(found) > 1
        lines = [self._say(one, several=several) for one in wrong or found[:1]]
        self.sums.setText("\n".join(lines) if wrong else lines[0] if len(found) == 1 else
                          "各项合计与各行之和一致" if found else "")  # fmt: skip
        self.sums.setVisible(bool(found))
        style.class_of(self.sums, "bad" if wrong else "soft")

    def _say(self, one: tables.Sum, *, several: bool) -> str:
        head = self.model.head(one.column)
        where = " / ".join(part for part in (one.head, head) if part) if several else ""
        return f"{where}：{one.text()}" if where else one.text()

    def go_to(self, row: str, column: str) -> None:
        """Go to the cell of a row, known by its first filled cells, and of a column's head."""
        index = self.model.index(self._find_row(row), self._find_column(column))
        if index.isValid():
            choose_cell(self.view, index)
        self.view.setFocus()

    def _find_row(self, text: str) -> int:
        table = self.work.form.tables[self.label]
        for n, row in enumerate(table.rows):
            if text and text in (row.cells[0], *row.cells[:2], "".join(row.cells[:2])):
                return n
        return int(text) - 1 if text.isdigit() and 0 < int(text) <= len(table.rows) else 0

    def _find_column(self, text: str) -> int:
        heads = self.work.form.tables[self.label].columns
        return next(
            (n for n, head in enumerate(heads) if text and text in (head, head.rpartition("/")[2])),
            0,
        )

    def commit(self) -> None:
        """Write what is being typed."""
        self.view.commit()

    # -- what can be done -----------------------------------------------------------------------

    def _here(self) -> str | None:
        index = self.view.currentIndex()
        return self.model.row_id(index.row()) if index.isValid() else None

    def _chosen(self) -> list[str]:
        rows = sorted({index.row() for index in self.view.selectedIndexes()})
        return [self.model.row_id(row) for row in rows]

    def _go_row(self, row_id: str | None, column: int) -> None:
        row = self.model.find(row_id or "")
        if row >= 0:
            choose_cell(self.view, self.model.index(row, max(column, 0)))
            self.view.setFocus()

    def add(self) -> None:
        """Add a row below the current one and begin typing in it."""
        change = tables.add_row(self.work.form, self.label, self._here())
        if self.work.do(change):
            self._go_row(change.focus, 0)
            self.view.edit(self.view.currentIndex())

    def duplicate(self) -> None:
        """Copy the chosen rows."""
        if rows := self._chosen():
            change = tables.duplicate_rows(self.work.form, self.label, rows)
            if self.work.do(change):
                self._go_row(change.focus, self.view.currentIndex().column())

    def remove(self) -> None:
        """Remove the chosen rows."""
        if rows := self._chosen():
            self.work.do(tables.remove_rows(self.label, rows))

    def up(self) -> None:
        """Move the current row up."""
        self._shift(-1)

    def down(self) -> None:
        """Move the current row down."""
        self._shift(1)

    def _shift(self, by: int) -> None:
        if row_id := self._here():
            column = self.view.currentIndex().column()
            if self.work.do(tables.shift_row(self.work.form, self.label, row_id, by)):
                self._go_row(row_id, column)

    def copy(self) -> None:
        """Copy the rectangle around the selected cells."""
        pasted.copy_selected(self.view)

    def cut(self) -> None:
        """Copy the selected cells, then empty them."""
        self.copy()
        self.clear()

    def clear(self) -> None:
        """Empty the selected cells."""
        cells = [(self.model.row_id(x.row()), x.column()) for x in self.view.selectedIndexes()]
        self.work.do(tables.clear_table(self.work.form, self.label, cells))

    def paste(self) -> None:
        """Write the clipboard over the cells from the current one on."""
        block = pasted.cells()
        cells = self.view.selectedIndexes()
        row = min((x.row() for x in cells), default=self.model.rowCount())
        column = min((x.column() for x in cells), default=0)
        if block and self.work.do(
            pasting.paste_table(self.work.form, self.label, row, column, block)
        ):
            choose_cell(self.view, self.model.index(row, column))
