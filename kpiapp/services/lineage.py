"""The same project and the same indicator over the years, renamed or not.

A project is known again by the form it was carried over from, else by its lasting id, its code or
its name, within its unit. An indicator is known again by its id, which a carried-over row keeps,
else by pairing (`model.names`). What that does not find a person links by hand: several earlier
forms or rows to one (merged), or one to several (split).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kpiapp.model import names
from kpiapp.model.form import Form, Horizon, Kind
from kpiapp.model.stages import continued_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kpiapp.model.form import Indicator
    from kpiapp.services.session import Session

LINKS = "lineage"
"""Setting: links made by hand, `{"forms": {id: [ids]}, "rows": {form: {id: [ids]}}}`."""

_CODES = ("项目编码", "项目代码")


@dataclass(slots=True)
class YearIndex:
    """The declarations of one year, to be found by what a later form says of itself."""

    by_id: dict[str, Form] = field(default_factory=dict)
    by_key: dict[tuple[str, ...], list[Form]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, forms: Iterable[Form]) -> YearIndex:
        """Return the index of these forms."""
        index = cls()
        for form in forms:
            index.by_id[form.id] = form
            for key in _keys(form):
                index.by_key[key].append(form)
        return index

    def earlier(self, form: Form, linked: Sequence[str] | None = None) -> list[Form]:
        """Return the forms of this year that a later form continues, the likeliest way first.

        Args:
            form: the later form.
            linked: ids that a person linked it to; they go before everything else.
        """
        if linked is not None:
            return [self.by_id[one] for one in linked if one in self.by_id]
        if found := [self.by_id[one] for one in continued_by(form) if one in self.by_id]:
            return found
        for key in _keys(form):
            found = [one for one in self.by_key.get(key, ()) if _same_unit(form, one)]
            if len(found) == 1:
                return found
        return []


def _keys(form: Form) -> Iterator[tuple[str, ...]]:
    """Yield what a form is known by, the surest first."""
    kind = form.kind.value
    if form.kind is Kind.DEPARTMENT:
        yield (kind, "unit", form.unit.id if form.unit else names.normalise(form.name))
        yield (kind, "name", names.normalise(form.name))
        return
    if form.project:
        yield (kind, "project", form.project.id)
    if code := project_code(form):
        yield (kind, "code", code)
    if name := names.normalise(form.name):
        yield (kind, "name", name)


def project_code(form: Form) -> str:
    """Return the bureau's code of a project as the form gives or prints it, or ""."""
    printed = (form.fields.get(label, "").strip() for label in _CODES)
    return (form.project.code if form.project else "") or next(filter(None, printed), "")


def _same_unit(one: Form, other: Form) -> bool:
    return not (one.unit and other.unit) or one.unit.id == other.unit.id


class Lineage:
    """What continues what in a library as it is now; to be thrown away after the next step."""

    def __init__(self, session: Session) -> None:
        """Read the links made by hand; years are read when they are asked for."""
        self.session = session
        self._links = links(session)
        self._years: dict[int, YearIndex] = {}

    def earlier_forms(self, form: Form) -> list[Form]:
        """Return the forms of the year before that a form continues."""
        year = form.year - 1
        if year not in self._years:
            self._years[year] = YearIndex.of(self.session.forms(year))
        return self._years[year].earlier(form, self._links["forms"].get(form.id))

    def rows_over(self, form: Form, before: Iterable[Form]) -> dict[str, list[Indicator]]:
        """Return the rows of earlier forms that each annual row of a form continues, by its id."""
        old = [row for one in before for row in one.rows(Horizon.ANNUAL)]
        linked = self._links["rows"].get(form.id, {})
        return earlier_rows(list(form.rows(Horizon.ANNUAL)), old, linked)


def earlier_forms(session: Session, form: Form) -> list[Form]:
    """Return the forms of the year before that a form continues."""
    return Lineage(session).earlier_forms(form)


def earlier_rows(
    rows: Sequence[Indicator], before: Sequence[Indicator], linked: dict[str, list[str]]
) -> dict[str, list[Indicator]]:
    """Return the earlier rows that each row continues, by its id; rows without one are left out.

    Args:
        rows: this year's rows of one horizon.
        before: the earlier year's rows of that horizon.
        linked: ids that a person linked, by row id.
    """
    known = {row.id: row for row in before}
    found = {
        row.id: [known[one] for one in linked.get(row.id, [row.id]) if one in known] for row in rows
    }
    taken = {one.id for ones in found.values() for one in ones}
    left = [row for row in rows if not found[row.id] and row.id not in linked]
    right = [row for row in before if row.id not in taken]
    if left and right:
        for pair in names.pair(left, right).pairs:
            found[pair.left.id] = [pair.right]
    return {row_id: ones for row_id, ones in found.items() if ones}


# -- by hand ------------------------------------------------------------------------------------


def links(session: Session) -> dict[str, Any]:
    """Return the links made by hand: earlier form ids by form, earlier row ids by form and row."""
    kept = session.library.setting(LINKS, {})
    return {"forms": dict(kept.get("forms", {})), "rows": dict(kept.get("rows", {}))}


def link_forms(session: Session, form_id: str, earlier: Sequence[str]) -> None:
    """Say which earlier forms a form continues; none says that it is new."""
    known = links(session)
    known["forms"][form_id] = list(earlier)
    session.library.put_setting(LINKS, known)


def link_rows(session: Session, form_id: str, row_id: str, earlier: Sequence[str]) -> None:
    """Say which earlier rows a row continues; none says that it is new."""
    known = links(session)
    known["rows"][form_id] = {**known["rows"].get(form_id, {}), row_id: list(earlier)}
    session.library.put_setting(LINKS, known)
