"""A form's own amount as lists show it: 9.52 万元."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.budget import year_budget
from kpiapp.model.money import format_amount

if TYPE_CHECKING:
    from decimal import Decimal

    from kpiapp.model.form import Form


def amount_in_wan(form: Form) -> Decimal | None:
    """Return this year's budget of a form in 万元, or None where it is not given."""
    amount = year_budget(form)
    return amount.in_wan() if amount else None


def amount_text(form: Form) -> str:
    """Return this year's budget as 9.52 万元, or nothing where it is not given."""
    amount = amount_in_wan(form)
    return f"{format_amount(amount, thousands=True)} 万元" if amount is not None else ""
