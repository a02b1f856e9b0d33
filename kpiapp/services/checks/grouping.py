"""Which forms belong to one unit, so that they are checked together.

By `unit` where given; else the forms of one folder, layout and year, where the folder holds one
department form; else by the best match of names and project list. What could not be placed is
checked alone, and said so.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpiapp.model.form import Form, Kind
from kpiapp.model.names import normalise, similarity
from kpiapp.rules.reading.listed import listed_projects

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kpiapp.model.project_list import ProjectList

CLOSE = 0.8
"""Names of a unit that are this similar are one unit."""
PART = 0.95
"""How similar a name is that is part of the other."""
UNIT_FIELDS = ("项目主管部门", "项目主管单位", "项目执行单位", "主管部门")

Bucket = tuple[str, str, int]
"""Folder, layout and year of a form."""


@dataclass(slots=True)
class UnitGroup:
    """The forms of one unit, of all years, with its project lists.

    `alone` says that the forms could not be placed with a department's.
    """

    name: str
    forms: list[Form] = field(default_factory=list)
    project_lists: list[ProjectList] = field(default_factory=list)
    alone: bool = False

    @property
    def title(self) -> str:
        """The unit's name; of a form that stands alone, what it says of its unit."""
        if not self.alone:
            return self.name
        said = (unit_named_on(form) for form in self.forms)
        return next((name for name in said if name), self.name)

    def years(self) -> list[int]:
        """Return the years of the forms, oldest first."""
        return sorted({form.year for form in self.forms})


def unit_named_on(form: Form) -> str:
    """Return the unit that a project form names, "" where it names none."""
    said = (form.fields.get(label, "").strip() for label in UNIT_FIELDS)
    return next((name for name in said if name), "")


def group_into_units(
    forms: Sequence[Form],
    project_lists: Iterable[ProjectList] = (),
    paths: Mapping[str, Path] | None = None,
) -> list[UnitGroup]:
    """Return the units that forms belong to, each form in exactly one.

    Args:
        forms: declarations of any units and years.
        project_lists: 表10 of some of them.
        paths: where a form or list was read from, by its id.
    """
    groups: dict[str, UnitGroup] = {}
    loose: list[Form] = []
    for form in forms:
        if form.unit:
            _put(groups, f"unit {form.unit.id}", form.unit.name, form)
        else:
            loose.append(form)
    _by_folder(groups, loose, paths or {})
    units = list(groups.values())
    for one in project_lists:
        _place_list(units, one, paths or {})
    return units


def _put(groups: dict[str, UnitGroup], key: str, name: str, form: Form) -> UnitGroup:
    group = groups.setdefault(key, UnitGroup(name))
    group.forms.append(form)
    return group


def _bucket(form: Form | ProjectList, paths: Mapping[str, Path]) -> Bucket:
    path = paths.get(form.id)
    return (str(path.parent) if path else "", form.layout, form.year)


def _by_folder(groups: dict[str, UnitGroup], forms: list[Form], paths: Mapping[str, Path]) -> None:
    """Put forms that name no unit with the department form of their folder, else of their name."""
    buckets: dict[Bucket, list[Form]] = defaultdict(list)
    for form in forms:
        buckets[_bucket(form, paths)].append(form)
    known = [x for group in groups.values() for x in group.forms if x.kind is Kind.DEPARTMENT]
    departments = [*(form for form in forms if form.kind is Kind.DEPARTMENT), *known]
    keys = _keys(departments, paths)
    for bucket in buckets.values():
        here = _bucket(bucket[0], paths)
        heads = [form for form in bucket if form.kind is Kind.DEPARTMENT]
        heads = heads or [form for form in known if _bucket(form, paths) == here]
        for form in bucket:
            head = heads[0] if len(heads) == 1 else _best_department(form, heads or departments)
            if head is None:
                _put(groups, _subject(form), form.name, form).alone = True
            else:
                _put(groups, keys[head.id], head.name, form)


