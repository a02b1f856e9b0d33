"""What continues what in a library (`model.lineage`), as it was found and as a person links it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpiapp.model import names
from kpiapp.model.form import Form, Horizon
from kpiapp.model.lineage import EarlierForms, EarlierRows, Way, YearIndex, earlier_rows
from kpiapp.services.past import LINKS, links

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpiapp.model.form import Indicator
    from kpiapp.services.session import Session

_NOTHING = EarlierRows([], Way.NONE)


class Lineage:
    """What continues what in a library as it is now; to be thrown away after the next step."""

    def __init__(self, session: Session) -> None:
        """Read the links made by hand; years are read when they are asked for."""
        self.session = session
        self._links = links(session.library)
        self._years: dict[int, YearIndex] = {}

    def earlier(self, form: Form) -> EarlierForms:
        """Return the forms of the year before that a form continues, and how that is known."""
        year = form.year - 1
        if year not in self._years:
            self._years[year] = YearIndex.of(self.session.forms(year))
        return self._years[year].earlier(form, self._links)

    def earlier_forms(self, form: Form) -> list[Form]:
        """Return the forms of the year before that a form continues."""
        return self.earlier(form).forms

    def rows_over(self, form: Form, before: Iterable[Form]) -> dict[str, EarlierRows]:
        """Return the rows of earlier forms that each annual row of a form continues, by its id."""
        old = [row for one in before for row in one.rows(Horizon.ANNUAL)]
        linked = self._links.rows.get(form.id, {})
        return earlier_rows(list(form.rows(Horizon.ANNUAL)), old, linked)


def earlier_forms(session: Session, form: Form) -> list[Form]:
    """Return the forms of the year before that a form continues."""
    return Lineage(session).earlier_forms(form)


# -- by hand ------------------------------------------------------------------------------------


def link_forms(session: Session, form_id: str, earlier: Sequence[str] | None) -> None:
    """Say which earlier forms a form continues, as one step.

    Args:
        session: the open library.
        form_id: the later form.
        earlier: none of them says that it is new; None leaves it to the program again.
    """
    name = session.form(form_id).name
    known = links(session.library).with_form(form_id, earlier)
    session.put_settings(f"关联上年的项目：{name}", {LINKS: known.to_json()})


def link_rows(session: Session, form_id: str, row_id: str, earlier: Sequence[str] | None) -> None:
    """Say which earlier rows a row continues, as one step; `earlier` as for `link_forms`."""
    name = session.form(form_id).indicator(row_id).level3
    known = links(session.library).with_row(form_id, row_id, earlier)
    session.put_settings(f"关联上年的指标：{name}", {LINKS: known.to_json()})


# -- to be looked at ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something of the year before that could be continued, the likest first."""

    id: str
    name: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Match:
    """A form or an indicator beside what it continues.

    Attributes:
        id: of the form, or of the row.
        name: what a person calls it.
        earlier: ids of what it continues; several were merged into it, none says that it is new.
        earlier_names: their names.
        way: how that is known.
        sure: from 0 to 1, how surely.
        candidates: what it could continue.
    """

    id: str
    name: str
    earlier: tuple[str, ...]
    earlier_names: tuple[str, ...]
    way: Way
    sure: float
    candidates: tuple[Candidate, ...]


def form_matches(session: Session, year: int) -> list[Match]:
    """Return every declaration of a year beside those of the year before that it continues."""
    lineage, before = Lineage(session), session.forms(year - 1)
    found = []
    for form in session.forms(year):
        earlier, way = lineage.earlier(form)
        others = [(x.id, x.name) for x in before if x.kind is form.kind]
        old = [(x.id, x.name) for x in earlier]
        found.append(_match(form.id, form.name, old, way, 1.0, others))
    return found


def row_matches(session: Session, form: Form) -> list[Match]:
    """Return every annual indicator of a form beside those of the year before."""
    lineage = Lineage(session)
    before = lineage.earlier_forms(form)
    over = lineage.rows_over(form, before)
    others = [(x.id, _row_name(x)) for one in before for x in one.rows(Horizon.ANNUAL)]
    linked = links(session.library).rows.get(form.id, {})
    found = []
    for row in form.rows(Horizon.ANNUAL):
        old, way, sure = over.get(row.id, _NOTHING)
        way = Way.BY_HAND if row.id in linked else way
        pairs = [(x.id, _row_name(x)) for x in old]
        found.append(_match(row.id, _row_name(row), pairs, way, sure, others))
    return found


def not_continued(matches: Sequence[Match]) -> list[Candidate]:
    """Return what nothing continues, of all that could be."""
    taken = {one for match in matches for one in match.earlier}
    every = {x.id: x for match in matches for x in match.candidates}
    return [one for key, one in every.items() if key not in taken]


def _match(  # noqa: PLR0913, PLR0917 - what a match is made of
    id_: str,
    name: str,
    old: Sequence[tuple[str, str]],
    way: Way,
    sure: float,
    others: Sequence[tuple[str, str]],
) -> Match:
    likely = [Candidate(key, text, names.similarity(name, text)) for key, text in others]
    likely.sort(key=lambda x: -x.likeness)
    ids, texts = tuple(x for x, _ in old), tuple(x for _, x in old)
    return Match(id_, name, ids, texts, way, sure, tuple(likely))


def _row_name(row: Indicator) -> str:
    return row.level3 or f"（没有名称）{row.target}"
