"""What files hold against the library: what is new in it, and taking it over as one step."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from kpiapp.model import interchange, names
from kpiapp.model.form import Form, Kind, new_id
from kpiapp.model.stages import is_declared
from kpiapp.services.imports import joining, list_plans
from kpiapp.services.imports.aligning import align
from kpiapp.services.imports.diff import diff
from kpiapp.services.imports.units import give_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kpiapp.model.edit import Edit
    from kpiapp.model.form import Goal, Indicator
    from kpiapp.services.files.reading_files import Incoming
    from kpiapp.services.imports.joining import Joining
    from kpiapp.services.session import Session
    from kpiapp.store.library import FormHead
    from kpiapp.store.step import Change


class State(StrEnum):
    """How an incoming form stands to the library."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REPEATED = "repeated"
    VARIANT = "variant"
    UNDECLARED = "undeclared"

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return {
            "new": "新增", "changed": "有改动", "same": "没有改动", "repeated": "重复",
            "variant": "重复，内容不同", "undeclared": "没有对应的申报表，放不进去",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planned:
    """One form of an import: where it goes, and the edits that bring the stored form there.

    `places` are those of the draft, by the ids that goals and indicators have now. A VARIANT came
    in twice with other contents; `alone` is what it would be without the first. A new project form
    is to join a project of other years, or to begin one.
    """

    incoming: Incoming
    state: State
    form: Form
    edits: tuple[Edit, ...] = ()
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    alone: State | None = None
    joining: Joining | None = None


@dataclass(slots=True)
class Plan:
    """What an import would do; nothing has changed yet."""

    items: list[Planned] = field(default_factory=list)
    project_lists: list[Incoming] = field(default_factory=list)

    def changes_anything(self) -> bool:
        """Say whether taking it over makes a step."""
        return any(x.state in (State.NEW, State.CHANGED) for x in self.items) or any(
            not x.unchanged for x in self.project_lists
        )


def plan(session: Session, incoming: Iterable[Incoming]) -> Plan:
    """Return how incoming forms stand to the library of a session.

    A form is the stored one with its id; else the one of its unit, year, kind and project (by
    code, else by name). Forms that name no unit are given theirs (`units.give_units`).
    """
    result = Plan()
    incoming = list(incoming)
    give_units(session, [(one.form, one.path) for one in incoming if one.form])
    heads = session.heads()
    taken: dict[str, Planned] = {}
    for one in incoming:
        if one.form is None:
            list_plans.settle(session, one, incoming)
            result.project_lists.append(one)
            continue
        if is_declared(one.form.stage) or one.complete:
            item = _planned(session, one, one.form, _stored(one, one.form, heads))
        else:
            item = _results(session, one, one.form, heads)
        first = _first(item, taken)
        if first:
            item = _again(item, first)
        taken.setdefault(item.form.id, item)
        result.items.append(item)
    result.items = _joined(session, result.items)
    return result


def _joined(session: Session, items: Sequence[Planned]) -> list[Planned]:
    """Return the items, those of new projects with the project that each is to join."""
    joinings = joining.propose(session, [x.form for x in items if x.state is State.NEW])
    return [
        replace(item, joining=joinings.get(item.form.id))
        if State.NEW in (item.state, item.alone)
        else item
        for item in items
    ]


def _first(item: Planned, taken: Mapping[str, Planned]) -> Planned | None:
    """Return the form of the same import that this one repeats."""
    known = taken.get(item.form.id)
    return known or next((x for x in taken.values() if _is_repeated(item, x)), None)


def _again(item: Planned, first: Planned) -> Planned:
    """Return a repeated form: to be passed over, or to be chosen if it says something else."""
    if _contents(item.form) == _contents(first.form):
        return Planned(item.incoming, State.REPEATED, item.form, places=item.places)
    item.form.id = first.form.id
    return replace(item, state=State.VARIANT, alone=item.state)


def _contents(form: Form) -> dict[str, Any]:
    return interchange.form_to_json(form, ids=False) | {"id": "", "unit": None, "project": None}


def with_variants(chosen: Iterable[Planned]) -> list[Planned]:
    """Return chosen forms, with each chosen VARIANT in the place of what it repeats."""
    last = {item.form.id: item for item in chosen}
    return [replace(item, state=item.alone) if item.alone else item for item in last.values()]


def _planned(session: Session, one: Incoming, form: Form, head: FormHead | None) -> Planned:
    if head is None:
        if not one.certain_id:
            form.id = new_id()
        return Planned(one, State.NEW, form, places=one.draft.places if one.draft else {})
    stored = session.form(head.id)
    read_as: list[tuple[Goal | Indicator, str]] = [(item, item.id) for item in form.goals]
    read_as += [(item, item.id) for item in form.indicators]
    align(stored, form, complete=one.complete)
    places = _moved(one.draft.places, {old: item.id for item, old in read_as}) if one.draft else {}
    edits = tuple(diff(stored, form))
    return Planned(one, State.CHANGED if edits else State.SAME, form, edits, places)


def _results(session: Session, one: Incoming, came: Form, heads: Sequence[FormHead]) -> Planned:
    """Return a 自评表 or 监控表 as the results of the project that was declared.

    Where nothing on the sheet tells the year, that of the newest declaration is taken.
    """
    from kpiapp.services.imports import (
        result_import,  # with scoring, which other imports have no use for
    )

    if one.draft and one.draft.year_assumed:
        years = [x.year for x in heads if _is_same(replace(came, year=x.year), x)]
        came.year = max(years, default=came.year)
    head = next((head for head in heads if _is_same(came, head)), None)
    if head is None:
        return Planned(one, State.UNDECLARED, came)
    form, before = result_import.with_results(session, came, head.id, one.draft)
    if before is None:
        return Planned(one, State.NEW, form)
    found = tuple(diff(before, form))
    return Planned(one, State.CHANGED if found else State.SAME, form, found)


def _moved(
    places: Mapping[tuple[str, str], str], ids: Mapping[str, str]
) -> dict[tuple[str, str], str]:
    """Return the places of a draft under the ids that its items were given."""
    return {(ids.get(item, item), value): cell for (item, value), cell in places.items()}


def _stored(one: Incoming, form: Form, heads: Sequence[FormHead]) -> FormHead | None:
    if one.certain_id:
        same = next((head for head in heads if head.id == form.id), None)
        if same:
            return same
    return next((head for head in heads if _is_same(form, head)), None)


def _is_repeated(item: Planned, other: Planned) -> bool:
    """Say whether two new forms of one import are one: a sheet that names no id came in twice."""
    if item.state is not State.NEW or other.state is not State.NEW:
        return False
    if item.incoming.certain_id and other.incoming.certain_id:
        return False
    form = other.form
    return _is_same(
        item.form,
        _Known(
            form.kind,
            form.year,
            form.revision,
            form.unit.id if form.unit else None,
            form.project.code if form.project else "",
            form.name,
        ),
    )


class _Known(NamedTuple):
    """What a form is known by; a FormHead has the same attributes."""

    kind: Kind
    year: int
    revision: Any
    unit_id: str | None
    project_code: str
    name: str


def _is_same(form: Form, known: FormHead | _Known) -> bool:
    if (form.kind, form.year) != (known.kind, known.year):
        return False
    if form.revision is not None and form.revision != known.revision:
        return False
    if form.unit and known.unit_id is not None and form.unit.id != known.unit_id:
        return False
    code = form.project.code if form.project else ""
    if code and known.project_code:
        return code == known.project_code
    name = names.normalise(form.name)
    return bool(name) and name == names.normalise(known.name)


def take_over(session: Session, wanted: Plan) -> None:
    """Do what a plan says, as one step; a plan that changes nothing makes none.

    New project forms get the project they join (`joining`), or a new one.

    Raises:
        UserError: it could not be saved; nothing has changed.
    """
    work: list[tuple[str, Edit] | Change] = []
    for item in wanted.items:
        if item.state is State.NEW:
            _join(item)
            work.append(_add(item.form))
        elif item.state is State.CHANGED:
            work += [(item.form.id, edit) for edit in _settled(session, item)]
    work += [list_plans.put(session, x) for x in wanted.project_lists if not x.unchanged]
    session.run(_label(wanted), work)


def _settled(session: Session, item: Planned) -> Sequence[Edit]:
    """Return the edits of an item; where some were left out, what follows from results is new."""
    if is_declared(item.form.stage):
        return item.edits
    from kpiapp.services.imports import result_import

    return result_import.settled(session.form(item.form.id), item.edits)


def _join(item: Planned) -> None:
    """Give a new form the project that it joins; one that it has already stays as it is."""
    form, wanted = item.form, item.joining.project if item.joining else None
    if wanted is not None and (form.project is None or form.project.id != wanted.id):
        form.project = wanted


def _label(wanted: Plan) -> str:
    number = sum(item.state in (State.NEW, State.CHANGED) for item in wanted.items)
    lists = sum(not one.unchanged for one in wanted.project_lists)
    parts = ((number, f"{number} 张表"), (lists, f"{lists} 张项目支出表"))
    return "导入" + "、".join(text for count, text in parts if count)


def _add(form: Form) -> Change:
    from kpiapp.store.step import add_form

    return add_form(form)
