"""What is known while a layout is drafted from a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kpiapp.sheets.words import YEAR

if TYPE_CHECKING:
    from kpiapp.model.form import Horizon
    from kpiapp.sheets.free.panels import Heads
    from kpiapp.sheets.page import Page
    from kpiapp.sheets.reading import Reading


@dataclass(slots=True)
class LayoutDraft:
    """The layout that is being written.

    Attributes:
        reading: the sheet; what it is read as does not matter here.
        left: the first column that is used.
        blocks: what was found, from top to bottom.
        names: names of blocks, each once.
        goal: label and number of the goal row read last.
        goals: how many tables of a horizon there are.
        year: the budget year that the sheet is for, 0 if it does not tell.
        heads: those of the indicator table drafted last.
    """

    reading: Reading
    left: int
    blocks: list[dict[str, Any]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    goal: str = ""
    goals: dict[Horizon, int] = field(default_factory=dict)
    year: int = 0
    heads: Heads | None = None

    @property
    def page(self) -> Page:
        """The sheet by rows."""
        return self.reading.page

    @property
    def width(self) -> int:
        """How many columns the sheet has."""
        return self.page.right - self.left

    def words(self, text: str) -> str:
        """Return a head with its years counted from the budget year; unknown years all alike."""
        return YEAR.sub(lambda found: self._counted(int(found[0])), text)

    def _counted(self, year: int) -> str:
        ago = self.year - year
        if not self.year or ago == 0:
            return "{year}"
        return f"{{year{-ago:+}}}"

    def add(self, name: str, kind: str, **keys: Any) -> dict[str, Any]:
        """Put a block at the end; a name that is there already gets a number."""
        name, number, wanted = name or kind, 2, name or kind
        while name in self.names:
            name, number = f"{wanted}{number}", number + 1
        self.names.add(name)
        block = {"name": name, "type": kind} | keys
        self.blocks.append(block)
        return block


def name_of(text: str) -> str:
    """Return a label as it is kept: without blanks, colon and the year it names."""
    return YEAR.sub("{year}", "".join(text.split())).rstrip(":：")
