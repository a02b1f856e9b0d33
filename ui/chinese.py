"""Qt's own words in Chinese: its translation, the few that this lacks, and Chinese dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

MISSING: Final = {
    "Folder": "文件夹",
    "File Folder": "文件夹",
    "Drive": "磁盘",
    "File": "文件",
    "%1 File": "%1 文件",
    "Size": "大小",
    "Date Modified": "修改时间",
    "%1 bytes": "%1 字节",
}
"""Words of file dialogs that `qtbase_zh_CN` leaves in English, or says oddly."""


class MissingWords(QTranslator):
    """Knows what Qt's own translation does not."""

    def isEmpty(self) -> bool:
        """Return that there is something in it; Qt does not ask an empty one."""
        return False

    def translate(  # type: ignore[override]  # None is Qt's null, which the stubs do not know
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Return the Chinese word, or None to let Qt ask the next translation."""
        return MISSING.get(source)


def speak_chinese(app: QApplication) -> None:
    """Let dialogs, menus and dates of Qt be Chinese, whatever the desktop speaks."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    own = QTranslator(app)
    if own.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(own)
    app.installTranslator(MissingWords(app))  # the last one is asked first
