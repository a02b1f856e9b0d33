"""What a rule needs beyond its own form: siblings, earlier years, project lists, results."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from kpiapp.model.lineage import NO_LINKS, Way, YearIndex, earlier_rows
from kpiapp.model.stages import continued_by
from kpiapp.rules import amounts
from kpiapp.rules.facts import sources
from kpiapp.rules.linking import find_link

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kpiapp.model.lineage import Links
    from kpiapp.model.project_list import ProjectList
    from kpiapp.rules.facts import Facts, Row
    from kpiapp.rules.linking import Link
    from kpiapp.rules.matching import Match


@dataclass(frozen=True, slots=True)
class ListedProject:
    """One project of 表10: the amount in 万元, and which row of the list it is."""

    list_id: str
    name: str
    amount: Decimal | None
    unit: str = ""
    row: int = -1


@dataclass(slots=True)
class Result:
    """What came of one indicator: 自评 or 监控. Amounts and rates as typed.

    Attributes:
        actual: 实际完成值, or the progress so far.
        score: 得分 as typed.
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
    tier: str = ""
    reason: str = ""
    measure: str = ""
    adjusted: bool = False
    expected: str = ""
    outlook: str = ""
    reason_class: str = ""


@dataclass(slots=True)
class Execution:
    """The money row of a self-evaluation; all as typed, in the unit of the form."""

    initial: str = ""
    adjusted: str = ""
    spent: str = ""
    rate: str = ""
    score: str = ""
    weight: Decimal = Decimal(10)
    reason: str = ""


@dataclass(slots=True)
class Scoring:
    """What the rules must know of a scoring scheme; its formulas stay in `scoring`.

    Attributes:
        head_weights: what the indicators' weights add up to without 预算执行: 90, in 湖北 80.
        weights_printed: the layout prints 分值; where it does not they are kept inside.
        reverse: how a ≤ target that was missed is scored: `ratio` W·A/B or `deviation`.
        tiers: lower limits of 达成 and 部分达成 as shares of the weight.
        grades: grade words with their lower limits, best first; empty where none are given.
        over: from this ratio of result to target on a reason is due.
    """

    head_weights: Decimal = Decimal(90)
    weights_printed: bool = True
    reverse: str = "ratio"
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


