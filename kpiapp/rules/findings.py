"""What a rule yields: a place, a sentence, perhaps a fix, and the cells that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpiapp.model.problem import Place

if TYPE_CHECKING:
    from kpiapp.model.problem import Fix

__all__ = ["Finding", "Place"]


@dataclass(slots=True)
class Finding:
    """One fault found by a rule.

    Attributes:
        place: the cell it is reported on.
        message: one Chinese sentence with the values filled in.
        fix: the mend that the program offers.
        other_form: id of the form that was compared with.
        also: further cells that this finding takes, so that no other rule reports them.
        against: cells compared with; a finding is silent when one of them is at fault itself.
        alone: it holds no cell and is never silenced by another finding on its place.
        failed: the rule itself could not be run.
    """

    place: Place
    message: str
    fix: Fix | None = None
    other_form: str | None = None
    also: tuple[Place, ...] = ()
    against: tuple[Place, ...] = ()
    alone: bool = False
    failed: bool = False
