"""What the name of an indicator says: a rate, a time, money; whether more or less is better."""

from __future__ import annotations

import re
from functools import lru_cache

from kpiapp.model import units

_NO_RATE = re.compile(r"(?:效率|频率|(?<!成)功率|速率|分辨率)$")
"""Names that end with 率 and are no rates."""
_RATE_END = re.compile(r"(?:率|满意度|覆盖面|占比|比例|比重)$")

_WAIT = (
    "响应|修复|恢复|处置|处理|反馈|办理|答复|回复|等待|抢修|维修|排除|到达|到场|审核|审批|办结|解决"
)
_WAITING = re.compile(rf"(?:{_WAIT}).*(?:时长|时间|时效|时限)$")
_WAITING_STRICT = re.compile(r"(?:响应|修复|恢复|处置|处理|反馈|办理).*(?:时长|时间|时效|时限)$")
_TIMELY = re.compile(r"(?:及时率|及时性|(?:按时|按期|按计划节点)完成率)$")
_LESS = re.compile(
    r"(?:故障率|事故率|发生率|差错率|错误率|投诉率|控制率|变动率|成本|费用|额度|中断次数|死亡率|流失率)$"
)
_FALLING = re.compile(r"节约|节省|降低|减少|下降|压减|压缩")
"""Of less of what is bad: the end of the name then says nothing."""
_COST = re.compile(r"(?:成本|费用|控制额度|伙食标准)$")
_MORE = re.compile(r"(?:满意度|满意率|(?:合格|完成|覆盖|及时|达标|完好|在线|优秀|办结)率)$")
_SATISFACTION = re.compile(r"满意[度率]$")
_GROWING = re.compile(r"增长|增速|增幅|超额|提升率|提高率")
_TOTAL_COST = re.compile(r"(?:成本控制额度|总成本|项目成本|成本控制数|预算控制数|成本控制额)$")
_BAD_EVENT = re.compile(r"事故|故障|投诉|违规|违纪|违法|差错|事件|发生|风险|隐患|泄[露密]|案件|^无")


@lru_cache(maxsize=8192)
def is_rate(name: str) -> bool:
    """Say whether a name asks for a rate: 率, 满意度, 覆盖面, 占比, 比例, 比重; not 效率."""
    return _RATE_END.search(name) is not None and _NO_RATE.search(name) is None


@lru_cache(maxsize=8192)
def ends_in_rate(name: str) -> bool:
    """Say whether a name ends with 率, other than 效率 and 频率."""
    return name.endswith("率") and _NO_RATE.search(name) is None


@lru_cache(maxsize=8192)
def is_satisfaction(name: str) -> bool:
    """Say whether a name ends with 满意度 or 满意率."""
    return _SATISFACTION.search(name) is not None


def is_waiting_time(name: str) -> bool:
    """Say whether a name is a time that should be short: 响应时长, 修复时间."""
    return _WAITING.search(name) is not None


@lru_cache(maxsize=8192)
def is_timeliness(name: str) -> bool:
    """Say whether a name speaks of 时效 by its end: 响应…时长, 及时率, 按期完成率."""
    return _TIMELY.search(name) is not None or _WAITING_STRICT.search(name) is not None


@lru_cache(maxsize=8192)
def is_cost_name(name: str) -> bool:
    """Say whether a name is a cost by its end."""
    return _COST.search(name) is not None


def is_total_cost(name: str) -> bool:
    """Say whether a name is the whole cost of the project: 成本控制额度, 总成本."""
    return _TOTAL_COST.search(name) is not None


def is_no_name(key: str) -> bool:
    """Say whether a normalised name only says that there is no indicator: 无, 不适用."""
    return key in _NO_NAME


_NO_NAME = frozenset(("无", "不适用", "无此项"))


def is_bad_event(name: str) -> bool:
    """Say whether a name is of something that should not happen, so that 无 is an answer."""
    return _BAD_EVENT.search(name) is not None


def may_exceed(name: str) -> bool:
    """Say whether a rate may pass 100 %: 增长, 增速, 超额 …"""
    return _GROWING.search(name) is not None


@lru_cache(maxsize=8192)
def less_is_better(name: str) -> bool | None:
    """Return True or False where the end of the name tells the direction, else None."""
    if _FALLING.search(name):
        return None
    if _WAITING.search(name) or _LESS.search(name):
        return True
    return False if _MORE.search(name) else None


_STUTTER = re.compile(r"([一-龥])\1")


def better_name(one: str, other: str) -> str:
    """Return which of two names for one indicator to keep: without stops and slips, the fuller."""
    return min(one, other, key=_slips)


def _slips(name: str) -> tuple[bool, bool, int]:
    return any(x in name for x in "，。；,;"), _STUTTER.search(name) is not None, -len(name)


_ASKED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), what)
    for pattern, what in (
        (r"(?:(?<![效频功速辨])|成功)率$", "比率"),
        (r"(?:次数|频次|场次|频率)$", "次数"),
        (r"人数$", "人数"),
        (r"(?:时长|时间|时限|周期)$", "时间"),
        (r"天数$", "天数"),
        (r"面积$", "面积"),
        (r"(?:费用|成本|额度)$", "金额"),
        (r"(?:购置数|采购数)(?:量)?$", "物件数"),
    )
)
_NO_PERCENT = re.compile(r"率|[度性面]$|比例|占比|比重|[%％]")


@lru_cache(maxsize=8192)
def asked_unit(name: str) -> str | None:
    """Return what kind of unit the end of a name asks for (`次数`, `时间` …), or None."""
    return next((what for pattern, what in _ASKED if pattern.search(name)), None)


@lru_cache(maxsize=8192)
def unit_fits(name: str, unit: str) -> bool:
    """Say whether a unit may stand at an indicator of this name. The unit is not empty."""
    asked = asked_unit(name)
    if asked is None:
        return not units.is_rate(unit) or _NO_PERCENT.search(name) is not None
    return _fits(asked, unit)


def _fits(asked: str, unit: str) -> bool:
    """Say whether a unit is of the kind that a name asks for (`asked_unit`)."""
    top = unit.split("/", maxsplit=1)[0]
    match asked:
        case "比率":
            return units.is_rate(unit) or "%" in unit or "百分" in unit
        case "次数":
            return top.endswith(("次", "场", "期")) and top != "批次"
        case "人数":
            return top.endswith(("人", "名"))
        case "时间":
            return units.is_time(unit) or units.is_time(top)
        case "天数":
            return top in ("天", "日", "个工作日", "工作日")
        case "面积":
            return units.unit_family(unit) == units.AREA or "平方" in unit
        case "金额":
            return units.unit_family(top) == units.MONEY or top.endswith(("元", "万"))
        case _:
            return top not in ("人", "名")
