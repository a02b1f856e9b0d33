"""Reading texts: sentences, clauses, figures with their counters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from kpiapp.model.names import normalise

LONGEST = 20_000
"""Characters of a text that are looked at; no printed field comes near it."""

_SENTENCE = re.compile(r"[。；;！？!?\n]")
_CLAUSE = re.compile(r"[。；;！？!?，,\n]")
_LEAD = re.compile(
    r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[）).、．]\s*)+|^\s*[一二三四五六七八九十]是"
)
_SUM = re.compile(r"\d\s*(?:万元|万|元|亿元)")

_COUNTERS = (
    "平方公里|平方米|公里|万元|亿元|小时|分钟|人次|户次|场次|台套|工作日|个工作日|个|次|场|期|人|名|家|件|份|篇|套|台|项|种|条|批"
    "|户|册|幅|辆|座|处|亩|米|吨|%|％|元|天|例|起|所|间|门|条|节|课时|棵|株|本|张|支|块|组|点位"
)
_FIGURE = re.compile(rf"(?<![\d.*×xX〔\[（(第])(\d[\d,]*(?:\.\d+)?)\s*({_COUNTERS})")
_CHINESE_COUNT = re.compile(
    r"[一二两三四五六七八九十百千万]+(?:余)?(?:个|次|场|期|人|名|家|件|份|篇|套|台|项|种|条|批|户|册|辆|座|处|所|成)"
)
_NOT_COUNTS = re.compile(r"一次性|一项目|进一次|一个中心|第[一二三四五六七八九十]+")


def without_number(line: str) -> str:
    """Return a line without the number in front: `一、` `1.` `（2）`."""
    return _LEAD.sub("", line)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without the numbers in front of them."""
    return _parts(_SENTENCE, text)


def clauses(text: str) -> list[str]:
    """Return the clauses of a text, cut at commas too."""
    return _parts(_CLAUSE, text)


def _parts(cut: re.Pattern[str], text: str) -> list[str]:
    found = (_LEAD.sub("", part).strip() for part in cut.split(text[:LONGEST]))
    return [part for part in found if part]


def names_sum(text: str) -> bool:
    """Say whether a text names an amount of money."""
    return _SUM.search(text) is not None


@lru_cache(maxsize=4096)
def repeated_part(text: str, *, by_clause: bool = False) -> str | None:
    """Return a part of a text that is there twice, or nearly so; None if there is none.

    Sentences (or clauses) of 15 characters and more that are alike by 0.9, and lines of 30 and
    more alike by 0.85; parts with sums are left out, since tasks and money repeat each other.
    """
    parts = clauses(text) if by_clause else sentences(text)
    found = _alike(parts, least=15, limit=0.9)
    if found or by_clause:
        return found
    return _alike([_LEAD.sub("", line) for line in text[:LONGEST].splitlines()], 30, 0.85)


def _alike(parts: list[str], least: int, limit: float) -> str | None:
    seen: list[str] = []
    for part in parts[:300]:
        key = normalise(part)
        if len(key) < least or names_sum(part):
            continue
        for other in seen:
            if Indel.normalized_similarity(key, other, score_cutoff=limit) >= limit:
                return part
        seen.append(key)
    return None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its counter, and the words around it."""

    number: str
    counter: str
    context: str

    @property
    def text(self) -> str:
        """Number and counter: 150亿元."""
        return f"{self.number}{self.counter}"


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text with their counters; 7*24小时 and 24小时 are no figures."""
    found = []
    for match in _FIGURE.finditer(text[:LONGEST]):
        number, counter = match[1].replace(",", ""), match[2].replace("％", "%")
        if (number, counter) == ("24", "小时"):
            continue
        start = max(text.rfind(x, 0, match.start()) for x in "，。；,;\n、：:") + 1
        start = max(start, match.start() - 20)
        context = text[start : match.end()].strip()
        found.append(Figure(number, counter, context))
    return tuple(found)


@lru_cache(maxsize=4096)
def has_figure(text: str) -> bool:
    """Say whether a text holds a digit, or a Chinese number before a counter."""
    if any(x.isdigit() for x in text):
        return True
    return _CHINESE_COUNT.search(_NOT_COUNTS.sub("", text)) is not None
