"""Which rules are off or weigh otherwise: by layout, by library, and which findings are excused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kpiapp.model.problem import RANK, Severity
from kpiapp.rules.engine import rule_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpiapp.model.form import Form
    from kpiapp.store.library import Library

OFF, SEVERITIES, BASELINE, CLOSED = "rules_off", "severities", "baseline", "closed"
LAYOUTS = "layout_rules"
"""The settings of a library that concern checking; the last holds the first two by layout."""


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """Which rules are off, and which have another severity, by code."""

    off: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)

    def beside(self, other: RuleSettings) -> RuleSettings:
        """Return both together; the other's severities win."""
        return RuleSettings(self.off | other.off, {**self.severities, **other.severities})


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How a library wants its forms checked."""

    off: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    excuses: Mapping[str, str] = field(default_factory=dict)
    baseline: frozenset[str] = frozenset()
    closed: bool = False
    layouts: Mapping[str, RuleSettings] = field(default_factory=dict)


def of_library(library: Library) -> CheckOptions:
    """Return the options kept in a library."""
    whole = _settings({key: library.setting(key, None) for key in (OFF, SEVERITIES)})
    return CheckOptions(
        whole.off,
        whole.severities,
        {key: excuse.reason for key, excuse in library.excuses().items()},
        frozenset(library.setting(BASELINE, [])),
        bool(library.setting(CLOSED, False)),
        {key: _settings(value) for key, value in library.setting(LAYOUTS, {}).items()},
    )


def _settings(kept: Mapping[str, Any]) -> RuleSettings:
    """Return settings as they are kept: `rules_off` a list, `severities` by code."""
    severities = kept.get(SEVERITIES) or {}
    return RuleSettings(
        frozenset(kept.get(OFF) or ()),
        {code: Severity(value) for code, value in severities.items()},
    )


def of_layouts(
    forms: Iterable[Form], own: Mapping[str, RuleSettings] | None = None
) -> dict[str, RuleSettings]:
    """Return the settings that hold for the layouts of these forms, by layout id.

    Args:
        forms: the forms that are checked.
        own: what the library says of layouts, beside what the layouts switch off themselves.
    """
    from kpiapp.sheets.layouts.layout import load_layouts

    wanted = {form.layout for form in forms}
    off: dict[str, set[str]] = {}
    for layout in load_layouts():
        if layout.id in wanted and layout.rules_off:
            off.setdefault(layout.id, set()).update(layout.rules_off)
    found = {layout_id: RuleSettings(frozenset(codes)) for layout_id, codes in off.items()}
    for layout_id, settings in (own or {}).items():
        if layout_id in wanted:
            found[layout_id] = found.get(layout_id, RuleSettings()).beside(settings)
    return found


def rules_changed(used: Iterable[RuleSettings]) -> dict[str, tuple[Severity, ...]]:
    """Return by code the severities that are not the rule's own, the gravest first."""
    found: dict[str, set[Severity]] = {}
    for settings in used:
        for code, severity in settings.severities.items():
            rule = rule_of(code)
            if rule and severity is not rule.severity:
                found.setdefault(code, set()).add(severity)
    return {code: tuple(sorted(found[code], key=RANK.__getitem__)) for code in sorted(found)}
