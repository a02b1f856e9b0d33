"""The help beside the work: pages of `resources/help`, and the page of each rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QToolButton, QVBoxLayout, QWidget

from kpiapp.paths import resource
from ui.widgets import style

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QTextDocument

START: Final = "index"
ABOUT: Final = {
    "indicatorsTab": "indicators",
    "yearsPage": "years",
    "monitoringPage": "years",
    "evaluationPage": "years",
    "linksPage": "years",
    "previewPage": "files",
    "importPage": "files",
    "exportPage": "files",
    "annexPage": "files",
    "folderReviewPage": "review",
}
"""Which page of the help tells of what is in sight, by its object name; else the contents."""
RULES: Final = "rules"


class HelpPanel(QWidget):
    """Shows Markdown; links lead to `page:<name>`, `rule:<code>` and `page:rules`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("helpPanel")
        self.setAccessibleName("帮助")
        self._been: list[str] = []
        self.text = QTextBrowser()
        self.text.setObjectName("helpText")
        self.text.setAccessibleName("帮助正文")
        self.text.setOpenLinks(False)
        self.text.setStyleSheet("QTextBrowser { border: none; padding: 4px 12px; }")
        self.text.anchorClicked.connect(self._follow)
        self.back = _button("helpBack", "后退", self._go_back)
        self.home = _button("helpHome", "目录", lambda: self.show_page(START))
        self.rules = _button("helpRules", "全部规则", lambda: self.show_page(RULES))
        self._lay_out()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 4, 8, 4)
        for button in (self.back, self.home, self.rules):
            bar.addWidget(button)
        bar.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.text, 1)

    def show_about(self, page: QWidget) -> None:
        """Show what tells of a page of the window; the contents where nothing does."""
        self.show_page(ABOUT.get(page.objectName(), START))

    def show_page(self, name: str) -> None:
        """Show a page of the help by its file's name."""
        self._show(f"page:{name}")

    def show_rule(self, code: str) -> None:
        """Show the page of a rule."""
        self._show(f"rule:{code}")

    def _show(self, address: str) -> None:
        if self._been[-1:] != [address]:
            self._been.append(address)
        self.back.setEnabled(len(self._been) > 1)
        self.text.setMarkdown(_markdown(address))
        in_one_face(self.text.document())
        calm_headings(self.text.document())

    def _follow(self, url: QUrl) -> None:
        if url.scheme() in ("page", "rule"):
            self._show(url.toString())

    def _go_back(self) -> None:
        if len(self._been) > 1:
            self._been.pop()
            self._show(self._been[-1])


def in_one_face(document: QTextDocument) -> None:
    """Draw codes and examples as all else: faces of fixed width draw Chinese in other shapes."""
    look = QTextCharFormat()
    look.setFontFamilies(style.FONTS)
    look.setFontFixedPitch(False)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeCharFormat(look)


def calm_headings(document: QTextDocument) -> None:
    """Make headings fit a narrow pane: told apart by weight more than by size."""
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        if level:
            cursor = QTextCursor(block)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            look = QTextCharFormat()
            look.setFontPointSize(style.POINTS * (1.4 if level == 1 else 1.1))
            look.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
            look.setFontWeight(QFont.Weight.DemiBold)
            cursor.mergeCharFormat(look)
        block = block.next()


def pages() -> list[Path]:
    """Return the files of the help, in the order of their names."""
    return sorted(resource("help").glob("*.md"))


def _markdown(address: str) -> str:
    from kpiapp.services.checks import rule_pages

    scheme, _, name = address.partition(":")
    if scheme == "rule":
        return rule_pages.markdown(name)
    if name == RULES:
        return rule_pages.catalogue()
    known = {path.stem: path for path in pages()}
    if name in known:
        return known[name].read_text(encoding="utf-8")
    return "# 没有这一页\n\n[回到目录](page:index)"


def _button(name: str, text: str, do: object) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setAccessibleName(text)
    button.clicked.connect(do)
    style.class_of(button, "quiet")
    return button
