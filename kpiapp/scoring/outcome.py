"""What scoring says: points with a sentence how, or why there are none. Exact half-up rounding."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kpiapp.model.shortening import shortened

FLAGS = (
    "over-achievement",
    "result-over-100",
    "operator-assumed",
    "zero-target",
    "low-execution",
    "zero-budget",
)
"""What is worth a look at a row that was scored, in the order they are told."""

WHY = {
    "weight-missing": "没有分值",
    "target-missing": "没有指标值",
    "target-unreadable": "指标值看不懂",
    "not-evaluated": "没有实际完成值",
    "approximate-actual": "实际完成值是约数，应填确定的数值",
    "date-not-stated": "没有写完成的日期",
    "date-too-coarse": "完成日期太粗，分不出是否按期，应写到日",
    "operator-in-actual": "实际完成值带有比较符，应填实际数",
    "text-for-number": "指标值是数值，实际完成值却是文字",
    "unit-mismatch": "实际完成值与指标值的单位不同，不能换算",
    "percent-ambiguous": "实际完成值没有单位，分不清是比例还是百分数，应写上%",
    "magnitude-suspect": "实际完成值没有单位，与指标值相差千倍以上，应写上单位",
    "negative-target": "指标值是负数，不能按比例计分",
    "number-for-text": "指标值没有可比的数值，实际完成值却是数值",
    "compound-value": "有两个数值，应拆成两个指标",
    "tier-needed": "看不出达成档次，请选择达成、部分达成或未达成",
    "score-needed": "这一档的得分要由人填写",
    "score-over-weight": "得分超过分值",
    "score-outside-tier": "得分不在这一档的范围内",
    "zero-budget": "全年预算数不大于0，不能计算执行率",
    "adjusted-missing": "没有全年预算数",
    "spent-missing": "没有全年执行数",
}
"""Every reason for giving no score, in Chinese."""


_LONGEST = 80
"""So much of what was typed is repeated in a sentence."""


class Unscored(Exception):  # noqa: N818 - it is an answer, not a fault
    """There is no score, with the code that says why and perhaps the tier's range."""

    def __init__(self, code: str, detail: str = "", scope: Scope | None = None) -> None:
        super().__init__(code)
        self.code, self.detail, self.scope = code, detail, scope


Scope = tuple[Decimal, Decimal]
"""The lowest and the highest score that a tier allows, two places."""


@dataclass(frozen=True, slots=True)
class Score:
    """The outcome for one indicator.

    Attributes:
        score: points, two places, from 0 to the weight; None if there are none.
        how: a Chinese sentence: how it was computed, or 未评价 and why.
        error: the code of the reason for no score, or None.
        flags: see FLAGS.
        scope: the lowest and highest score of a 定性 result's tier.
    """

    score: Decimal | None
    how: str
    error: str | None = None
    flags: tuple[str, ...] = ()
    scope: Scope | None = None


def unscored(reason: Unscored) -> Score:
    """Return the outcome for a row that cannot be scored."""
    return Score(None, said_why(reason), reason.code, scope=reason.scope)


def said_why(reason: Unscored) -> str:
    """Return the sentence that says why there is no score; long texts are cut."""
    detail = shortened(reason.detail, _LONGEST)
    return f"未评价：{WHY[reason.code]}" + (f"（{detail}）" if detail else "")


def ordered(flags: set[str]) -> tuple[str, ...]:
    """Return flags in the order of FLAGS."""
    return tuple(flag for flag in FLAGS if flag in flags)


def two_places(value: Fraction) -> Decimal:
    """Round once, half up (away from zero), to two places."""
    hundredths = (abs(value) * 200 + 1) // 2
    return Decimal(int(hundredths) * (-1 if value < 0 else 1)).scaleb(-2)


def shown(value: Fraction | Decimal) -> str:
    """Return a number for a sentence: as many decimals as it has, at most four."""
    exact = Fraction(value)
    rounded = Decimal(round(exact * 10_000)).scaleb(-4)
    text = f"{rounded:f}".rstrip("0").rstrip(".")
    return text if text not in ("", "-0") else "0"