def _keys(departments: list[Form], paths: Mapping[str, Path]) -> dict[str, str]:
    """Return the key of the unit of each department form, by its id.

    The years of one department are one unit. Where several folders hold a form of the same name,
    layout and year, each is a unit: the first folder of one year goes with the first of the next.
    """
    folders: dict[Bucket, dict[str, int]] = defaultdict(dict)
    keys = {}
    for form in departments:
        folder, layout, year = _bucket(form, paths)
        name = normalise(form.name)
        here = folders[name, layout, year]
        number = here.setdefault(folder, len(here))
        keys[form.id] = f"unit {form.unit.id}" if form.unit else f"department {name} {number}"
    return keys


def _best_department(form: Form, departments: list[Form]) -> Form | None:
    """Return the department form of the same year that a form belongs to, or None."""
    if form.kind is Kind.DEPARTMENT:
        return form
    candidates = [x for x in departments if (x.year, x.layout) == (form.year, form.layout)]
    scored = sorted(((_fit(form, x), i) for i, x in enumerate(candidates)), reverse=True)
    if not scored or scored[0][0] < CLOSE:
        return None
    if len(scored) > 1 and scored[0][0] == scored[1][0]:
        return None
    return candidates[scored[0][1]]


def _fit(form: Form, department: Form) -> float:
    """Return how well a project fits a department: by the unit's name, and 2 for a listed name."""
    name = normalise(form.name)
    listed = 2.0 if name and name in _named_projects(department) else 0.0
    ours = normalise(department.name)
    said = [normalise(form.fields.get(label, "")) for label in UNIT_FIELDS]
    return listed + max((_nearness(ours, x) for x in said if x), default=0.0)


def is_near(one: str, other: str) -> bool:
    """Say whether two normalised names are of one unit: equal, or one is part of the other."""
    return _nearness(one, other) >= PART


def _nearness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if len(other) >= len("区大数据") and (other in one or one in other):
        return PART
    return similarity(one, other)


def _named_projects(department: Form) -> set[str]:
    """Return the names of the projects that a department form lists, normalised."""
    found = {normalise(goal.text) for goal in department.goals}
    for label, table in department.tables.items():
        if "项目支出情况" in label:
            found |= {normalise(row.cells[0].rpartition("：")[2]) for row in table.rows}
    return found - {""}


def _subject(form: Form) -> str:
    """Return the key under which the years of a form that stands alone come together."""
    if form.project:
        return f"project {form.project.id}"
    code = form.fields.get("项目编码") or form.fields.get("项目代码") or ""
    name = normalise(form.name)
    return f"project {form.layout.rpartition('-')[0]} {code.strip() or name or form.id}"


def _place_list(units: list[UnitGroup], one: ProjectList, paths: Mapping[str, Path]) -> None:
    """Give a project list to the unit whose forms it names, else to the only one beside it."""
    here = [unit for unit in units if _is_of(unit, one)]
    names = {normalise(project.name) for project in listed_projects(one)}
    counts = [len([form for form in unit.forms if _is_named(form, names)]) for unit in here]
    most = max(counts, default=0)
    if most and counts.count(most) == 1:
        here[counts.index(most)].project_lists.append(one)
        return
    beside = [u for u in here if any(_bucket(f, paths) == _bucket(one, paths) for f in u.forms)]
    for candidates in (beside, here):
        if len(candidates) == 1:
            candidates[0].project_lists.append(one)
            return


def _is_of(unit: UnitGroup, one: ProjectList) -> bool:
    """Say whether a unit has forms of the year and, if the list names one, the layout of it."""
    return any(
        form.year == one.year and one.layout in ("", form.layout)
        for form in unit.forms
        if not unit.alone
    )


def _is_named(form: Form, names: set[str]) -> bool:
    if form.kind is Kind.PROJECT:
        return normalise(form.name) in names
    return bool(_named_projects(form) & names)
