"""A target that is a day: done by the last day of the printed period gives all, later nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model import dates
from kpiapp.scoring.formulas import Points, full
from kpiapp.scoring.outcome import Unscored

if TYPE_CHECKING:
    from fractions import Fraction

    from kpiapp.model.dates import Span
    from kpiapp.model.target import Target

_SOME_LEAP_YEAR = 2000
_LIMITS = ("前", "内", "止")


def deadline(target: Target, result: Target, weight: Fraction, year: int | None) -> Points:
    """Return all points for a day within the printed period, none for a later one.

    Args:
        target: 2022年12月底前, 6月30日前, 年底前.
        result: the day or month when it was done.
        weight: the points.
        year: the year of the sheet, for dates without one.

    Raises:
        Unscored: date-not-stated, date-too-coarse, or compound-value for several days.
    """
    done = _spans(result.words, year)
    if not done or result.words.endswith(_LIMITS):
        raise Unscored("date-not-stated", result.text)
    due = _spans(target.words, year)
    if len(due) != 1 or len(done) != 1:
        raise Unscored("compound-value", f"{target.text}；{result.text}")
    if year is None and due[0].year_given != done[0].year_given:
        raise Unscored("date-not-stated", f"{result.text}，没有年份")
    last = due[0].last
    if done[0].last <= last:
        return full(weight, f"{result.text}完成，不晚于{last}，得满分")
    if done[0].first <= last:
        raise Unscored("date-too-coarse", f"{result.text}，应不晚于{last}")
    return Points(weight * 0, f"{result.text}完成，晚于{last}，不得分")


def _spans(words: str, year: int | None) -> list[Span]:
    found = dates.find_dates(words[:200])
    spans = (dates.span_of(match, year or _SOME_LEAP_YEAR) for match in found)
    return [span for span in spans if span]
