"""Which rules are off or weigh otherwise: by layout, by library, and which findings are excused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kpiapp.model.problem import Severity
from kpiapp.services.checking import RuleSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpiapp.model.form import Form
    from kpiapp.store.library import Library

OFF, SEVERITIES, BASELINE, CLOSED = "rules_off", "severities", "baseline", "closed"
"""The settings of a library that concern checking."""


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How a library wants its forms checked."""

    off: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    excuses: Mapping[str, str] = field(default_factory=dict)
    baseline: frozenset[str] = frozenset()
    closed: bool = False


def of_library(library: Library) -> CheckOptions:
    """Return the options kept in a library."""
    severities: dict[str, Any] = library.setting(SEVERITIES, {})
    return CheckOptions(
        frozenset(library.setting(OFF, [])),
        {code: Severity(value) for code, value in severities.items()},
        {key: excuse.reason for key, excuse in library.excuses().items()},
        frozenset(library.setting(BASELINE, [])),
        bool(library.setting(CLOSED, False)),
    )


def of_layouts(forms: Iterable[Form]) -> dict[str, RuleSettings]:
    """Return the rules that the layouts of these forms switch off, by layout id."""
    from kpiapp.sheets.layout import load_layouts

    wanted = {form.layout for form in forms}
    off: dict[str, set[str]] = {}
    for layout in load_layouts():
        if layout.id in wanted and layout.rules_off:
            off.setdefault(layout.id, set()).update(layout.rules_off)
    return {layout_id: RuleSettings(frozenset(codes)) for layout_id, codes in off.items()}
