"""Texts and numbers as JSON files hold them; what is of another kind is refused, never guessed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from kpiapp.errors import UserError
from kpiapp.model.shortening import shortened

_DIGITS = 30
"""Digits of a number before or behind the point; longer ones only cost time."""
_LONGEST = 30
"""Characters of a wrong value that a message repeats."""


def text(value: Any) -> str | None:
    """Return a JSON value as the text of a cell; raises UserError for a list and the like."""
    if isinstance(value, bool | list | dict):
        raise UserError(f"“{_told(value)}”应是文字或数", "请对照帮助中的格式")
    return None if value is None else str(value)


def number(value: Any) -> Decimal | None:
    """Return a JSON number, or a text that is one, exactly; None for anything else."""
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    if isinstance(value, bool) or not found.is_finite() or abs(found.adjusted()) > _DIGITS:
        return None
    return found


def figure(value: Any, what: str, most: Decimal | None = None) -> Decimal | None:
    """Return a number, None where nothing is given.

    Args:
        value: null, "", a number or a text that is one.
        what: how it is called, for the message.
        most: it is not below 0 and not above this.

    Raises:
        UserError: it is anything else.
    """
    if value is None or value == "":
        return None
    found = number(value)
    if found is None:
        raise UserError(f"{what}“{_told(value)}”应是数", "请对照帮助中的格式")
    if most is not None and not 0 <= found <= most:
        raise UserError(f"{what}“{_told(value)}”应是0到{most}的数", "请重新填写")
    return found


def as_json(value: Decimal | None) -> float | None:
    """Return points as a JSON number."""
    return None if value is None else float(value)


def _told(value: Any) -> str:
    return shortened(str(value), _LONGEST)
