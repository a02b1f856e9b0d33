"""What the checker says: a problem, its place, and perhaps a fix."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kpiapp.model.packing import packed

if TYPE_CHECKING:
    from kpiapp.model.edit import Edit
    from kpiapp.model.form import Horizon


class Severity(StrEnum):
    """How bad a problem is; no severity ever blocks saving."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return {"error": "错误", "warning": "警告", "hint": "提示"}[self.value]


RANK = {severity: rank for rank, severity in enumerate(Severity)}
"""The order in which severities are told, the worst first."""


@packed
@dataclass(frozen=True, slots=True)
class Place:
    """Where on a form a problem sits; ids, so that it survives moving a row.

    `cell` is one of group, name, target, prior2, prior1, standard, note, row (see `CELLS`), or
    None; `field` is the printed label, with ` / ` and the row for an inner table.
    """

    form: str
    horizon: Horizon | None = None
    goal: int | None = None
    indicator: str | None = None
    cell: str | None = None
    field: str | None = None


CELLS = ("group", "name", "target", "prior2", "prior1", "standard", "note", "row")
"""The cells of an indicator row that a place may name."""


@packed
@dataclass(frozen=True, slots=True)
class Fix:
    """A mend that the program offers; `safe` ones cannot change the meaning."""

    label: str
    edits: tuple[Edit, ...]
    safe: bool = False


@packed
@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of one rule. `other_form` is the id of the form it was compared with."""

    code: str
    severity: Severity
    place: Place
    message: str
    fix: Fix | None = None
    other_form: str | None = None
