"""What a library has chosen for monitoring and self-evaluation: lights, schemes, source of 上年.

All are settings of the library, changed in steps that undo takes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kpiapp.errors import UserError
from kpiapp.scoring import schemes
from kpiapp.scoring.lights import DEFAULT, Thresholds
from kpiapp.services.past import ACHIEVED, DECLARED, PRIOR_SOURCE, layouts_by_result

if TYPE_CHECKING:
    from kpiapp.services.session import Session
    from kpiapp.store.library import Library

LIGHTS = "lights"
"""Percent limits `{"red": 60, "yellow": 80, "blue": 120}`."""
SCHEMES = "schemes"
"""Scheme id by layout id, where it is not the layout's own."""
EXECUTION = "execution_rule"
"""Id of the rule for the execution, where it is not the scheme's own."""
NATIONAL = "mof-2020"
_MOST = 1000


# -- lights ---------------------------------------------------------------------------------------


def lights(library: Library) -> Thresholds:
    """Return the limits of the lights in this library."""
    kept = library.setting(LIGHTS, {})
    names = ("red", "yellow", "blue")
    return Thresholds(*(Fraction(str(kept.get(x, getattr(DEFAULT, x)))) for x in names))


def set_lights(session: Session, red: int, yellow: int, blue: int) -> None:
    """Choose the limits of the lights, in percent.

    Raises:
        UserError: they do not rise from red to blue, or could not be saved.
    """
    if not 0 < red < yellow < blue <= _MOST:
        raise UserError(
            f"灯的界限{red}%、{yellow}%、{blue}%应依次增大", "红灯界限最小，蓝灯界限最大"
        )
    chosen = Thresholds(Fraction(red), Fraction(yellow), Fraction(blue))
    value = None if chosen == DEFAULT else {"red": red, "yellow": yellow, "blue": blue}
    session.put_settings("修改监控灯的界限", {LIGHTS: value})


# -- schemes --------------------------------------------------------------------------------------


def usual_scheme(library: Library, layout: str) -> str:
    """Return the id of the scheme for new self-evaluations of a layout, with the execution rule."""
    plain = plain_scheme(library, layout)
    rule = execution_rule(library)
    return schemes.by_rule(schemes.scheme(plain), rule).id if rule else plain


def plain_scheme(library: Library, layout: str) -> str:
    """Return the scheme of a layout without regard to the execution rule."""
    return str(library.setting(SCHEMES, {}).get(layout) or layout_scheme(layout))


def layout_scheme(layout: str) -> str:
    """Return the scheme that the layout itself names; the national one for an unknown layout."""
    from kpiapp.sheets.layouts.layout import load_layouts

    return next((x.scheme for x in load_layouts() if x.id == layout), NATIONAL)


def set_scheme(session: Session, layout: str, scheme_id: str) -> None:
    """Choose the scheme for new self-evaluations of a layout; raises UserError for an unknown."""
    rules = schemes.scheme(scheme_id)
    value = None if scheme_id == layout_scheme(layout) else scheme_id
    _put(session, f"评分方案：{rules.name}", SCHEMES, layout, value)


def execution_rule(library: Library) -> str:
    """Return the id of the rule for the execution, "" for each scheme's own."""
    return str(library.setting(EXECUTION) or "")


def set_execution_rule(session: Session, rule_id: str) -> None:
    """Choose how the execution is scored in new self-evaluations; "" is each scheme's own way."""
    if rule_id:
        schemes.execution_rule(rule_id)
    session.put_settings("修改预算执行得分的算法", {EXECUTION: rule_id or None})


@dataclass(frozen=True, slots=True)
class Choice:
    """Something one may choose: its id, and what a person calls it."""

    id: str
    name: str


def scheme_choices() -> list[Choice]:
    """Return the schemes that can be used."""
    broken = schemes.broken_ids()
    return [Choice(x, schemes.scheme(x).name) for x in schemes.scheme_ids() if x not in broken]


def schemes_to_choose(library: Library) -> list[Choice]:
    """Return the schemes that can be used, by the execution rule that the library has chosen."""
    rule = execution_rule(library)
    found = [schemes.scheme(x.id) for x in scheme_choices()]
    found = [schemes.by_rule(x, rule) for x in found] if rule else found
    return [Choice(x.id, x.name) for x in found]


def execution_choices() -> list[Choice]:
    """Return the rules for the execution."""
    return [Choice(x, schemes.execution_rule(x).name) for x in schemes.execution_ids()]


# -- 上年 -----------------------------------------------------------------------------------------


def prior_source(library: Library, layout: str) -> str:
    """Return what 上年 takes on forms of a layout: the declared value, or the achieved one."""
    return ACHIEVED if layout in layouts_by_result(library) else DECLARED


def set_prior_source(session: Session, layout: str, source: str) -> None:
    """Choose what 上年 takes on forms of a layout."""
    value = source if source == ACHIEVED else None
    _put(session, "修改上年值的来源", PRIOR_SOURCE, layout, value)


def _put(session: Session, label: str, key: str, layout: str, value: Any) -> None:
    """Set or take away what one layout has."""
    kept = {one: x for one, x in session.library.setting(key, {}).items() if one != layout}
    session.put_settings(label, {key: (kept if value is None else {**kept, layout: value}) or None})
