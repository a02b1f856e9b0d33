"""What a form says about money: this year's budget and its tables of amounts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from kpiapp.model.budget import budget_field
from kpiapp.model.money import parse_amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.form import Form, Row, Table
    from kpiapp.rules.facts import Facts

CENT = Decimal("0.01")
"""Rounding that no rule speaks of, in the unit of the form."""
WAN = Decimal(10_000)

TOTALS = ("合计", "总计")


def agree(a: Decimal, b: Decimal) -> bool:
    """Say whether two amounts in 万元 are one, printed to two places or in full."""
    return abs(a - b) <= CENT / 2


@lru_cache(maxsize=16384)
def in_wan(text: str, unit: str) -> Decimal | None:
    """Return an amount as 万元; `unit` holds where the text names none."""
    amount = parse_amount(text, unit)
    return None if amount is None else amount.in_wan()


@lru_cache(maxsize=16384)
def number_in(text: str, unit: str) -> Decimal | None:
    """Return an amount in the unit of the form."""
    amount = parse_amount(text, unit)
    return None if amount is None else amount.in_unit(unit)


def budget(form: Form, word: str) -> Decimal | None:
    """Return 总预算 or 当年预算 in 万元, or None."""
    found = budget_field(form, word)
    return in_wan(found[1], form.amount_unit) if found else None


# -- tables -------------------------------------------------------------------------------------


def table_named(form: Form, *words: str) -> tuple[str, Table] | None:
    """Return the first table whose label holds one of the words."""
    for label, table in form.tables.items():
        if any(word in label for word in words):
            return label, table
    return None


def sources_table(form: Form) -> tuple[str, Table] | None:
    """Return 项目资金来源."""
    return table_named(form, "资金来源")


def detail_table(form: Form) -> tuple[str, Table] | None:
    """Return 项目支出明细(测算)."""
    return table_named(form, "支出明细")


def purchase_table(form: Form) -> tuple[str, Table] | None:
    """Return 项目采购."""
    return table_named(form, "采购")


def column(table: Table, *words: str) -> int | None:
    """Return the index of the first column whose head holds one of the words."""
    for i, head in enumerate(table.columns):
        if any(word in head for word in words):
            return i
    return None


def amount_columns(table: Table) -> list[int]:
    """Return the columns of a table that hold amounts: 金额, 测算数, 拨款 …"""
    words = ("金额", "测算数", "预算", "资金", "收支", "拨款")
    not_words = ("用途", "来源", "资金情况", "单价", "是否", "构成")
    return [
        i
        for i, head in enumerate(table.columns)
        if any(x in head for x in words) and not any(x in head for x in not_words)
    ]


def filled_rows(table: Table) -> list[Row]:
    """Return the rows of a table that are not blank."""
    return [row for row in table.rows if any(cell.strip() for cell in row.cells)]


def is_total(row: Row) -> bool:
    """Say whether a row is a 合计, told by its first or second cell; 合 计 is one too."""
    return any("".join(cell.split()).endswith(TOTALS) for cell in row.cells[:2])


def is_part_of_above(row: Row) -> bool:
    """Say whether a row adds nothing to a total: a part (其中) of the row above, or a 小计."""
    text = next((cell.strip() for cell in row.cells if cell.strip()), "")
    return text.startswith(("其中", "使用上年")) or text.endswith("小计")


_TOP_LEVEL = re.compile(r"^[一二三四五六七八九十]+、|^[（(][一二三四五六七八九十]+[）)]")
_FIRST_LEVEL = re.compile(r"^\d{1,2}[.、．](?!\d)")
_BELOW_A_NUMBER = re.compile(r"^[（(]\d{1,2}[）)]|^\d{1,2}[）)]|^[①-⑳]|^\d{1,2}[.．-]\d{1,2}(?!\d)")


def without_lower_level(rows: list[Row]) -> list[Row]:
    """Return the rows numbered 一、 二、 where there are others below them, else all rows.

    So too those numbered 1. 2. where all others are numbered （1）, ① or 1.1.
    """
    named = [(row, row_name(row)) for row in rows]
    if all(_FIRST_LEVEL.match(name) or _BELOW_A_NUMBER.match(name) for _, name in named):
        top = [row for row, name in named if _FIRST_LEVEL.match(name)]
    else:
        top = [row for row, name in named if _TOP_LEVEL.match(name)]
    return top if len(top) > 1 and len(top) < len(rows) else rows


def row_name(row: Row) -> str:
    """Return what a table row is called: its first filled cell that is no block heading."""
    if len(row.cells) > 1 and row.cells[0].strip() in ("收入构成", "支出构成"):
        return f"{row.cells[0].strip()} / {row.cells[1].strip()}"
    return next((cell.strip() for cell in row.cells if cell.strip()), "")


def cell(row: Row, index: int | None) -> str:
    """Return the text of a cell, or "" where there is none."""
    return row.cells[index].strip() if index is not None and index < len(row.cells) else ""


def is_empty(text: str) -> bool:
    """Say whether a cell says nothing: it is empty or holds a stroke such as / or —."""
    return not text.strip(" \t\r\n\u3000/\\／＼-—–－")


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of a table with the total that stands for them."""

    name: str
    total: Row
    lines: list[Row]

    @property
    def parts(self) -> list[Row]:
        """The lines that the total adds up."""
        return [row for row in self.lines if not is_part_of_above(row)]


