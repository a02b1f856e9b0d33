"""The pane on the left: the forms of the year, each with its problems and its amount."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from ui.models.navigator_model import ENTRY_ROLE, Entry, NavigatorModel
from ui.widgets import severity_mark, style
from ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpiapp.services.session import Session
    from ui.models.navigator_model import NamedForm

Index = QModelIndex | QPersistentModelIndex
Option = Any  # QStyleOptionViewItem, whose stub lacks its attributes
COUNT_WIDTH: Final = 28
MARK_WIDTH: Final = 16
EMPTY: Final = "新建或导入的表列在这里。"


class EntryDelegate(QStyledItemDelegate):
    """Draws one row: mark, name, amount, count; a heading in small letters."""

    def sizeHint(self, option: Option, index: Index) -> QSize:
        """Return the row height of the whole program, a little more above a heading."""
        entry: Entry = index.data(ENTRY_ROLE)
        return QSize(120, style.ROW if entry.form else style.ROW + style.STEP)

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        """Draw the row."""
        entry: Entry = index.data(ENTRY_ROLE)
        if entry.form is None:
            _paint_heading(painter, option.rect, entry.name)
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(style.ACCENT_SOFT if chosen else style.HOVER))
        if chosen:
            painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())),
                             QColor(style.ACCENT))  # fmt: skip
        _paint_entry(painter, option.rect, entry)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(style.ACCENT))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


def _paint_heading(painter: QPainter, box: QRect, text: str) -> None:
    painter.setFont(style.font(0.9))
    painter.setPen(QColor(style.TEXT_SOFT))
    painter.drawText(
        box.adjusted(style.STEP * 2, 0, 0, -4),
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom,
        text,
    )


def _paint_entry(painter: QPainter, row: QRect, entry: Entry) -> None:
    middle = Qt.AlignmentFlag.AlignVCenter
    box = row.adjusted(style.STEP * 2, 0, -style.STEP, 0)
    mark = QRectF(box.left(), box.top(), MARK_WIDTH, box.height())
    severity_mark.paint(painter, mark, entry.worst)
    box.setLeft(box.left() + MARK_WIDTH + style.STEP)
    painter.setFont(style.font(bold=not entry.inner))
    if entry.count:
        painter.setPen(QColor(style.SEVERITY_COLOURS[entry.worst] if entry.worst else style.TEXT))
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, str(entry.count))
    box.setRight(box.right() - COUNT_WIDTH)
    small = style.font(0.9)
    painter.setPen(QColor(style.TEXT))
    room = box.width() - QFontMetrics(small).horizontalAdvance(entry.amount) - style.STEP
    name = painter.fontMetrics().elidedText(entry.name, Qt.TextElideMode.ElideRight, room)
    painter.drawText(box, middle | Qt.AlignmentFlag.AlignLeft, name)
    painter.setFont(small)
    painter.setPen(QColor(style.TEXT_SOFT))
    painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, entry.amount)


class Navigator(QWidget):
    """The list of forms with the buttons to the two pages that speak of all of them.

    Signals:
        form_chosen: id of the form to show.
        overview_wanted: the page 总览.
        review_wanted: the page 审核.
    """

    form_chosen = Signal(str)
    overview_wanted = Signal()
    review_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigator")
        self.setAccessibleName("导航")
        self.model = NavigatorModel(self)
        self._told_to_choose = False
        self.view = _view()
        self.view.setModel(self.model)
        self.empty = EmptyState("navigatorEmpty", EMPTY)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self.overview_button = _button("总览", "layout-dashboard", "全部表的金额、问题与进度")
        self.review_button = _button("审核", "clipboard-check", "逐条查看全部表的问题")
        self.overview_button.clicked.connect(self.overview_wanted)
        self.review_button.clicked.connect(self.review_wanted)
        self.view.selectionModel().currentChanged.connect(self._chosen)
        self._lay_out()

    def _lay_out(self) -> None:
        title = QLabel("导航")
        title.setObjectName("navigatorTitle")
        style.class_of(title, "heading")
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 8, 6)
        top.setSpacing(0)
        top.addWidget(title, 1)
        top.addWidget(self.overview_button)
        top.addWidget(self.review_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)  # above: below, the buttons would move when the problems hide
        layout.addWidget(self._stack, 1)
        style.class_of(self, "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    # -- what the window calls ----------------------------------------------------------------

    def show_year(self, session: Session, year: int) -> None:
        """List the forms of a year; nothing is chosen yet."""
        self.model.show(session, year)
        self._stack.setCurrentWidget(self.view if self.model.rowCount() else self.empty)

    def show_names(self, forms: Iterable[NamedForm]) -> None:
        """List the names of forms, before anything is known of them."""
        self.model.show_names(forms)
        self._stack.setCurrentWidget(self.view if self.model.rowCount() else self.empty)

    def clear(self) -> None:
        """Show that no library is open."""
        self.model.clear()
        self._stack.setCurrentWidget(self.empty)

    def choose(self, form_id: str) -> None:
        """Mark a form as the one that is shown, without telling that it was chosen."""
        index = self.model.index_of(form_id)
        self._told_to_choose = True
        self.view.setCurrentIndex(index)
        if not index.isValid():
            self.view.clearSelection()
        self._told_to_choose = False

    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        entry: Entry | None = index.data(ENTRY_ROLE)
        if entry and entry.form and not self._told_to_choose:
            self.form_chosen.emit(entry.form)


class FormList(QListView):
    """A list whose rows keep their height: a changed row is drawn again and nothing else."""

    def dataChanged(self, first: Index, last: Index, roles: Any = ()) -> None:
        """Draw the changed rows; Qt's own would lay out the whole list."""
        for row in range(first.row(), last.row() + 1):
            self.update(self.model().index(row, 0))


def _view() -> QListView:
    view = FormList()
    view.setObjectName("navigatorList")
    view.setAccessibleName("本年度的表")
    view.setItemDelegate(EntryDelegate(view))
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setMouseTracking(True)
    return view


def _button(text: str, icon: str, tip: str) -> QPushButton:
    button = QPushButton(style.icon(icon), text)
    button.setObjectName(f"navigator{text}")
    button.setAccessibleName(text)
    button.setToolTip(tip)
    style.class_of(button, "quiet")
    button.setCheckable(True)
    return button
