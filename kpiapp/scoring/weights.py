"""分值: proposed by a scheme, and the balance 三级 -> 二级 -> 一级 -> whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from kpiapp.model.numerals import half_width
from kpiapp.model.taxonomy import Level1, level1_of, level2_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpiapp.model.form import Indicator
    from kpiapp.scoring.scheme import Head, Scheme

_PRINTED = re.compile(r"\((\d+(?:\.\d+)?)分\)")


@dataclass(frozen=True, slots=True)
class Weighted:
    """A row with its points, as far as the balance is concerned."""

    level1: str
    level2: str
    weight: Decimal | None


@dataclass(frozen=True, slots=True)
class Imbalance:
    """A place where the points below do not add up to what stands above."""

    where: str
    total: Decimal
    expected: Decimal


def propose(rows: Sequence[Indicator], scheme: Scheme) -> dict[str, Decimal]:
    """Return the points of each indicator, by its id, that add up to the scheme's heads.

    A head without indicators gives its points away as the scheme says; those of one head are
    spread evenly in whole points, the first rows getting what is left over.
    """
    members: dict[str, list[str]] = {}
    for row in rows:
        head = _head_of(row, scheme.heads)
        members.setdefault(head.id if head else "", []).append(row.id)
    proposed = dict.fromkeys(members.pop("", []), Decimal(0))
    for head_id, weight in head_weights(set(members), scheme).items():
        proposed |= _spread(weight, members[head_id])
    return {row.id: proposed[row.id] for row in rows}


def head_weights(present: set[str], scheme: Scheme) -> dict[str, Decimal]:
    """Return the points of each head that has indicators; together all but the execution's.

    What an absent head leaves goes where the scheme says; if that is absent too, to all others
    in proportion to their own points.
    """
    weights = {head.id: head.weight for head in scheme.heads if head.id in present}
    left = Decimal(0)
    for head in scheme.heads:
        if head.id in present:
            continue
        heirs = [(heir, share) for heir, share in head.absent if heir in weights]
        for heir, share in heirs:
            weights[heir] += share
        left += head.weight - sum((share for _, share in heirs), Decimal(0))
    return _with_rest(weights, left) if left and weights else weights


def _with_rest(weights: dict[str, Decimal], left: Decimal) -> dict[str, Decimal]:
    whole = sum(weights.values())
    shares = {key: _floor(left * weight / whole, Decimal(1)) for key, weight in weights.items()}
    first = next(iter(weights))
    shares[first] += left - sum(shares.values())
    return {key: weight + shares[key] for key, weight in weights.items()}


def _spread(weight: Decimal, ids: Sequence[str]) -> dict[str, Decimal]:
    step = Decimal(1) if len(ids) <= weight else Decimal("0.01")
    share = _floor(weight / len(ids), step)
    over = int((weight - share * len(ids)) / step)
    return {id_: share + (step if place < over else 0) for place, id_ in enumerate(ids)}


def _floor(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value(ROUND_FLOOR) * step


def _head_of(row: Indicator, heads: Iterable[Head]) -> Head | None:
    """Return the head of a row by its 一级, or by its 二级 where that says nothing."""
    level1 = level1_of(row.level1)
    level2 = level2_of(row.level2)
    if level1 is Level1.OUTPUT and level2 and "cost" in level2:
        own = [head for head in heads if head.level1 == (Level1.COST,)]
        if own:
            return own[0]
    return next((head for head in heads if level1 in head.level1), None)


def imbalances(rows: Sequence[Weighted], expected: Decimal) -> list[Imbalance]:
    """Return where points do not add up: to what a heading prints (产出指标(50分)), and in all.

    Args:
        rows: the rows of one goal, or of the form.
        expected: what all rows must add up to: 90, in Hubei 80.
    """
    found = [
        Imbalance(" / ".join(path), total, printed)
        for path, total in _sums(rows).items()
        if (printed := _printed(path[-1])) is not None and printed != total
    ]
    total = sum((row.weight or Decimal(0) for row in rows), Decimal(0))
    return found + ([Imbalance("", total, expected)] if total != expected else [])


def _sums(rows: Sequence[Weighted]) -> dict[tuple[str, ...], Decimal]:
    """Return the points below each 一级 and each 二级."""
    sums: dict[tuple[str, ...], Decimal] = {}
    for row in rows:
        for path in ((row.level1,), (row.level1, row.level2)):
            sums[path] = sums.get(path, Decimal(0)) + (row.weight or Decimal(0))
    return sums


def _printed(heading: str) -> Decimal | None:
    match = _PRINTED.search(half_width(heading))
    return Decimal(match[1]) if match else None
