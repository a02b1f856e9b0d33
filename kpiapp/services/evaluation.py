"""年终自评: a form of its own beside the declaration, whose targets it takes over and keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.stages import Stage, declaration_of

if TYPE_CHECKING:
    from kpiapp.model.form import Form
    from kpiapp.services.session import Session


def evaluations_of(session: Session, year: int) -> dict[str, Form]:
    """Return the self-evaluations of a year, by the id of their declaration."""
    forms = (session.form(head.id) for head in session.staged(Stage.EVALUATION, year))
    return {found: form for form in forms if (found := declaration_of(form))}
