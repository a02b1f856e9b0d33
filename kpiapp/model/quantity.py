"""A number with its unit and period, as it stands inside a target: 3次/日, 百分之九十五, 8-10场."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpiapp.model import units
from kpiapp.model.numerals import CHINESE, NUMBER, arabic_number, chinese_number

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number or a range of two, in one unit; `low == high` for a number."""

    low: Decimal
    high: Decimal
    unit: str = ""
    period: str = ""


_PERCENT_WORDS = re.compile(rf"(百分之|千分之)({NUMBER}|{CHINESE}+|百)(.*)")
_TENTHS = re.compile(r"([\d一二三四五六七八九十])成([一二三四五六七八九半]?)(.*)")
_ARABIC = re.compile(rf"({NUMBER})(.*)")
_CHINESE = re.compile(rf"({CHINESE}++)(.*)")
_RANGE = re.compile(rf"({NUMBER}[^\d~至到-]{{0,12}})[-~至到]({NUMBER}.*)")
_PERSON_DAY = re.compile(r"/人([天日月年])$")  # 元/人天 is 元/人/天
_STROKE = re.compile(r"[/·每]")
_UNIT_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z%‰℃°㎡㎞²³]{1,8}|m2|m3|km2")
_NOT_IN_A_UNIT = re.compile(
    "完成|达标|合格|满意|以上|以下|左右|[内前后余多约及和或且与等至到为不均已按达]|.[%‰]|[%‰].|[A-Za-z][\\u4e00-\\u9fff]"
)
_NOT_AFTER_CHINESE = frozenset("分 级 点 层 号 度".split())
"""一级, 十分, 一度 are words, not figures."""


def read(text: str) -> Quantity | None:
    """Return the quantity or the range that half-width text writes as a whole, or None."""
    return read_range(text) or read_one(text)


def read_one(text: str) -> Quantity | None:
    """Return the number with unit and period that the text is, or None."""
    if text == "百分百":
        return read_one("100%")
    if match := _PERCENT_WORDS.fullmatch(text):
        return _in_hundreds(match)
    if match := _TENTHS.fullmatch(text):
        return _in_tenths(match)
    if match := _ARABIC.fullmatch(text):
        return _with_unit(arabic_number(match[1]), match[2])
    if match := _CHINESE.fullmatch(text):
        return _in_chinese(match[1], match[2])
    return None


def read_range(text: str) -> Quantity | None:
    """Return the range that the text is (8-10场, 97%~100%, 30分钟至1小时), or None."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    first, second = read_one(match[1]), read_one(match[2])
    if first is None or second is None or first.period:
        return None
    if second.unit == "月" or _is_year(second):
        return None
    unit = first.unit or second.unit
    factor = units.unit_factor(unit, second.unit or unit)
    if factor is None or (first.unit and not second.unit and first.unit != "%"):
        return None
    low = first.low * factor.numerator / factor.denominator
    if low >= second.high:
        return None
    return Quantity(low, second.high, second.unit or unit, second.period)


def read_unit(text: str) -> tuple[str, str] | None:
    """Return unit and period of 元/人/年 (元/人, 年), or None if it is no unit.

    The order below the line does not matter; a period may be counted (1次/2小时).
    """
    top, *below = _STROKE.split(_PERSON_DAY.sub(r"/人/\1", text))
    if "" in below:
        return None
    periods = [x for x in (_period(part) for part in below) if x]
    others = sorted(part for part in below if not _period(part))
    if len(periods) > 1 or not all(_is_unit(part) for part in others) or (others and not top):
        return None
    if top and not _is_unit(top):
        return None
    return "/".join([top, *others]), "".join(periods)


def _in_hundreds(match: re.Match[str]) -> Quantity | None:
    if match[2] == "百":
        return _alone(_number("一百"), "%", match[3])
    return _alone(_number(match[2]), "%" if match[1] == "百分之" else "‰", match[3])


def _in_tenths(match: re.Match[str]) -> Quantity | None:
    tenths, rest = _number(match[1]), {"半": "五"}.get(match[2], match[2])
    units_of_one = _number(rest) if rest else None
    if tenths is None:
        return None
    return _alone(tenths * 10 + (units_of_one or 0), "%", match[3])


def _in_chinese(numeral: str, rest: str) -> Quantity | None:
    """Chinese numerals count only before a unit that is known: 一般 and 一流 are words."""
    for cut in range(len(numeral), 0, -1):
        value, unit = chinese_number(numeral[:cut]), numeral[cut:] + rest
        if value is None or unit in _NOT_AFTER_CHINESE:
            continue
        if units.is_known(unit) and (numeral[:cut] != "半" or units.is_time(unit)):
            return _with_unit(value, unit)
    return None


def _alone(value: Decimal | None, unit: str, rest: str) -> Quantity | None:
    if value is None:
        return None
    if rest:
        return _with_unit(value, unit + rest) if rest[0] == "/" else None
    return Quantity(value, value, unit)


def _with_unit(value: Decimal, text: str) -> Quantity | None:
    found = read_unit(text)
    return Quantity(value, value, *found) if found else None


def _number(text: str) -> Decimal | None:
    return arabic_number(text) if text[0].isdigit() else chinese_number(text)


def _period(text: str) -> str:
    """Return 日 for 天, `2小时` for 2小时, and nothing for what is no period."""
    match = re.fullmatch(r"(\d{0,4})(?:个(?=月|季度|星期|小时))?(\D{1,3})", text)
    if match is None or match[2] not in units.PERIODS:
        return ""
    return ("" if match[1] in ("", "1") else match[1]) + units.PERIODS[match[2]]


def _is_unit(text: str) -> bool:
    if units.is_known(text):
        return True
    half = text[: len(text) // 2]
    if text == half * 2 and units.is_known(half):
        return False
    if not _UNIT_WORD.fullmatch(text) or _NOT_IN_A_UNIT.search(text):
        return False
    return len(text) <= 4 or any(units.is_known(text[:length]) for length in (1, 2, 3))  # noqa: PLR2004


def _is_year(quantity: Quantity) -> bool:
    return quantity.unit == "年" and 1900 <= quantity.high <= 2100  # noqa: PLR2004
