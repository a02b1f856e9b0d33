"""The summary of the self-evaluations of all projects as a workbook: a table and two charts."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from kpiapp.errors import UserError
from kpiapp.model.money import format_amount
from kpiapp.services.files.formats import write_bytes
from kpiapp.services.results.totals import ProjectScore, Summary, summarise
from kpiapp.services.stages import evaluation_form as shape

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.services.session import Session

HEADS: Final = ("项目", "预算数（万元）", "执行数（万元）", "执行率（%）", "得分", "等级")
RATE, SCORE = 3, 4
WIDTHS: Final = (34, 14, 14, 12, 10, 8)
NOT_SCORED: Final = "未评"
_SHEET = "自评汇总"
_FIRST = 2
"""The row of the first project, below title and heads."""
_WIDTH, _LEAST_HEIGHT, _BAR = 660, 220, 30
"""Pixels of a chart; it grows with the number of projects."""


def table(summary: Summary) -> list[list[str]]:
    """Return heads and projects in words, as a report prints them."""
    return [list(HEADS), *([_said(*x) for x in enumerate(_cells(one))] for one in summary.projects)]


def _cells(one: ProjectScore) -> list[Any]:
    """Return the values of a project; what is not known is blank, a missing score says so."""
    rate = shape.number(one.rate.rstrip("%"))
    total = NOT_SCORED if one.total is None else one.total
    return [one.name, one.budget, one.spent, rate, total, one.grade]


def _said(column: int, value: Any) -> str:
    """Return a value in words: amounts as they are written, rate and points with both places."""
    if isinstance(value, Decimal):
        return f"{value:f}" if column in (RATE, SCORE) else format_amount(value)
    return "" if value is None else str(value)


def write(session: Session, year: int, path: Path) -> None:
    """Write the summary of all projects of a year.

    Raises:
        UserError: there are no projects, or the file cannot be written.
    """
    import xlsxwriter

    summary = summarise(session, year)
    if not summary.projects:
        raise UserError(f"{year}年没有项目表", "请检查年度")
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_SHEET)
        below = _fill(book, sheet, summary, year)
        _set_page(sheet)
        height = max(_LEAST_HEIGHT, _BAR * len(summary.projects) + 80)
        for number, column in enumerate((SCORE, RATE)):
            chart = _chart(book, summary, column, height)
            place = {"y_offset": number * (height + 12)}
            sheet.insert_chart(below + 1, 0, chart, place)
    write_bytes(path, stream.getvalue())


def _fill(book: Any, sheet: Any, summary: Summary, year: int) -> int:
    """Write the table; return the row below it."""
    cell = {"border": 1, "valign": "vcenter", "font_size": 10.5}
    head = book.add_format({**cell, "bold": True, "align": "center", "text_wrap": True})
    name = book.add_format({**cell, "text_wrap": True})
    word = book.add_format({**cell, "align": "center"})
    two = book.add_format({**cell, "num_format": "#,##0.00"})
    title = book.add_format({"bold": True, "font_size": 15, "align": "center"})
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, f"{year}年度项目支出绩效自评汇总", title)
    for column, text in enumerate(HEADS):
        sheet.write_string(1, column, text, head)
    ends = [("平均分", summary.mean, ""), ("按预算加权平均分", summary.weighted, summary.grade)]
    lines = [_cells(one) for one in summary.projects]
    lines += [[x, None, None, None, NOT_SCORED if n is None else n, g] for x, n, g in ends]
    for row, values in enumerate(lines, _FIRST):
        for column, value in enumerate(values):
            if isinstance(value, Decimal):
                sheet.write_number(row, column, float(value), two)
            else:
                sheet.write_string(row, column, _said(column, value), word if column else name)
    return _FIRST + len(lines)


def _set_page(sheet: Any) -> None:
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_FIRST, 1)
    sheet.repeat_rows(0, 1)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()


def _chart(book: Any, summary: Summary, column: int, height: int) -> Any:
    """Return a bar chart over the projects of one column of the sheet."""
    chart = book.add_chart({"type": "bar"})
    last = _FIRST + len(summary.projects) - 1
    chart.add_series({
        "name": HEADS[column],
        "categories": [_SHEET, _FIRST, 0, last, 0],
        "values": [_SHEET, _FIRST, column, last, column],
        "fill": {"color": "#2f6db5"},
        "gap": 60,
        "data_labels": {"value": True, "num_format": "0.00"},
    })  # fmt: skip
    chart.set_title({"name": f"各项目{HEADS[column]}", "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    grid = {"visible": True, "line": {"color": "#d9dde3"}}
    chart.set_x_axis({"min": 0, "max": 100, "major_unit": 20, "major_gridlines": grid})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": _WIDTH, "height": height})
    return chart
