"""What came of the targets, as the rules read it: 自评, 监控, and the results of earlier years."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.model.lineage import NO_LINKS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kpiapp.model.lineage import Links
    from kpiapp.rules.facts import Facts


@dataclass(slots=True)
class Result:
    """What came of one indicator: 自评 or 监控. Amounts and rates as typed.

    Attributes:
        actual: 实际完成值, or the progress so far.
        score: 得分 as typed.
        formula: 得分 by the formula of the scheme; None where it gives none.
        unscored: why the scheme gives no 得分, "" where it does or was not asked.
        tier: 达成, 部分达成, 未达成, where a target in words was judged so.
        reason: 偏差原因.
        measure: 改进措施.
        adjusted: the target was changed by a recorded adjustment, or the score by hand.
        expected: 全年预计完成情况 (monitoring).
        outlook: 确定能, 有可能, 不可能 (monitoring).
        reason_class: which of 经费, 制度, 人员, 硬件, 其他 stands in the way (monitoring).
    """

    actual: str | None = None
    score: str | None = None
    formula: Decimal | None = None
    unscored: str = ""
    tier: str = ""
    reason: str = ""
    measure: str = ""
    adjusted: bool = False
    expected: str = ""
    outlook: str = ""
    reason_class: str = ""


@dataclass(slots=True)
class Execution:
    """The money row of a self-evaluation; all as typed, in the unit of the form.

    `unscored` says why it has no 得分, "" where it has one or nobody asked. `unread` names the
    cells of the rows below (其中：…) that hold words in the place of an amount, with the words.
    """

    initial: str = ""
    adjusted: str = ""
    spent: str = ""
    rate: str = ""
    score: str = ""
    weight: Decimal = Decimal(10)
    reason: str = ""
    unscored: str = ""
    unread: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Scoring:
    """What the rules must know of a scoring scheme; its formulas stay in `scoring`.

    Attributes:
        head_weights: what the indicators' weights add up to without 预算执行: 90, in 湖北 80.
        weights_printed: the layout prints 分值; where it does not they are kept inside.
        tiers: lower limits of 达成 and 部分达成 as shares of the weight.
        grades: grade words with their lower limits, best first; empty where none are given.
        over: from this ratio of result to target on a reason is due.
    """

    head_weights: Decimal = Decimal(90)
    weights_printed: bool = True
    tiers: tuple[Decimal, Decimal] = (Decimal("0.8"), Decimal("0.6"))
    grades: tuple[tuple[str, Decimal], ...] = (
        ("优", Decimal(90)), ("良", Decimal(80)), ("中", Decimal(60)), ("差", Decimal(0)),
    )  # fmt: skip
    over: Decimal = Decimal("1.3")


@dataclass(slots=True)
class Evaluation:
    """The self-evaluation of one form, filled by the year-cycle service.

    `results` is by indicator id; `approved` is the declaration it is held against, if known.
    """

    results: dict[str, Result] = field(default_factory=dict)
    execution: Execution | None = None
    total: str = ""
    grade: str = ""
    scoring: Scoring = field(default_factory=Scoring)
    approved: Facts | None = None


@dataclass(slots=True)
class Monitoring:
    """The monitoring of one form by the end of `month`; `results` is by indicator id."""

    month: int = 7
    results: dict[str, Result] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Past:
    """What a library knows of earlier years beyond their declarations.

    Attributes:
        links: what a person said continues what.
        results: what was achieved, by form id and row id.
        by_result: the layouts whose 上年 takes the result, not the target, where there is one.
    """

    links: Links = NO_LINKS
    results: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    by_result: Collection[str] = ()

    def result(self, layout: str, form_id: str, row_id: str) -> str:
        """Return the result that 上年 on a form of this layout takes, or ""."""
        return self.results.get(form_id, {}).get(row_id, "") if layout in self.by_result else ""


NO_PAST = Past()
