"""Dates as people write them in targets and results: 2022年12月底, 6月30日, 第四季度, 年底."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年?|当年|本年|本年度|今年|全年)"
_DAY = r"(?:(?P<day>\d{1,2})[日号]?|(?P<part>底|末|上旬|中旬|下旬))"
_CHINESE_DATE = re.compile(
    rf"(?:{_YEAR}度?)?(?P<month>\d{{1,2}})月(?:份)?{_DAY}?"
    rf"|(?:{_YEAR.replace('year', 'year2')}度?)?第?(?P<quarter>[1-4一二三四])季度(?:底|末|内)?"
    rf"|(?:{_YEAR.replace('year', 'year3')}度?)?(?P<half>[上下])半年(?:底|末|内)?"
    rf"|(?P<year4>(?:19|20)\d\d)年度?(?:底|末|内|之内)?"
    rf"|(?P<end>(?<![\d一二三四五六七八九十半])(?:当|本|今)?年(?:底|末|内)|(?:当|本|今)年度?|年度内)"
)
_PLAIN_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)[-./](?P<month>\d{1,2})(?:[-./](?P<day>\d{1,2}))?(?!\d)"
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


@dataclass(frozen=True, slots=True)
class Span:
    """A printed date as the days it may mean: 2022年12月 is 1 to 31 December.

    `year_given` is False where the text names no year and the caller's was taken.
    """

    first: date
    last: date
    year_given: bool


def find_dates(text: str) -> list[re.Match[str]]:
    """Return where dates stand in half-width text, in order, none overlapping another."""
    found: list[re.Match[str]] = []
    at = 0
    while at < len(text):
        match = _first(text, at)
        if match is None:
            break
        found.append(match)
        at = match.end()
    return found


def span_of(match: re.Match[str], year: int) -> Span | None:
    """Return the days that a match means, taking `year` where none is named; None if no date."""
    groups = match.groupdict()
    named = next((groups[x] for x in ("year", "year2", "year3", "year4") if groups.get(x)), None)
    try:
        first, last = _days(groups, int(named or year))
    except ValueError:
        return None
    return Span(first, last, named is not None)


def _first(text: str, at: int) -> re.Match[str] | None:
    found = [x for x in (_PLAIN_DATE.search(text, at), _CHINESE_DATE.search(text, at)) if x]
    return min(found, key=lambda match: (match.start(), -match.end())) if found else None


def _days(groups: dict[str, str | None], year: int) -> tuple[date, date]:
    """Return the first and the last day; raises ValueError for a 13th month or a 31 June."""
    if groups.get("month"):
        return _days_of_month(year, int(groups["month"] or 0), groups)
    if quarter := groups.get("quarter"):
        number = _QUARTERS.get(quarter) or int(quarter)
        return date(year, number * 3 - 2, 1), _last(year, number * 3)
    if half := groups.get("half"):
        return (
            (date(year, 1, 1), date(year, 6, 30))
            if half == "上"
            else (date(year, 7, 1), date(year, 12, 31))
        )
    return date(year, 1, 1), date(year, 12, 31)


def _days_of_month(year: int, month: int, groups: dict[str, str | None]) -> tuple[date, date]:
    if day := groups.get("day"):
        exact = date(year, month, int(day))
        return exact, exact
    first, last = date(year, month, 1), _last(year, month)
    match groups.get("part"):
        case "上旬":
            return first, date(year, month, 10)
        case "中旬":
            return date(year, month, 11), date(year, month, 20)
        case "下旬":
            return date(year, month, 21), last
        case _:
            return first, last


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
