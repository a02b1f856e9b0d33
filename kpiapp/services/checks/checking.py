"""Checking forms: all at once, or again after an edit.

A `Checker` keeps what it knows of each form, so that after an edit only the rules that could say
something new are run: all rules on the form that changed, and on the other forms of its unit
those that read beyond their own form.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

from kpiapp.model.problem import RANK
from kpiapp.rules import engine
from kpiapp.rules.context import Context
from kpiapp.rules.engine import Reach, all_rules
from kpiapp.rules.facts import Facts
from kpiapp.rules.outcomes import NO_PAST, Evaluation, Monitoring, Past
from kpiapp.rules.policy import Raw, settle
from kpiapp.services.checks.grouping import group_into_units
from kpiapp.services.checks.report import Report, problem_key
from kpiapp.services.checks.rule_settings import RuleSettings, rules_changed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kpiapp.model.edit import Edit
    from kpiapp.model.form import Form
    from kpiapp.model.problem import Severity
    from kpiapp.model.project_list import ProjectList
    from kpiapp.rules.engine import Rule
    from kpiapp.services.checks.grouping import UnitGroup


@dataclass(slots=True)
class _Set:
    """The forms of one unit and year, with what the rules found in each."""

    context: Context
    raws: dict[str, dict[str, list[Raw]]] = field(default_factory=dict)  # form id, code
    told: dict[str, list[Raw]] = field(default_factory=dict)  # form id, as settled last

    def all_raws(self) -> list[Raw]:
        """Return what every rule found in every form."""
        return [raw for rules in self.raws.values() for found in rules.values() for raw in found]


@dataclass(slots=True)
class _Options:
    """What a check was asked for; kept for the checks after edits."""

    closed: bool = False
    settings: RuleSettings = field(default_factory=RuleSettings)
    layouts: Mapping[str, RuleSettings] = field(default_factory=dict)
    excuses: Mapping[str, str] = field(default_factory=dict)
    baseline: Collection[str] = ()
    evaluations: Mapping[str, Evaluation] = field(default_factory=dict)
    monitorings: Mapping[str, Monitoring] = field(default_factory=dict)
    past: Past = NO_PAST

    def settings_of(self, form: Form) -> RuleSettings:
        """Return the settings that hold for a form: of the library, and of its layout."""
        own = self.layouts.get(form.layout)
        return self.settings.beside(own) if own else self.settings


class Checker:
    """Checks the forms of any number of units, and keeps the result up to date."""

    def __init__(self) -> None:
        """Begin with nothing checked."""
        self._sets: list[_Set] = []
        self._set_of: dict[str, _Set] = {}
        self._forms: dict[str, Form] = {}
        self._order: list[str] = []
        self._options = _Options()
        self.report = Report()

    def check(  # noqa: PLR0913 - each is one thing a check may be asked for
        self,
        forms: Sequence[Form],
        project_lists: Iterable[ProjectList] = (),
        *,
        closed: bool = False,
        off: Collection[str] = (),
        severities: Mapping[str, Severity] | None = None,
        layouts: Mapping[str, RuleSettings] | None = None,
        excuses: Mapping[str, str] | None = None,
        baseline: Collection[str] = (),
        evaluations: Mapping[str, Evaluation] | None = None,
        monitorings: Mapping[str, Monitoring] | None = None,
        past: Past = NO_PAST,
        paths: Mapping[str, Path] | None = None,
        groups: Sequence[UnitGroup] | None = None,
    ) -> Report:
        """Check forms from scratch.

        Args:
            forms: declarations of any units and years.
            project_lists: 表10 of some of them.
            closed: the sets are complete, so that a missing form is a fault.
            off: codes of rules that are not to be checked.
            severities: other severities, by code.
            layouts: settings that hold for the forms of a layout, by its id.
            excuses: keys of excused problems (`problem_key`) with their reasons.
            baseline: keys of old problems that are kept quiet.
            evaluations: self-evaluations by form id.
            monitorings: monitoring by form id.
            past: what the library knows of earlier years beyond their forms.
            paths: where the forms were read from, to tell units apart.
            groups: the units, where the caller knows them; else they are found.
        """
        self._options = _Options(
            closed, RuleSettings(frozenset(off), severities or {}), layouts or {}, excuses or {},
            baseline, evaluations or {}, monitorings or {}, past,
        )  # fmt: skip
        if groups is None:
            groups = group_into_units(forms, project_lists, paths)
        self._forms = {form.id: form for form in forms}
        self._order = [form.id for form in forms]
        self._sets = [one for group in groups for one in _sets_of(group, self._options)]
        self._set_of = {x.form.id: one for one in self._sets for x in one.context.forms}
        self.report = Report(
            {form_id: [] for form_id in self._order},
            self._rules_off(),
            dict(self._options.excuses),
            frozenset(baseline),
            [form.id for group in groups if group.alone for form in group.forms],
            units={form.id: group.title for group in groups for form in group.forms},
            rules_changed=rules_changed(self._settings_used()),
        )
        for one in self._sets:
            for facts in one.context.forms:
                self._run(one, facts, all_rules())
            self._tell(one)
        return self.report

    def recheck(self, *forms: Form, edits: Mapping[str, Sequence[Edit]] | None = None) -> Report:
        """Check again after edits of these forms, which were checked before.

        The same report is brought up to date; forms that were added or taken away, and changes
        of unit, year or kind, need a whole `check`.

        Args:
            forms: the forms as they are now.
            edits: all that was done to them, by form id, where it is known: if it only changed
                values of rows, the rules that look at none are not run again.
        """
        changed = {form.id for form in forms}
        rows = {form.id: self._touched(form, (edits or {}).get(form.id)) for form in forms}
        shape = None in rows.values()
        touched = {id(one): one for form in forms for one in self._replace(form, rows[form.id])}
        for one in touched.values():
            earlier = any(x.form.id in changed for x in one.context.earlier)
            kinds = {x.is_project for x in one.context.forms if x.form.id in changed}
            for facts in one.context.forms:
                reaches = (
                    frozenset(Reach)
                    if facts.form.id in changed
                    else _reaches_beyond(facts, kinds, earlier=earlier)
                )
                self._run(one, facts, _rules_reaching(reaches, shape=shape))
            self._tell(one, changed)
        return self.report

    def _known(self, form: Form) -> Facts:
        """Return what is known of the state of a form before an edit."""
        forms = self._set_of[form.id].context.forms
        return next(x for x in forms if x.form.id == form.id)

    def _touched(self, form: Form, edits: Iterable[Edit] | None) -> frozenset[str] | None:
        """Return the rows with new values, if all that was done is known and was no more."""
        return None if edits is None else self._known(form).touched_by(edits)

    def _replace(self, form: Form, touched: Collection[str] | None) -> list[_Set]:
        """Put the new state of a form in place of the old; return the sets that see it.

        `touched` are ids of rows, where only values of these are new.
        """
        one = self._set_of[form.id]
        self._forms[form.id] = form
        old = self._known(form)
        facts = Facts(form) if touched is None else old.after(touched)
        seeing = [one, *self._following(one)]
        for each in seeing:
            each.context = _renewed(each.context, old, facts)
        return seeing

    def _following(self, one: _Set) -> list[_Set]:
        """Return the sets of later years that look back at this one."""
        ids = {facts.form.id for facts in one.context.forms}
        return [x for x in self._sets if any(e.form.id in ids for e in x.context.earlier)]

    def _run(self, one: _Set, facts: Facts, rules: Iterable[Rule]) -> None:
        settings = self._options.settings_of(facts.form)
        raws = one.raws.setdefault(facts.form.id, {})
        for rule in rules:
            if rule.code not in settings.off:
                severity = settings.severities.get(rule.code, rule.severity)
                found = engine.run(rule, facts, one.context)
                known = raws.setdefault(rule.code, [])
                if (known or found) and [raw.finding for raw in known] != found:
                    raws[rule.code] = [Raw(rule, severity, finding) for finding in found]

    def _tell(self, one: _Set, changed: Collection[str] = ()) -> None:
        """Settle the findings of one set, and write them into the report.

        In a changed form the same findings may stand in another order, or be excused no more.
        """
        found: dict[str, list[Raw]] = {facts.form.id: [] for facts in one.context.forms}
        for raw in settle(one.all_raws()):
            found[raw.finding.place.form].append(raw)
        for facts in one.context.forms:
            form_id = facts.form.id
            if form_id not in changed and one.told.get(form_id) == found[form_id]:
                continue
            one.told[form_id] = found[form_id]
            for problem in self.report.problems.get(form_id, ()):
                self.report.keys.pop(id(problem), None)
            raws = sorted(found[form_id], key=partial(_as_printed, facts))
            self.report.problems[form_id] = [raw.problem for raw in raws]
            self._mark_excused(form_id, facts.form)

    def _mark_excused(self, form_id: str, form: Form) -> None:
        if not self.report.excused and not self.report.parked:
            return
        for problem in self.report.problems[form_id]:
            key = problem_key(problem, form)
            if key in self.report.excused or key in self.report.parked:
                self.report.keys[id(problem)] = key

    def _rules_off(self) -> list[str]:
        return sorted(frozenset().union(*(used.off for used in self._settings_used())))

    def _settings_used(self) -> list[RuleSettings]:
        layouts = {form.layout for form in self._forms.values()}
        own = (x for key, x in self._options.layouts.items() if key in layouts)
        return [self._options.settings, *own]


def _reaches_beyond(facts: Facts, kinds: Collection[bool], *, earlier: bool) -> frozenset[Reach]:
    """Return which rules to run again on a form that did not change itself, by what they read.

    Args:
        facts: the form.
        kinds: whether project forms (True) and the department's (False) changed.
        earlier: a form of the year before changed.
    """
    least = {Reach.UNIT}
    if False in kinds:
        least |= {Reach.DEPARTMENT}
    if earlier or not facts.is_project:
        least |= {Reach.LINKS, Reach.DEPARTMENT}
    return frozenset(least)


@cache
def _rules_reaching(reaches: frozenset[Reach], *, shape: bool) -> tuple[Rule, ...]:
    """Return the rules that read so far; without `shape` only those that look at values."""
    return tuple(x for x in all_rules() if x.reach in reaches and (shape or x.values))


def _sets_of(group: UnitGroup, options: _Options) -> Iterator[_Set]:
    """Yield the sets of a unit, one a year, each with the year before at its back."""
    by_year: dict[int, list[Facts]] = {}
    for form in group.forms:
        by_year.setdefault(form.year, []).append(Facts(form))
    for year, forms in sorted(by_year.items()):
        forms.sort(key=lambda facts: (facts.is_project, facts.form.id))
        yield _Set(
            Context(
                forms,
                by_year.get(year - 1, []),
                [one for one in group.project_lists if one.year == year],
                options.closed,
                options.evaluations,
                options.monitorings,
                past=options.past,
            )
        )


def _renewed(context: Context, old: Facts, new: Facts) -> Context:
    """Return a context with one form replaced; links between unchanged forms are kept."""
    known = {
        key: value for key, value in context.known_links.items() if old not in (value[0], value[1])
    }
    return Context(
        [new if facts is old else facts for facts in context.forms],
        [new if facts is old else facts for facts in context.earlier],
        context.lists, context.closed, context.evaluations, context.monitorings, known,
        context.past,
    )  # fmt: skip


def _as_printed(facts: Facts, raw: Raw) -> tuple[int, int, int]:
    row = facts.by_id.get(raw.finding.place.indicator or "")
    return RANK[raw.severity], row.index if row else -1, raw.rule.order
