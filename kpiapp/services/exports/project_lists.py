"""表10 项目支出表 of a unit: built from the forms where they hold a column, else as it is stored.

A stored list gives order, headings and what no form says; a project's own form gives its name and
amounts, and the sums above it follow. Whatever could not be filled is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kpiapp.model.form import Form, Kind
from kpiapp.model.money import format_amount
from kpiapp.model.project_list import ProjectList
from kpiapp.rules.context import Context
from kpiapp.rules.facts import Facts
from kpiapp.rules.reading import amounts
from kpiapp.rules.reading.listed import listed_projects
from kpiapp.services.checks.grouping import group_into_units
from kpiapp.services.exports.project_cells import AMOUNTS, amount_of, has_place, is_amount, text_of
from kpiapp.sheets.layouts.blocks import ListColumn
from kpiapp.sheets.project_sheet import ENDING, TITLE, block_of, layout_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kpiapp.rules.pairing.matching import Match
    from kpiapp.services.session import Session

ROUNDING = Decimal("0.005")
"""Amounts in 万元 that differ by no more are one amount: 表10 prints two decimals."""
MOST_NAMED = 6
"""So many names stand in a sentence."""


@dataclass(slots=True)
class BuiltList:
    """A 表10 as it will be printed, with what a person must look at, a sentence each."""

    projects: ProjectList
    unit: str
    missing: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the sheet is called in a list: 表10 项目支出表, and whose."""
        return f"表10 {self.projects.title}（{self.unit}）" if self.unit else f"表10 {TITLE}"


def lists_of(session: Session, year: int) -> list[BuiltList]:
    """Return 表10 of each unit of a library for a year."""
    return built_lists(session.forms(year), session.project_lists(year))


def built_lists(forms: Sequence[Form], stored: Iterable[ProjectList] = ()) -> list[BuiltList]:
    """Return 表10 of each unit that has projects.

    Args:
        forms: the declarations of one year.
        stored: the lists of that year; one that belongs to none of the forms is left as it is.
    """
    stored = list(stored)
    units = group_into_units(forms, stored)
    found = []
    for unit in units:
        lists = list(unit.project_lists)
        if any(form.kind is Kind.PROJECT for form in unit.forms) and not unit.alone:
            found.append(_Building(unit.forms, lists.pop(0) if lists else None).build(unit.title))
        found += [BuiltList(one, unit.title) for one in lists]
    placed = {one.id for unit in units for one in unit.project_lists}
    return [*found, *(BuiltList(one, "") for one in stored if one.id not in placed)]


@dataclass(slots=True, eq=False)
class _Line:
    """One row while a list is built.

    `match` is None for a heading, a sum, or a project that no form speaks of; `sums` are the
    projects that a sum adds up.
    """

    cells: list[str]
    match: Match | None = None
    project: bool = False
    sums: list[_Line] | None = None

    @property
    def category(self) -> str:
        """The category that the department form tells of the project, or ""."""
        return self.match.line.category if self.match and self.match.line else ""


