"""How the program looks: one accent colour, an 8-pixel grid, 10-point text, rows of 28 pixels.

Every colour and distance of the window is named here; screens use the names, never a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap

from kpiapp.paths import resource
from ui.widgets.sheet import SHEET

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

STEP: Final = 8
"""The grid: every margin and gap is this or a multiple (half of it inside a control)."""
ROW: Final = 28
"""Height of a row in a list, tree or table, in pixels."""
POINTS: Final = 10
FONTS: Final = ["Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "WenQuanYi Micro Hei"]
"""Simplified Chinese first: without this list a plain locale draws the Japanese shapes."""

ACCENT: Final = "#2f6db5"
ACCENT_DARK: Final = "#245791"
ACCENT_SOFT: Final = "#e4eef9"
WINDOW: Final = "#f3f5f7"
PANE: Final = "#ffffff"
LINE: Final = "#e1e5ea"
LINE_STRONG: Final = "#c9d0d8"
HOVER: Final = "#f0f4f8"
TEXT: Final = "#1f2933"
TEXT_SOFT: Final = "#5b6875"
TEXT_FAINT: Final = "#6b7783"
ERROR: Final = "#c4362d"
WARNING: Final = "#955e00"
HINT: Final = "#4a78a8"
GOOD: Final = "#2c7a4b"
ICON_SIZES: Final = (16, 32)
"""Pixels; drawn beforehand where an icon cannot be drawn from its file."""

SEVERITY_COLOURS: Final = {"error": ERROR, "warning": WARNING, "hint": HINT}
"""By `Severity`, which is a string; the model is not needed for the first window."""


def apply_style(app: QApplication) -> None:
    """Give the program its style, colours and font."""
    app.setStyle("Fusion")
    app.setPalette(palette())
    app.setFont(QFont(FONTS, POINTS))
    app.setStyleSheet(style_sheet())


def stay_light(app: QApplication) -> None:
    """Ask the system for a light frame and light dialogs, also where the desktop is dark.

    Apart from the rest, because to load `Qt` takes an eighth of the time until the first paint.
    """
    from PySide6.QtCore import Qt

    app.styleHints().setColorScheme(Qt.ColorScheme.Light)


def palette() -> QPalette:
    """Return the one light palette, whole, so that nothing of a dark desktop shows through."""
    colours = {
        QPalette.ColorRole.Window: WINDOW,
        QPalette.ColorRole.Base: PANE,
        QPalette.ColorRole.AlternateBase: WINDOW,
        QPalette.ColorRole.Text: TEXT,
        QPalette.ColorRole.WindowText: TEXT,
        QPalette.ColorRole.ButtonText: TEXT,
        QPalette.ColorRole.Button: PANE,
        QPalette.ColorRole.Highlight: ACCENT,
        QPalette.ColorRole.HighlightedText: PANE,
        QPalette.ColorRole.Link: ACCENT,
        QPalette.ColorRole.LinkVisited: ACCENT,
        QPalette.ColorRole.PlaceholderText: TEXT_FAINT,
        QPalette.ColorRole.ToolTipBase: PANE,
        QPalette.ColorRole.ToolTipText: TEXT,
        QPalette.ColorRole.Accent: ACCENT,
    }
    result = QPalette(QColor(PANE), QColor(WINDOW))
    for role, colour in colours.items():
        result.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(TEXT_FAINT))
    return result


def style_sheet() -> str:
    """Return the style sheet with the colours and distances filled in."""
    values = {
        name: str(value)
        for name, value in globals().items()
        if name.isupper() and isinstance(value, str | int)
    }
    values["CHEVRON"] = resource("icons", "chevron-down.svg").as_posix()
    values["CHEVRON_UP"] = resource("icons", "chevron-up.svg").as_posix()
    values["CHECK"] = resource("icons", "check-white.svg").as_posix()
    result = SHEET
    for name in sorted(values, key=len, reverse=True):
        result = result.replace(f"@{name}", values[name])
    return result


def icon(name: str) -> QIcon:
    """Return an icon of `resources/icons`; it is read when it is first painted."""
    return QIcon(str(resource("icons", f"{name}.svg")))


def turning_white(plain: QIcon) -> QIcon:
    """Return an icon for a button that turns to the accent colour while it has the keyboard."""
    result = QIcon()
    for size in ICON_SIZES:
        drawn = plain.pixmap(size, size)
        result.addPixmap(drawn)
        white = QPixmap(drawn)
        painter = QPainter(white)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(white.rect(), QColor(PANE))
        painter.end()
        result.addPixmap(white, QIcon.Mode.Active)
    return result


def font(scale: float = 1.0, *, bold: bool = False) -> QFont:
    """Return the interface font, `scale` times its normal size."""
    result = QFont(FONTS)
    result.setPointSizeF(POINTS * scale)
    if bold:
        result.setWeight(QFont.Weight.DemiBold)
    return result


def class_of(widget: QWidget, name: str) -> None:
    """Put a widget under the rules of the style sheet written for `[look="name"]`."""
    if widget.property("look") == name:
        return
    widget.setProperty("look", name)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