def blocks(table: Table) -> list[Block]:
    """Return the blocks of a table that have a 合计: total first, or total last."""
    rows = filled_rows(table)
    totals = [i for i, row in enumerate(rows) if is_total(row)]
    if not totals:
        return []
    if totals[0] == 0:
        ends = [*totals[1:], len(rows)]
        groups = [(start, rows[start + 1 : end]) for start, end in zip(totals, ends, strict=True)]
    else:
        starts = [0, *(i + 1 for i in totals[:-1])]
        groups = [(end, rows[start:end]) for start, end in zip(starts, totals, strict=True)]
    return [Block(_block_name(lines), rows[total], lines) for total, lines in groups]


def without_further_parts(lines: list[Row], column: int, unit: str) -> list[Row]:
    """Return the parts without lines that are parts too, though only the first is marked 其中.

    They are, if with it they make up the line above: 财政拨款 80, 其中：本级 60, 上级 20.
    """
    kept: list[Row] = []
    left: Decimal | None = None  # what the line above still lacks
    waiting: list[Row] = []
    for row in lines:
        value = number_in(cell(row, column), unit) or Decimal(0)
        if is_part_of_above(row):
            above = number_in(cell(kept[-1], column), unit) if kept else None
            left, waiting = (None if above is None else above - value), []
        elif left and value <= left:
            left, waiting = left - value, [*waiting, row]
            waiting = waiting if left else []
        else:
            kept, left, waiting = [*kept, *waiting, row], None, []
    return kept + waiting


def _block_name(parts: list[Row]) -> str:
    return parts[0].cells[0].strip() if parts and len(parts[0].cells) > 1 else ""


def detail_rows(table: Table) -> list[Row]:
    """Return the filled lines of a detail table, without its total."""
    return [row for row in filled_rows(table) if not is_total(row)]


@dataclass(frozen=True, slots=True)
class Sum:
    """The total of a table in the unit of the form: as printed, else added up."""

    label: str
    value: Decimal


def sum_of(form: Form, found: tuple[str, Table] | None) -> Sum | None:
    """Return what a table of amounts comes to; None where it holds no amount."""
    if found is None:
        return None
    label, table = found
    columns = amount_columns(table)
    rows = [row for row in detail_rows(table) if not is_part_of_above(row)]
    values = [
        value
        for row in without_lower_level(rows)
        for i in columns
        if (value := number_in(cell(row, i), form.amount_unit)) is not None
    ]
    return Sum(label, sum(values, Decimal(0))) if values else None


def printed_total(form: Form, found: tuple[str, Table] | None) -> Decimal | None:
    """Return the 合计 that a table prints, in the unit of the form."""
    if found is None:
        return None
    for row in found[1].rows:
        if is_total(row):
            for i in amount_columns(found[1]):
                value = number_in(cell(row, i), form.amount_unit)
                if value is not None:
                    return value
    return None


# -- the department's tables --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One row of the department's 项目支出情况; amounts in 万元."""

    table: str
    row: Row
    name: str
    category: str
    category_label: str
    total: Decimal | None
    year: Decimal | None

    @property
    def field(self) -> str:
        """The place of the row as reports print it."""
        return f"{self.table} / {self.name}"


_NUMBERED = re.compile(r"^项目\d+[:：]\s*")


def project_lines(facts: Facts) -> Iterator[ProjectLine]:
    """Yield the projects that a department form lists."""
    found = table_named(facts.form, "项目支出情况")
    if found is None:
        return
    label, table = found
    kind = column(table, "类别", "类型")
    total, year = column(table, "总预算"), column(table, "本年", "当年")
    unit = facts.form.amount_unit
    for row in table.rows:
        name = _NUMBERED.sub("", cell(row, 0))
        if name and not is_total(row):
            yield ProjectLine(
                label, row, name, cell(row, kind), table.columns[kind] if kind is not None else "",
                in_wan(cell(row, total), unit), in_wan(cell(row, year), unit),
            )  # fmt: skip


def funds_table(form: Form) -> tuple[str, Table] | None:
    """Return the department's 部门总体资金情况."""
    return table_named(form, "总体资金情况")
