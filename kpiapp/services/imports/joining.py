"""Which project an incoming form is a year of: by code, name or likeness, or as a person says.

An earlier year's sheet becomes an earlier year of a project of the library when it gets that
project's lasting id. What is proposed here is looked at before it is taken over.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kpiapp.model import names
from kpiapp.model.assignment import best_assignment
from kpiapp.model.form import Form, Kind, Project, new_id
from kpiapp.model.lineage import Way, project_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kpiapp.services.session import Session

MOST = 12
"""Candidates that are offered; the likest come first."""


@dataclass(slots=True)
class KnownProject:
    """A project that has forms in the library, or in the import itself."""

    project: Project
    unit: str | None
    names: list[str] = field(default_factory=list)
    years: set[int] = field(default_factory=set)

    @property
    def name(self) -> str:
        """What it is called in its newest year."""
        return self.names[0] if self.names else ""

    def likeness(self, name: str) -> float:
        """Return how much a name is like one that the project bore, from 0 to 1."""
        return max((names.similarity(name, x) for x in self.names), default=0.0)


@dataclass(frozen=True, slots=True)
class Option:
    """A project that a form may join; `likeness` of the names from 0 to 1."""

    project: Project
    name: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Joining:
    """The project that a form is to become a year of.

    Attributes:
        project: the project; a new one where `way` is NONE, or BY_HAND without a name.
        name: what the joined project is called, "" for a new one.
        way: how it was found.
        sure: how surely, from 0 to 1.
        options: the projects that a person may choose.
    """

    project: Project
    name: str = ""
    way: Way = Way.NONE
    sure: float = 0.0
    options: tuple[Option, ...] = ()

    def by_hand(self, project_id: str) -> Joining:
        """Return the same with another project chosen; "" is a new one."""
        found = next((x for x in self.options if x.project.id == project_id), None)
        if found is None:
            return replace(self, project=Project(new_id()), name="", way=Way.BY_HAND, sure=1.0)
        return replace(
            self, project=found.project, name=found.name, way=Way.BY_HAND, sure=found.likeness
        )


def propose(session: Session, forms: Iterable[Form]) -> dict[str, Joining]:
    """Return the project of each new project form, by form id.

    The newest year goes first, so that years that come in together join one another. Two forms of
    one year never join one project.
    """
    known = _of_library(session)
    found: dict[str, Joining] = {}
    for same_year in _by_year(forms):
        here = _certain(same_year, known)
        left = [form for form in same_year if form.id not in here]
        here |= _near([x for x in left if x.project is None], known)
        for form in same_year:
            joining = here.get(form.id) or Joining(form.project or Project(new_id()))
            found[form.id] = replace(joining, options=_options(form, known))
        for form in same_year:
            _remember(known, form, found[form.id].project)
    return found


def _by_year(forms: Iterable[Form]) -> Iterator[list[Form]]:
    projects = [form for form in forms if form.kind is Kind.PROJECT]
    for year in sorted({form.year for form in projects}, reverse=True):
        yield [form for form in projects if form.year == year]


def _of_library(session: Session) -> list[KnownProject]:
    """Return the projects of the library, with the names of all their years, the newest first."""
    known: dict[str, KnownProject] = {}
    for head in sorted(session.heads(), key=lambda x: -x.year):
        if head.project_id is not None:
            project = Project(head.project_id, head.project_code)
            one = known.setdefault(head.project_id, KnownProject(project, head.unit_id))
            one.names.append(head.name)
            one.years.add(head.year)
    return list(known.values())


def _remember(known: list[KnownProject], form: Form, project: Project) -> None:
    one = next((x for x in known if x.project.id == project.id), None)
    if one is None:
        one = KnownProject(project, form.unit.id if form.unit else None)
        known.append(one)
    one.names.append(form.name)
    one.years.add(form.year)


def _fits(form: Form, one: KnownProject) -> bool:
    """Say whether a form may be a year of a project: of its unit, and that year is free."""
    same_unit = form.unit is None or one.unit is None or form.unit.id == one.unit
    return same_unit and form.year not in one.years


def _certain(forms: Sequence[Form], known: Sequence[KnownProject]) -> dict[str, Joining]:
    """Return what follows from a given project, a code or an equal name; each project once."""
    found: dict[str, Joining] = {}
    taken: set[str] = set()
    for way in (Way.PROJECT, Way.CODE, Way.NAME):
        for form in forms:
            fitting = [
                x
                for x in known
                if _fits(form, x) and x.project.id not in taken and _is(form, x, way)
            ]
            if form.id not in found and len(fitting) == 1:
                taken.add(fitting[0].project.id)
                found[form.id] = Joining(fitting[0].project, fitting[0].name, way, 1.0)
    return found


def _is(form: Form, one: KnownProject, way: Way) -> bool:
    if way is Way.PROJECT:
        return form.project is not None and form.project.id == one.project.id
    if way is Way.CODE:
        return bool(code := project_code(form)) and code == one.project.code
    name = names.normalise(form.name)
    return bool(name) and name in {names.normalise(x) for x in one.names}


def _near(forms: Sequence[Form], known: Sequence[KnownProject]) -> dict[str, Joining]:
    """Return the best assignment of forms to projects with near names that are still free."""
    scores: dict[int, dict[int, float]] = {}
    for i, form in enumerate(forms):
        row = {
            j: alike
            for j, one in enumerate(known)
            if form.name and _fits(form, one) and (alike := one.likeness(form.name)) >= names.NEAR
        }
        if row:
            scores[i] = row
    return {
        forms[i].id: Joining(known[j].project, known[j].name, Way.NEAR, scores[i][j])
        for i, j in best_assignment(scores).items()
    }


def _options(form: Form, known: Sequence[KnownProject]) -> tuple[Option, ...]:
    fitting = [x for x in known if _fits(form, x)]
    found = [Option(x.project, x.name, x.likeness(form.name)) for x in fitting]
    return tuple(sorted(found, key=lambda x: -x.likeness)[:MOST])


def told(joining: Joining) -> str:
    """Return in words what a form joins: `名称相近 87%：图书馆免费开放`."""
    if not joining.name:
        return "新项目"
    sure = f" {joining.sure:.0%}" if joining.way is Way.NEAR else ""
    return f"{joining.way.value}{sure}：{joining.name}"
