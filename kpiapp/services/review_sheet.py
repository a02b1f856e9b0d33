"""The 审核意见 as a printed sheet: the table of the points, the opinion to sign, the findings."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kpiapp.model.problem import Severity
from kpiapp.services import rule_pages
from kpiapp.services.check_reports import LONGEST_MESSAGE, shortened
from kpiapp.services.review_report import CONSEQUENCES, GRADES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.services.report_rows import ReportRow
    from kpiapp.services.review_report import Judged, Review
    from kpiapp.sheets.grid import Grid
    from kpiapp.sheets.pen import Pen

MOST_LISTED: Final = 500
"""Findings listed in one document; nobody signs more, and the rest is counted."""
MOST_NAMED: Final = 3
"""So many forms are named behind a finding of the table; the list below has all."""

WIDTHS: Final = (12.0, 14.0, 32.0, 50.0, 26.0)
LIST_HEADS: Final = ("级别", "表", "位置", "问题", "怎么改")
QUIET_HEADS: Final = ("级别", "表", "位置", "问题", "不计入的理由")


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
        [_line_of(rows) for rows in _of_one_cause(active)],
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


def _findings(pen: Pen, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from kpiapp.sheets.grid import Role

    pen.line([(title, 5, Role.NOTE)])
    pen.line([(text, 1, Role.HEAD) for text in heads])
    for row in rows[:MOST_LISTED] or [("—", "", "", "没有发现问题", "")]:
        pen.line([(text, 1, Role.TEXT) for text in row])
    more = len(rows) - MOST_LISTED
    if more > 0:
        pen.line([(f"还有 {more} 处没有列在这里，见 xlsx 格式的问题清单。", 5, Role.NOTE)])
