"""Amounts of money in 元 and 万元. Exact: Decimal, never float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from kpiapp.model.numerals import NUMBER, arabic_number, half_width

UNITS = {
    "元": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
"""The units an amount may be told in, in yuan."""

_AMOUNT = re.compile(rf"(?:人民币|[¥￥])?({NUMBER})(元|百元|千元|万元?|百万元|亿元?)?(?:整)?")
_SHORT = {"万": "万元", "亿": "亿元"}
_LONGEST = 26  # so that every product stays within the 28 digits of Decimal


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as printed: 9.52 and 万元."""

    value: Decimal
    unit: str

    def in_yuan(self) -> Decimal:
        """Return the amount in 元."""
        return self.value * UNITS[self.unit]

    def in_unit(self, unit: str) -> Decimal:
        """Return the amount in a unit of money, exactly; in 万元 where `unit` is none of them."""
        return self.in_yuan().scaleb(-UNITS.get(unit, UNITS["万元"]).adjusted())

    def in_wan(self) -> Decimal:
        """Return the amount in 万元, exactly."""
        return self.in_unit("万元")


@lru_cache(maxsize=16384)
def parse_amount(text: str | None, default_unit: str = "万元") -> Amount | None:
    """Return the amount that a cell shows, or None for a blank, a stroke or words.

    Args:
        text: 9.52万元, 1,234,567, 237.86, ¥2,337,290元.
        default_unit: the unit of the form, for a number without one; "" leaves it open. A number
            in a unit that is none of `UNITS` (美元) is no amount that could be reckoned with.
    """
    plain = half_width(text or "")
    match = _AMOUNT.fullmatch(plain) if len(plain) <= _LONGEST else None
    if match is None:
        return None
    unit = match[2] or default_unit
    unit = _SHORT.get(unit, unit)
    return Amount(arabic_number(match[1]), unit) if unit in UNITS or not unit else None


def in_one_unit(base: Amount, done: Amount) -> tuple[Fraction, Fraction]:
    """Return two amounts in the unit of the first, exactly, as for a rate.

    If only one of the two has a unit, both have it; if neither has, they are as they stand.
    """
    here, there = base.unit or done.unit or "元", done.unit or base.unit or "元"
    return Fraction(base.value), Fraction(done.value) * Fraction(UNITS[there] / UNITS[here])


def format_amount(value: Decimal, *, thousands: bool = False, places: int | None = None) -> str:
    """Return an amount as it is written in a cell: 9.52, never 9.520 or 9.52E+0.

    Args:
        value: the amount, in whatever unit the cell is in.
        thousands: write 1,234,567 instead of 1234567.
        places: so many decimals, rounded half up; by default as many as there are.
    """
    if places is None:
        text = f"{value:,f}" if thousands else f"{value:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        rounded = round_half_up(value, places)
        text = f"{rounded:,f}" if thousands else f"{rounded:f}"
    return text.removeprefix("-") if not text.strip("-0.") else text


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Return a number with so many decimals; half goes away from zero, as bureaus round."""
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    whole = int("".join(map(str, digits)) or "0")
    shift = exponent + places
    scaled = whole * 10**shift if shift >= 0 else (2 * whole + 10**-shift) // (2 * 10**-shift)
    return Decimal((sign, tuple(map(int, str(scaled))), -places))
