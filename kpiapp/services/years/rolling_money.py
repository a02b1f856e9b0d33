"""Money on a form that is carried over: past years move one column on, next year's is not known.

Amounts of the year that begins are emptied, for a figure of last year that looks like this year's
would be handed in unseen; what the money was for (sources, items, prices) stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.budget import year_budget_text
from kpiapp.model.money import format_amount, parse_amount
from kpiapp.services.years.rolling_years import year_of_column, year_of_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.form import Form, Table
    from kpiapp.model.money import Amount

_THIS_YEAR = re.compile(r"(?:当年|本年|本年度|年度)(?:预算|金额|资金总额|预算数)")
_TOTAL = re.compile(r"总预算|资金总额")
_AMOUNT_HEADS = re.compile(r"金额|预算|资金|测算数|申报数|执行数|收支|占比|执行率|财政拨款")
_KEPT_HEADS = re.compile(r"来源|标准|单价|依据|说明|名称|项目主要|是否|方向|内容")
_PAST_TEXT = re.compile(
    r"(?P<y2>20\d\d)年(?P<words>[^，,；;。\d]{0,12}?)(?P<a2>[\d,.]+)(?P<unit>万元|元)"
    r"(?P<comma>[，,；;])\s*(?P<y1>20\d\d)年[^，,；;。\d]{0,12}?(?P<a1>[\d,.]+)(?:万元|元)"
    r"(?P<end>[。；;]?)"
)
_PAST_LABEL = "前两年预算"


def move_money(form: Form, year: int, *, keep: bool, total_stays: bool) -> None:
    """Move past amounts one year on, and empty those of the year that begins.

    Args:
        form: the copy for the next year; its labels are still those of `year`.
        year: the year that is left.
        keep: leave this year's amounts standing as next year's.
        total_stays: 项目总预算 is that of a project of several years, and lasts.
    """
    budget = year_budget_text(form)
    for label, text in form.fields.items():
        form.fields[label] = _moved_text(text, year, budget) if _PAST_LABEL in label else text
    for table in form.tables.values():
        _move_columns(table, year)
        _move_rows(table, year, budget)
    if not keep:
        _empty_fields(form, total_stays=total_stays)
        for table in form.tables.values():
            _empty_columns(table, total_stays=total_stays)


def texts_telling(form: Form, amount: Amount | None) -> Iterator[tuple[str, str]]:
    """Yield where fields of a form still tell an amount, as 合计102万元: label and text.

    Args:
        form: the copy for the next year; fields on past years, which moved, are passed over.
        amount: the budget of the year that is left.
    """
    if amount is None:
        return
    told = re.compile(rf"(?<![\d.,]){re.escape(format_amount(amount.value))}{amount.unit}")
    for label, text in form.fields.items():
        if _PAST_LABEL not in label and told.search(text):
            yield label, text


def _moved_text(text: str, year: int, budget: str) -> str:
    """Rewrite 2024年项目预算0万元，2025年项目预算9.52万元。 where a text tells these two years."""
    found = _PAST_TEXT.search(text)
    if not found or (int(found["y2"]), int(found["y1"])) != (year - 2, year - 1):
        return text
    before, after = text[: found.start()], text[found.end() :]
    if f"{year}年" in before + after:
        return text
    words, unit = found["words"], found["unit"]
    now = f"{_bare(budget)}{unit}" if budget else unit
    moved = f"{year - 1}年{words}{found['a1']}{unit}{found['comma']}{year}年{words}{now}"
    return f"{before}{moved}{found['end']}{after}"


def _bare(amount: str) -> str:
    """Return an amount as printed, without its unit."""
    return amount.rstrip("元万亿千 ")


def _move_columns(table: Table, year: int) -> None:
    """Let the columns of 前年 and 上年 take what stood in those of 上年 and 当年."""
    at = {year_of_column(head): column for column, head in enumerate(table.columns)}
    older, newer = at.get(year - 2), at.get(year - 1)
    this = next((n for n, head in enumerate(table.columns) if "当年" in head), None)
    for row in table.rows:
        if older is not None and newer is not None:
            row.cells[older] = row.cells[newer]
        if newer is not None:
            row.cells[newer] = row.cells[this] if this is not None else ""


def _move_rows(table: Table, year: int, budget: str) -> None:
    """Let the rows 2024年, 2025年 of 前两年预算情况 become those of 2025年 and 2026年."""
    rows = {year_of_row(row.cells[0]): row for row in table.rows if row.cells}
    older, newer = rows.get(year - 2), rows.get(year - 1)
    if older is None or newer is None:
        return
    for row, is_year in ((older, year - 1), (newer, year)):
        row.cells[0] = row.cells[0].replace(str(is_year - 1), str(is_year))
    older.cells[1:] = newer.cells[1:]
    newer.cells[1:] = [_bare(budget) if "预算" in head else "" for head in table.columns[1:]]


def _empty_fields(form: Form, *, total_stays: bool) -> None:
    for label, text in form.fields.items():
        this = _THIS_YEAR.search(label) or (_TOTAL.search(label) and not total_stays)
        if this and "前两年" not in label and _is_amount(text):
            form.fields[label] = ""


def _empty_columns(table: Table, *, total_stays: bool) -> None:
    if any(row.cells and year_of_row(row.cells[0]) for row in table.rows):
        return
    for column, head in enumerate(table.columns):
        if column == 0 or not _is_of_this_year(head, total_stays=total_stays):
            continue
        for row in table.rows:
            if _is_amount(row.cells[column]):
                row.cells[column] = ""


def _is_of_this_year(head: str, *, total_stays: bool) -> bool:
    if year_of_column(head) and "申报" not in head:
        return False
    if _TOTAL.search(head) and total_stays:
        return False
    return bool(_AMOUNT_HEADS.search(head)) and not _KEPT_HEADS.search(head)


def _is_amount(text: str) -> bool:
    plain = text.strip().removesuffix("%")
    return any(char.isdigit() for char in plain) and parse_amount(plain) is not None
