"""Ids in their order: what stands behind one, and into another order with the fewest moves."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from kpiapp.model.edit import Edit, Move

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.edit import Path


def behind(ids: Sequence[str], item_id: str) -> str | None:
    """Return the id that follows another: what an edit goes before to stand behind that one.

    >>> behind(["a", "b"], "a"), behind(["a", "b"], "b")
    ('b', None)
    """
    place = ids.index(item_id) + 1
    return ids[place] if place < len(ids) else None


def reorder(path: Path, current: Sequence[str], wanted: Sequence[str]) -> list[Edit]:
    """Return the moves that turn one order of ids into the other.

    >>> reorder(("goals",), ["a", "b", "c"], ["c", "a", "b"])
    [Move(path=('goals',), id='c', before='a')]
    """
    place = {item: n for n, item in enumerate(current)}
    kept = set(_longest_rising([place[item] for item in wanted]))
    moves: list[Edit] = []
    before: str | None = None
    for item in reversed(wanted):
        if place[item] not in kept:
            moves.append(Move(path, item, before))
        before = item
    return moves


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """Return the longest rising subsequence: those that may stay where they are."""
    tails: list[int] = []
    last_at: list[int] = []
    previous: list[int] = []
    for n, number in enumerate(numbers):
        at = bisect_left(tails, number)
        previous.append(last_at[at - 1] if at else -1)
        tails[at : at + 1] = [number]
        last_at[at : at + 1] = [n]
    found: list[int] = []
    n = last_at[-1] if last_at else -1
    while n >= 0:
        found.append(numbers[n])
        n = previous[n]
    return found
