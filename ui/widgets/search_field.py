"""The search-or-command field: type a few characters, jump to a form, an indicator or a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QVBoxLayout,
)

from kpiapp.services.initials import initials
from ui.widgets import painting, style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QFocusEvent, QPainter
    from PySide6.QtWidgets import QWidget

Index = QModelIndex | QPersistentModelIndex
Option = Any  # QStyleOptionViewItem, whose stub lacks its attributes
MOST_SHOWN: Final = 12
HINT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
WIDTH: Final = 420


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be found.

    Attributes:
        text: its name, which is searched.
        hint: where it is, or its shortcut.
        go: what choosing it does.
        icon: of `resources/icons`.
    """

    text: str
    hint: str
    go: Callable[[], object]
    icon: str = ""


class HintDelegate(QStyledItemDelegate):
    """A name at the left, and in grey at the right where it is."""

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        """Draw both; the name gives way."""
        painting.background(painter, option)
        hint = str(index.data(HINT_ROLE) or "")
        painter.setFont(option.font)
        box = option.rect.adjusted(style.STEP, 0, -style.STEP, 0)
        painting.text(painter, box, hint, style.TEXT_SOFT, Qt.AlignmentFlag.AlignRight)
        room = option.fontMetrics.horizontalAdvance(hint) + style.STEP
        painting.text(painter, box.adjusted(0, 0, -room, 0), str(index.data() or ""))


def find(targets: Iterable[Target], words: str) -> list[Target]:
    """Return the targets that hold all the words, those that begin with the first one first.

    A word of letters is also looked for among the first letters of the pinyin.
    """
    parts = words.casefold().split()
    found = [x for x in targets if all(_holds(x.text.casefold(), part) for part in parts)]
    if parts:
        found.sort(key=lambda x: (x.text.casefold().find(parts[0]) > 0, len(x.text)))
    return found[:MOST_SHOWN]


def _holds(text: str, part: str) -> bool:
    if part in text:
        return True
    return part.isascii() and part.isalpha() and part in initials(text)


class SearchField(QLineEdit):
    """A line with a list below it that is open while something is typed."""

    def __init__(self, targets: Callable[[], Sequence[Target]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("searchField")
        self.setAccessibleName("搜索或命令")
        self.setPlaceholderText("搜索或命令  Ctrl+K")
        self.setToolTip("跳到一张表、一条指标，或执行一个命令（Ctrl+K）")
        self.setClearButtonEnabled(True)
        self._targets = targets
        self._found: list[Target] = []
        self._before: QWidget | None = None
        self._popup, self.list = _popup(parent.window())
        self.list.itemClicked.connect(lambda _item: self.accept())
        self.textChanged.connect(self._search)
        self.installEventFilter(self)

    def open(self) -> None:
        """Take the keyboard and offer everything."""
        self._before = self.window().focusWidget()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._search(self.text())

    def accept(self) -> None:
        """Go to the marked target."""
        row = self.list.currentRow()
        target = self._found[row] if 0 <= row < len(self._found) else None
        self._leave()
        if target:
            # After this event, for the target may close the very window the key came from.
            QTimer.singleShot(0, target.go)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while the text is being typed."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        return self._key(event.key()) or super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        match key:
            case Qt.Key.Key_Down:
                self._move(1)
            case Qt.Key.Key_Up:
                self._move(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.accept()
            case Qt.Key.Key_Escape:
                self._leave()
            case _:
                return False
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Offer targets when the field is clicked."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self._search(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list when the person goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._popup.hide()

    def _leave(self) -> None:
        self._popup.hide()
        self.clear()
        self._popup.hide()
        if self._before:
            self._before.setFocus()

    def _move(self, by: int) -> None:
        count = self.list.count()
        if count:
            self.list.setCurrentRow((self.list.currentRow() + by) % count)

    def _search(self, words: str) -> None:
        if not self.hasFocus():
            return
        self._found = find(self._targets(), words)
        self.list.clear()
        for target in self._found:
            item = QListWidgetItem(target.text)
            item.setData(HINT_ROLE, target.hint)
            item.setToolTip(f"{target.text}\n{target.hint}")
            self.list.addItem(item)
        if not self._found:
            nothing = QListWidgetItem("没有找到。换几个字试试。")
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.list.setCurrentRow(0)
        self._place()

    def _place(self) -> None:
        """Put the list under the field, its right edges in line."""
        window = self.window()
        width = max(WIDTH, self.width())
        corner = self.mapTo(window, QPoint(self.width() - width, self.height() + 4))
        height = self.list.count() * (style.ROW + 2) + 16
        self._popup.setGeometry(max(8, corner.x()), corner.y(), width, height)
        self._popup.raise_()
        self._popup.show()


def _popup(window: QWidget) -> tuple[QFrame, QListWidget]:
    frame = QFrame(window)
    frame.setObjectName("searchPopup")
    style.class_of(frame, "popup")
    results = QListWidget()
    results.setObjectName("searchResults")
    results.setAccessibleName("搜索结果")
    results.setItemDelegate(HintDelegate(results))
    results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(4, 4, 4, 4)
    layout.addWidget(results)
    frame.hide()
    return frame, results
