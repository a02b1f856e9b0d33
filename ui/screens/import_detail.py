"""One form of an import: its sheet at the left, what was read of it at the right, linked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QSplitter,
    QTabWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs import FIRST_YEAR, LAST_YEAR
from ui.models.import_lines_model import CELL, ImportLinesModel
from ui.widgets import style
from ui.widgets.calm import CalmCombo, CalmSpin
from ui.widgets.columns import Shares
from ui.widgets.paper_view import PaperView

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from PySide6.QtCore import QModelIndex

    from kpiapp.model.edit import Path
    from kpiapp.model.form import Form
    from kpiapp.model.project_list import ProjectList
    from kpiapp.services.files.reading_files import Incoming
    from kpiapp.services.imports.import_lines import Line
    from kpiapp.services.imports.importing import Planned

UNREAD_COLOUR: Final = "#fbdcd8"
CHANGED_COLOUR: Final = "#fdf1d3"
CELL_ROLE: Final = Qt.ItemDataRole.UserRole


class ImportDetail(QWidget):
    """What a person looks at before taking a form over.

    Signals:
        left_out: the path of a value, and whether the person leaves it out.
        year_given: the year that the person gives the form, and whether it holds for all forms
            of the import that name none.
        project_given: the id of the project that the form is to become a year of, "" a new one.
    """

    left_out = Signal(object, bool)
    year_given = Signal(int, bool)
    project_given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importDetail")
        self.paper = PaperView()
        self.paper.setAccessibleName("来件的表")
        self.model = ImportLinesModel(self)
        self.lines = _lines_view(self.model)
        self.unread = _list("importUnread", "没有认出的单元格")
        self.changes = _list("importChanges", "读的时候规整过的文字")
        self.tabs = QTabWidget()
        self.tabs.setObjectName("importTabs")
        self.tabs.setAccessibleName("读到的内容")
        self.tabs.setDocumentMode(True)
        for widget in (self.lines, self.unread, self.changes):
            self.tabs.addTab(widget, widget.accessibleName())
        self.different = QCheckBox("只看与库里不同的")
        self.different.setObjectName("importDifferent")
        self.different.setAccessibleName(self.different.text())
        self.different.toggled.connect(self._show_lines)
        self._shown: tuple[list[Line], Collection[Path]] = ([], ())
        self._make_year()
        self.project_label, self.project = QLabel("作为项目"), CalmCombo()
        self.project.setObjectName("importProject")
        self.project.setAccessibleName("作为哪个项目的这一年")
        self.project.setToolTip(
            "这张表是目标库里哪个项目的这一年；改了名的在这里选，也可以是新项目"
        )
        self.project.activated.connect(
            lambda _row: self.project_given.emit(self.project.currentData())
        )
        self._lay_out()
        self._link()

    def _make_year(self) -> None:
        self.year = CalmSpin(FIRST_YEAR, LAST_YEAR, " 年")
        self.year.setObjectName("importYear")
        self.year.setAccessibleName("年度")
        self.year.setKeyboardTracking(False)
        self.year.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.year_hint = QLabel()
        self.year_hint.setObjectName("importYearHint")
        self.year_ok, self.year_all = QPushButton("就是这一年"), QPushButton("没写年度的都用它")
        for button, name in ((self.year_ok, "importYearOk"), (self.year_all, "importYearAll")):
            button.setObjectName(name)
            button.setAccessibleName(button.text())
        self.year.valueChanged.connect(lambda year: self.year_given.emit(year, False))
        self.year_ok.clicked.connect(lambda: self.year_given.emit(self.year.value(), False))
        self.year_all.clicked.connect(lambda: self.year_given.emit(self.year.value(), True))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for widget in (QLabel("年度"), self.year, self.year_hint, self.year_ok, self.year_all):
            top.addWidget(widget)
        top.addWidget(self.project_label)
        top.addWidget(self.project)
        top.addStretch(1)
        top.addWidget(self.different)
        self._top = QWidget()
        self._top.setLayout(top)
        top.setContentsMargins(0, 0, 0, 0)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setObjectName("importAcross")
        split.addWidget(self.paper)
        split.addWidget(self.tabs)
        split.setSizes([520, 520])
        split.setChildrenCollapsible(False)
        self.split = split
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.STEP)
        layout.addWidget(self._top)
        layout.addWidget(split, 1)

    def _link(self) -> None:
        self.model.left_out.connect(self.left_out)
        self.lines.selectionModel().currentChanged.connect(self._line_chosen)
        self.lines.entered.connect(self._line_hovered)
        self.paper.hovered.connect(self._cell_hovered)
        self.paper.chosen.connect(self._cell_chosen)
        for view in (self.unread, self.changes):
            view.currentItemChanged.connect(self._item_chosen)

    # -- what is shown ------------------------------------------------------------------------

    def clear(self) -> None:
        """Show nothing."""
        self.setEnabled(False)
        self.paper.show_sheet(None)
        self._shown = ([], ())
        self._show_lines()
        self._fill(None)

    def _show_project(self, item: Planned) -> None:
        """Offer the projects that a new form may be a year of."""
        joining = item.joining
        for widget in (self.project_label, self.project):
            widget.setVisible(joining is not None)
        self.project.clear()
        if joining is None:
            return
        for one in joining.options:
            self.project.addItem(f"{one.name}　{one.likeness:.0%}", one.project.id)
        self.project.addItem("新项目", "")
        found = self.project.findData(joining.project.id if joining.name else "")
        self.project.setCurrentIndex(found)

    def show_item(self, item: Planned, stored: Form | None, left_out: Collection[Path]) -> None:
        """Show a form of the import, beside the stored form that it changes (None for a new one).

        `left_out` holds the values that the person leaves out, and is read whenever one is drawn.
        """
        from kpiapp.services.exports import preview
        from kpiapp.services.imports.import_lines import lines_of

        self.setEnabled(True)
        self._show_project(item)
        draft = item.incoming.draft
        self.paper.show_sheet(preview.lay_out(draft.grid) if draft else None)
        self.paper.verticalScrollBar().setValue(0)
        self.paper.setVisible(draft is not None)
        self._shown = (lines_of(item, stored), left_out)
        self.different.setVisible(stored is not None)
        self._show_lines()
        self._fill(item.incoming)
        self._show_year(item)

    def show_list(self, item: Incoming, stored: ProjectList | None) -> None:
        """Show a 表10 of the import, beside the list in whose place it comes (None for a new one).

        It is taken over whole: its year is told, and asked for where its forms are.
        """
        from kpiapp.services.exports import preview
        from kpiapp.services.imports.list_lines import lines_of_list

        new, draft = item.project_list, item.list_draft
        assert new
        self.setEnabled(True)
        for widget in (self.project_label, self.project, self.year_ok, self.year_all):
            widget.setVisible(False)
        with QSignalBlocker(self.year):
            self.year.setValue(new.year)
        self.year.setEnabled(False)
        self.year_hint.setText("表上没有写年度，请核对" if draft and draft.year_assumed else "")
        self.paper.show_sheet(preview.lay_out(draft.grid) if draft else None)
        self.paper.setVisible(draft is not None)
        self._shown = (lines_of_list(new, stored), ())
        self.different.setVisible(stored is not None)
        self._show_lines()
        self._fill(item)

    @Slot()
    def _show_lines(self) -> None:
        """List the values: all of them, or those that differ from the library."""
        only = self.different.isChecked() and not self.different.isHidden()
        lines, left_out = self._shown
        self.model.show(lines, left_out, only_different=only)
        for row in self.model.headings():
            self.lines.setFirstColumnSpanned(row, self.lines.rootIndex(), True)

    def _show_year(self, item: Planned) -> None:
        draft = item.incoming.draft
        assumed = bool(draft and draft.year_assumed)
        with QSignalBlocker(self.year):
            self.year.setValue(item.form.year)
        self.year.setEnabled(draft is not None)
        self.year_hint.setText("表上没有写年度，请核对" if assumed else "")
        style.class_of(self.year_hint, "bad" if assumed else "soft")
        self.year_ok.setVisible(assumed)
        self.year_all.setVisible(assumed)

    def _fill(self, incoming: Incoming | None) -> None:
        draft = (incoming.draft or incoming.list_draft) if incoming else None
        unread = draft.unread if draft else []
        changes = draft.changes if draft else []
        notes = [("", note) for note in draft.notes] if draft else []
        _put(self.unread, [*notes, *((x.cell, x.text) for x in unread)])
        _put(self.changes, [(x.cell, f"“{x.before}” 读作 “{x.after}”") for x in changes])
        self.tabs.setTabText(1, f"没有认出（{len(unread)}）")
        self.tabs.setTabText(2, f"规整（{len(changes)}）")
        marks = {x.cell: CHANGED_COLOUR for x in changes if x.cell}
        self.paper.mark(marks | {x.cell: UNREAD_COLOUR for x in unread})

    # -- sheet and values ---------------------------------------------------------------------

    def _line_chosen(self, index: QModelIndex) -> None:
        cell = self.model.cell(index.row())
        if cell:
            self.paper.point_at(cell)

    def _line_hovered(self, index: QModelIndex) -> None:
        cell = self.model.cell(index.row())
        if cell:
            self.paper.point_at(cell, reveal=False)

    def _item_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(CELL_ROLE):
            self.paper.point_at(item.data(CELL_ROLE))

    def _cell_hovered(self, cell: str) -> None:
        row = self.model.row_of(cell)
        text = f"{cell}：{self._said_of(cell, row)}" if cell else ""
        self.paper.viewport().setToolTip(text)

    def _said_of(self, cell: str, row: int) -> str:
        if row >= 0:
            said: str = self.model.index(row, 0).data()
            return f"读作“{said}”"
        unread = any(
            self.unread.item(n).data(CELL_ROLE) == cell for n in range(self.unread.count())
        )
        return "没有认出" if unread else "表头、标签或说明"

    def _cell_chosen(self, cell: str) -> None:
        """Show what was read from the cell that was clicked in the sheet."""
        row = self.model.row_of(cell)
        self.paper.point_at(cell, reveal=False)
        if row >= 0:
            self.tabs.setCurrentWidget(self.lines)
            index = self.model.index(row, CELL)
            self.lines.setCurrentIndex(index)
            self.lines.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
            return
        for view in (self.unread, self.changes):
            for number in range(view.count()):
                if view.item(number).data(CELL_ROLE) == cell:
                    self.tabs.setCurrentWidget(view)
                    view.setCurrentRow(number)
                    return


def _lines_view(model: ImportLinesModel) -> QTreeView:
    view = QTreeView()
    view.setObjectName("importLines")
    view.setAccessibleName("内容")
    view.setModel(model)
    view.setRootIsDecorated(False)
    view.setUniformRowHeights(True)
    view.setMouseTracking(True)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    Shares(view, dict(enumerate((26, 32, 20, 10, 12))))
    return view


def _list(name: str, text: str) -> QListWidget:
    view = QListWidget()
    view.setObjectName(name)
    view.setAccessibleName(text)
    view.setWordWrap(True)
    return view


def _put(view: QListWidget, rows: Iterable[tuple[str, str]]) -> None:
    view.clear()
    for cell, text in rows:
        item = QListWidgetItem(f"{cell}　{text}" if cell else text)
        item.setData(CELL_ROLE, cell)
        view.addItem(item)
    if not view.count():
        nothing = QListWidgetItem("没有。")
        nothing.setFlags(Qt.ItemFlag.NoItemFlags)
        view.addItem(nothing)
