"""What a list of forms shows, without loading them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from kpiapp.model.form import NAME_FIELDS, Kind
from kpiapp.store.rows import FIELDS, FORMS

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class FormHead:
    """What a list of forms shows, without loading them. `position` orders forms of one kind."""

    id: str
    kind: Kind
    year: int
    unit_id: str | None
    unit_name: str
    project_id: str | None
    project_code: str
    name: str
    layout: str
    stage: str | None
    revision: Any
    status: str
    position: int


def read_heads(connection: Connection, year: int | None) -> list[FormHead]:
    """Return the heads of the forms of a year or of all, department forms first."""
    labels = {label for names in NAME_FIELDS.values() for label in names}
    forms = select(FORMS).order_by(FORMS.c.year.desc(), FORMS.c.kind, FORMS.c.position)
    fields = select(FIELDS.c.form_id, FIELDS.c.label, FIELDS.c.text).where(
        FIELDS.c.label.in_(labels)
    )
    if year is not None:
        forms = forms.where(FORMS.c.year == year)
        fields = fields.where(FIELDS.c.form_id.in_(select(FORMS.c.id).where(FORMS.c.year == year)))
    names = {(form_id, label): text for form_id, label, text in connection.execute(fields)}
    return [_head(row, names) for row in connection.execute(forms)]


def _head(row: Any, names: dict[tuple[str, str], str]) -> FormHead:
    kind = Kind(row.kind)
    found = (names.get((row.id, label)) for label in NAME_FIELDS[kind])
    return FormHead(
        id=row.id,
        kind=kind,
        year=row.year,
        unit_id=row.unit_id,
        unit_name=row.unit_name or "",
        project_id=row.project_id,
        project_code=row.project_code or "",
        name=next(filter(None, found), row.title),
        layout=row.layout,
        stage=row.stage,
        revision=row.revision,
        status=row.status,
        position=row.position,
    )
