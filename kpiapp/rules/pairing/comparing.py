"""How two targets differ, as the rules see it: no sign is =, limits in words are words."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from kpiapp.model.names import normalise
from kpiapp.model.target import Comparison, Target, TargetKind, compare, parse, unit_ratio

_BEFORE = re.compile("[之以]?前$")
_UNREAL_UNITS = frozenset(("", "万", "百分比", "比例"))


class Difference(StrEnum):
    """What stands between two targets."""

    NONE = "none"
    SIGN = "sign"
    NUMBER = "number"
    UNIT = "unit"
    KIND = "kind"  # a number against words
    WORDS = "words"
    UNKNOWN = "unknown"  # one side is empty, cannot be read or has no unit


def lacks_unit(target: Target) -> bool:
    """Say whether a target is a number without a whole unit: 31, ≤3万, 95百分比."""
    if target.kind is not TargetKind.NUMBER:
        return False
    return target.unit in _UNREAL_UNITS or target.words.endswith(("百分比", "比例"))


def difference(a: Target, b: Target) -> Difference:
    """Say how two targets differ; what may be converted is converted."""
    if _is_unclear(a) or _is_unclear(b):
        return Difference.UNKNOWN
    return Difference.NONE if a is b else _difference(a.text, b.text)


@lru_cache(maxsize=16384)
def _difference(one: str, other: str) -> Difference:
    a, b = parse(one), parse(other)
    if a.is_words or b.is_words:
        if a.is_words and b.is_words:
            same = _said(a) == _said(b)
            return Difference.NONE if same else Difference.WORDS
        return Difference.KIND
    return _between_figures(a, b)


def _said(target: Target) -> str:
    """Return words to compare: 9月底前 and 9月底 are one day."""
    words = normalise(target.words)
    return _BEFORE.sub("", words) if target.kind is TargetKind.LIMIT else words


def _is_unclear(target: Target) -> bool:
    return target.is_blank or target.kind is TargetKind.UNPARSEABLE


def _between_figures(a: Target, b: Target) -> Difference:
    if a.words == b.words:
        return Difference.NONE
    if lacks_unit(a) or lacks_unit(b):
        return Difference.UNKNOWN
    ratio = unit_ratio(a, b)
    if ratio is None or a.low is None or a.high is None:
        return Difference.UNIT
    low, high = (end * ratio.numerator / ratio.denominator for end in (a.low, a.high))
    if (low, high) != (b.low, b.high):
        return Difference.NUMBER
    return Difference.NONE if (a.sign or "=") == (b.sign or "=") else Difference.SIGN


def is_weaker(a: Target, b: Target, *, less_is_better: bool | None = None) -> bool:
    """Say whether target `a` demands less than `b`."""
    return compare(a, b, less_is_better=less_is_better) is Comparison.WEAKER
