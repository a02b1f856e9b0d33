"""Units: which of them convert into each other, and periods (次/日, 次/年).

Conversions are those of the scoring ground truth. What looks alike but is not fixed does not
convert: 工作日 and 天, 月 and 天, 人 and 人次, 元/人 and 元.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

TIME, MONTHS, MONEY, RATE = "time", "months", "money", "rate"
LENGTH, AREA, VOLUME, WEIGHT = "length", "area", "volume", "weight"

_FAMILIES: dict[str, dict[str, int | Fraction]] = {
    TIME: {
        "秒 秒钟": 1, "分钟 min": 60, "小时 个小时 钟头 h": 3600, "天 日 个自然日 自然日": 86400,
        "周 星期 个星期": 604800,
    },
    MONTHS: {"月 个月": 1, "季 季度 个季度": 3, "半年": 6, "年": 12},
    MONEY: {
        "元 人民币元": 1, "百元": 100, "千元": 1000, "万元": 10_000, "百万元": 1_000_000,
        "千万元": 10_000_000, "亿元": 100_000_000,
    },
    RATE: {"‰": 1, "% 百分比 百分率": 10},
    LENGTH: {
        "毫米 mm": 1, "厘米 公分 cm": 10, "分米": 100, "米 m": 1000,
        "公里 千米 km ㎞": 1_000_000,
    },
    AREA: {
        "平方米 平米 ㎡ m2 m²": 1, "亩": Fraction(2000, 3), "公顷": 10_000,
        "平方公里 平方千米 km2 km²": 1_000_000,
    },
    VOLUME: {"毫升 ml": 1, "升 L": 1000, "立方米 立方 m3 m³": 1_000_000},
    WEIGHT: {"克 g": 1, "斤 市斤": 500, "公斤 千克 kg": 1000, "吨 t": 1_000_000},
    "℃": {"℃ °C 摄氏度": 1},
    "工作日": {"工作日 个工作日": 1},
    "百分点": {"百分点 个百分点": 1},
    "人": {"人 名": 1},
    "批次": {"批次 批": 1},
    "场": {"场 场次": 1},
}  # fmt: skip

_KNOWN: dict[str, tuple[str, Fraction]] = {
    name: (family, Fraction(factor))
    for family, names in _FAMILIES.items()
    for spellings, factor in names.items()
    for name in spellings.split()
}

COUNTERS = frozenset(
    "人次 次 场 场次 次数 期 份 套 项 个 件 台 台套 台次 条 家 户 户次 种 类 例 起 宗 处"
    " 座 栋 幢 间 辆 辆次 艘 架 部 篇 本 册 卷 张 幅 枚 颗 粒 株 棵 头 只 匹 羽 尾 块 片"
    " 根 支 组 队 班 所 门 节 课时 学时 人天 人日 人月 床 床位 公里次 家次 件次 车次 班次"
    " 航次 频次 轮 遍 回 批 样 道 眼 口 孔 盏 扇 把 双 对 副 箱 盒 袋 包 瓶 桶 罐 盘 层 级"
    " 点 点位 个点位 站 村 社区 镇 企业 万 千 亿 分 平方 千瓦 千瓦时 度 兆 MB GB TB G M K"
    " kW kWh 人年 字 笔 单 封 面 票 席 届 章 米次 亩次".split()
)
"""Counters that are often printed; others are understood too, but not after Chinese numerals."""

MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

PERIODS = {
    "年": "年", "年度": "年", "半年": "半年", "季": "季", "季度": "季", "月": "月", "周": "周",
    "星期": "周", "日": "日", "天": "日", "小时": "小时", "分钟": "分钟",
}  # fmt: skip
"""What may stand behind the stroke of 次/年, and how it is written in `Target.period`."""

_DAYS = {"分钟": Fraction(1, 1440), "小时": Fraction(1, 24), "日": Fraction(1), "周": Fraction(7)}
_YEARS = {
    "年": Fraction(1), "半年": Fraction(1, 2), "季": Fraction(1, 4), "月": Fraction(1, 12),
    "周": Fraction(1, 52), "日": Fraction(1, 365), "小时": Fraction(1, 8760),
    "分钟": Fraction(1, 525600),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """What a unit measures and how large it is: 万人次 is 10000 of the family 人次."""

    family: str
    factor: Fraction


@lru_cache(maxsize=1024)
def scale(unit: str) -> Scale | None:
    """Return what a unit measures; None without a unit. 万 before a counter multiplies it.

    The family of 元/人 is `money/人`; the order below the line does not matter.
    """
    top, *below = unit.split("/")
    if not top:
        return None
    family, factor = _scale_of_top(top)
    names = sorted(_KNOWN[name][0] if name in _KNOWN else name for name in below)
    return Scale("/".join((family, *names)), factor)


def _scale_of_top(name: str) -> tuple[str, Fraction]:
    factor = Fraction(1)
    while name not in _KNOWN and len(name) > 1 and name[0] in MULTIPLIERS:
        if name in COUNTERS:
            break
        factor *= MULTIPLIERS[name[0]]
        name = name[1:]
    family, own = _KNOWN.get(name, (name, Fraction(1)))
    return family, factor * own


def unit_family(unit: str) -> str | None:
    """Return what a unit measures ("time", "money", "rate", ...), or a counter's plain name.

    `分钟` and `小时` are "time", `万人次` is "人次", `元/人` is "money/人"; None for "".
    """
    found = scale(unit)
    return found.family if found else None


def is_known(unit: str) -> bool:
    """Say whether a unit (without what stands below the line) is one of the known ones."""
    top = unit.split("/", maxsplit=1)[0]
    if top in _KNOWN or top in COUNTERS:
        return True
    return len(top) > 1 and top[0] in MULTIPLIERS and is_known(top[1:])


def is_time(unit: str) -> bool:
    """Say whether a unit measures time: also 工作日, 个月, 年."""
    return unit_family(unit) in (TIME, MONTHS, "工作日")


def is_money(unit: str) -> bool:
    """Say whether a unit is an amount of money; 万 alone and 元/人 are none."""
    return unit_family(unit) == MONEY


def is_rate(unit: str) -> bool:
    """Say whether a unit is % or ‰."""
    return unit_family(unit) == RATE


def unit_factor(unit: str, to: str) -> Fraction | None:
    """Return by what a number in `unit` is multiplied to be in `to`; None if it can't be said.

    万 alone beside money is 万元, and beside another unit that begins with 万 it is that unit.
    """
    here, there = scale(_beside(unit, to)), scale(_beside(to, unit))
    if here is None or there is None:
        return Fraction(1) if unit == to else None
    return here.factor / there.factor if here.family == there.family else None


def _beside(unit: str, other: str) -> str:
    if unit != "万":
        return unit
    if is_money(other):
        return "万元"
    return other if other.startswith("万") else unit


def period_factor(period: str, to: str) -> Fraction | None:
    """Return by what "n a `period`" is multiplied to be "n a `to`": 3次/日 are 21次/周.

    Days and weeks convert directly (1周 = 7日), all else over the year (1年 = 365日 = 52周 =
    12月). None where one of the two is no period.
    """
    here, there = _counted(period), _counted(to)
    if here is None or there is None:
        return None
    (count, name), (other_count, other) = here, there
    lengths = _DAYS if name in _DAYS and other in _DAYS else _YEARS
    return (other_count * lengths[other]) / (count * lengths[name])


def _counted(period: str) -> tuple[Fraction, str] | None:
    match = re.fullmatch(r"(\d{1,6}(?:\.\d{1,6})?)?(\D{1,4})", period)
    if match is None or match[2] not in _YEARS:
        return None
    count = Fraction(match[1] or 1)
    return (count, match[2]) if count else None
