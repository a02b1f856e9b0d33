"""Names of indicators: are two of them one thing? Pairing between horizons, years and forms.

No pair is better than a wrong one: what is in doubt stays alone. The limits are tuned on published
forms; `make corpus` shows what another limit would find or miss.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from kpiapp.model import target as targets
from kpiapp.model import units
from kpiapp.model.assignment import best_assignment
from kpiapp.model.target import TargetKind
from kpiapp.model.taxonomy import Level2, level2_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from kpiapp.model.form import Horizon, Indicator
    from kpiapp.model.target import Target

NEAR = 0.8
"""Names at least this similar may be one indicator, in the same group."""
VERY_NEAR = 0.9
"""Names at least this similar may be one indicator, in any group."""
ALIKE = 0.6
"""Enough for the last two of a group."""

_KEPT_SIGNS = frozenset("%‰≥≤=<>+℃")
_EFFORT = 60_000_000
"""Most character comparisons for near names of one pairing; beyond it only equal names pair."""


class Measure(StrEnum):
    """What kind of thing a target counts."""

    RATE = "rate"
    TIME = "time"
    MONEY = "money"
    COUNT = "count"
    WORDS = "words"
    NONE = "none"

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return {
            "rate": "比率", "time": "时间", "money": "金额", "count": "数量", "words": "文字",
            "none": "空",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows taken for one indicator; `step` 1 equal, 2 near, 3 last of the group."""

    left: Indicator
    right: Indicator
    step: int
    reason: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """All pairs of two row lists, in the order of the left one, and the rows left alone."""

    pairs: list[Pair]
    left_only: list[Indicator]
    right_only: list[Indicator]


@lru_cache(maxsize=65536)
def normalise(text: str) -> str:
    """Return a text without blanks, punctuation and quotes, half-width: what names compare by."""
    half = unicodedata.normalize("NFKC", text)
    return "".join(x for x in half if x.isalnum() or x in _KEPT_SIGNS)


def similarity(left: str, right: str) -> float:
    """Return 2·LCS / (|a| + |b|) of two normalised texts, 0 to 1."""
    return Indel.normalized_similarity(left, right)


def contains(left: str, right: str) -> bool:
    """Say whether one normalised name holds the other, of >= 4 characters and >= half of it."""
    short, long = sorted((left, right), key=len)
    return len(short) >= 4 and 2 * len(short) >= len(long) and short in long  # noqa: PLR2004


def near(left: str, right: str) -> bool:
    """Say whether two names are near each other: similar by 0.8, or one contains the other."""
    a, b = normalise(left), normalise(right)
    return similarity(a, b) >= NEAR or contains(a, b)


def measure_of(target: Target) -> Measure:
    """Return what a target counts."""
    match target.kind:
        case TargetKind.WORDS:
            return Measure.WORDS
        case TargetKind.EMPTY | TargetKind.PLACEHOLDER | TargetKind.UNPARSEABLE:
            return Measure.NONE
        case TargetKind.CLOCK:
            return Measure.TIME
        case TargetKind.FREQUENCY:
            return Measure.COUNT
        case _:
            return _measure_of_unit(target.unit)


@lru_cache(maxsize=1024)
def _measure_of_unit(unit: str) -> Measure:
    if units.is_rate(unit):
        return Measure.RATE
    if units.is_time(unit):
        return Measure.TIME
    family = units.unit_family(unit) or ""
    return Measure.MONEY if family.split("/")[0] == units.MONEY else Measure.COUNT


# -- pairing ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Side:
    """One row with what pairing asks of it."""

    row: Indicator
    key: str
    group: Level2 | None
    measure: Measure
    target: Target


def pair(
    left: Sequence[Indicator],
    right: Sequence[Indicator],
    *,
    last_of_group: Callable[[int], bool] = lambda _: True,
) -> Pairing:
    """Pair two lists of rows one to one.

    1. equal names, the same group first; 2. near names of one group (of any group from 0.9 on)
    that count the same kind of thing, so that the sum of similarities is greatest; 3. the last
    two of a group, if they count the same kind of thing and their targets are equal or their
    names alike by 0.6.

    Args:
        left: rows of the one list; those without a name are left out.
        right: rows of the other.
        last_of_group: told how many pairs there are after step 2, says whether step 3 may be
            trusted; by default always.
    """
    lefts, rights = _sides(left), _sides(right)
    found = _equal(lefts, rights)
    _near(lefts, rights, found)
    if last_of_group(len(found)):
        _last_of_group(lefts, rights, found)
    matched = {j for j, _, _ in found.values()}
    return Pairing(
        [
            Pair(lefts[i].row, rights[j].row, step, why)
            for i, (j, step, why) in sorted(found.items())
        ],
        [side.row for i, side in enumerate(lefts) if i not in found],
        [side.row for j, side in enumerate(rights) if j not in matched],
    )


_Found = dict[int, tuple[int, int, str]]
"""Index on the left -> index on the right, step, reason."""


