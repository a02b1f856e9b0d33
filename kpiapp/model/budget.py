"""The budget of a form: of the project as a whole (总预算), and of its year (当年预算).

A project prints both as fields; a department prints its money of the year as a table of funds.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kpiapp.model.form import Kind
from kpiapp.model.money import Amount, parse_amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.form import Form

WHOLE: Final = "总预算"
YEAR: Final = "当年预算"
PRIOR_LABEL: Final = "前两年预算"
_YEAR_LABEL: Final = re.compile(
    r"(?:当年|本年|本年度|年度)(?:预算|金额|资金总额|预算数)$|^资金总额$"
)
_FUNDS: Final = "总体资金情况"
_PAST_OR_SHARE: Final = re.compile("占比|比例|近[两三]年|上年|前年|去年")
"""Heads of shares and past years: no stand-in for this year's amount where that is blank."""
_A_YEAR: Final = re.compile(r"20\d\d")


class Printed(NamedTuple):
    """An amount as a form prints it: the label it stands under, and the text."""

    label: str
    text: str


def budget_field(form: Form, word: str) -> Printed | None:
    """Return the field of the whole budget or of the year's (`word` is `WHOLE` or `YEAR`).

    Of several fields of the year the first that holds an amount.
    """
    found = [Printed(x, text) for x, text in form.fields.items() if _is_label(x, word)]
    filled = (one for one in found if parse_amount(one.text, form.amount_unit))
    return next(filled, found[0] if found else None)


@lru_cache(maxsize=4096)
def _is_label(label: str, word: str) -> bool:
    if PRIOR_LABEL in label:
        return False
    return label.endswith(word) or (word == YEAR and bool(_YEAR_LABEL.search(label)))


def year_budget(form: Form) -> Amount | None:
    """Return the budget of the form's year, or None where it gives none."""
    return parse_amount(year_budget_text(form), form.amount_unit)


def year_budget_text(form: Form) -> str:
    """Return the budget of the form's year as it is printed, "" where it gives none."""
    found = budget_field(form, YEAR)
    if found is None and form.kind is Kind.DEPARTMENT:
        return _funds_of_this_year(form)
    return found.text.strip() if found else ""


def _funds_of_this_year(form: Form) -> str:
    """Return the total of a unit's money: the first 合计 of the table of its funds."""
    for label, table in form.tables.items():
        for row in table.rows if _FUNDS in label else ():
            names = ["".join(cell.split()) for cell in row.cells[:2]]
            if "合计" in names:
                after = names.index("合计") + 1
                return _this_year(table.columns[after:], row.cells[after:], form.year)
    return ""


def _this_year(heads: Sequence[str], cells: Sequence[str], year: int) -> str:
    """Return the first cell under a head that can mean this year, "" if it is blank."""
    found = zip(heads, cells, strict=False)
    return next((text for head, text in found if head and not _is_past(head, year)), "")


def _is_past(head: str, year: int) -> bool:
    return bool(_PAST_OR_SHARE.search(head)) or any(int(x) < year for x in _A_YEAR.findall(head))
