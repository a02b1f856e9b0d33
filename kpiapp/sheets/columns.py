"""The columns of a printed table, as its heads show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Leaf(NamedTuple):
    """One column as its heads show it: the path of heads, first grid column, the one behind."""

    path: str
    left: int
    right: int

    @property
    def last(self) -> str:
        """The lowest head over the column."""
        return self.path.rpartition("/")[2]


class Columns(NamedTuple):
    """The columns of a table from left to right, and what each holds ("" if unknown)."""

    leaves: Sequence[Leaf]
    values: Sequence[str]

    def leaf(self, value: str) -> Leaf | None:
        """Return the column that holds a value."""
        pairs = zip(self.leaves, self.values, strict=True)
        return next((leaf for leaf, held in pairs if held == value), None)

    def __bool__(self) -> bool:
        """Say whether there are any."""
        return bool(self.leaves)
