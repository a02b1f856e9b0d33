"""自评报告 as a document after the outline of domain.md §5.5, and the summary of all projects.

What the data does not say is left as a line to fill in; nothing is made up.
"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kpiapp.errors import UserError
from kpiapp.model.form import Kind
from kpiapp.model.money import format_amount
from kpiapp.services import evaluation, evaluation_score
from kpiapp.services import evaluation_form as shape
from kpiapp.services.evidence import listing
from kpiapp.services.formats import write_bytes
from kpiapp.services.totals import ProjectScore, Summary, summarise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kpiapp.model.form import Form
    from kpiapp.services.session import Session

TO_FILL = "（请补充）"
_FONT = "宋体"
Part = tuple[int, str]
"""A paragraph: the level of its heading (0 for plain text), and the text."""


def write_report(session: Session, year: int, path: Path) -> None:
    """Write the 自评报告 of a year as docx.

    Raises:
        UserError: nothing is evaluated yet, or the file cannot be written.
    """
    parts, rows = list(outline(session, year)), _rows(summarise(session, year))
    write_bytes(path, _docx(f"{_name(session, year)}{year}年度绩效自评报告", parts, rows))


def write_all(session: Session, year: int, folder: Path) -> list[Path]:
    """Write the report (where something is evaluated) and the summary; return the files."""
    files = []
    if evaluation.evaluations_of(session, year):
        files.append(folder / f"{year}-自评报告.docx")
        write_report(session, year, files[-1])
        files.append(folder / f"{year}-自评汇总.xlsx")
        write_summary(session, year, files[-1])
    return files


def outline(session: Session, year: int) -> Iterator[Part]:
    """Yield the paragraphs of the report.

    Raises:
        UserError: nothing of that year is evaluated yet.
    """
    found = evaluation.evaluations_of(session, year)
    if not found:
        raise UserError(f"{year}年还没有自评", "请先在“自评”页填写")
    summary = summarise(session, year)
    forms = list(found.values())
    yield 1, "一、自评结论"
    yield 2, "（一）部门整体绩效自评得分"
    yield from _score(forms, summary)
    yield 2, "（二）部门整体绩效目标完成情况"
    yield 3, "1. 执行率情况"
    yield from _executions(summary, forms)
    done, left = _achievements(forms)
    yield 3, "2. 完成的绩效目标"
    yield from _listed(done, "没有完成的指标。")
    yield 3, "3. 未完成的绩效目标"
    yield from _listed(left, "全部指标已完成。")
    yield 2, "（三）存在的问题和原因"
    yield from _texts(forms, shape.REASON, shape.PROBLEMS)
    yield 2, "（四）下一步拟改进措施"
    yield from _texts(forms, shape.MEASURE, shape.PLANS)
    yield 1, "二、佐证材料"
    yield 2, "（一）基本情况"
    yield from _duties(session, year)
    yield 2, "（二）佐证材料清单"
    yield from _evidence(session, forms)
    yield 2, "（三）各项目自评得分"


def _name(session: Session, year: int) -> str:
    return next((x.name for x in session.forms(year) if x.kind is Kind.DEPARTMENT), "")


def _score(forms: Sequence[Form], summary: Summary) -> Iterator[Part]:
    own = next((x for x in forms if x.kind is Kind.DEPARTMENT), None)
    if own is not None:
        total, grade = own.fields.get(shape.TOTAL), own.fields.get(shape.GRADE)
        said = f"部门整体支出自评得分{total}分，等级“{grade}”。"
        yield 0, said if total else "部门整体尚未评完。"
    if summary.missing:
        yield 0, f"尚有{len(summary.missing)}个项目没有得分：{'、'.join(summary.missing)}。"
    elif summary.projects:
        plain = f"{len(summary.projects)}个项目平均{summary.mean}分"
        by_money = f"，按预算加权平均{summary.weighted}分" if summary.weighted is not None else ""
        yield 0, f"{plain}{by_money}，等级“{summary.grade}”。"


def _executions(summary: Summary, forms: Sequence[Form]) -> Iterator[Part]:
    for one in summary.projects:
        if one.rate:
            budget, spent = _said(one.budget), _said(one.spent)
            yield 0, f"{one.name}：预算{budget}万元，执行{spent}万元，执行率{one.rate}。"
    for form in forms:
        rate = form.tables[shape.MONEY].rows[0].cells[shape.RATE]
        if form.kind is Kind.DEPARTMENT:
            yield 0, f"部门整体执行率{rate}。" if rate else f"部门整体执行率{TO_FILL}。"


def _achievements(forms: Sequence[Form]) -> tuple[list[str], list[str]]:
    """Return what was reached and what was not, a sentence an indicator."""
    done, left = [], []
    for form in forms:
        for row in evaluation_score.scored(form).rows:
            points = evaluation_score.points_of(row)
            indicator = row.indicator
            actual = indicator.extra.get(shape.ACTUAL)
            done_so = f"完成{actual}" if actual else "没有填完成值"
            said = f"{form.name}：{indicator.level3}，指标值{indicator.target}，{done_so}"
            if points is None:
                left.append(f"{said}，{row.score.how}。")
            elif row.weight is not None and points < row.weight:
                reason = indicator.extra.get(shape.REASON) or f"原因{TO_FILL}"
                left.append(f"{said}，得{points}分（满分{shape.plain(row.weight)}分）。{reason}。")
            else:
                done.append(f"{said}。")
    return done, left


def _listed(lines: Sequence[str], nothing: str) -> Iterator[Part]:
    for line in lines or (nothing,):
        yield 0, line.replace("。。", "。")


def _texts(forms: Sequence[Form], label: str, field: str) -> Iterator[Part]:
    """Yield what was written about indicators and about whole forms."""
    found = [
        f"{form.name}（{row.level3}）：{row.extra[label]}"
        for form in forms
        for row in form.indicators
        if row.extra.get(label)
    ]
    found += [f"{form.name}：{form.fields[field]}" for form in forms if form.fields.get(field)]
    for text in found or (TO_FILL,):
        yield 0, text


def _duties(session: Session, year: int) -> Iterator[Part]:
    department = next((x for x in session.forms(year) if x.kind is Kind.DEPARTMENT), None)
    fields = department.fields if department else {}
    found = [fields[x] for x in ("部门职能概述", "年度工作任务") if fields.get(x)]
    for text in found or (TO_FILL,):
        for line in text.splitlines():
            yield 0, line


def _evidence(session: Session, forms: Sequence[Form]) -> Iterator[Part]:
    for form in forms:
        found = session.library.attachments(form.id)
        if found:
            yield 0, f"{form.name}："
        for line in listing(form, found):
            yield 0, line
    if not any(session.library.attachments(form.id) for form in forms):
        yield 0, TO_FILL


# -- docx -----------------------------------------------------------------------------------------


def _docx(title: str, parts: Sequence[Part], rows: Sequence[Sequence[str]]) -> bytes:
    from docx import Document

    document = Document()
    _chinese(document)
    document.add_heading(title, level=0)
    for level, text in parts:
        if level:
            document.add_heading(text, level=level)
        else:
            document.add_paragraph(text)
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _chinese(document: Any) -> None:
    """Give every style a Chinese font; Word asks for it by w:eastAsia."""
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    for style in document.styles:
        if getattr(style, "font", None) is not None:
            style.font.name = _FONT
            style.font.color.rgb = RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for old in [name for name in fonts.attrib if name.endswith("Theme")]:
                del fonts.attrib[old]
            fonts.set(qn("w:eastAsia"), _FONT)


# -- the summary of all projects ------------------------------------------------------------------

_HEADS = ("项目", "预算数（万元）", "执行数（万元）", "执行率", "得分", "等级")


def _rows(summary: Summary) -> list[list[str]]:
    return [list(_HEADS), *([_said(x) for x in _cells(one)] for one in summary.projects)]


def _cells(one: ProjectScore) -> list[Any]:
    rate = shape.number(one.rate.rstrip("%"))
    return [one.name, one.budget, one.spent, rate, one.total, one.grade or None]


def _said(value: Any) -> str:
    if isinstance(value, Decimal):
        return format_amount(value)
    return "未评" if value is None else str(value)


def write_summary(session: Session, year: int, path: Path) -> None:
    """Write the summary of all projects of a year as a workbook with charts.

    Raises:
        UserError: there are no projects, or the file cannot be written.
    """
    import xlsxwriter

    summary = summarise(session, year)
    if not summary.projects:
        raise UserError(f"{year}年没有项目表", "请检查年度")
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("自评汇总")
        _fill_summary(book, sheet, summary, year)
        for column, name, place in ((4, "得分", 1), (3, "执行率（%）", 17)):
            sheet.insert_chart(place, len(_HEADS) + 1, _chart(book, summary, column, name))
    write_bytes(path, stream.getvalue())


def _fill_summary(book: Any, sheet: Any, summary: Summary, year: int) -> None:
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    title = book.add_format({"bold": True, "font_size": 14})
    two = book.add_format({"num_format": "0.00"})
    sheet.write_string(0, 0, f"{year}年度项目支出绩效自评汇总", title)
    for column, text in enumerate(_HEADS):
        sheet.write_string(1, column, text, head)
    for row, one in enumerate(summary.projects, 2):
        for column, value in enumerate(_cells(one)):
            if value is None or isinstance(value, str):
                sheet.write_string(row, column, _said(value))
            else:
                sheet.write_number(row, column, float(value), two)
    last = len(summary.projects) + 2
    ends = (("平均分", summary.mean), ("按预算加权平均分", summary.weighted))
    for row, (text, value) in enumerate(ends, last):
        sheet.write_string(row, 0, text, head)
        sheet.write_string(row, 4, _said(value), head)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, len(_HEADS) - 1, 14)
    sheet.freeze_panes(2, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _chart(book: Any, summary: Summary, column: int, name: str) -> Any:
    """Return a bar chart over the projects of one column of the sheet."""
    chart = book.add_chart({"type": "bar"})
    last = len(summary.projects) + 1
    chart.add_series({
        "name": name,
        "categories": ["自评汇总", 2, 0, last, 0],
        "values": ["自评汇总", 2, column, last, column],
        "fill": {"color": "#2f6db5"},
        "data_labels": {"value": True},
    })  # fmt: skip
    chart.set_title({"name": name})
    chart.set_legend({"none": True})
    chart.set_x_axis({"min": 0, "max": 100})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 560, "height": 300})
    return chart
