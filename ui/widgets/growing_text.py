"""A text of several lines that is as high as its text, and tells when it has been written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets import style
from ui.widgets.text_inputs import LineInput, TextInput

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QResizeEvent, QWheelEvent

PAUSE = 3000
"""Milliseconds without typing after which a long text is saved, so that none is ever lost."""


class GrowingText(TextInput):
    """Grows from `least` to `most` lines. `written` tells its text once typing pauses or ends."""

    written = Signal(str)

    def __init__(
        self, name: str, *, least: int = 1, most: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._least, self._most = least, most
        self._saved = ""
        self._telling = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.commit)
        self.textChanged.connect(self._changed)

    def show_text(self, text: str) -> None:
        """Show what the form holds, unless it is there already; undo forgets what was before."""
        self._saved = text
        if self.toPlainText() != text:
            self.setPlainText(text)
            self._timer.stop()
        self._fit()

    def text(self) -> str:
        """Return what stands there, as a `FieldLine` does."""
        return self.toPlainText()

    def commit(self) -> None:
        """Tell what was typed since, if anything; it counts as saved once it is shown again."""
        self._timer.stop()
        text = self.toPlainText()
        if text != self._saved and not self.isReadOnly() and not self._telling:
            self._telling = True
            self.written.emit(text)
            self._telling = False

    def _changed(self) -> None:
        self._fit()
        if self.toPlainText() != self._saved:
            self._timer.start()

    def _fit(self) -> None:
        lines = round(self.document().size().height())
        shown = min(max(lines, self._least), self._most)
        height = shown * self.fontMetrics().lineSpacing() + 2 * style.STEP
        if height != self.height():
            self.setFixedHeight(height)
        policy = Qt.ScrollBarPolicy
        wanted = policy.ScrollBarAsNeeded if lines > self._most else policy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(wanted)

    def sizeHint(self) -> QSize:
        """Return a width of a few words; the height is fixed by the text."""
        return QSize(240, self.height())

    def minimumSizeHint(self) -> QSize:
        """Return a width of a few characters."""
        return QSize(80, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the text needs at this width."""
        super().resizeEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write what was typed when the text is left."""
        super().focusOutEvent(event)
        self.commit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll unless the person is in a text that is longer than its box."""
        if self.hasFocus() and self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()


class FieldLine(LineInput):
    """A short field; `written` tells its text when it is left or Enter is pressed."""

    written = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._saved = ""
        self._telling = False
        self.editingFinished.connect(self.commit)

    def show_text(self, text: str) -> None:
        """Show what the form holds, unless it is there already."""
        self._saved = text
        if self.text() != text:
            self.setText(text)
        self.setCursorPosition(0) if not self.hasFocus() else None

    def commit(self) -> None:
        """Tell what was typed since, if anything; it counts as saved once it is shown again."""
        if self.text() != self._saved and not self.isReadOnly() and not self._telling:
            self._telling = True
            self.written.emit(self.text())
            self._telling = False
