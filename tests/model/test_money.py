"""Amounts: exact, as printed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpiapp.model.money import Amount, format_amount, in_one_unit, parse_amount, round_half_up


@pytest.mark.parametrize(
    ("text", "value", "unit", "wan"),
    [("9.52万元", "9.52", "万元", "9.52"), ("237.86", "237.86", "万元", "237.86"),
     ("1,234,567", "1234567", "万元", "1234567"), ("2,337,290元", "2337290", "元", "233.729"),
     ("２，３３７，２９０元", "2337290", "元", "233.729"), ("3万", "3", "万元", "3"),
     ("1.2亿元", "1.2", "亿元", "12000"), ("¥ 10 元", "10", "元", "0.001"), ("0", "0", "万元", "0"),
     ("-5.5", "-5.5", "万元", "-5.5"), ("80千元", "80", "千元", "8")],
)  # fmt: skip
def test_an_amount_is_read_exactly_with_its_unit(text, value, unit, wan):
    amount = parse_amount(text)
    assert amount == Amount(Decimal(value), unit)
    assert amount.in_wan() == Decimal(wan)
    assert amount.in_yuan() == Decimal(wan) * 10_000


@pytest.mark.parametrize(
    "text", [None, "", "-", "/", "—", "约9万元", "9.52万元/年", "1,23", "合同价", "9" * 100]
)
def test_what_is_no_amount_is_none(text):
    assert parse_amount(text) is None


def test_a_bare_number_takes_the_unit_of_the_form():
    assert parse_amount("25,000", "元").in_wan() == Decimal("2.5")


@pytest.mark.parametrize(("unit", "told"), [("元", "25000"), ("千元", "25"), ("万元", "2.5")])
def test_an_amount_is_told_in_the_unit_of_the_form(unit, told):
    assert parse_amount("2.5万元", unit).in_unit(unit) == Decimal(told)


def test_a_number_in_an_unknown_unit_is_no_amount():
    assert parse_amount("100", "美元") is None
    assert parse_amount("2.5万元", "美元").in_unit("美元") == Decimal("2.5")


@pytest.mark.parametrize(
    ("value", "options", "text"),
    [("9.520", {}, "9.52"), ("1E+3", {}, "1000"), ("1234567.5", {"thousands": True}, "1,234,567.5"),
     ("2.675", {"places": 2}, "2.68"), ("-0.004", {"places": 2}, "0.00"), ("-0", {}, "0"),
     ("12", {"places": 2}, "12.00"), ("0.10", {}, "0.1")],
)  # fmt: skip
def test_an_amount_is_written_as_forms_print_it(value, options, text):
    assert format_amount(Decimal(value), **options) == text


@given(st.decimals(-(10**12), 10**12, places=4))
def test_what_is_written_is_read_back(value):
    for thousands in (False, True):
        assert parse_amount(format_amount(value, thousands=thousands)).value == value


@given(st.decimals(-(10**6), 10**6, places=5), st.integers(0, 4))
def test_rounding_is_the_nearest_and_half_goes_up(value, places):
    rounded, half = round_half_up(value, places), Decimal(5).scaleb(-places - 1)
    assert rounded.as_tuple().exponent == -places
    assert -half < abs(value) - abs(rounded) < half or abs(rounded) - abs(value) == half


@pytest.mark.parametrize(
    ("base", "done", "found"),
    [("9.52万元", "50000元", ("9.52", "5")), ("10", "5", ("10", "5")), ("1亿元", "3", ("1", "3")),
     ("95200", "5万元", ("95200", "5")), ("200元", "1百元", ("200", "100"))],
)  # fmt: skip
def test_two_amounts_of_a_rate_are_in_one_unit(base, done, found):
    both = in_one_unit(parse_amount(base, ""), parse_amount(done, ""))
    assert both == tuple(Fraction(x) for x in found)
