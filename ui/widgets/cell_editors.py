"""What a cell is typed into: one line, several lines, or one line for each side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QFrame,
    QGridLayout,
    QLabel,
    QWidget,
)

from kpiapp.model.form import Horizon
from ui.widgets import style
from ui.widgets.text_inputs import LineInput, TextInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

LONG_TEXT = 24
"""From this many characters on a text is typed into several lines."""
MOST_LINES = 8


def is_long(text: str) -> bool:
    """Say whether a text wants several lines."""
    return len(text) > LONG_TEXT or "\n" in text


class LineCell(LineInput):
    """One line in a cell, with words to choose from. `taken` tells of Enter while they show."""

    taken = Signal()

    def __init__(self, words: Sequence[str], name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cellEditor")
        self.setAccessibleName(name)
        self.setFrame(False)
        if words:
            completer = QCompleter(list(words), self)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.setCompleter(completer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Down, or Alt+Down, show all words while nothing is typed.

        Enter comes here only from the list of words, past the delegate, which is told of it.
        """
        completer = self.completer()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and completer:
            event.accept()
            self.taken.emit()
            completer.popup().hide()
            return
        if event.key() == Qt.Key.Key_Down and completer and not completer.popup().isVisible():
            self.offer()
            return
        super().keyPressEvent(event)

    def offer(self) -> None:
        """Show all words."""
        completer = self.completer()
        completer.setCompletionPrefix("")
        completer.complete()


class LongCell(TextInput):
    """Several lines over a cell; grows downwards as they fill. Alt+Enter breaks a line."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cellEditor")
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self.fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Break the line at Alt+Enter; Enter alone belongs to the delegate."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and alt:
            self.insertPlainText("\n")
            return
        super().keyPressEvent(event)

    def fit(self) -> None:
        """Take the height that the text needs, within the view."""
        lines = max(1, round(self.document().size().height()))
        wanted = min(lines, MOST_LINES) * self.fontMetrics().lineSpacing() + 2 * style.STEP
        above = self.parentWidget()
        room = above.height() - self.y() if above else wanted
        if room < wanted:
            self.move(self.x(), max(0, self.y() + room - wanted))
        self.resize(self.width(), max(style.ROW, wanted))


class SidesCell(QFrame):
    """A line for the annual and one for the long-term text of a cell whose sides differ."""

    left = Signal()

    def __init__(self, texts: Mapping[Horizon, str], name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sidesEditor")
        self.setAccessibleName(name)
        style.class_of(self, "popup")
        self.setAutoFillBackground(True)
        self.lines: dict[Horizon, LineInput] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(style.STEP, style.STEP // 2, style.STEP, style.STEP // 2)
        layout.setSpacing(style.STEP // 2)
        for row, horizon in enumerate(side for side in reversed(Horizon) if side in texts):
            line = LineInput(texts[horizon], self)
            line.setObjectName(f"sidesEditor_{horizon.value}")
            line.setAccessibleName(f"{horizon.label}{name}")
            line.installEventFilter(self)
            layout.addWidget(QLabel(horizon.label), row, 0)
            layout.addWidget(line, row, 1)
            self.lines[horizon] = line
        self.setFocusProxy(next(iter(self.lines.values())))

    def texts(self) -> dict[Horizon, str]:
        """Return what each side says now."""
        return {horizon: line.text() for horizon, line in self.lines.items()}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when focus has left both lines."""
        if event.type() == QEvent.Type.FocusOut:
            now = QApplication.focusWidget()
            if now is not None and not self.isAncestorOf(now):
                self.left.emit()
        return super().eventFilter(watched, event)
