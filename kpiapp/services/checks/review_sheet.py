"""The 审核表 as a printed sheet: the table of the points, the opinion to sign, the findings.

What it looks like is a layout as any other (`resources/layouts/review`), so that it is written in
every format; what its points are, `resources/review_points.toml` says.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from kpiapp.model.form import Row
from kpiapp.model.problem import Severity
from kpiapp.model.shortening import shortened
from kpiapp.paths import resource
from kpiapp.services.checks import rule_pages
from kpiapp.services.checks.check_reports import LONGEST_MESSAGE
from kpiapp.services.checks.review_report import CONSEQUENCES, GRADES
from kpiapp.services.files import formats
from kpiapp.services.files.folders import make_folder, safe_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kpiapp.model.form import Form
    from kpiapp.services.checks.report_rows import ReportRow
    from kpiapp.services.checks.review_report import Judged, Review
    from kpiapp.sheets.grid import Grid
    from kpiapp.sheets.layouts.blocks import Layout

MOST_LISTED: Final = 500
"""Findings listed in one document; nobody signs more, and the rest is counted."""
MOST_NAMED: Final = 3
"""So many forms are named behind a finding of the table; the list below has all."""

POINTS: Final = "审核内容"
FOUND: Final = "附一  审核发现的问题"
QUIET: Final = "附二  已说明理由、不计入的问题"
SIGNED: Final = f"审核人（签字）：{' ' * 24}审核日期：{' ' * 10}年{' ' * 6}月{' ' * 6}日"


@cache
def sheet_layout() -> Layout:
    """Return the layout of the 审核表."""
    from kpiapp.sheets.layouts.layout import read_layout

    return read_layout(resource("layouts", "review", "mof-2015-review.toml"))


def grid(one: Review) -> Grid:
    """Return the printed sheet: the table of the points, the opinion, and the findings."""
    from kpiapp.sheets.filling.fill import fill

    form = as_form(one)
    blocks = tuple(x for x in sheet_layout().blocks if x.name != QUIET or QUIET in form.tables)
    return fill(form, replace(sheet_layout(), blocks=blocks))


def as_form(one: Review) -> Form:
    """Return a review as what its layout prints."""
    from kpiapp.sheets.layouts.blank import blank_form

    form = blank_form(sheet_layout(), one.year)
    form.fields |= {
        "申报单位": one.unit,
        "年度": f"{one.year} 年",
        "综合评定等级": boxes(one.grade),
        "总体意见": _whole(one),
        "审核单位（盖章）": SIGNED,
    }
    form.notes = [_remark(one)]
    active = [row for row in one.rows if row.quiet is None]
    quiet = [(*_said(row), row.quiet) for row in one.rows if row.quiet is not None]
    _put(form, POINTS, [_point(judged) for judged in one.judged])
    _put(form, FOUND, _cut([_line_of(rows) for rows in _of_one_cause(active)]))
    _put(form, QUIET, _cut(quiet))
    if not quiet:
        del form.tables[QUIET]
    return form


def _put(form: Form, name: str, rows: Sequence[Sequence[str]]) -> None:
    form.tables[name].rows = [Row(list(cells)) for cells in rows]


def _point(judged: Judged) -> tuple[str, ...]:
    point = judged.point
    return point.head, point.name, point.text, _behind(judged), boxes(judged.grade, "\n")


def _cut(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Return as many lines as a person reads, and a line that counts the rest."""
    more = len(rows) - MOST_LISTED
    rest = f"还有 {more} 处没有列在这里，见 xlsx 格式的问题清单。"
    shown = list(rows[:MOST_LISTED]) or [("—", "", "", "没有发现问题", "")]
    return [*shown, ("", "", "", rest, "")] if more > 0 else shown


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


def _of_one_cause(rows: Sequence[ReportRow]) -> list[list[ReportRow]]:
    """Return findings of a form that say the same, and hints of one rule, as one line each."""
    found: dict[tuple[str, str, str], list[ReportRow]] = {}
    for row in rows:
        said = "" if row.severity is Severity.HINT else row.message
        found.setdefault((row.form_id, row.code, said), []).append(row)
    return list(found.values())


def _line_of(rows: Sequence[ReportRow]) -> tuple[str, ...]:
    """Return one line of the list: where, what and what to do, of findings of one cause."""
    level, form, _, _ = _said(rows[0])
    mends = list(dict.fromkeys(row.mend for row in rows))
    mend = mends[0] if len(mends) == 1 else rule_pages.how_to_mend(rows[0].code)
    return (
        level, form, _listed([row.place for row in rows], "\n"),
        _listed([shortened(row.message, LONGEST_MESSAGE) for row in rows], "；"),
        shortened(mend, LONGEST_MESSAGE),
    )  # fmt: skip


def _listed(texts: Sequence[str], between: str) -> str:
    """Return different texts one after the other, the first few of many."""
    different = list(dict.fromkeys(texts))
    more = f"{between}等 {len(different)} 处" if len(different) > MOST_NAMED else ""
    return between.join(different[:MOST_NAMED]) + more


# -- as files --------------------------------------------------------------------------------------


def write(path: Path, one: Review) -> None:
    """Write a 审核意见 by the suffix of its file (docx, xlsx, pdf, html).

    Raises:
        UserError: there is no such format, or the file cannot be written.
    """
    formats.write_grids(path, [grid(one)])


def file_name(one: Review) -> str:
    """Return a name for the document that every system takes, without suffix."""
    return safe_name(f"审核意见-{one.unit}-{one.year}")


def write_all(
    folder: Path, found: Iterable[Review], kinds: Sequence[str] = ("docx",)
) -> list[Path]:
    """Write one document of each format for each unit and year into a folder; return the files.

    Raises:
        UserError: the folder cannot be made, or a file not be written.
    """
    make_folder(folder)
    paths: list[Path] = []
    for one, kind in ((one, kind) for one in found for kind in kinds):
        name = file_name(one)
        path, copy = folder / f"{name}.{kind}", 2
        while path in paths:
            path, copy = folder / f"{name}({copy}).{kind}", copy + 1
        write(path, one)
        paths.append(path)
    return paths
