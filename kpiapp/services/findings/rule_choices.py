"""Choosing which rules are checked and how grave they are, for a library or one of its layouts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kpiapp.rules import engine
from kpiapp.services.checks.rule_settings import LAYOUTS, OFF, SEVERITIES, RuleSettings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpiapp.model.problem import Severity
    from kpiapp.services.session import Session


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """One rule as it is checked.

    Attributes:
        code: of the rule.
        family: the Chinese name of its family.
        title: its Chinese name.
        usual: its severity by itself.
        severity: its severity here.
        on: it is checked here.
        fixed: why it cannot be switched on here: the layout or the whole library has it off.
    """

    code: str
    family: str
    title: str
    usual: Severity
    severity: Severity
    on: bool
    fixed: str = ""


def layouts(session: Session) -> list[tuple[str, str]]:
    """Return id and name of the layouts that the library's forms have."""
    from kpiapp.sheets.layouts.layout import load_layouts

    used = {head.layout for head in session.heads()}
    names = {one.id: f"{one.district} {one.id}".strip() for one in load_layouts()}
    return sorted((layout_id, names.get(layout_id, layout_id)) for layout_id in used)


def choices(session: Session, layout: str = "") -> list[RuleChoice]:
    """Return every rule in the order of the catalogue, as it is checked.

    Args:
        session: the library.
        layout: as it is checked on forms of this layout; by default, in the whole library.
    """
    options = session.check_options()
    whole = RuleSettings(options.off, options.severities)
    own = options.layouts.get(layout, RuleSettings())
    here = whole.beside(own) if layout else whole
    printed = _off_by_itself(layout)
    found = []
    for rule in engine.all_rules():
        fixed = "这种表样不适用" if rule.code in printed else ""
        if layout and rule.code in whole.off:
            fixed = "整个目标库都不检查"
        found.append(
            RuleChoice(
                rule.code, engine.FAMILIES[rule.family], rule.title, rule.severity,
                here.severities.get(rule.code, rule.severity),
                rule.code not in here.off and not fixed, fixed,
            )
        )  # fmt: skip
    return found


def _off_by_itself(layout: str) -> set[str]:
    from kpiapp.sheets.layouts.layout import load_layouts

    return {code for one in load_layouts() if one.id == layout for code in one.rules_off}


def switch(session: Session, codes: Iterable[str], *, on: bool, layout: str = "") -> None:
    """Check some rules, or check them no longer; raises UserError where it cannot be saved."""
    kept = _kept(session, layout)
    off = set(kept.get(OFF) or ())
    kept[OFF] = sorted(off.difference(codes) if on else off.union(codes))
    _keep(session, kept, layout)


def weigh(session: Session, code: str, severity: Severity | None, layout: str = "") -> None:
    """Give a rule another severity, or None its own; raises UserError where it cannot be saved."""
    kept = _kept(session, layout)
    severities = dict(kept.get(SEVERITIES) or {})
    severities.pop(code, None)
    if severity is not None:
        severities[code] = severity.value
    kept[SEVERITIES] = severities
    _keep(session, kept, layout)


def _kept(session: Session, layout: str) -> dict[str, Any]:
    if layout:
        return dict(session.library.setting(LAYOUTS, {}).get(layout, {}))
    return {key: session.library.setting(key) for key in (OFF, SEVERITIES)}


def _keep(session: Session, kept: dict[str, Any], layout: str) -> None:
    if layout:
        kept = {LAYOUTS: {**session.library.setting(LAYOUTS, {}), layout: kept}}
    session.put_settings("修改检查规则", kept)
