"""The button 附件: what is attached to a self-evaluation, and adding to it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from kpiapp.services.results import evidence
from ui.folders import start_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kpiapp.model.form import Form, Indicator
    from kpiapp.services.results.evidence import Attachment
    from kpiapp.services.session import Session


class EvidenceButton(QPushButton):
    """Shows how many files there are; its menu adds, writes out and takes away.

    Signals:
        changed: files came or went.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        attempt: Callable[[Callable[[], object]], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("附件", parent)
        self.setObjectName("evidence")
        self.setToolTip("佐证材料存进目标库；选中一条指标时，附件属于这条指标")
        self._session, self._attempt = session, attempt
        self._form: Form | None = None
        self.indicator: Indicator | None = None
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)

    def show_form(self, form: Form) -> None:
        """Show the files of a self-evaluation."""
        self._form = form
        number = len(self._session.library.attachments(form.id))
        self.setText(f"附件 {number}" if number else "附件")

    def _fill(self) -> None:
        """Make the menu when it is opened."""
        self._menu.clear()
        if self._form is None:
            return
        what = f"“{self.indicator.level3}”" if self.indicator else "整张表"
        add = self._menu.addAction(f"添加{what}的附件…", self.add)
        add.setEnabled(not self._session.read_only)
        self._menu.addSeparator()
        found = self._session.library.attachments(self._form.id)
        for line, one in zip(evidence.listing(self._form, found), found, strict=True):
            entry = self._menu.addMenu(f"{one.name}（{evidence.size_text(one.size)}）")
            entry.setToolTip(line)
            entry.addAction("另存为…", partial(self._save, one))
            remove = entry.addAction("移去（不能撤销）", partial(self._remove, one))
            remove.setEnabled(not self._session.read_only)

    def add(self) -> None:
        """Ask for files and attach them."""
        form = self._form
        if form is None:
            return
        names, _ = QFileDialog.getOpenFileNames(self, "添加附件", start_folder())
        row = self.indicator.id if self.indicator else ""
        paths = [Path(name) for name in names]
        self._attempt(partial(evidence.attach_all, self._session, form.id, paths, row))
        self._tell()

    def _save(self, one: Attachment) -> None:
        start = Path(start_folder()) / one.name
        name, _ = QFileDialog.getSaveFileName(self, "另存附件", str(start))
        if name:
            self._attempt(partial(evidence.write_out, self._session, one, Path(name)))

    def _remove(self, one: Attachment) -> None:
        self._attempt(lambda: self._session.library.detach(one.id))
        self._tell()

    def _tell(self) -> None:
        if self._form:
            self.show_form(self._form)
        self.changed.emit()