def _sides(rows: Iterable[Indicator]) -> list[_Side]:
    sides = []
    for row in rows:
        if key := normalise(row.level3):
            target = targets.parse(row.target)
            sides.append(_Side(row, key, level2_of(row.level2), measure_of(target), target))
    return sides


def _equal(lefts: list[_Side], rights: list[_Side]) -> _Found:
    found: _Found = {}
    free: dict[str, list[int]] = defaultdict(list)
    for j, side in enumerate(rights):
        free[side.key].append(j)
    for same_group in (True, False):
        for i, side in enumerate(lefts):
            candidates = free.get(side.key)
            if i in found or not candidates:
                continue
            fitting = [x for x in candidates if not same_group or rights[x].group == side.group]
            if fitting:
                candidates.remove(fitting[0])
                found[i] = (fitting[0], 1, "名称相同")
    return found


def _near(lefts: list[_Side], rights: list[_Side], found: _Found) -> None:
    free_left, free_right = _free(lefts, rights, found)
    effort = sum(len(lefts[i].key) for i in free_left) * sum(len(rights[j].key) for j in free_right)
    if not effort or effort > _EFFORT:
        return
    scores: dict[int, dict[int, float]] = {}
    for i in free_left:
        row = {j: s for j in free_right if (s := _nearness(lefts[i], rights[j]))}
        if row:
            scores[i] = row
    for i, j in best_assignment(scores).items():
        found[i] = (j, 2, f"名称相近（相似度{scores[i][j]:.2f}）")


def _nearness(a: _Side, b: _Side) -> float:
    """Return how similar two sides are if they may pair as near names, else 0."""
    words = Measure.WORDS in (a.measure, b.measure)
    if a.measure != b.measure and not words:
        return 0.0
    short, long = sorted((len(a.key), len(b.key)))
    if 2 * short < long:
        return 0.0
    score = similarity(a.key, b.key)
    if score >= VERY_NEAR or (a.group == b.group and (score >= NEAR or contains(a.key, b.key))):
        return score
    return 0.0


def _last_of_group(lefts: list[_Side], rights: list[_Side], found: _Found) -> None:
    free_left, free_right = _free(lefts, rights, found)
    left_groups, right_groups = _by_group(lefts, free_left), _by_group(rights, free_right)
    for group, ours in left_groups.items():
        theirs = right_groups.get(group, [])
        if group is None or len(ours) != 1 or len(theirs) != 1:
            continue
        a, b = lefts[ours[0]], rights[theirs[0]]
        if a.measure != b.measure or a.measure is Measure.NONE:
            continue
        where = f"“{a.row.level2}”下只剩这一对"
        if same_target(a.target, b.target):
            found[ours[0]] = (theirs[0], 3, f"{where}，指标值相同")
        elif (score := similarity(a.key, b.key)) >= ALIKE:
            found[ours[0]] = (theirs[0], 3, f"{where}，名称相似度{score:.2f}")


def same_target(a: Target, b: Target) -> bool:
    """Say whether two targets set the same: number and unit but for the sign, or the same words.

    Of two targets in words one may contain the other, if that has at least 3 characters.
    """
    if a.kind is TargetKind.WORDS and b.kind is TargetKind.WORDS:
        short, long = sorted((normalise(a.words), normalise(b.words)), key=len)
        return short == long or (len(short) >= 3 and short in long)  # noqa: PLR2004
    if a.low is None or b.low is None:
        return a.words == b.words
    return (a.low, a.high, a.unit) == (b.low, b.high, b.unit)


def _free(lefts: list[_Side], rights: list[_Side], found: _Found) -> tuple[list[int], list[int]]:
    taken = {j for j, _, _ in found.values()}
    return (
        [i for i in range(len(lefts)) if i not in found],
        [j for j in range(len(rights)) if j not in taken],
    )


def _by_group(sides: list[_Side], indices: list[int]) -> dict[Level2 | None, list[int]]:
    groups: dict[Level2 | None, list[int]] = defaultdict(list)
    for i in indices:
        groups[sides[i].group].append(i)
    return groups


# -- linking ----------------------------------------------------------------------------------

LEAST_SHARED = 2
"""Equal names that link a project form to a goal over the one horizon they share."""
LEAST_SHARED_BOTH = 4
"""Equal names that link them where both forms have both horizons."""


def link(
    project: Collection[tuple[Horizon, str]],
    goals: Mapping[int, Collection[tuple[Horizon, str]]],
    *,
    both: bool,
) -> int | None:
    """Return the number of the department goal that a project form belongs to, or None.

    The goal with most equal row names wins, counted over the horizons; too few prove nothing.

    Args:
        project: horizon and normalised name of every row of the project form.
        goals: the same of each goal number of the department form.
        both: both forms have rows in both horizons, so that more must agree.
    """
    ours = set(project)
    counts = {number: len(ours.intersection(theirs)) for number, theirs in goals.items()}
    best = max(counts, key=lambda number: counts[number], default=None)
    least = LEAST_SHARED_BOTH if both else LEAST_SHARED
    return best if best is not None and counts[best] >= least else None