class _Building:
    """The state of one list that is being built."""

    def __init__(self, forms: Sequence[Form], stored: ProjectList | None) -> None:
        context = Context([Facts(form) for form in forms], lists=[stored] if stored else [])
        self.department = context.department.form if context.department else None
        self.layout_id = (self.department or forms[0]).layout
        self.year = forms[0].year
        layout = layout_for(self.layout_id)
        self.block = block_of(layout)
        self.matches = context.matches
        self.stored = stored
        self.unit = stored.amount_unit if stored else layout.amount_unit
        known = {column.head: column for column in self.block.columns}
        heads = stored.columns if stored else list(known)
        self.columns = [known.get(head) or ListColumn(head) for head in heads]
        self.total = next((n for n, x in enumerate(self.columns) if x.value == "total"), -1)
        self.missing: list[str] = []

    def build(self, unit: str) -> BuiltList:
        """Return the list of a unit with this name."""
        if self.stored:
            projects = self.stored
            lines = self._renewed(self.stored)
        else:
            name = f"{self.layout_id.partition('-')[0]}-{self.year}{ENDING}"
            heads = [column.head for column in self.columns]
            projects = ProjectList(name, self.year, self.layout_id, TITLE, self.unit, heads)
            lines = self._new(unit)
            empty = [x.head for x in self.columns if not self._is_held(x)]
            self._say("{}：申报表里没有这几栏，目标库里也没有存表10，空着", empty)
        unknown = [x.project.name for x in self.matches if self._amount_is_missing(x)]
        self._say("{}没有填项目当年预算，合计里没有算它", unknown)
        return BuiltList(replace(projects, rows=[x.cells for x in lines]), unit, self.missing)

    def _is_held(self, column: ListColumn) -> bool:
        return any(has_place(match, column, self.department) for match in self.matches)

    def _amount_is_missing(self, match: Match) -> bool:
        if self.total < 0 or match.listed:
            return False
        return amount_of(match, self.columns[self.total]) is None

    def _say(self, sentence: str, names: Iterable[str]) -> None:
        named = [f"“{name}”" for name in dict.fromkeys(names)]
        more = "等" if len(named) > MOST_NAMED else ""
        if named:
            self.missing.append(sentence.replace("{}", "".join(named[:MOST_NAMED]) + more))

    # -- with a stored list -----------------------------------------------------------------------

    def _renewed(self, stored: ProjectList) -> list[_Line]:
        """Return the rows of the stored list with what the forms say now."""
        lines = [_Line(list(row)) for row in stored.rows]
        for listed in listed_projects(stored):
            lines[listed.row].project = True
        self._find_sums(lines)
        for match in self.matches:
            if match.listed:
                lines[match.listed.row].match = match
        alone = [self._name(line) for line in lines if line.project and not line.match]
        self._say("{}没有项目申报表，照目标库里的表10 印出", alone)
        for line in lines:
            if line.match:
                line.cells = self._cells(line.match, line.cells)
        added = [match for match in self.matches if not match.listed]
        self._say("{}不在目标库的表10 里，已按申报表补入", (x.project.name for x in added))
        for match in added:
            self._add(lines, match)
        self._add_up(lines)
        return lines

    def _find_sums(self, lines: Sequence[_Line]) -> None:
        """Note which projects each sum of the stored list adds up: those below that come to it."""
        projects = [line for line in lines if line.project]
        wrong = []
        for number, line in enumerate(lines):
            wanted = self._amount(line, self.total)
            if line.project or wanted is None:
                continue
            below = [one for one in lines[number + 1 :] if one.project]
            line.sums = self._coming_to(wanted, below) or self._coming_to(wanted, projects)
            if line.sums is None:
                wrong.append(self._name(line))
        self._say("{}一行与各项目之和不符，照目标库里的表10 印出", wrong)

    def _coming_to(self, wanted: Decimal, lines: Sequence[_Line]) -> list[_Line] | None:
        """Return the first lines whose amounts come to a sum, or None."""
        so_far = Decimal(0)
        for number, line in enumerate(lines, 1):
            so_far += self._amount(line, self.total) or Decimal(0)
            if abs(so_far - wanted) <= ROUNDING:
                return list(lines[:number])
        return None

    def _add(self, lines: list[_Line], match: Match) -> None:
        """Put a project behind the last one of its category, else behind the last of all."""
        new = self._project(match)
        projects = [line for line in lines if line.project]
        alike = [line for line in projects if line.category == new.category]
        last = next(reversed(alike or projects or lines), None)
        lines.insert(lines.index(last) + 1 if last else 0, new)
        for line in lines:
            if line.sums and last in line.sums:
                line.sums.append(new)

    # -- without one ------------------------------------------------------------------------------

    def _new(self, unit: str) -> list[_Line]:
        """Return the rows that the layout prints: sums first, then the projects by category."""
        projects = [self._project(match) for match in self.matches]
        words = {"department": self.department.name if self.department else unit}
        lines = self._summaries("all", words, projects)
        for category in dict.fromkeys(line.category for line in projects):
            group = [line for line in projects if line.category == category]
            codes = self.block.codes.items()
            code = next((code for word, code in codes if word in category), category)
            if category:
                lines += self._summaries("category", {"category": category, "code": code}, group)
            lines += group
        self._add_up(lines)
        return lines

    def _summaries(self, of: str, words: Mapping[str, str], group: list[_Line]) -> list[_Line]:
        return [
            _Line([one.cells.get(x.head, "").format_map(words) for x in self.columns], sums=group)
            for one in self.block.summaries
            if one.of == of
        ]

    # -- cells ------------------------------------------------------------------------------------

    def _project(self, match: Match) -> _Line:
        return _Line(self._cells(match, [""] * len(self.columns)), match, project=True)

    def _cells(self, match: Match, stored: Sequence[str]) -> list[str]:
        """Return the row of a project: what its forms say, else what is stored."""
        return [
            old
            if column.stored_first and old
            else self._printed(amount_of(match, column), old)
            if column.value in AMOUNTS
            else text_of(match, column, self.department) or old
            for column, old in zip(self.columns, stored, strict=True)
        ]

    def _printed(self, wan: Decimal | None, old: str) -> str:
        """Return an amount as the list prints it; a stored one that is the same stays as it is."""
        if wan is None:
            return old or self.block.zero
        before = amounts.in_wan(old, self.unit) or Decimal(0)
        if old and (before == wan or (before and abs(before - wan) <= ROUNDING)):
            return old
        places = None if self.block.places < 0 else self.block.places
        value = wan * amounts.WAN if self.unit == "元" else wan
        text = format_amount(value, thousands=places is not None, places=places)
        return text if wan else self.block.zero

    def _amount(self, line: _Line, column: int) -> Decimal | None:
        return amounts.in_wan(line.cells[column], self.unit) if column >= 0 else None

    def _add_up(self, lines: Sequence[_Line]) -> None:
        """Write the sums anew where the projects they add up come to something else."""
        columns = [n for n, column in enumerate(self.columns) if is_amount(column)]
        for line in lines:
            for column in columns if line.sums else ():
                values = [self._amount(one, column) for one in line.sums or ()]
                known = [value for value in values if value is not None]
                if known or line.cells[column] or self.columns[column].value:
                    whole = sum(known, Decimal(0))
                    line.cells[column] = self._printed(whole, line.cells[column])

    def _name(self, line: _Line) -> str:
        named = [n for n, column in enumerate(self.columns) if column.value == "name"]
        texts = [line.cells[n] for n in named] + line.cells
        return next((text for text in texts if text), "")
