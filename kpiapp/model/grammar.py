"""The grammar of a 指标值: the first reader that fits the whole half-width text says what it is."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kpiapp.model import dates, quantity, units
from kpiapp.model.numerals import CHINESE, NUMBER, arabic_number

if TYPE_CHECKING:
    from collections.abc import Callable


class TargetKind(StrEnum):
    """What a target is."""

    NUMBER = "number"  # ≥95%, 31, ≤200元/人/年
    RANGE = "range"  # 97%-100%, ≥95%,≤100%, ±3%
    FREQUENCY = "frequency"  # 2小时1次, ≥3次/日
    CLOCK = "clock"  # 7*24小时
    LIMIT = "limit"  # 需求下达后7天内, 100%以内, 6月30日前
    WORDS = "words"  # 有效提高
    EMPTY = "empty"
    PLACEHOLDER = "placeholder"  # / \ — 不适用
    UNPARSEABLE = "unparseable"  # ≥4次/4份, ≥及时


class Reading(NamedTuple):
    """What a reader found in a text."""

    kind: TargetKind
    sign: str | None = None
    value: quantity.Quantity | None = None


LONGEST_FIGURE = 120
"""No figure is longer; it also bounds the work on a text of any length."""

PLACEHOLDERS = frozenset(("不适用", "无此项", "不涉及", "暂无", "n/a", "N/A", "NA"))
_STROKES = frozenset("/\\-_.…·~")

SIGN_WORDS = {
    "≥": "不少于 不低于 不小于 不得少于 不得低于 不得小于 至少 最少 大于等于 大于或等于 高于或等于",
    "≤": "不超过 不高于 不大于 不多于 不得超过 不得高于 不超出 不突破 不超 至多 最多 小于等于"
    " 小于或等于 低于或等于",
    ">": "超过 大于 高于 多于 超出",
    "<": "低于 少于 小于",
    "=": "等于",
}
"""Words for signs, read as such only when a number follows."""

LIMIT_WORDS = {
    "≥": "及以上 以上",
    "≤": "及以下 以下 以内 之内 内",
    None: "之前 以前 前",
}
"""Words behind a number; 以上, 以下 and 以内 include it. 3天前 does not say which side is good."""


def _alternatives(words: dict[str, str] | dict[str | None, str]) -> str:
    return "|".join(sorted(" ".join(words.values()).split(), key=len, reverse=True))


_SIGN_OF_WORD = {word: sign for sign, words in SIGN_WORDS.items() for word in words.split()}
_LIMIT_OF_WORD = {word: sign for sign, words in LIMIT_WORDS.items() for word in words.split()}
_SIGN_WORD = re.compile(rf"(?:{_alternatives(SIGN_WORDS)})(?=[+-]?\d|{CHINESE}|百分之|千分之)")
_LIMIT_WORD = re.compile(_alternatives(LIMIT_WORDS))
_SIGNS = "≥≤=><"
_DONE = re.compile(
    r"(?:予以|及时|全部)?(?:完成|办结|办理|到位|到达|到场|响应|恢复|修复|处理|处置|解决|反馈|支付|发放|拨付"
    r"|提交|上报|报送|交付|整改|答复|回复|送达|验收|落实|结束|受理|开展|启动|召开|审核|公示)\D{0,20}"
)
_FILLER = re.compile(
    r"(?:达到|达|保持在|稳定在|维持在|控制在|控制|为|在)(?=[≥≤=><+-]?\d|[百千]分之)"
)
_BY = re.compile(r"(?:于|在|截至|截止到?|到|不迟于|不晚于|最迟)?")
_NO_DURATION = re.compile(r"[年日号季-]")
_CLOCK = re.compile(r"=?(?:7[*xX]24(?:小时|h)?|24(?:小时|h)?[*xX]7(?:天|日)?)")
_SANDWICH = re.compile(rf"({NUMBER}[^\d≤<]{{0,12}})([≤<])[^\d≤<]{{0,8}}([≤<])({NUMBER}.*)")
_SIDED = re.compile(rf"([≥>≤<])({NUMBER}[^\d≥≤><]*)[,、;且和并至到]*([≥>≤<])({NUMBER}.*)")
_PERIOD_WORD = "|".join(sorted(units.PERIODS, key=len, reverse=True))
_EVERY = re.compile(
    rf"([≥≤=><]?)每?(\d{{0,3}}|[一二两三四五六半]?)个?({_PERIOD_WORD})([^\d≥≤=><]{{0,6}}?)"
    rf"([≥≤=><]?)((?:{NUMBER}|{CHINESE}).*)"
)
_COUNTS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "半": "0.5"}
_EACH = re.compile(r"((?:每[^\d每≥≤=><]{1,3})+)([≥≤=><]?\d.*)")
_ALL_YEAR = re.compile(r"(?:全年度?|年度|每年度)(?=\D{0,6}\d)")
_CHINESE_DAYS = re.compile(
    rf"{CHINESE}{{1,4}}个?(?:工作日|小时|分钟|天|日|周|月|年)(?=以内|之内|内)"
)
_ENCLOSED = re.compile(r"[(“\"【]([^()“”\"【】]+)[)”\"】]")
_REMARK = re.compile(r"\(([^()]*)\)$")


def read(words: str) -> Reading:
    """Return what half-width text says; linear in its length."""
    if not words:
        return Reading(TargetKind.EMPTY)
    if words in PLACEHOLDERS or not set(words) - _STROKES:
        return Reading(TargetKind.PLACEHOLDER)
    figure = _without_remark(words.rstrip(".。;,、")) if len(words) <= LONGEST_FIGURE else ""
    if figure:
        signed = _SIGN_WORD.sub(lambda match: _SIGN_OF_WORD[match.group()], figure)
        for reader in _READERS:
            if found := reader(signed):
                return found
    unclear = any(char.isdecimal() or char in "≥≤><=±" for char in words)
    return Reading(TargetKind.UNPARSEABLE if unclear else TargetKind.WORDS)


def _without_remark(figure: str) -> str:
    """Leave out a bracketed remark behind a figure: 98%(196/200); keep a bracketed unit.

    Brackets or quotes around the whole figure go too.
    """
    figure = figure.replace("(含)", "")
    if enclosed := _ENCLOSED.fullmatch(figure):
        return enclosed[1]
    match = _REMARK.search(figure)
    if match is None or not match.start():
        return figure
    before = figure[: match.start()]
    return before + match[1] if before[-1].isdigit() and units.is_known(match[1]) else before


def _clock(figure: str) -> Reading | None:
    if not _CLOCK.fullmatch(figure):
        return None
    hours = arabic_number("168")
    sign = "=" if figure.startswith("=") else None
    return Reading(TargetKind.CLOCK, sign, quantity.Quantity(hours, hours, "小时"))


def _date(figure: str) -> Reading | None:
    """A day or month until which something is done: a limit without a number."""
    found = dates.find_dates(figure)
    if not found or not any(char.isdecimal() for char in found[0].group()):
        return None
    lead, tail = figure[: found[0].start()], figure[found[0].end() :]
    if lead == "≤":
        return _by(tail) if _NO_DURATION.search(found[0].group()) else None
    if any(char.isdecimal() or char in _SIGNS for char in lead):
        return None
    limit = _LIMIT_WORD.match(tail)
    if limit and _LIMIT_OF_WORD[limit.group()] != "≥":
        return _by(tail[limit.end() :])
    return _by(tail) if _BY.fullmatch(lead) else None


def _by(tail: str) -> Reading | None:
    if tail and (any(char.isdecimal() for char in tail) or not _DONE.fullmatch(tail)):
        return None
    return Reading(TargetKind.LIMIT)


def _two_sided(figure: str) -> Reading | None:
    """≥95%,≤100% and 95%≤x≤100%."""
    if match := _SANDWICH.fullmatch(figure):
        return _corridor(match[1], match[4])
    match = _SIDED.fullmatch(figure)
    if match is None or (match[1] in "≥>") == (match[3] in "≥>"):
        return None
    first, second = match[2].rstrip(",、;且和并至到"), match[4]
    return _corridor(first, second) if match[1] in "≥>" else _corridor(second, first)


def _corridor(low: str, high: str) -> Reading | None:
    bottom, top = quantity.read_one(low), quantity.read_one(high)
    if bottom is None or top is None or bottom.low >= top.high:
        return None
    if bottom.unit and (bottom.unit, bottom.period) != (top.unit, top.period):
        return None
    return Reading(
        TargetKind.RANGE, None, quantity.Quantity(bottom.low, top.high, top.unit, top.period)
    )


def _band(figure: str) -> Reading | None:
    """±3% and ±3%以内: a corridor around nothing."""
    if not figure.startswith("±"):
        return None
    limit = _LIMIT_WORD.search(figure)
    value = quantity.read_one(figure[1 : limit.start()] if limit else figure[1:])
    if value is None or value.low <= 0 or (limit and _LIMIT_OF_WORD[limit.group()] != "≤"):
        return None
    band = quantity.Quantity(-value.high, value.high, value.unit, value.period)
    return Reading(TargetKind.RANGE, None, band)


def _every(figure: str) -> Reading | None:
    """2小时1次, 每周2次, 每月≥2次, 每季度巡检1次, 全年不少于12次."""
    figure = _ALL_YEAR.sub("每年", figure, count=1)
    match = _EVERY.fullmatch(figure)
    said = "每" in figure[:2]
    if match is None or not (match[2] or match[3] == "半年" or said) or (match[4] and not said):
        return None
    found = _number(match[1] + match[5] + match[6])
    value = found.value if found else None
    if found is None or value is None or value.period or not value.unit:
        return None
    if units.is_time(value.unit) or (match[2] and match[3] == "半年"):
        return None
    kind = TargetKind.LIMIT if found.kind is TargetKind.LIMIT else TargetKind.FREQUENCY
    period = _count_of_period(match[2]) + units.PERIODS[match[3]]
    return Reading(kind, found.sign, quantity.Quantity(value.low, value.high, value.unit, period))


def _count_of_period(text: str) -> str:
    """Return 2 for 两 and nothing for one: 1周2次 is 2次/周."""
    count = str(_COUNTS.get(text, text))
    return "" if count == "1" else count


def _each(figure: str) -> Reading | None:
    """每人每年不超过200元, told as ≤200元/人/年."""
    match = _EACH.fullmatch(figure)
    if match is None:
        return None
    limit = _LIMIT_WORD.search(match[2])
    end = limit.start() if limit else len(match[2])
    return _number(match[2][:end] + match[1].replace("每", "/") + match[2][end:])


def _number(figure: str) -> Reading | None:
    """A number or range with an optional sign and limit word: ≥95%, 95%以上, 8-10场."""
    sign: str | None = figure[0] if figure[0] in _SIGNS else None
    body = figure[1:] if sign else figure
    kept = _FILLER.match(body)
    if kept:
        body = body[kept.end() :]
        if sign is None and body[0] in _SIGNS:
            sign, body = body[0], body[1:]
    limit = _LIMIT_WORD.search(body)
    if limit and _tail_is_fine(body[limit.end() :]):
        return _limited(body[: limit.start()], sign, _LIMIT_OF_WORD[limit.group()])
    value = quantity.read(body)
    if value is None:
        return None
    if value.low != value.high:
        return Reading(TargetKind.RANGE, None, value) if sign in (None, "=") else None
    if sign is None and kept and "控制" in kept.group():
        return Reading(TargetKind.LIMIT, "≤", value)
    return Reading(_kind_of(value), sign, value)


def _kind_of(value: quantity.Quantity) -> TargetKind:
    often = value.period and value.unit in ("次", "回", "遍", "轮")
    return TargetKind.FREQUENCY if often else TargetKind.NUMBER


def _tail_is_fine(tail: str) -> bool:
    return not tail or bool(_DONE.fullmatch(tail))


def _limited(body: str, sign: str | None, limit: str | None) -> Reading | None:
    """A number before 以上, 以内 ...; the sign must say the same as the word.

    95%以上 is the number ≥95% in words; 7天内 stays a limit, since the rules read it as words.
    """
    value = quantity.read(body)
    if value is None:
        return None
    above = limit == "≥"
    if value.low != value.high:
        return None if sign else Reading(TargetKind.LIMIT, None, value)
    if sign is None:
        return Reading(_kind_of(value) if above else TargetKind.LIMIT, limit, value)
    same = {"≥": "≥>", "≤": "≤<"}.get(limit or "", "")
    return Reading(_kind_of(value), sign, value) if sign in same else None


def _limit_after_words(figure: str) -> Reading | None:
    """需求下达后7天内, 接到通知后两小时内响应, 较上年增长5%以上: words, then a limit."""
    digit = re.search(r"\d", figure) or _CHINESE_DAYS.search(figure)
    if digit is None or not digit.start() or any(x in figure[: digit.start()] for x in "≥≤=><±-每"):
        return None
    found = _number(figure[digit.start() :])
    if found is None or not (found.sign or found.kind is TargetKind.LIMIT):
        return None
    return found._replace(kind=TargetKind.LIMIT)


_READERS: tuple[Callable[[str], Reading | None], ...] = (
    _clock, _date, _two_sided, _band, _every, _each, _number, _limit_after_words
)  # fmt: skip