@dataclass
class Context:
    """The forms of one unit and year, and what is known around them.

    Attributes:
        forms: the declarations of the unit and year, department first, in order of their ids.
        earlier: the forms of earlier years by form id, so that last year's can be found.
        lists: 表10 of the unit and year.
        closed: the set is complete, so that what is missing is a fault.
        evaluations: self-evaluations by the id of the form.
        monitorings: monitoring by the id of the form.
        known_links: links found before, by the identity of both forms; they outlive a context.
        past: what is known of earlier years beyond their forms.
    """

    forms: Sequence[Facts] = ()
    earlier: Sequence[Facts] = ()
    lists: Sequence[ProjectList] = ()
    closed: bool = False
    evaluations: Mapping[str, Evaluation] = field(default_factory=dict)
    monitorings: Mapping[str, Monitoring] = field(default_factory=dict)
    known_links: dict[tuple[int, int], tuple[Facts, Facts, Link | None]] = field(
        default_factory=dict
    )
    past: Past = NO_PAST

    @cached_property
    def department(self) -> Facts | None:
        """The department's form, if there is one."""
        return next((facts for facts in self.forms if not facts.is_project), None)

    @cached_property
    def projects(self) -> list[Facts]:
        """The project forms in order."""
        return [facts for facts in self.forms if facts.is_project]

    @cached_property
    def listed(self) -> list[ListedProject]:
        """The projects of 表10."""
        return [project for one in self.lists for project in listed_projects(one)]

    # -- department goal and project form -----------------------------------------------------

    @cached_property
    def links(self) -> list[Link]:
        """Which project form belongs to which goal of the department."""
        found = (self._link(project) for project in self.projects)
        return [link for link in found if link]

    def partners(self, facts: Facts) -> Iterator[tuple[Row, Row, Facts]]:
        """Yield each row of the department's form beside a project's, with the project's form.

        On a project's form there are none: what differs is told once, on the department's.
        """
        for link in () if facts.is_project else self.links:
            for ours, theirs, _step in self.pairs_of(link):
                yield ours, theirs, link.project

    def pairs_of(self, link: Link) -> Iterator[tuple[Row, Row, int]]:
        """Yield the pairs of a link that may be compared: the department's row first, the step.

        A row whose very name another project form has belongs there, however near this one is.
        """
        here = link.project.form.id
        for ours, theirs, step in link.pairs:
            if step == 1 or self._owned.get(ours.id, here) == here:
                yield ours, theirs, step

    def links_of(self, facts: Facts) -> Iterator[Link]:
        """Yield the links that a form is part of."""
        for link in self.links:
            if facts in (link.department, link.project):
                yield link

    def _link(self, project: Facts) -> Link | None:
        """Return the link of a project; pairs are kept as long as both forms are unchanged."""
        if self.department is None:
            return None
        key = (id(self.department), id(project))
        if key not in self.known_links:
            link = find_link(self.department, project)
            self.known_links[key] = (self.department, project, link)
        return self.known_links[key][2]

    @cached_property
    def matches(self) -> list[Match]:
        """Each project form with its row in the department form and in 表10."""
        from kpiapp.rules.matching import match_projects

        return match_projects(self)

    @cached_property
    def partnered(self) -> set[str]:
        """The ids of all rows that have a partner in a linked form."""
        return {row.id for link in self.links for pair in link.pairs for row in pair[:2]}

    @cached_property
    def _owned(self) -> dict[str, str]:
        """Department row id -> id of the project form that has a row of the very same name."""
        return {
            ours.id: link.project.form.id
            for link in reversed(self.links)
            for ours, _, step in link.pairs
            if step == 1
        }

    # -- earlier years ------------------------------------------------------------------------

    def last_years_of(self, facts: Facts) -> list[Facts]:
        """Return last year's forms of the same project or department; several became one."""
        found = self._last_year.earlier(facts.form, self.past.links)
        if found.way is Way.NONE and not facts.is_project:
            return [x for x in self.earlier if not x.is_project][:1]
        ids = {form.id for form in found.forms}
        return [x for x in self.earlier if x.form.id in ids]

    def rows_before(self, facts: Facts, last: Sequence[Facts]) -> Iterator[tuple[Row, Row, Facts]]:
        """Yield each annual row of a form beside the one of last year that it alone continues.

        Args:
            facts: the form.
            last: what `last_years_of` returned for it.

        Yields:
            The row, last year's row, and the form that is on.
        """
        rows = [row for row in facts.rows if row.is_annual]
        before = {row.id: (row, one) for one in last for row in one.rows if row.is_annual}
        carried = any(one.form.id in continued_by(facts.form) for one in last)
        found = earlier_rows(
            sources(rows),
            sources([row for row, _ in before.values()]),
            self.past.links.rows.get(facts.form.id, {}),
            by_id=carried,
        )
        for row in rows:
            if row.id in found and len(found[row.id].rows) == 1:
                yield row, *before[found[row.id].rows[0].id]

    @cached_property
    def _last_year(self) -> YearIndex:
        return YearIndex.of(facts.form for facts in self.earlier)


# -- 表10 --------------------------------------------------------------------------------------

_SUMMARY = frozenset(
    ("", "合计", "总计", "小计", "项目支出", "本级支出项目", "其他运转类", "特定目标类")
)


def listed_projects(one: ProjectList) -> Iterator[ListedProject]:
    """Yield the projects of a 表10: its rows without totals and headings of groups."""
    name = _first(one.columns, "项目名称")
    amount = _first(one.columns, "合计", "总计", "金额")
    if name is None or amount is None:
        return
    marks = [i for i, head in enumerate(one.columns) if head in _MARKS and i != name]
    for number, row in enumerate(one.rows):
        text = row[name].strip()
        if text in _SUMMARY or text.isdigit() or (marks and not any(row[i].strip() for i in marks)):
            continue
        unit = next((row[i].strip() for i in marks if one.columns[i] == "项目单位"), "")
        yield ListedProject(
            one.id, text, amounts.in_wan(row[amount], one.amount_unit), unit, number
        )


_MARKS = ("项目单位", "项目分类", "单位名称")
"""Columns that are filled for a project and empty for a total."""


def _first(heads: Iterable[str], *words: str) -> int | None:
    for i, head in enumerate(heads):
        if any(word in head for word in words):
            return i
    return None
