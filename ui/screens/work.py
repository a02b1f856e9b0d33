"""One form on the screen, and the one road on which its tabs change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kpiapp.errors import UserError

if TYPE_CHECKING:
    from kpiapp.model.form import Form
    from kpiapp.services.forms.editing import Change
    from kpiapp.services.session import Session


class Work(QObject):
    """The form that is open. `failed` tells a `UserError`: nothing has changed then."""

    failed = Signal(object)
    done = Signal(str)
    """The label of a step that was made here."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.form_id: str | None = None

    @property
    def form(self) -> Form:
        """The open form; raises KeyError if there is none."""
        if self.form_id is None:
            raise KeyError("no form is open")
        return self.session.form(self.form_id)

    @property
    def read_only(self) -> bool:
        """Whether the library refuses changes."""
        return self.session.read_only

    def do(self, change: Change) -> bool:
        """Make a change as one step; return whether it was made."""
        if not change or self.form_id is None:
            return False
        try:
            self.session.do(change.label, {self.form_id: change.edits})
        except UserError as error:
            self.failed.emit(error)
            return False
        self.done.emit(change.label)
        return True

    def take_back(self, change: Change) -> None:
        """Undo a change that was made here, if it is still the last step."""
        if self.session.undo_label != change.label:
            return
        try:
            self.session.undo()
        except UserError as error:
            self.failed.emit(error)
