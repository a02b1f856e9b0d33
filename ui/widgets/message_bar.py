"""A calm line above the work: what went wrong or was done, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton

from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kpiapp.errors import UserError

MILLISECONDS: Final = 8000
"""How long good news stays; bad news stays until it is closed."""


class MessageBar(QFrame):
    """Shows one message at a time; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setAccessibleName("消息")
        self._text = QLabel()
        self._text.setObjectName("messageText")
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton()
        self._action.setObjectName("messageAction")
        style.class_of(self._action, "link")
        self._action.clicked.connect(self._act)
        self._do: Callable[[], object] | None = None
        self._look = ""
        self._timer = QTimer(self, singleShot=True, interval=MILLISECONDS)
        self._timer.timeout.connect(self.hide)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        close = QToolButton()
        close.setObjectName("messageClose")
        close.setIcon(style.icon("x"))
        close.setToolTip("关闭这条消息")
        close.setAccessibleName("关闭这条消息")
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.setSpacing(style.STEP)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(close)

    @property
    def text(self) -> str:
        """What the bar says now."""
        return self._text.text()

    def say(
        self,
        text: str,
        look: str = "good",
        action: str = "",
        do: Callable[[], object] | None = None,
    ) -> None:
        """Show a message.

        Args:
            text: one or two sentences.
            look: "good" (goes away by itself), "info" or "bad" (stay until closed).
            action: what a link at the end of the line says; none when empty.
            do: what the link does.
        """
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._do, self._look = do, look
        style.class_of(self, f"bar-{look}")
        self.show()
        if look == "good":
            self._timer.start()
        else:
            self._timer.stop()

    def forget(self) -> None:
        """Take back what was told of a step that has been undone; what went wrong stays."""
        if self._look != "bad":
            self.hide()

    def say_error(self, error: UserError) -> None:
        """Show what went wrong in the world, with the way out."""
        self.say(f"{error.message}。{error.way_out}" if error.way_out else error.message, "bad")

    def _act(self) -> None:
        self.hide()
        if self._do:
            self._do()
