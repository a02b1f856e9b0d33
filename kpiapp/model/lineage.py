"""The same project and the same indicator over the years, renamed or not.

A project is known again by what a person linked, by the form it was carried over from, else by
its lasting id, its code or its name, within its unit. An indicator is known again by its id, which
a carried-over row keeps, else by pairing (`names`). What that does not find a person links by
hand: several earlier forms or rows to one (merged), or one to several (split).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from kpiapp.model import names
from kpiapp.model.form import Kind
from kpiapp.model.stages import continued_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kpiapp.model.form import Form, Indicator

CODE_FIELDS = ("项目编码", "项目代码")


class Way(StrEnum):
    """How something is known to continue something of an earlier year, the surest first."""

    BY_HAND = "人工指定"
    CARRIED = "由上年结转"
    PROJECT = "同一项目"
    CODE = "编码相同"
    NAME = "名称相同"
    NEAR = "名称相近"
    UNIT = "同一单位"
    NONE = "没有找到"


@dataclass(frozen=True, slots=True)
class Links:
    """What a person linked: earlier form ids by form id, earlier row ids by form and row id.

    Linked to nothing means new.
    """

    forms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Any) -> Links:
        """Return the links that `to_json` wrote, or none."""
        kept = data if isinstance(data, dict) else {}
        return cls(dict(kept.get("forms", {})), dict(kept.get("rows", {})))

    def to_json(self) -> dict[str, Any]:
        """Return the links as a library keeps them."""
        forms = {key: list(ids) for key, ids in self.forms.items()}
        rows = {
            form: {key: list(ids) for key, ids in rows.items()} for form, rows in self.rows.items()
        }
        return {"forms": forms, "rows": rows}

    def with_form(self, form_id: str, earlier: Sequence[str] | None) -> Links:
        """Return the links with a form linked to others; None leaves it to the program."""
        return Links(_put(self.forms, form_id, earlier), self.rows)

    def with_row(self, form_id: str, row_id: str, earlier: Sequence[str] | None) -> Links:
        """Return the links with a row linked to others; None leaves it to the program."""
        rows = _put(self.rows.get(form_id, {}), row_id, earlier)
        return Links(self.forms, {**self.rows, form_id: rows})


def _put(
    known: Mapping[str, Sequence[str]], key: str, earlier: Sequence[str] | None
) -> dict[str, Sequence[str]]:
    left = {one: ids for one, ids in known.items() if one != key}
    return left if earlier is None else {**left, key: list(earlier)}


NO_LINKS = Links()


# -- forms ----------------------------------------------------------------------------------------


class EarlierForms(NamedTuple):
    """The forms of an earlier year that a form continues, and how that is known."""

    forms: list[Form]
    way: Way


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
            for _way, key in _keys(form):
                index.by_key[key].append(form)
        return index

    def earlier(self, form: Form, links: Links = NO_LINKS) -> EarlierForms:
        """Return the forms of this year that a later form continues, by the surest way.

        Args:
            form: the later form.
            links: what a person linked; it goes before everything else.
        """
        linked = links.forms.get(form.id)
        if linked is not None:
            return EarlierForms([self.by_id[x] for x in linked if x in self.by_id], Way.BY_HAND)
        if found := [self.by_id[x] for x in continued_by(form) if x in self.by_id]:
            return EarlierForms(found, Way.CARRIED)
        for way, key in _keys(form):
            found = [one for one in self.by_key.get(key, ()) if _same_unit(form, one)]
            if len(found) == 1:
                return EarlierForms(found, way)
        return EarlierForms([], Way.NONE)


def _keys(form: Form) -> Iterator[tuple[Way, tuple[str, ...]]]:
    """Yield what a form is known by, the surest first."""
    kind = form.kind.value
    if form.kind is Kind.DEPARTMENT:
        unit = form.unit.id if form.unit else names.normalise(form.name)
        yield Way.UNIT, (kind, "unit", unit)
        yield Way.NAME, (kind, "name", names.normalise(form.name))
        return
    if form.project:
        yield Way.PROJECT, (kind, "project", form.project.id)
    if code := project_code(form):
        yield Way.CODE, (kind, "code", code)
    if name := names.normalise(form.name):
        yield Way.NAME, (kind, "name", name)


def project_code(form: Form) -> str:
    """Return the bureau's code of a project as the form gives or prints it, or ""."""
    printed = (form.fields.get(label, "").strip() for label in CODE_FIELDS)
    return (form.project.code if form.project else "") or next(filter(None, printed), "")


def _same_unit(one: Form, other: Form) -> bool:
    return not (one.unit and other.unit) or one.unit.id == other.unit.id


# -- rows -----------------------------------------------------------------------------------------


class EarlierRows(NamedTuple):
    """The rows of an earlier year that a row continues, how that is known, and how surely (0-1)."""

    rows: list[Indicator]
    way: Way
    sure: float = 1.0


def earlier_rows(
    rows: Sequence[Indicator],
    before: Sequence[Indicator],
    linked: Mapping[str, Sequence[str]],
    *,
    by_id: bool = True,
) -> dict[str, EarlierRows]:
    """Return the earlier rows that each row continues, by its id; rows without one are left out.

    Args:
        rows: this year's rows of one horizon.
        before: the earlier year's rows of that horizon.
        linked: ids that a person linked, by row id.
        by_id: equal ids mean one indicator; not so where each file numbers its rows anew.
    """
    known = {row.id: row for row in before}
    found: dict[str, EarlierRows] = {}
    for row in rows:
        if row.id in linked:
            ones = [known[x] for x in linked[row.id] if x in known]
            found[row.id] = EarlierRows(ones, Way.BY_HAND)
        elif by_id and row.id in known:
            found[row.id] = EarlierRows([known[row.id]], Way.CARRIED)
    taken = {one.id for ones in found.values() for one in ones.rows}
    left = [row for row in rows if row.id not in found]
    right = [row for row in before if row.id not in taken]
    if left and right:
        for pair in names.pair(left, right).pairs:
            found[pair.left.id] = _paired(pair)
    return {row_id: ones for row_id, ones in found.items() if ones.rows}


def _paired(pair: names.Pair) -> EarlierRows:
    same = names.normalise(pair.left.level3) == names.normalise(pair.right.level3)
    sure = 1.0 if same else names.similarity(pair.left.level3, pair.right.level3)
    return EarlierRows([pair.right], Way.NAME if same else Way.NEAR, sure)
