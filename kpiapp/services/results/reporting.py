"""自评报告 as a document (conclusion, then evidence), and the summary of all projects.

What the data does not say is left as a line to fill in; nothing is made up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.model.form import Kind
from kpiapp.model.money import format_amount
from kpiapp.services.files.formats import write_bytes
from kpiapp.services.results import evaluation, summary_workbook
from kpiapp.services.results.evidence import listing
from kpiapp.services.results.report_docx import as_docx
from kpiapp.services.results.totals import Summary, summarise
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.stages import evaluation_score

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kpiapp.model.form import Form
    from kpiapp.scoring.rows import Row
    from kpiapp.services.results.report_docx import Part
    from kpiapp.services.session import Session

TO_FILL = "（请补充）"


def write_report(session: Session, year: int, path: Path) -> None:
    """Write the 自评报告 of a year as docx.

    Raises:
        UserError: nothing is evaluated yet, or the file cannot be written.
    """
    parts, rows = list(outline(session, year)), summary_workbook.table(summarise(session, year))
    write_bytes(path, as_docx(f"{_name(session, year)}{year}年度绩效自评报告", parts, rows))


def write_all(session: Session, year: int, folder: Path) -> list[Path]:
    """Write the report (where something is evaluated) and the summary; return the files."""
    files = []
    if evaluation.evaluations_of(session, year):
        files.append(folder / f"{year}-自评报告.docx")
        write_report(session, year, files[-1])
        files.append(folder / f"{year}-自评汇总.xlsx")
        summary_workbook.write(session, year, files[-1])
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
            amounts = (one.budget, one.spent)
            budget, spent = (TO_FILL if x is None else format_amount(x) for x in amounts)
            yield 0, f"{one.name}：预算{budget}万元，执行{spent}万元，执行率{one.rate}。"
    for form in forms:
        rate = form.tables[shape.MONEY].rows[0].cells[shape.RATE]
        if form.kind is Kind.DEPARTMENT:
            yield 0, f"部门整体执行率{rate}。" if rate else f"部门整体执行率{TO_FILL}。"


def _achievements(forms: Sequence[Form]) -> tuple[list[str], list[str]]:
    """Return what was reached, a paragraph a form, and what was not, a sentence an indicator."""
    done, left = [], []
    for form in forms:
        reached = []
        for row in evaluation_score.scored(form).rows:
            if missed := _missed(row):
                left.append(f"{form.name}：{missed}")
            else:
                actual = row.indicator.extra.get(shape.ACTUAL)
                reached.append(f"{row.indicator.level3}{actual}（{row.indicator.target}）")
        if reached:
            done.append(f"{form.name}完成{len(reached)}个指标：{'；'.join(reached)}。")
    return done, left


def _missed(row: Row) -> str:
    """Return how an indicator missed its target or has no score, or "" where it was reached."""
    indicator, points = row.indicator, evaluation_score.points_of(row)
    actual = indicator.extra.get(shape.ACTUAL)
    done_so = f"完成{actual}" if actual else "没有填完成值"
    said = f"{indicator.level3}，指标值{indicator.target}，{done_so}"
    if points is None:
        return f"{said}，{row.score.how}。"
    if row.weight is None or points >= row.weight:
        return ""
    reason = indicator.extra.get(shape.REASON) or f"原因{TO_FILL}"
    return f"{said}，得{points}分（满分{shape.plain(row.weight)}分）。{reason}。"


def _listed(lines: Sequence[str], nothing: str) -> Iterator[Part]:
    for line in lines or (nothing,):
        yield 0, line.replace("。。", "。")


def _texts(forms: Sequence[Form], label: str, field: str) -> Iterator[Part]:
    """Yield what was written about indicators and about whole forms."""
    found = [
        f"{form.name}（{row.level3}）：{row.extra[label].rstrip('。')}。"
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
        for line in listing(form, found, proofs=False):
            yield 0, line
    if not any(session.library.attachments(form.id) for form in forms):
        yield 0, TO_FILL
