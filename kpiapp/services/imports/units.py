"""Which unit forms belong to that name none: so that a library may hold several units.

Published forms carry no unit. It is made from the department's form that they come with or that
the library has; its id is the district and that name, the same in every library and year. A
project whose department is not there yet stays without a unit, and is placed when it is checked.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kpiapp.model.form import Form, Kind, Unit
from kpiapp.model.names import normalise
from kpiapp.services.checks.grouping import group_into_units, is_near

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kpiapp.services.checks.grouping import UnitGroup
    from kpiapp.services.session import Session


def give_units(session: Session, forms: Sequence[tuple[Form, Path]]) -> None:
    """Give forms that are about to come into a library the unit they belong to, if they say so.

    A form whose siblings in the library have no unit stays without one, to stay with them.

    Args:
        session: the library.
        forms: the forms with the files they were read from; those without a unit are changed.
    """
    loose = {id(form) for form, _ in forms if form.unit is None}
    if not loose:
        return
    every = [one for year in session.years() for one in session.forms(year)]
    every += [form for form, _ in forms]
    known = _Units()
    for form in every:
        known.take(form)
    for group in group_into_units(every, paths=_paths(forms)):
        unit = None if group.alone or _has_loose(group, loose) else _unit_of(group, known)
        for form in group.forms:
            if unit and form.unit is None:
                form.unit = unit


def _paths(forms: Sequence[tuple[Form, Path]]) -> Mapping[str, Path]:
    """Return the files by form id where several folders may be several units.

    Ids that several sheets were given alike are left out.
    """
    if len({path.parent for _, path in forms}) == 1:
        return {}
    times = Counter(form.id for form, _ in forms)
    return {form.id: path for form, path in forms if times[form.id] == 1}


def _has_loose(group: UnitGroup, incoming: set[int]) -> bool:
    """Say whether forms of the library itself are in a group without a unit."""
    return any(form.unit is None and id(form) not in incoming for form in group.forms)


class _Units:
    """The units that are known, with the districts whose layouts their forms have."""

    def __init__(self) -> None:
        self._units: dict[str, Unit] = {}
        self._districts: dict[str, set[str]] = {}

    def take(self, form: Form) -> None:
        if form.unit:
            self._units.setdefault(form.unit.id, form.unit)
            self._districts.setdefault(form.unit.id, set()).add(_district(form))

    def named(self, name: str, district: str) -> Unit:
        """Return the unit of this name in a district, or the only one there is; else a new one.

        An earlier year may be printed on another district's or the national sheet.
        """
        for unit in self._units.values():
            alone = len(self._units) == 1 and normalise(unit.name) == normalise(name)
            here = district in self._districts.get(unit.id, ())
            if alone or (here and is_near(normalise(unit.name), normalise(name))):
                return unit
        unit = Unit(f"{district}/{normalise(name)}", name)
        self._districts[unit.id] = {district}
        return self._units.setdefault(unit.id, unit)


def _district(form: Form) -> str:
    """Return whose layout a form has: jiangxia of jiangxia-2026."""
    return form.layout.rpartition("-")[0]


def _unit_of(group: UnitGroup, known: _Units) -> Unit | None:
    """Return the unit of a group: one that is known under its department's name, else a new one."""
    given = next((form.unit for form in group.forms if form.unit), None)
    if given:
        return given
    form = next((x for x in group.forms if x.kind is Kind.DEPARTMENT), None)
    if form is None or not form.name.strip():
        return None
    return known.named(form.name.strip(), _district(form))
