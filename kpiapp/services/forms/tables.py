"""Change the inner tables of a form, as named steps, and add up their columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from typing import TYPE_CHECKING

from kpiapp.model.edit import Edit, Insert, Move, Remove, SetValue
from kpiapp.model.form import Form, Row, Table, new_id
from kpiapp.model.money import format_amount, parse_amount
from kpiapp.services.forms.editing import Change
from kpiapp.services.forms.ordering import behind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TOTAL = "合计"
NUMBER = re.compile(r"[-/\\]|-?[\d,，.]+\s*(%|万元|元)?")
"""A number as cells print it; a stroke stands for none."""
LAST_SIGNS = ("率", "数", "量", "价", "比", "额")
"""Last signs of heads over numbers, for columns where nothing is filled in yet."""
PART_OF_ABOVE = ("其中", "使用上年", "使用以前年度")
"""Beginnings of rows whose amount is a part of the row above, not of the total."""
NO_AMOUNT = frozenset(("", "-", "—", "/", "\\", "无"))
"""What stands where there is no amount."""
MONEY_WORDS = ("金额", "预算", "资金", "测算数", "申报数", "执行数", "收支")


def set_table_cell(form: Form, label: str, row_id: str, column: int, text: str) -> Change:
    """Write a cell of an inner table."""
    row = next(row for row in form.tables[label].rows if row.id == row_id)
    edits = (SetValue(("tables", label, row_id, column), text),)
    head = form.tables[label].columns[column].rpartition("/")[2]
    return Change(
        f"修改{label}：{head or row.cells[0]}", () if row.cells[column] == text else edits
    )


def clear_table(form: Form, label: str, cells: Sequence[tuple[str, int]]) -> Change:
    """Empty cells of an inner table, given as row id and column."""
    rows = {row.id: row for row in form.tables[label].rows}
    edits = tuple(
        SetValue(("tables", label, row_id, column), "")
        for row_id, column in cells
        if rows[row_id].cells[column]
    )
    return Change(f"清除{label}的{len(edits)}个单元格", edits)


def add_row(
    form: Form,
    label: str,
    after: str | None,
    cells: Sequence[str] = (),
    row_id: str | None = None,
) -> Change:
    """Add a row below the row `after`, or at the end; a row above the total stays above it."""
    table = form.tables[label]
    before = behind([row.id for row in table.rows], after) if after else None
    new = row_id or new_id()
    item = {"id": new, "cells": list(cells) or [""] * len(table.columns)}
    return Change(f"添加一行：{label}", (Insert(("tables", label), item, before),), new)


def duplicate_rows(form: Form, label: str, row_ids: Sequence[str]) -> Change:
    """Put copies of rows below the last of them."""
    table = form.tables[label]
    before = behind([row.id for row in table.rows], row_ids[-1])
    copies = {new_id(): list(row.cells) for row in table.rows if row.id in row_ids}
    edits = tuple(
        Insert(("tables", label), {"id": new, "cells": cells}, before)
        for new, cells in copies.items()
    )
    return Change(f"复制{len(edits)}行：{label}", edits, next(iter(copies)))


def remove_rows(label: str, row_ids: Sequence[str]) -> Change:
    """Remove rows of an inner table."""
    edits = tuple(Remove(("tables", label), row_id) for row_id in row_ids)
    return Change(f"删除{len(edits)}行：{label}", edits)


def shift_row(form: Form, label: str, row_id: str, by: int) -> Change:
    """Move a row one place up (-1) or down (1)."""
    ids = [row.id for row in form.tables[label].rows]
    at = ids.index(row_id) + by
    edits: tuple[Edit, ...] = ()
    if 0 <= at < len(ids):
        edits = (Move(("tables", label), row_id, behind(ids, ids[at]) if by > 0 else ids[at]),)
    return Change(f"{'上移' if by < 0 else '下移'}一行：{label}", edits, row_id)


# -- adding up --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sum:
    """A total row and what the rows it covers add up to, both in the unit of the form.

    `unread` holds the words that stand in these rows in the place of an amount.
    """

    column: int
    head: str
    total: Decimal
    parts: Decimal
    thousands: bool = False
    unread: tuple[str, ...] = ()

    @property
    def wrong(self) -> bool:
        """Whether there is something to be put right."""
        return bool(self.difference or self.unread)

    @property
    def difference(self) -> Decimal:
        """By how much the parts exceed the total."""
        return self.parts - self.total

    def text(self) -> str:
        """Say it in one line."""
        parts, total = (
            format_amount(x, thousands=self.thousands) for x in (self.parts, self.total)
        )
        way = "多" if self.difference > 0 else "少"
        by = f"比合计 {total} {way} {format_amount(abs(self.difference))}"
        said = f"各行之和 {parts}，{by if self.difference else '与合计一致'}"
        words = "、".join(f"“{text}”" for text in self.unread)
        return f"{said}；{words}不是金额，没有计入" if words else said


def is_total(row: Row) -> bool:
    """Say whether a row prints the total of the others.

    >>> is_total(Row(["合 计", "9.52"]))
    True
    """
    heads = ["".join(cell.split()) for cell in row.cells[:2]]
    return any(head.endswith(TOTAL) and len(head) <= len("当年预算合计") for head in heads)


def is_part(row: Row) -> bool:
    """Say whether a row prints a part of the row above (其中：…)."""
    return any(word in row.cells[0][:8] for word in PART_OF_ABOVE)


def money_columns(table: Table) -> list[int]:
    """Return the columns that hold amounts: by their heads, and most of them readable as such.

    A slip such as 100% among amounts does not make a column one of words.
    """
    return [
        n
        for n, head in enumerate(table.columns)
        if any(word in head for word in MONEY_WORDS) and _mostly_amounts(table, n)
    ]


def number_columns(table: Table) -> list[int]:
    """Return the columns that hold nothing but numbers: amounts, shares, counts.

    >>> number_columns(Table(["品名", "数量", "占比"], [Row(["电池", "176", "61.05%"])]))
    [1, 2]
    """
    found = []
    for n in range(len(table.columns)):
        texts = [text for row in table.rows if (text := row.cells[n].strip())]
        numbers = (
            all(map(NUMBER.fullmatch, texts)) if texts else table.columns[n][-1:] in LAST_SIGNS
        )
        if numbers or (n and n in money_columns(table)):
            found.append(n)
    return found


def _mostly_amounts(table: Table, column: int) -> bool:
    texts = [row.cells[column] for row in table.rows]
    words = sum(map(_is_words, texts))
    return not words or words < sum(parse_amount(text) is not None for text in texts)


def _is_words(text: str) -> bool:
    """Say whether a text stands in the place of an amount and is none."""
    return text.strip() not in NO_AMOUNT and parse_amount(text) is None


def sums(form: Form, label: str) -> list[Sum]:
    """Return each total of a table beside what its rows add up to.

    A total covers the rows of its own first cell (收入构成), else all others; it may stand above
    or below them. Columns without an amount in the total are left out.
    """
    table = form.tables[label]
    found = []
    for total in (row for row in table.rows if is_total(row)):
        parts = _covered(table, total)
        for column in money_columns(table):
            amount = _amount(total, column, form.amount_unit)
            amounts = [_amount(row, column, form.amount_unit) for row in parts]
            known = [x for x in amounts if x is not None]
            if amount is not None and known:
                head = total.cells[0] if total.cells[0].strip() != TOTAL else ""
                unread = [row.cells[column] for row in parts if _is_words(row.cells[column])]
                thousands = "," in total.cells[column]
                parted = sum(known, Decimal(0))
                found.append(Sum(column, head, amount, parted, thousands, tuple(unread)))
    return found


def _covered(table: Table, total: Row) -> list[Row]:
    """Return the rows that a total covers: its group, else those above it, else those below."""
    same = [row for row in table.rows if row.cells[0] == total.cells[0] and row is not total]
    if same:
        return same
    at = table.rows.index(total)
    above = _until_total(reversed(table.rows[:at]))
    return above or _until_total(table.rows[at + 1 :])


def _until_total(rows: Iterable[Row]) -> list[Row]:
    return [row for row in takewhile(lambda row: not is_total(row), rows) if not is_part(row)]


def _amount(row: Row, column: int, unit: str) -> Decimal | None:
    amount = parse_amount(row.cells[column], unit)
    return None if amount is None else amount.in_unit(unit)
