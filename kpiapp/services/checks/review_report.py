"""审核意见: the eight-point 审核表 of a unit, filled in from findings, for a reviewer to sign.

Which rule speaks for which point, and what makes a grade, is data: `resources/review_points.toml`.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from kpiapp.model.problem import Severity
from kpiapp.paths import resource
from kpiapp.services.checks.check_reports import rules_changed_text, rules_off_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpiapp.model.form import Form
    from kpiapp.services.checks.report import Report
    from kpiapp.services.checks.report_rows import ReportRow

GRADES: Final = ("优", "良", "中", "差")
CONSEQUENCES: Final = {
    "优": "同意进入下一步预算安排。",
    "良": "可与申报单位协商，直接补充完善后进入下一步预算安排。",
    "中": "由申报单位修改完善后重新报送。",
    "差": "不得进入下一步预算安排，请重新编报。",
}
"""What follows from a grade (财预〔2015〕88号)."""


@dataclass(frozen=True, slots=True)
class Point:
    """One of the eight points, with the codes of the rules that speak for it."""

    head: str
    name: str
    text: str
    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Points:
    """The points, the limits of the grades, and the rules that speak for none."""

    points: tuple[Point, ...]
    beyond: frozenset[str]
    good_warnings: float
    poor_errors: float

    def grade(self, counts: Counter[Severity], forms: int) -> str:
        """Return the grade that so many findings on so many forms are worth."""
        errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
        if not errors and not warnings:
            return GRADES[0]
        if not errors and warnings <= self.good_warnings * max(forms, 1):
            return GRADES[1]
        return GRADES[3] if errors >= self.poor_errors * max(forms, 1) else GRADES[2]


@dataclass(frozen=True, slots=True)
class Judged:
    """A point with its proposed grade and the findings behind it."""

    point: Point
    grade: str
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What is proposed for one unit and year."""

    unit: str
    year: int
    forms: int
    judged: tuple[Judged, ...]
    rows: tuple[ReportRow, ...]
    settings: str

    @property
    def grade(self) -> str:
        """The whole: as its worst point."""
        return max((one.grade for one in self.judged), key=GRADES.index)


@cache
def points() -> Points:
    """Return the eight points as the resource says."""
    data = tomllib.loads(resource("review_points.toml").read_text(encoding="utf-8"))
    grades = data["grades"]
    return Points(
        tuple(
            Point(one["head"], one["name"], one["text"], frozenset(one["rules"]))
            for one in data["points"]
        ),
        frozenset(data["beyond"]["rules"]),
        grades["good_warnings"],
        grades["poor_errors"],
    )


def reviews(report: Report, found: Iterable[ReportRow], forms: Iterable[Form]) -> list[Review]:
    """Return what is proposed for each unit and year, also where nothing was found.

    Args:
        report: the report.
        found: its rows (`report_rows.rows`).
        forms: the forms that were checked.
    """
    sizes: Counter[tuple[str, int]] = Counter()
    for form in forms:
        sizes[report.units.get(form.id) or form.name, form.year] += 1
    rows: dict[tuple[str, int], list[ReportRow]] = {key: [] for key in sizes}
    for row in found:
        if row.problem:
            rows.setdefault((row.unit, row.year), []).append(row)
    said = _settings(report)
    return [review(*key, max(sizes[key], 1), rows[key], said) for key in sorted(rows)]


def _settings(report: Report) -> str:
    """Return how the check differed from the usual one, in sentences."""
    off, changed = rules_off_text(report), rules_changed_text(report)
    return (f"没有检查的规则：{off}。" if off else "") + (
        f"改了级别的规则：{changed}。" if changed else ""
    )


def review(unit: str, year: int, forms: int, rows: Sequence[ReportRow], settings: str) -> Review:
    """Judge the eight points for one unit and year of so many forms.

    `settings` says which rules were off or had another severity, "" where all was as usual.
    """
    judged = []
    for point in points().points:
        behind = tuple(row for row in rows if row.code in point.rules)
        judged.append(Judged(point, points().grade(_counts(behind), forms), behind))
    return Review(unit, year, forms, tuple(judged), tuple(rows), settings)


def _counts(rows: Iterable[ReportRow]) -> Counter[Severity]:
    """Count findings; one indicator's two horizons are one mistake, as is a group's heading."""
    seen = {
        (row.form_id, row.code, row.place.partition(" / ")[2]): row.severity
        for row in rows
        if row.quiet is None and row.severity
    }
    return Counter(seen.values())
