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
from kpiapp.services import rule_pages
from kpiapp.services.check_reports import (
    LONGEST_MESSAGE,
    rules_changed_text,
    rules_off_text,
    shortened,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kpiapp.model.form import Form
    from kpiapp.services.checking import Report
    from kpiapp.services.report_rows import ReportRow
    from kpiapp.sheets.grid import Grid
    from kpiapp.sheets.pen import Pen

GRADES: Final = ("优", "良", "中", "差")
CONSEQUENCES: Final = {
    "优": "同意进入下一步预算安排。",
    "良": "可与申报单位协商，直接补充完善后进入下一步预算安排。",
    "中": "由申报单位修改完善后重新报送。",
    "差": "不得进入下一步预算安排，请重新编报。",
}
"""What follows from a grade (财预〔2015〕88号)."""
MOST_LISTED: Final = 500
"""Findings listed in one document; nobody signs more, and the rest is counted."""
MOST_NAMED: Final = 3
"""So many forms are named behind a finding of the table; the list below has all."""


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


# -- as a document -------------------------------------------------------------------------------

WIDTHS: Final = (12.0, 14.0, 32.0, 50.0, 26.0)
LIST_HEADS: Final = ("级别", "表", "位置", "问题", "怎么改")
QUIET_HEADS: Final = ("级别", "表", "位置", "问题", "不计入的理由")


def write(path: Path, one: Review) -> None:
    """Write a 审核意见 as a Word document; raises UserError where it cannot be written."""
    from kpiapp.sheets import docx

    docx.write(path, [grid(one)])


def file_name(one: Review) -> str:
    """Return a name for the document that every system takes, without suffix."""
    from kpiapp.services.exporting import safe_name

    return safe_name(f"审核意见-{one.unit}-{one.year}")


def write_all(folder: Path, found: Iterable[Review]) -> list[Path]:
    """Write one document for each unit and year into a folder; return the files.

    Raises:
        UserError: the folder cannot be made, or a file not be written.
    """
    from kpiapp.services.exporting import make_folder

    make_folder(folder)
    paths: list[Path] = []
    for one in found:
        name = file_name(one)
        path, copy = folder / f"{name}.docx", 2
        while path in paths:
            path, copy = folder / f"{name}({copy}).docx", copy + 1
        write(path, one)
        paths.append(path)
    return paths


def grid(one: Review) -> Grid:
    """Return the printed sheet: the table of the points, the opinion, and the findings."""
    from kpiapp.sheets.grid import Grid, Role
    from kpiapp.sheets.pen import Pen

    pen = Pen(WIDTHS)
    pen.line([("项目支出绩效目标审核表", 5, Role.TITLE)])
    pen.line([(f"申报单位：{one.unit}", 4, Role.CAPTION), (f"{one.year} 年度", 1, Role.UNIT)])
    _points_table(pen, one)
    _opinion(pen, one)
    pen.line([(_remark(one), 5, Role.NOTE)])
    active = [row for row in one.rows if row.quiet is None]
    quiet = [row for row in one.rows if row.quiet is not None]
    _findings(
        pen,
        "附一  审核发现的问题",
        LIST_HEADS,
        [(*_said(x), shortened(x.mend, LONGEST_MESSAGE)) for x in active],
    )
    if quiet:
        rows = [(*_said(row), row.quiet or "") for row in quiet]
        _findings(pen, "附二  已说明理由、不计入的问题", QUIET_HEADS, rows)
    return Grid("审核意见", pen.cells, WIDTHS, pen.heights)


def _points_table(pen: Pen, one: Review) -> None:
    from kpiapp.sheets.grid import Role

    heads = ("审核内容", "审核要点", "审核标准", "检查发现的主要问题", "审核意见")
    pen.line([(text, 1, Role.HEAD) for text in heads])
    before = ""
    for judged in one.judged:
        point = judged.point
        if point.head != before:
            span = sum(x.point.head == point.head for x in one.judged)
            pen.put(pen.row, 0, point.head, Role.LABEL, span)
        before = point.head
        texts = (point.name, point.text, _behind(judged), boxes(judged.grade, "\n"))
        for column, text in enumerate(texts, 1):
            pen.put(pen.row, column, text, Role.LABEL if column == 1 else Role.TEXT)
        pen.row += 1


def _opinion(pen: Pen, one: Review) -> None:
    from kpiapp.sheets.grid import Role

    pen.line([("综合评定等级", 2, Role.LABEL), (boxes(one.grade), 3, Role.VALUE)], least=24)
    pen.line([("总体意见", 2, Role.LABEL), (_whole(one), 3, Role.TEXT)], least=60)
    pen.line([("审核人补充意见", 2, Role.LABEL), ("", 3, Role.TEXT)], least=60)
    sign = (
        "审核人（签字）："
        + " " * 24
        + "审核日期："
        + " " * 10
        + "年"
        + " " * 6
        + "月"
        + " " * 6
        + "日"
    )
    pen.line([("审核单位（盖章）", 2, Role.LABEL), (sign, 3, Role.VALUE)], least=48)


def _remark(one: Review) -> str:
    return (
        "注：等级由程序按检查结果提出，只看得到表内和表间的问题；政策依据、论证材料、同类项目水平"
        f"请审核人核对后改定。{one.settings}"
    )


def boxes(grade: str, middle: str = "   ") -> str:
    """Return the four boxes with one ticked: `优□ 良☑ 中□ 差□`, two on each side of `middle`."""
    shown = [f"{word}{'☑' if word == grade else '□'}" for word in GRADES]
    return f"{shown[0]}   {shown[1]}{middle}{shown[2]}   {shown[3]}"


def _behind(judged: Judged) -> str:
    """Return the findings behind a grade, a line for each rule, the gravest first."""
    by_code: dict[str, list[ReportRow]] = {}
    for row in judged.rows:
        if row.quiet is None:
            by_code.setdefault(row.code, []).append(row)
    return "\n".join(_line(code, rows) for code, rows in by_code.items()) or "没有发现问题"


def _line(code: str, rows: Sequence[ReportRow]) -> str:
    names = list(dict.fromkeys(_named(row) for row in rows))
    more = "等" if len(names) > MOST_NAMED else ""
    where = "、".join(names[:MOST_NAMED]) + more
    return f"{rows[0].level}：{rule_pages.title(code)} {len(rows)} 处（{where}）"


def _named(row: ReportRow) -> str:
    """Return a form's name; the department's own form bears the name of the unit."""
    return "部门整体表" if row.form == row.unit else row.form


def _whole(one: Review) -> str:
    counts = Counter(row.level for row in one.rows if row.quiet is None)
    said = "、".join(f"{level} {counts[level]} 处" for level in ("错误", "警告", "提示"))
    weak = [x.point.name for x in one.judged if x.grade in GRADES[2:]]
    about = f"主要在{'、'.join(weak)}方面。" if weak else ""
    return f"共审核 {one.forms} 张表，发现{said}。{about}{CONSEQUENCES[one.grade]}"


def _said(row: ReportRow) -> tuple[str, str, str, str]:
    return row.level, _named(row), row.place, shortened(row.message, LONGEST_MESSAGE)


def _findings(pen: Pen, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from kpiapp.sheets.grid import Role

    pen.line([(title, 5, Role.NOTE)])
    pen.line([(text, 1, Role.HEAD) for text in heads])
    for row in rows[:MOST_LISTED] or [("—", "", "", "没有发现问题", "")]:
        pen.line([(text, 1, Role.TEXT) for text in row])
    more = len(rows) - MOST_LISTED
    if more > 0:
        pen.line([(f"还有 {more} 处没有列在这里，见 xlsx 格式的问题清单。", 5, Role.NOTE)])
