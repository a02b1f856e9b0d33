"""What is known of one indicator: its target in words, its years, its likes, its changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kpiapp.model import names
from kpiapp.model.form import Horizon
from kpiapp.model.target import Target, TargetKind, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from kpiapp.model.form import Form, Indicator
    from kpiapp.services.session import Session

MOST_LIKES = 6
MOST_STEPS = 12
_SIGNS = {"≥": "不低于", "≤": "不高于", "=": "等于", ">": "高于", "<": "低于"}


@dataclass(frozen=True, slots=True)
class YearValue:
    """A value with its year; `number` only where it can be drawn beside the others."""

    label: str
    text: str
    number: Decimal | None


@dataclass(frozen=True, slots=True)
class Like:
    """An indicator of another form or goal with a near name."""

    form: str
    indicator: str
    horizon: Horizon
    goal: int
    name: str
    target: str
    form_name: str


@dataclass(frozen=True, slots=True)
class PastStep:
    """A step that touched the form: when (local time), what, by whom."""

    time: str
    label: str
    who: str


@dataclass(frozen=True, slots=True)
class AboutIndicator:
    """Everything the pane beside the form says of one indicator."""

    name: str
    place: str
    words: str
    years: tuple[YearValue, ...]
    likes: tuple[Like, ...]
    steps: tuple[PastStep, ...]


def about(session: Session, form_id: str, indicator_id: str) -> AboutIndicator:
    """Return what is known of an indicator; raises KeyError when there is none of this id."""
    form = session.form(form_id)
    row = form.indicator(indicator_id)
    place = " / ".join(x for x in (f"目标{row.goal}", row.level1, row.level2) if x)
    return AboutIndicator(
        row.level3 or "未命名的指标",
        place,
        in_words(parse(row.target)),
        tuple(_years(form, row)),
        tuple(_likes(session, form, row)),
        tuple(_steps(session, form_id)),
    )


def in_words(target: Target) -> str:
    """Return how the program understands a target: 不低于 3 次，每日."""
    match target.kind:
        case TargetKind.EMPTY:
            return "还没有指标值。"
        case TargetKind.PLACEHOLDER:
            return f"“{target.text}”表示没有指标值。"
        case TargetKind.WORDS:
            return "定性描述，自评时按完成程度评价。"
        case TargetKind.UNPARSEABLE:
            return "没有认出数字和单位，检查时只按文字比较。"
        case TargetKind.RANGE:
            ends = (_figure(x) + _unit(target.unit) for x in (target.low, target.high))
            figure = f"在 {' 与 '.join(ends)} 之间"
        case _ if target.number is not None:
            sign = _SIGNS.get(target.sign or "", "等于")
            figure = f"{sign} {_figure(target.number)}{_unit(target.unit)}"
        case _:
            return "定量指标。"
    return figure.strip() + (f"，按{target.period}计" if target.period else "") + "。"


def _figure(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():,f}"


def _unit(unit: str) -> str:
    return unit if unit.startswith(("%", "‰", "℃")) else f" {unit}".rstrip()


def _years(form: Form, row: Indicator) -> Iterator[YearValue]:
    """Yield the row's values by year, and the value of the paired long-term row."""
    other = _counterpart(form, row)
    annual, long_term = (row, other) if row.horizon is Horizon.ANNUAL else (other, row)
    before = annual or row
    if before.prior2 is not None:
        yield _value(f"{form.year - 2}", before.prior2)
    if before.prior1 is not None:
        yield _value(f"{form.year - 1}", before.prior1)
    if annual:
        yield _value(f"{form.year}", annual.target)
    if row.long_term_target is not None:
        yield _value("长期", row.long_term_target)
    elif long_term:
        yield _value("长期", long_term.target)


def _counterpart(form: Form, row: Indicator) -> Indicator | None:
    """Return the row of the other horizon that is the same indicator, or None."""
    mine = list(form.rows(row.horizon, row.goal))
    theirs = list(form.rows(row.horizon.other, row.goal))
    pairs = names.pair(mine, theirs).pairs
    return next((pair.right for pair in pairs if pair.left is row), None)


def _value(label: str, text: str) -> YearValue:
    return YearValue(label, text, parse(text).number)


def _likes(session: Session, form: Form, row: Indicator) -> list[Like]:
    """Return the nearest names of the other forms of the year, each form's once."""
    found: dict[tuple[str, str], tuple[float, Like]] = {}
    for other in session.forms(form.year):
        for one in other.indicators if other is not form and row.level3 else ():
            if one.horizon is row.horizon and names.near(row.level3, one.level3):
                like = Like(
                    other.id, one.id, one.horizon, one.goal, one.level3, one.target, other.name
                )
                nearness = names.similarity(row.level3, one.level3)
                found.setdefault((other.id, one.level3), (nearness, like))
    return [like for _, like in sorted(found.values(), key=lambda x: -x[0])][:MOST_LIKES]


def _steps(session: Session, form_id: str) -> list[PastStep]:
    """Return the latest steps that touched a form, the newest first."""
    touching = [x for x in session.library.steps() if form_id in x.forms and not x.undone]
    return [PastStep(_local(x.time), x.label, x.who) for x in touching[:MOST_STEPS]]


def _local(time: str) -> str:
    return datetime.fromisoformat(time).astimezone().strftime("%m-%d %H:%M")
