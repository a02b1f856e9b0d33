"""What a problem's place names on its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpiapp.model.form import Form, Indicator
    from kpiapp.model.problem import Place


def indicator_of(form: Form, place: Place) -> Indicator | None:
    """Return the indicator that a place names, or None when it names none or it is gone."""
    return next((row for row in form.indicators if row.id == place.indicator), None)
