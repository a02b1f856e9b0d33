"""What a rule needs beyond its own form: siblings, earlier years, project lists, results."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kpiapp.model.lineage import Way, YearIndex, earlier_rows
from kpiapp.model.stages import continued_by
from kpiapp.rules.outcomes import NO_PAST
from kpiapp.rules.pairing.linking import find_link
from kpiapp.rules.pairing.matching import match_projects
from kpiapp.rules.reading.listed import listed_projects
from kpiapp.rules.row import sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpiapp.model.project_list import ProjectList
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.outcomes import Evaluation, Monitoring, Past
    from kpiapp.rules.pairing.linking import Link
    from kpiapp.rules.pairing.matching import Match
    from kpiapp.rules.reading.listed import ListedProject
    from kpiapp.rules.row import Row


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

    def partners(self, facts: Facts) -> Sequence[tuple[Row, Row, Facts]]:
        """Return each row of the department's form beside a project's, with the project's form.

        On a project's form there are none: what differs is told once, on the department's.
        """
        return () if facts.is_project else self._partners

    @cached_property
    def _partners(self) -> list[tuple[Row, Row, Facts]]:
        return [
            (ours, theirs, link.project)
            for link in self.links
            for ours, theirs, _step in self.pairs_of(link)
        ]

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
        return match_projects(self.department, self.projects, self.listed, self.links)

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
