"""What a library knows of earlier years beyond their declarations: links, and results for 上年.

Both are settings of the library, changed in `lineage` and `cycle_settings`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.lineage import Links
from kpiapp.model.stages import Stage, declaration_of
from kpiapp.rules.outcomes import Past
from kpiapp.services.stages.evaluation_form import ACTUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpiapp.model.form import Form
    from kpiapp.store.library import Library

LINKS = "lineage"
"""Setting of a library: `Links` as JSON."""
PRIOR_SOURCE = "prior_source"
"""What 上年 takes, by layout id: `DECLARED` or `ACHIEVED`."""
DECLARED, ACHIEVED = "declared", "achieved"


def past(library: Library, forms: Iterable[Form]) -> Past:
    """Return what the rules must know of earlier years beyond their declarations.

    Args:
        library: whose links and settings they are.
        forms: its forms; of those that are self-evaluations the results are taken.
    """
    layouts = layouts_by_result(library)
    return Past(links(library), results_of(forms) if layouts else {}, layouts)


def links(library: Library) -> Links:
    """Return the links made by hand in a library."""
    return Links.from_json(library.setting(LINKS))


def layouts_by_result(library: Library) -> frozenset[str]:
    """Return the layouts whose 上年 takes the achieved value."""
    kept = library.setting(PRIOR_SOURCE, {})
    return frozenset(layout for layout, source in kept.items() if source == ACHIEVED)


def results_of(forms: Iterable[Form]) -> dict[str, Mapping[str, str]]:
    """Return what self-evaluations say was achieved, by declaration id and indicator id."""
    return {
        declared: {
            row.id: text for row in form.indicators if (text := row.extra.get(ACTUAL, "").strip())
        }
        for form in forms
        if form.stage == Stage.EVALUATION and (declared := declaration_of(form))
    }
