"""总览: all forms of the year in one table, with what is still to do."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedWidget,
    QTreeView,
    QWidget,
)

from kpiapp.model.form import Kind
from kpiapp.model.money import format_amount
from ui.models.amounts import amount_in_wan
from ui.models.overview_model import FORM_ROLE, OverviewModel
from ui.widgets import parts
from ui.widgets.empty import EmptyState
from ui.widgets.severity_delegate import SeverityDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from kpiapp.services.session import Session

EMPTY = "本年度还没有表。\n用“表 → 新建项目表”新建，或用“文件 → 导入表格”读入。"


class OverviewPage(QWidget):
    """The table of forms; a double click opens one.

    Signals:
        form_chosen: id of the form to open.
    """

    form_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("overviewPage")
        self.setAccessibleName("总览")
        self.title, self.summary = parts.title("总览"), parts.soft()
        self.model = OverviewModel(self)
        self.view = _view(self.model)
        self.view.activated.connect(self._open)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(EmptyState("overviewEmpty", EMPTY))
        layout = parts.column(self)
        for widget in (self.title, self.summary, self._stack):
            layout.addWidget(widget)
        layout.setStretchFactor(self._stack, 1)

    def show_year(self, session: Session, year: int) -> None:
        """Show the forms of a year."""
        self.title.setText(f"{year} 年度总览")
        self.summary.setText(_summary(session, year))
        self.model.show(session, year)
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)

    def _open(self, index: QModelIndex) -> None:
        form_id: Any = index.data(FORM_ROLE)
        if form_id:
            self.form_chosen.emit(form_id)


def _summary(session: Session, year: int) -> str:
    forms = session.forms(year)
    projects = [form for form in forms if form.kind is Kind.PROJECT]
    amounts = [amount for form in projects if (amount := amount_in_wan(form)) is not None]
    parts = [f"{len(forms)} 张表", f"{len(projects)} 个项目"]
    if amounts:
        parts.append(
            f"项目当年预算合计 {format_amount(sum(amounts, Decimal()), thousands=True)} 万元"
        )
    return " · ".join([*parts, session.verdict(year=year)])


def _view(model: OverviewModel) -> QTreeView:
    view = parts.flat_list("overviewTable", "全部表", model)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setItemDelegateForColumn(0, SeverityDelegate(lambda x: model.worst(x.row()), view))
    header = view.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column, width in zip(
        range(1, len(OverviewModel.HEADS)), (96, 120, 56, 56, 56, 56, 56, 128), strict=True
    ):
        header.resizeSection(column, width)
    return view
