"""What a form is for: declared before the year, followed during it, evaluated after it.

A form of a later stage is linked to its declaration by `Form.other[DECLARATION]` (a form id), and
a form of a later year to the one it continues by `Form.other[CONTINUES]` (form ids).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.names import pair

if TYPE_CHECKING:
    from kpiapp.model.form import Form

DECLARATION = "declaration"
CONTINUES = "continues"


class Stage(StrEnum):
    """The stages that a form may name; none named is a declaration."""

    DECLARATION = "declaration"
    ADJUSTMENT = "adjustment"
    MONITORING = "monitoring"
    EVALUATION = "evaluation"

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return {
            "declaration": "申报", "adjustment": "调整", "monitoring": "监控", "evaluation": "自评",
        }[self.value]  # fmt: skip


def is_declared(stage: str | None) -> bool:
    """Say whether a form of this stage is the unit's declaration, not what came of it."""
    return stage not in (Stage.MONITORING, Stage.EVALUATION)


def declaration_of(form: Form) -> str | None:
    """Return the id of the declaration that a form of a later stage belongs to, or None."""
    found = form.other.get(DECLARATION)
    return found if isinstance(found, str) else None


def take_ids(form: Form, declared: Form) -> None:
    """Give the rows of a later stage, which came without ids, those of the declaration's rows."""
    annual = list(declared.rows(Horizon.ANNUAL)) or declared.indicators
    for one in pair(annual, form.indicators).pairs:
        one.right.id = one.left.id


def continued_by(form: Form) -> list[str]:
    """Return the ids of the earlier years' forms that a form continues."""
    found = form.other.get(CONTINUES)
    return [x for x in found if isinstance(x, str)] if isinstance(found, list) else []
