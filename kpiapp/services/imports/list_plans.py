"""A 表10 that comes in: which list of the library it is, and taking it over."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kpiapp.model.names import normalise
from kpiapp.rules.reading.listed import listed_projects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.project_list import ProjectList
    from kpiapp.services.files.reading_files import Incoming
    from kpiapp.services.session import Session
    from kpiapp.store.step import Change


def settle(session: Session, one: Incoming, together: Sequence[Incoming]) -> None:
    """Find the year, the layout and the stored counterpart of a list that a sheet does not name.

    Args:
        session: the library.
        one: a list; its `project_list` and `unchanged` are set.
        together: all that comes in with it: forms of the same file tell year and layout.
    """
    new = one.project_list
    assert new
    _take_from_forms(one, new, together)
    stored = session.project_lists(new.year)
    if not one.certain_id and (old := _counterpart(new, stored)):
        new.id = old.id
        new.other = dict(old.other) | new.other
    one.unchanged = new in stored


def _take_from_forms(one: Incoming, new: ProjectList, together: Sequence[Incoming]) -> None:
    """Give a list without a year or a layout those of the forms it comes with."""
    beside = [x.form for x in together if x.form and x.path == one.path]
    beside = beside or [x.form for x in together if x.form]
    draft = one.list_draft
    years = Counter(form.year for form in beside)
    if draft and draft.year_assumed and len(years) == 1:
        new.year = next(iter(years))
        draft.year_assumed = False
    layouts = {form.layout for form in beside if form.year == new.year}
    if draft and not new.layout and len(layouts) == 1:
        new.layout = layouts.pop()


def _counterpart(new: ProjectList, stored: Sequence[ProjectList]) -> ProjectList | None:
    """Return the stored list that speaks of the same projects: of at least half of them."""
    ours = _names(new)
    shared = [(len(ours & _names(one)), one) for one in stored]
    best = max(shared, key=lambda pair: pair[0], default=None)
    if best is None or 2 * best[0] < len(ours) or not best[0]:
        return None
    return best[1]


def _names(projects: ProjectList) -> set[str]:
    return {normalise(one.name) for one in listed_projects(projects)}


def put(session: Session, one: Incoming) -> Change:
    """Return the change that puts a list into the library, in the place of its counterpart."""
    from kpiapp.store.step import put_project_list

    new = one.project_list
    assert new
    stored = session.project_lists(new.year)
    return put_project_list(next((x for x in stored if x.id == new.id), None), new)
