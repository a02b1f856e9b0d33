"""The two targets of one indicator: of paired rows, or of the one row that prints both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpiapp.model.problem import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.problem import Place
    from kpiapp.model.target import Target
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@dataclass(frozen=True, slots=True)
class BothTargets:
    """The annual row with its target and the long-term one.

    `long_term_row` is None where one printed row carries both values.
    """

    row: Row
    annual: Target
    long_term: Target
    long_term_row: Row | None

    @property
    def annual_place(self) -> Place:
        """The cell that findings sit on."""
        return self.row.place("target")

    @property
    def against(self) -> tuple[Place, ...]:
        """The cell compared with; a value of the same row has none of its own."""
        return (self.long_term_row.place("target"),) if self.long_term_row else ()

    @property
    def equal_names(self) -> bool:
        """Whether both rows have the same name."""
        return self.long_term_row is None or self.long_term_row.key == self.row.key

    def set_long_term(self, text: str) -> Fix | None:
        """Return the fix that writes the long-term target."""
        if self.long_term_row:
            return self.long_term_row.propose("target", text)
        return Fix(f"长期值改为“{text}”", (self.row.set("long_term_target", text),))


def both_targets(form: Facts) -> Iterator[BothTargets]:
    """Yield the targets of each indicator that has both."""
    for long_term, annual, _ in form.pairs:
        yield BothTargets(annual, annual.target, long_term.target, long_term)
    if form.one_row:
        for row in form.rows:
            if row.long_term is not None:
                yield BothTargets(row, row.target, row.long_term, None)
