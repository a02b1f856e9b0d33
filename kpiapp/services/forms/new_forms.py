"""New forms: empty ones of a layout, and copies of others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpiapp.model import interchange
from kpiapp.model.form import NAME_FIELDS, Form, Kind, Project, new_id
from kpiapp.sheets.layouts.blank import blank_form
from kpiapp.sheets.layouts.layout import layout, load_layouts

if TYPE_CHECKING:
    from kpiapp.services.session import Session
    from kpiapp.sheets.layouts.blocks import Layout


@dataclass(frozen=True, slots=True)
class LayoutChoice:
    """A layout one may choose; `usual` is the one that the library uses already."""

    id: str
    text: str
    usual: bool


def layout_choices(session: Session, kind: Kind) -> list[LayoutChoice]:
    """Return the layouts for a kind of form, and which of them this library mostly uses."""
    used = Counter(head.layout for head in session.heads())
    most = used.most_common(1)[0][0] if used else ""
    return [
        LayoutChoice(x.id, _text(x), x.id == most)
        for x in load_layouts()
        if x.kind is kind and not x.stage
    ]


def _text(layout: Layout) -> str:
    named = not layout.district or layout.name.startswith(layout.district)
    return layout.name if named else f"{layout.district} · {layout.name}"


def add_blank(session: Session, kind: Kind, layout_id: str, year: int, name: str = "") -> Form:
    """Put an empty form of a layout into the library, as one step, and return it."""
    form = blank_form(layout(layout_id, kind), year, name)
    _join_unit(session, form)
    session.add_form(form, f"新建{kind.label}表")
    return form


def duplicate(session: Session, form_id: str) -> Form:
    """Put a copy of a form into the library, as one step, and return it.

    The copy is another project: it gets ids of its own, and a name that says so.
    """
    source = session.form(form_id)
    form = interchange.form_from_json(interchange.form_to_json(source, ids=False))
    form.id = new_id()
    form.unit = source.unit
    form.project = Project(new_id()) if source.kind is Kind.PROJECT else None
    for label in NAME_FIELDS[form.kind]:
        if form.fields.get(label):
            form.fields[label] += "（副本）"
            break
    session.add_form(form, f"复制“{source.name}”")
    return form


def _join_unit(session: Session, form: Form) -> None:
    """A library of one unit: the new form is that unit's as well."""
    units = session.library.units()
    if form.unit is None and len(units) == 1:
        form.unit = units[0]
    if form.project is None and form.kind is Kind.PROJECT:
        form.project = Project(new_id())
