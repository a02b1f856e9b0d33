"""Figures with words before them: 较上年增长5%, 完成率98%, 实际完成23场.

Only words that do not change what the figure says are taken off, and only where nothing but one
figure is left; everything else is read as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kpiapp.model.target import parse

_CHANGE = re.compile(
    r"(?:(?:较|比)(?:上年|去年|同期)|同比)?(?:(?P<up>增长|提高|提升|增加|上升)|(?P<down>下降|降低|减少))"
    r"(?:率)?(?:为|达到|达)?"
)
_RATE = re.compile(r"[\u4e00-\u9fff]{1,8}率(?:为|达到|达|:)?")
_DONE = re.compile(r"(?:(?:实际|已|共|累计|全年){0,3}(?:完成|达到|达|为)|共|累计)(?:了)?")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """The text of a figure without its words; `way` is up or down where they told a change."""

    text: str
    way: str = ""


def unwrap(text: str | None, *, result: bool = False) -> Figure | None:
    """Return the figure behind words, or None where the text stands for itself.

    Args:
        text: a target or a result.
        result: 完成 and 达到 before a figure say nothing in a result.
    """
    words = parse(text).words
    if not text or len(words) > _LONGEST or parse(text).is_numeric:
        return None
    for pattern in (_CHANGE, _RATE, *([_DONE] if result else [])):
        found = pattern.match(words)
        rest = parse(words[found.end() :]) if found else None
        if found and rest and rest.is_numeric and rest.sign is None:
            if pattern is _RATE and rest.unit != "%":
                continue
            way = found.lastgroup if pattern is _CHANGE else None
            return Figure(words[found.end() :], way or "")
    return None


def plain(target: str | None, actual: str | None) -> tuple[str | None, str | None]:
    """Return target and result without words before their figures.

    A result in the target's own words stands for itself; so does one that tells a change the
    other way.
    """
    if parse(target).words == parse(actual).words:
        return target, actual
    aim, done = unwrap(target), unwrap(actual, result=True)
    if aim and done and {aim.way, done.way} == {"up", "down"}:
        return target, actual
    if done and done.way == "down" and not (aim and aim.way):
        done = None
    return (aim.text if aim and _is_figure(actual, done) else target), (
        done.text if done and (aim or parse(target).is_numeric) else actual
    )


def _is_figure(actual: str | None, done: Figure | None) -> bool:
    return done is not None or parse(actual).is_numeric
